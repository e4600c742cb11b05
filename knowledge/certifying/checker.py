"""
The checker of certificates: it believes nothing but the law, and shares no code with the evaluator.

It derives the whole answer again, in its own way. « Je ne sais pas » is first a question not asked: as long as
something hangs on it, each of its values is tried, those that nothing tells apart together. What is debated is read in
each way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge import model
from knowledge.certifying.truth import LEAVE, NO, OUTCOME, UNKNOWN, YES, Day, Situation, covered, parts, together
from knowledge.model import INCONNU, All, Certainty, Effect, InForce, Is, Matter, Norm, Outcome

FORMAT = "motus-certificate/2"
_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}
_LEADING_ON = {Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED}
_SPEAKING = {*_LEADING_ON, Outcome.NOT_COVERED}
_PARTS = ("share", "if_needed", "keep")
Tree = dict[str, Any]
Reply = tuple[Outcome, Norm]


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
    return sealed(_Answer(Day(base, on), dict(facts)).certificate())


def sealed(tree: Tree) -> str:
    """Return the text of a certificate: JSON, one line per field, then the SHA-256 of all these fields."""
    seal = hashlib.sha256(json.dumps(tree, ensure_ascii=False, indent=1).encode()).hexdigest()
    return json.dumps({**tree, "seal": seal}, ensure_ascii=False, indent=1) + "\n"


def _tried(situation: Situation, facts: Container[str]) -> Iterator[Situation]:
    """Yield the situation with each value of the `facts`, for as long as something hangs on one of them."""
    waiting = situation.waiting()
    names = sorted(atom.fact for atom in waiting if atom.fact in facts)
    if not names:
        yield situation
        return
    fact = max(names, key=names.count)
    sets = [atom.values for atom in waiting if atom.fact == fact]
    alike: dict[tuple[bool, ...], set[str]] = {}
    for value in (v.id for v in situation.day.base.facts[fact].values if v.obvious is None):
        needed = [_goes_if_needed(n, value) for n in situation.among.values()] if fact == "information" else []
        alike.setdefault((*(value in s for s in sets), *needed), set()).add(value)
    for values in alike.values():
        yield from _tried(situation.supposing(fact, frozenset(values)), facts)


def _goes_if_needed(norm: Norm, value: str) -> bool:
    return norm.minimum is not None and any(i.category == value for i in norm.minimum.if_needed)


def _settled(situation: Situation, matter: Matter) -> Reply | None:
    """Answer a matter in one completion, under one reading; what rests on a text that nobody read stands perhaps."""
    possible = situation.of(matter, OUTCOME)
    sure = [n for n in possible if situation.stands(n) == YES]
    if not all(together(a, b) for a in sure for b in sure):
        raise ValueError(f"des règles se contredisent : {', '.join(n.id for n in sure)}")
    replies = [_reply(n, proven=False) for n in situation.counting(matter) if situation.stands(n) == UNKNOWN]
    if not sure:
        return _shown(replies, Outcome.DEPENDS) if replies else None
    best = [_reply(n, proven=situation.met(n)) for n in sure]
    free = {n.id for n in sure if not any((o.id, n.id) in situation.day.before for o in sure)}
    replies.append(max(best, key=lambda r: (r[1].effect is Effect.OBLIGES, r[1].id in free, _RANK[r[0]], r[1].id)))
    return _shown(replies, _common(replies))


def _reply(norm: Norm, *, proven: bool) -> Reply:
    return (OUTCOME[norm.effect] if proven or norm.effect is not Effect.PERMITS else Outcome.CONDITIONAL), norm


def _common(replies: Iterable[Reply]) -> Outcome:
    """Return what several answers, of which one is the right one, come to."""
    outcomes = {outcome for outcome, _ in replies}
    if len(outcomes) > 1 and Outcome.OBLIGED in outcomes:
        outcomes = outcomes - {Outcome.OBLIGED} | {Outcome.CONDITIONAL}
    return min(outcomes, key=_RANK.__getitem__) if outcomes <= _SPEAKING or len(outcomes) == 1 else Outcome.DEPENDS


def _read(replies: Collection[Reply]) -> Outcome:
    """Return what several readings of one law come to."""
    outcomes = {outcome for outcome, _ in replies}
    if Outcome.DEPENDS in outcomes:
        return _common(replies)
    if outcomes <= _SPEAKING:
        return max(outcomes, key=_RANK.__getitem__) if Outcome.OBLIGED in outcomes else _common(replies)
    if outcomes == {Outcome.FORBIDDEN, Outcome.NOT_COVERED}:
        return Outcome.FORBIDDEN
    return outcomes.pop() if len(outcomes) == 1 else Outcome.DEBATED


def _shown(replies: Iterable[Reply], outcome: Outcome) -> Reply:
    """Return an outcome with the norm to show for it: one that gives it, an order, the least permissive."""
    ranked = sorted(replies, key=lambda r: (_RANK[r[0]], r[1].id))
    first = [r for r in ranked if r[0] is outcome] or [r for r in ranked if r[0] is Outcome.OBLIGED] or ranked
    return outcome, first[0][1]


def _verdicts(readings: Collection[Situation]) -> dict[Matter, Reply]:
    """Answer each matter in play in one completion."""
    found: dict[Matter, Reply] = {}
    for matter in Matter:
        replies = [reply for reading in readings if (reply := _settled(reading, matter))]
        if replies:
            outcome, norm = _shown(replies, _read(replies))
            held = all(r.met(n) for r in readings for n in r.of(matter, {Effect.REQUIRES}))
            found[matter] = (Outcome.CONDITIONAL if outcome is Outcome.PERMITTED and not held else outcome, norm)
    return found


class _Answer:
    """What the completions of a situation come to, and all that is said of it."""

    def __init__(self, day: Day, facts: Mapping[str, str]) -> None:
        base, self.day, self.facts = day.base, day, facts
        debated = {f.id for f in base.facts.values() if f.debate is not None}
        asked = {f: v for f, v in facts.items() if f not in debated}
        self.unknown = {f for f, v in asked.items() if v == INCONNU}
        self.stands = Situation(day, {**asked, **dict.fromkeys(debated, INCONNU)}, day.alive)
        under = [{f: v.id} for f in sorted(debated) for v in base.facts[f].values]
        self.under = [Situation(day, {**self.stands.facts, **known}, day.alive) for known in under]
        open_ = Situation(day, {f: v for f, v in asked.items() if f not in self.unknown}, day.alive)
        read = [(one, list(_tried(one, debated))) for one in _tried(open_, self.unknown)]
        self.readings = [reading for _, readings in read for reading in readings]
        self.waiting = {atom.fact for reading in self.readings for atom in reading.waiting()}
        self.completions = [(one, _verdicts(readings)) for one, readings in read] if not self.waiting else []
        if self.waiting and all(day.base.facts[fact].find_out is not None for fact in self.waiting):
            self._leave_idle(_Answer(day, {**facts, **dict.fromkeys(self.waiting, INCONNU)}))

    def _leave_idle(self, whole: _Answer) -> None:
        """Take as not known the questions that are still named but whose every value comes to the same."""
        for fact in sorted(self.waiting):
            values = [v.id for v in self.day.base.facts[fact].values if v.obvious is None]
            ends = {frozenset(r.counted() for r in whole.readings if v in r.tried.get(fact, {v})) for v in values}
            self.waiting -= {fact} if len(ends) == 1 else set()
        if not self.waiting:
            self.readings, self.completions = whole.readings, whole.completions

    def certificate(self) -> Tree:
        """Return the certificate of this situation, without its seal; or raise, saying why it has no answer."""
        if self.waiting:
            raise ValueError(f"il manque une réponse à : {', '.join(sorted(self.waiting))}")
        told = [(one, min(v.values(), key=lambda r: _RANK[r[0]])) for one, v in self.completions if v]
        if not told:
            raise ValueError("aucune règle ne répond à ces réponses ce jour-là")
        base, on, now, replies = self.day.base, self.day.on, self.stands, [reply for _, reply in told]
        outcome, main = _shown(replies, _common(replies))
        each = [(m, verdicts[m]) for _, verdicts in self.completions for m in verdicts]
        play = {m: [reply for matter, reply in each if matter is m] for m in Matter if m in dict(each)}
        governing = [{norm.id for _, norm in verdicts.values()} for _, verdicts in self.completions]
        every = set.intersection(*governing)
        governing += [{r[1].id for m in Matter if (r := _settled(reading, m))} for reading in self.readings]
        sure, some = ([base.norms[i] for i in sorted(ids)] for ids in (every, set.union(*governing) - every))
        added = [n for m in play for n in now.of(m, {Effect.REQUIRES})]
        also = [n for n in now.of(main.matter, OUTCOME) if now.stands(n) == YES and n is not main]
        warning = [n for m in play for n in now.of(m, {Effect.WARNS}) if now.applies(n)[1] == YES]
        binding = self._binding() if {Matter.DISCLOSURE, Matter.STATUS} & play.keys() else []
        near = [] if outcome in _LEADING_ON else [n for n in self.day.alive if n.matter is main.matter]
        limits = [n for n in near if self._limits(n)]
        bound = [n for n in binding if any(one.applies(n)[1] == YES for one in (now, *self.under))]
        used = [*sure, *bound, *also, *warning, *(n for n in added if now.applies(n)[1] == YES)]
        asking = sorted([*sure, *added], key=lambda n: n.id)
        findings = [(m, *_shown(r, _common(r))) for m, r in play.items()]
        findings += [(n.matter, Outcome.PERMITTED if now.met(n) else Outcome.CONDITIONAL, n) for n in added]
        findings.sort(key=lambda f: (f[0], f[2].id))
        return {
            "format": FORMAT,
            "base": base.digest,
            "on": on.isoformat(),
            "facts": dict(sorted(self.facts.items())),
            "derived": {f: ("non", INCONNU, "oui")[now.fact(f)[1]] for f in sorted(base.derived)},
            "outcome": outcome,
            "matter": main.matter,
            "governing": main.id,
            "findings": [{"matter": m, "norm": n.id, "outcome": o} for m, o, n in findings],
            "forks": [] if len(set(replies)) == 1 else list(self._forks(told)),
            "perhaps": [n.id for n in some],
            "unread": self._unread() if outcome is Outcome.DEPENDS else [],
            "also": sorted(n.id for n in also),
            "bound_by": sorted(n.id for n in binding),
            "limits": sorted(n.id for n in limits),
            "conditions": [{"norm": n.id, "text": t, "status": s} for n in asking for t, s in now.conditions(n)],
            **self._minimum(replies, main, outcome),
            **{
                part: sorted({text for n in [*asking, *warning] for text in getattr(n, part)})
                for part in ("formalities", "first", "risks")
            },
            "doubt": sorted({text for n in [*used, *self._behind(used)] for text in n.doubts(on)}),
            "articles": self._articles(
                {"governs": [*sure, *some], "limits": limits, "applies": [*bound, *added, *also, *warning]}
            ),
            "norms": {n.id: said for n in sorted(self.day.alive, key=lambda n: n.id) if (said := self._said(n))},
        }

    def _unread(self) -> list[str]:
        """Return the articles nobody read of the norms that still count, or that establish what these rest on."""
        now, each = self.stands, [(reading, m) for reading in self.readings for m in Matter]
        found = {n.id: n for one, m in each for n in (*one.counting(m), *one.of(m, {Effect.REQUIRES}))}
        todo: list[model.Condition] = [self.day.whole[n.id] for n in found.values() if now.applies(n)[1] != YES]
        for condition in todo:
            todo += parts(condition)
            settling = now.establishing(condition.fact) if isinstance(condition, Is) else []
            todo += [self.day.whole[n.id] for n in settling if n.id not in found and now.applies(n)[1] == UNKNOWN]
            found |= {n.id: n for n in settling if now.applies(n)[1] == UNKNOWN}
        cites = [c.article for n in found.values() for c in n.cites if c.active(self.day.on)]
        return sorted({a for a in cites if self.day.read(self.day.base.articles[a])[1] == UNKNOWN})

    def _forks(self, told: Iterable[tuple[Situation, Reply]]) -> Iterator[Tree]:
        for fact in sorted(self.unknown):
            leads: dict[Reply, list[str]] = {}
            for value in sorted(v.id for v in self.day.base.facts[fact].values if v.obvious is None):
                replies = [reply for one, reply in told if value in one.tried.get(fact, {value})]
                if replies:
                    leads.setdefault(_shown(replies, _common(replies)), []).append(value)
            if len({outcome for outcome, _ in leads}) > 1:
                found = sorted((values, outcome, norm.id) for (outcome, norm), values in leads.items())
                yield {"fact": fact, "branches": [{"values": v, "outcome": o, "norm": n} for v, o, n in found]}

    def _minimum(self, replies: Iterable[Reply], main: Norm, outcome: Outcome) -> Tree:
        """Return what all the answers let go; each as far as it lets one speak, if they are not of one norm."""
        one = outcome is not Outcome.DEPENDS and all(norm is main for _, norm in replies)
        lists = []
        for told, norm in replies:
            share, needed, keep = ({i.category for i in getattr(norm.minimum, part, ())} for part in _PARTS)
            lists.append((share, share | needed, keep) if one or told in _SPEAKING else (set(), set(), keep))
        share, goes = (set.intersection(*(said[i] for said in lists)) for i in (0, 1))
        kept = {v.id for v in self.day.base.facts["information"].values if v.keep is not None}
        kept = kept.union(*(keep for _, _, keep in lists)) - goes
        return {part: sorted(found) for part, found in zip(_PARTS, (share, goes - share, kept), strict=True)}

    def _articles(self, roles: Mapping[str, Iterable[Norm]]) -> list[Tree]:
        found: dict[tuple[str, str], Tree] = {}
        on = self.day.on
        for role, cite in ((r, c) for r, norms in roles.items() for n in norms for c in n.cites if c.active(on)):
            version, force = self.day.read(self.day.base.articles[cite.article])
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

    def _said(self, norm: Norm) -> str | None:
        winner = next((b.id for b in self.day.beaters[norm.id] if self.stands.stands(b) == YES), "")
        aside = f"set aside by {winner}" if self.stands.applies(norm)[1] else None
        return (aside, "uncertain", "stands")[self.stands.stands(norm)]

    def _binding(self) -> list[Norm]:
        """Return what surely binds to secrecy; else what may, and hangs on no question that was not asked."""
        now = self.stands
        norms = [n for n in now.establishing("bound") if now.applies(n)[1] != NO]
        may = [n for n in norms if not now.open(self.day.whole[n.id])]
        return [n for n in norms if now.applies(n)[1] == YES] or may

    def _behind(self, norms: Iterable[Norm]) -> list[Norm]:
        """Return the norms that surely establish a fact on which others rest; who is bound is said apart."""
        todo: list[model.Condition] = [self.day.whole[n.id] for n in norms]
        for condition in todo:
            todo += parts(condition)
        rests = {c.fact for c in todo if isinstance(c, Is) and c.fact != "bound"}
        return [n for f in rests for n in self.stands.establishing(f) if self.stands.applies(n)[1] == YES]

    def _limits(self, norm: Norm) -> bool:
        """Tell whether a norm would open the way, or may, but for this information."""
        now, reached = self.stands, All(tuple(covered(norm)))
        if norm.effect not in LEAVE or self.day.force[norm.id] != YES or now.truth(reached)[1] != NO:
            return False
        asked = {atom.fact for atom in now.open(norm.when)}
        return now.truth(norm.when)[1] != NO and all(self.day.base.facts[f].changeable for f in asked)
