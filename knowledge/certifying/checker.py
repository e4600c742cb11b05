"""
The checker of certificates: it believes nothing but the law, and shares no code with the evaluator.

It derives the whole answer again, in its own way. Truth is a number: 0 no, 1 unknown, 2 yes. A condition has three: the
least it can come to once all is asked, what it is now, and the most. "And" is `min`, "or" is `max`, "not" is `2 - x`;
a norm stands as far as it is in force, it applies, and nothing that sets it aside stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge import model
from knowledge.model import INCONNU, All, Certainty, Effect, InForce, Is, Matter, Norm, Not, Outcome, Status

FORMAT = "motus-certificate/1"
_NO, _UNKNOWN, _YES = 0, 1, 2
_OUTCOME = {
    Effect.FORBIDS: Outcome.FORBIDDEN, Effect.MAY_DECLINE: Outcome.MAY_DECLINE, Effect.DEBATED: Outcome.DEBATED,
    Effect.PERMITS: Outcome.PERMITTED, Effect.NOT_COVERED: Outcome.NOT_COVERED, Effect.OBLIGES: Outcome.OBLIGED,
}  # fmt: skip
_RANK = list(Outcome)
_STATUS = (Status.UNMET, Status.TO_CHECK, Status.MET)
_LEAVE = (Effect.PERMITS, Effect.OBLIGES)
Span = tuple[int, int, int]
Tree = dict[str, Any]


def certify(base: model.KnowledgeBase, text: str) -> bool:
    """Tell whether a text is, byte for byte, the certificate that its own facts and day lead to."""
    try:
        given = json.loads(text)
        return text == derive(base, date.fromisoformat(given["on"]), tuple(given["facts"].items()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


@lru_cache(maxsize=16)
def derive(base: model.KnowledgeBase, on: date, facts: tuple[tuple[str, str], ...]) -> str:
    """Return the only certificate of a situation, or raise ValueError, saying in French why it has none."""
    for name, value in facts:
        fact = base.facts.get(name)
        if fact is None or (fact.value(value) is None and (value != INCONNU or fact.find_out is None)):
            raise ValueError(f"« {name} » ne peut pas valoir « {value} »")
    return sealed(_Law(base, on, dict(facts)).certificate())


def sealed(tree: Tree) -> str:
    """Return the text of a certificate: JSON, one line per field, then the SHA-256 of all these fields."""
    seal = hashlib.sha256(json.dumps(tree, ensure_ascii=False, indent=1).encode()).hexdigest()
    return json.dumps({**tree, "seal": seal}, ensure_ascii=False, indent=1) + "\n"


def _each(choose: Callable[..., int], truths: Iterable[Span], none: int) -> Span:
    least, now, most = zip(*truths, (none, none, none), strict=True)
    return choose(least), choose(now), choose(most)


def _is_open(truth: Span) -> bool:
    return truth[1] == _UNKNOWN and truth != (_UNKNOWN, _UNKNOWN, _UNKNOWN)


def _together(one: Norm, other: Norm) -> bool:
    return one.effect is other.effect or (one.effect in _LEAVE and other.effect in _LEAVE)


def _covered(norm: Norm) -> Is | None:
    reached = (*norm.minimum.share, *norm.minimum.if_needed) if norm.minimum is not None else ()
    limited = reached and norm.effect in (*_LEAVE, Effect.DEBATED, Effect.MAY_DECLINE)
    return Is("information", frozenset({"ensemble", *(i.category for i in reached)})) if limited else None


def _whole(norm: Norm) -> model.Condition:
    return norm.when if (covered := _covered(norm)) is None else All((norm.when, covered))


def _parts(condition: model.Condition) -> tuple[model.Condition, ...]:
    return () if isinstance(condition, Is) else (condition.item,) if isinstance(condition, Not) else condition.items


class _Law:
    """The law of one day over one situation; each method answers one question about it."""

    def __init__(self, base: model.KnowledgeBase, on: date, facts: Mapping[str, str]) -> None:
        self.base, self.on, self.facts = base, on, facts
        self.force = {n.id: force for n in base.norms.values() if (force := self._norm_force(n)) != _NO}
        self.alive = [base.norms[i] for i in self.force]
        self.beaters: dict[str, list[Norm]] = {i: [] for i in self.force}
        self.before: set[tuple[str, str]] = set()
        for n in self.alive:
            for target in self.force.keys() & {*n.exception_to, *n.prevails_over}:
                if target in n.exception_to or not _together(n, base.norms[target]):
                    self.beaters[target].append(n)
                else:
                    self.before.add((n.id, target))
        self.derived: dict[str, Span] = {}
        self.standing: dict[str, int] = {}

    def certificate(self) -> Tree:
        """Return the certificate of this situation, without its seal; or raise, saying why it has no answer."""
        if waiting := self._waiting():
            raise ValueError(f"il manque une réponse à : {', '.join(sorted(waiting))}")
        verdicts = {m: self._verdict(m) for m in Matter if self._of(m, _OUTCOME)}
        if not verdicts:
            raise ValueError("aucune règle ne répond à ces réponses ce jour-là")
        matter = min(verdicts, key=lambda m: _RANK.index(verdicts[m][1]))
        main, outcome = verdicts[matter]
        leading = [norm for norm, _ in verdicts.values()]
        added = [n for m in verdicts for n in self._of(m, {Effect.REQUIRES})]
        also = [n for n in self._of(matter, _OUTCOME) if self._stands(n) == _YES and n is not main]
        speaks = outcome in (Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED)
        limits = [] if speaks else [n for n in self.alive if n.matter is matter and self._limits(n)]
        bound = self._establishing("bound") if verdicts.keys() & {Matter.DISCLOSURE, Matter.STATUS} else []
        binding = [n for n in bound if self._applies(n)[1] == _YES] or [n for n in bound if self._concerns(n)]
        warning = [n for m in verdicts for n in self._of(m, {Effect.WARNS}) if self._concerns(n)]
        roles = {"governs": leading, "limits": limits, "applies": [*binding, *added, *also, *warning]}
        used = [n for norms in roles.values() for n in norms]
        checked = [(n, Outcome.PERMITTED if self._met(n) else Outcome.CONDITIONAL) for n in added]
        findings = [{"matter": n.matter, "norm": n.id, "outcome": o} for n, o in [*verdicts.values(), *checked]]
        return {
            "format": FORMAT,
            "base": self.base.digest,
            "on": self.on.isoformat(),
            "facts": dict(sorted(self.facts.items())),
            "derived": {f: ("non", INCONNU, "oui")[self._fact(f)[1]] for f in sorted(self.base.derived)},
            "outcome": outcome,
            "matter": matter,
            "governing": main.id,
            "findings": sorted(findings, key=lambda f: (f["matter"], f["norm"])),
            "also": sorted(n.id for n in also),
            "bound_by": sorted(n.id for n in binding),
            "limits": sorted(n.id for n in limits),
            "conditions": [c for n in sorted([*leading, *added], key=lambda n: n.id) for c in self._conditions(n)],
            **self._minimum(main),
            "formalities": sorted({text for n in [*leading, *added, *warning] for text in n.formalities}),
            "first": sorted({text for n in [*leading, *added, *warning] for text in n.first}),
            "risks": sorted({text for n in [*leading, *added, *warning] for text in n.risks}),
            "doubt": sorted({text for n in [*used, *self._behind(used)] for text in n.doubts(self.on)}),
            "articles": self._articles(roles),
            "norms": {n.id: said for n in sorted(self.alive, key=lambda n: n.id) if (said := self._said(n))},
        }

    def _articles(self, roles: Mapping[str, Iterable[Norm]]) -> list[Tree]:
        found: dict[tuple[str, str], Tree] = {}
        for role, cite in ((r, c) for r, norms in roles.items() for n in norms for c in n.cites if c.active(self.on)):
            version, force = self._read(self.base.articles[cite.article])
            entry = {
                "article": cite.article,
                "point": cite.point,
                "role": role,
                "in_force": (InForce.NO, InForce.UNKNOWN, InForce.YES)[force],
                "start": version and str(version.start),
                "end": version and version.end and str(version.end),
                "certainty": version.certainty if version else Certainty.MISSING,
                "partial": version is not None and version.partial,
                "sha256": version and version.text and hashlib.sha256(version.text.encode()).hexdigest(),
            }
            found.setdefault((cite.article, cite.point or ""), entry)
        return [found[key] for key in sorted(found)]

    def _read(self, article: model.Article) -> tuple[model.ArticleVersion | None, int]:
        for v in article.versions:
            if v.start <= self.on and (v.end is None or self.on < v.end):
                return v, _YES if v.text is not None else _UNKNOWN if v.certainty is Certainty.MISSING else _NO
        gap = any(g.start <= self.on and (g.end is None or self.on < g.end) for g in article.gaps)
        return None, _NO if any(v.start <= self.on for v in article.versions) and not gap else _UNKNOWN

    def _norm_force(self, norm: Norm) -> int:
        if (norm.since is not None and self.on < norm.since) or (norm.until is not None and norm.until <= self.on):
            return _NO
        return min((self._read(self.base.articles[c.article])[1] for c in norm.cites if c.active(self.on)), default=_NO)

    def _of(self, matter: Matter, effects: Container[Effect]) -> list[Norm]:
        return [n for n in self.alive if n.matter is matter and n.effect in effects and self._stands(n)]

    def _establishing(self, fact: str) -> list[Norm]:
        return [n for n in self.alive if n.effect is Effect.ESTABLISHES and n.establishes == fact]

    def _fact(self, fact: str) -> Span:
        if fact not in self.derived:
            self.derived[fact] = _each(max, (self._applies(n) for n in self._establishing(fact)), _NO)
        return self.derived[fact]

    def _truth(self, condition: model.Condition) -> Span:
        if isinstance(condition, Is) and condition.fact in self.base.derived:
            yes = self._fact(condition.fact)
            return yes if "oui" in condition.values else (_YES - yes[2], _YES - yes[1], _YES - yes[0])
        if isinstance(condition, Is):
            value = self.facts.get(condition.fact)
            told = _UNKNOWN if value == INCONNU else _YES if value in condition.values else _NO
            return (_NO, _UNKNOWN, _YES) if value is None else (told, told, told)
        if isinstance(condition, Not):
            least, now, most = self._truth(condition.item)
            return _YES - most, _YES - now, _YES - least
        every = isinstance(condition, All)
        return _each(min if every else max, map(self._truth, condition.items), _YES if every else _NO)

    def _open(self, condition: model.Condition) -> set[str]:
        """Return the facts without answer, derived ones included, that can still change a condition."""
        if not _is_open(self._truth(condition)):
            return set()
        if isinstance(condition, Is):
            return {condition.fact}
        left = [(part, truth) for part in _parts(condition) if (truth := self._truth(part))[1] == _UNKNOWN]
        stuck = not all(_is_open(truth) for _, truth in left)
        end = _NO if isinstance(condition, All) else _YES
        return {f for part, truth in left if not stuck or truth[end] == end for f in self._open(part)}

    def _applies(self, norm: Norm) -> Span:
        return _each(min, (self._truth(_whole(norm)), (self.force[norm.id],) * 3), _YES)

    def _stands(self, norm: Norm) -> int:
        if norm.id not in self.standing:
            contested = norm.effect in _OUTCOME or norm.effect is Effect.REQUIRES
            above = (_YES - self._stands(b) for b in self.beaters[norm.id] if contested)
            self.standing[norm.id] = min(self._applies(norm)[1], *above, _YES)
        return self.standing[norm.id]

    def _said(self, norm: Norm) -> str | None:
        winner = next((b.id for b in self.beaters[norm.id] if self._stands(b) == _YES), "")
        aside = f"set aside by {winner}" if self._applies(norm)[1] else None
        return (aside, "uncertain", "stands")[self._stands(norm)]

    def _conditions(self, norm: Norm) -> list[Tree]:
        found = [(r.text, _UNKNOWN if r.met is None else self._truth(r.met)[1]) for r in norm.conditions]
        told = self.facts.get("information") if norm.effect in _LEAVE else None
        found += [(i.reason, _UNKNOWN) for i in getattr(norm.minimum, "if_needed", ()) if i.category == told]
        return [{"norm": norm.id, "text": text, "status": _STATUS[truth]} for text, truth in found]

    def _met(self, norm: Norm) -> bool:
        return all(c["status"] == _STATUS[_YES] for c in self._conditions(norm))

    def _verdict(self, matter: Matter) -> tuple[Norm, Outcome]:
        """Return the norm that governs a matter and the outcome; the least permissive possible where none is sure."""
        possible = self._of(matter, _OUTCOME)
        sure = [n for n in possible if self._stands(n) == _YES]
        if not all(_together(a, b) for a in sure for b in sure):
            raise ValueError(f"des règles se contredisent : {', '.join(n.id for n in sure)}")
        if sure:
            first = {n.id: not any((o.id, n.id) in self.before for o in sure) for n in sure}
            norm = max(sure, key=lambda n: (n.effect is _LEAVE[1], first[n.id], _RANK.index(self._outcome(n)), n.id))
        else:
            norm = min(possible, key=lambda n: (_RANK.index(_OUTCOME[n.effect]), n.id))
        added = all(self._met(n) for n in self._of(matter, {Effect.REQUIRES}))
        return norm, self._outcome(norm, ready=added and norm in sure)

    def _outcome(self, norm: Norm, *, ready: bool = True) -> Outcome:
        checking = norm.effect is Effect.PERMITS and not (ready and self._met(norm))
        return Outcome.CONDITIONAL if checking else _OUTCOME[norm.effect]

    def _concerns(self, norm: Norm) -> int:
        return _NO if _is_open(self._truth(_whole(norm))) else self._applies(norm)[1]

    def _behind(self, norms: Iterable[Norm]) -> list[Norm]:
        todo = [_whole(n) for n in norms]
        for condition in todo:
            todo += _parts(condition)
        rests = {c.fact for c in todo if isinstance(c, Is) and c.fact != "bound"}
        return [n for f in rests for n in self._establishing(f) if self._applies(n)[1] == _YES]

    def _limits(self, norm: Norm) -> bool:
        """Tell whether a norm would open the way, or may, but for this information."""
        covered = _covered(norm)
        if covered is None or norm.effect not in _LEAVE or self.force[norm.id] != _YES or self._truth(covered)[1]:
            return False
        return self._truth(norm.when)[1] != _NO and all(self._changeable(f) for f in self._open(norm.when))

    def _changeable(self, fact: str) -> bool:
        behind = (f for n in self._establishing(fact) for f in self._open(_whole(n)))
        return self.base.facts[fact].changeable if fact in self.base.facts else all(map(self._changeable, behind))

    def _minimum(self, norm: Norm) -> Tree:
        parts = {part: [i.category for i in getattr(norm.minimum, part, ())] for part in ("share", "if_needed", "keep")}
        listed = {category for part in parts.values() for category in part}
        values = self.base.facts["information"].values
        parts["keep"] += [v.id for v in values if v.keep is not None and v.id not in listed]
        return parts

    def _waiting(self) -> set[str]:
        """Return the facts nobody was asked that can still change the answer."""
        left: list[model.Condition] = []
        for matter, possible in ((m, self._of(m, _OUTCOME)) for m in Matter):
            sure = [n for n in possible if self._stands(n) == _YES]
            todo = [n for n in possible if not any(self._outranks(s, n) for s in sure if s is not n)]
            for norm in todo:  # it grows: what can set aside a norm that counts, counts
                todo += [b for b in self.beaters[norm.id] if b in possible and b not in todo]
            todo += self._of(matter, {Effect.REQUIRES})
            left += [_whole(n) for n in todo if _is_open(self._applies(n))]
            asking = [n for n in todo if n.effect in (Effect.PERMITS, Effect.REQUIRES)]
            left += [r.met for n in asking for r in n.conditions if r.met is not None]
        return {fact for condition in left for fact in self._open(condition)}

    def _outranks(self, sure: Norm, other: Norm) -> bool:
        ordered = (sure.id, other.id) in self.before
        return ordered if sure.effect is other.effect else sure.effect is Effect.OBLIGES or not _together(sure, other)
