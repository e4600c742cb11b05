"""
What the law of one day says of one situation, for the checker of certificates: it shares no code with the evaluator.

Truth is a number: 0 no, 1 unknown, 2 yes. A condition has three: the least it can come to once all is asked, what it is
now, and the most. "And" is `min`, "or" is `max`, "not" is `2 - x`; a norm stands as far as it applies and nothing that
sets it aside stands. A text that nobody read is one more condition, always unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from knowledge import model
from knowledge.model import INCONNU, All, Certainty, Effect, Is, Matter, Norm, Not, Outcome, Status

NO, UNKNOWN, YES = 0, 1, 2
OUTCOME = {
    Effect.FORBIDS: Outcome.FORBIDDEN, Effect.BINDS: Outcome.BOUND, Effect.MAY_DECLINE: Outcome.MAY_DECLINE,
    Effect.DEBATED: Outcome.DEBATED, Effect.PERMITS: Outcome.PERMITTED, Effect.NOT_COVERED: Outcome.NOT_COVERED,
    Effect.DOES_NOT_BIND: Outcome.NOT_BOUND, Effect.OBLIGES: Outcome.OBLIGED,
}  # fmt: skip
STATUS = (Status.UNMET, Status.TO_CHECK, Status.MET)
LEAVE = (Effect.PERMITS, Effect.OBLIGES)
Span = tuple[int, int, int]
_UNREAD = Is("", frozenset())


class Day:
    """The law of one day: the norms in force, what each asks, and which of them go before which."""

    def __init__(self, base: model.KnowledgeBase, on: date) -> None:
        self.base, self.on = base, on
        self.force = {n.id: force for n in base.norms.values() if (force := self._norm_force(n)) != NO}
        self.alive = [base.norms[i] for i in self.force]
        self.beaters: dict[str, list[Norm]] = {i: [] for i in self.force}
        self.before: set[tuple[str, str]] = set()
        for n in self.alive:
            for target in self.force.keys() & {*n.exception_to, *n.prevails_over}:
                if target in n.exception_to or not together(n, base.norms[target]):
                    self.beaters[target].append(n)
                else:
                    self.before.add((n.id, target))
        self.whole = {n.id: self._whole(n) for n in self.alive}

    def _norm_force(self, norm: Norm) -> int:
        if (norm.since is not None and self.on < norm.since) or (norm.until is not None and norm.until <= self.on):
            return NO
        return min((self.read(self.base.articles[c.article])[1] for c in norm.cites if c.active(self.on)), default=NO)

    def read(self, article: model.Article) -> tuple[model.ArticleVersion | None, int]:
        """Return the version of that day, and how surely the article is in force."""
        for v in article.versions:
            if v.start <= self.on and (v.end is None or self.on < v.end):
                return v, YES if v.text is not None else UNKNOWN if v.certainty is Certainty.MISSING else NO
        gap = any(g.start <= self.on and (g.end is None or self.on < g.end) for g in article.gaps)
        return None, NO if any(v.start <= self.on for v in article.versions) and not gap else UNKNOWN

    def _whole(self, norm: Norm) -> model.Condition:
        unread = () if self.force[norm.id] == YES else (_UNREAD,)
        return All((norm.when, *covered(norm), *unread))

    def outranks(self, sure: Norm, other: Norm) -> bool:
        """Tell whether a norm that stands leaves another no chance to govern."""
        ordered = (sure.id, other.id) in self.before
        return ordered if sure.effect is other.effect else sure.effect is Effect.OBLIGES or not together(sure, other)


class Situation:
    """
    The law of one day over some answers; each method answers one question about it.

    `tried` are the values, alike, that were put for what nobody knows. Only the norms `among` which one may apply are
    looked at.
    """

    def __init__(
        self,
        day: Day,
        facts: Mapping[str, str],
        among: Iterable[Norm],
        tried: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.day, self.facts, self.tried = day, facts, tried
        self.among = {n.id: n for n in among}
        self._derived: dict[str, Span] = {}
        self._behind: dict[str, frozenset[Is]] = {}
        self._standing: dict[str, int] = {}

    def supposing(self, fact: str, values: frozenset[str]) -> Situation:
        """Return the situation where an answer is one of these values, which nothing tells apart."""
        left = [n for n in self.among.values() if self.applies(n)[2] != NO]
        return Situation(self.day, {**self.facts, fact: min(values)}, left, {**self.tried, fact: values})

    def of(self, matter: Matter, effects: Container[Effect]) -> list[Norm]:
        """Return the norms of a matter, with these effects, that stand or may."""
        return [n for n in self.among.values() if n.matter is matter and n.effect in effects and self.stands(n)]

    def establishing(self, fact: str) -> list[Norm]:
        """Return the norms that establish a derived fact."""
        return [n for n in self.among.values() if n.effect is Effect.ESTABLISHES and n.establishes == fact]

    def fact(self, fact: str) -> Span:
        """Return how true a derived fact is."""
        if fact not in self._derived:
            self._derived[fact] = _each(max, (self.applies(n) for n in self.establishing(fact)), NO)
        return self._derived[fact]

    def counted(self) -> frozenset[tuple[str, int, bool]]:
        """Return what still counts: each norm, how surely it stands, and whether what it asks is met."""
        counting = [n for m in Matter for n in (*self.counting(m), *self.of(m, {Effect.REQUIRES}))]
        return frozenset((n.id, self.stands(n), self.met(n)) for n in counting)

    def truth(self, condition: model.Condition) -> Span:
        """Return the three truths of a condition."""
        if condition is _UNREAD:
            return UNKNOWN, UNKNOWN, UNKNOWN
        if isinstance(condition, Is) and condition.fact in self.day.base.derived:
            yes = self.fact(condition.fact)
            return yes if "oui" in condition.values else (YES - yes[2], YES - yes[1], YES - yes[0])
        if isinstance(condition, Is):
            value = self.facts.get(condition.fact)
            told = UNKNOWN if value == INCONNU else YES if value in condition.values else NO
            return (NO, UNKNOWN, YES) if value is None else (told, told, told)
        if isinstance(condition, Not):
            least, now, most = self.truth(condition.item)
            return YES - most, YES - now, YES - least
        every = isinstance(condition, All)
        return _each(min if every else max, map(self.truth, condition.items), YES if every else NO)

    def applies(self, norm: Norm) -> Span:
        """Return how surely a norm applies."""
        return self.truth(self.day.whole[norm.id])

    def stands(self, norm: Norm) -> int:
        """Return how surely a norm applies, and nothing sets it aside."""
        if norm.id not in self._standing:
            contested = norm.effect in OUTCOME or norm.effect is Effect.REQUIRES
            above = (YES - self.stands(b) for b in self.day.beaters[norm.id] if contested and b.id in self.among)
            self._standing[norm.id] = min(self.applies(norm)[1], *above, YES)
        return self._standing[norm.id]

    def open(self, condition: model.Condition, floor: int = NO, ceiling: int = YES) -> frozenset[Is]:
        """Return what was not asked and can still move a condition; below `floor` or above `ceiling` nothing counts."""
        least, _, most = self.truth(condition)
        if max(least, floor) >= min(most, ceiling):
            return frozenset()
        if isinstance(condition, Not):
            return self.open(condition.item, YES - ceiling, YES - floor)
        if isinstance(condition, Is):
            return self._asked(condition)
        every, found = isinstance(condition, All), frozenset[Is]()
        spans = [self.truth(part) for part in condition.items]
        for i, part in enumerate(condition.items):
            beside = spans[:i] + spans[i + 1 :]
            if every:
                found |= self.open(part, floor, min([ceiling, *(most for _, _, most in beside)]))
            else:
                found |= self.open(part, max([floor, *(least for least, _, _ in beside)]), ceiling)
        return found

    def _asked(self, atom: Is) -> frozenset[Is]:
        if atom.fact not in self.day.base.derived:
            return frozenset({atom})
        if atom.fact not in self._behind:
            either = model.Any(tuple(self.day.whole[n.id] for n in self.establishing(atom.fact)))
            self._behind[atom.fact] = self.open(either)
        return self._behind[atom.fact]

    def counting(self, matter: Matter) -> list[Norm]:
        """Return the norms of a matter that can govern, or set aside one that can."""
        possible = self.of(matter, OUTCOME)
        sure = [n for n in possible if self.stands(n) == YES]
        todo = [n for n in possible if not any(self.day.outranks(s, n) for s in sure if s is not n)]
        for norm in todo:  # it grows: what can set aside a norm that counts, counts
            todo += [b for b in self.day.beaters[norm.id] if b in possible and b not in todo]
        return todo

    def waiting(self) -> frozenset[Is]:
        """Return what was not asked and can still change the answer."""
        found = frozenset[Is]()
        for norm in (n for m in Matter for n in (*self.counting(m), *self.of(m, {Effect.REQUIRES}))):
            found |= self.open(self.day.whole[norm.id])
            if norm.effect in (Effect.PERMITS, Effect.REQUIRES):
                found |= frozenset().union(*(self.open(r.met) for r in norm.conditions if r.met is not None))
        return found

    def conditions(self, norm: Norm) -> list[tuple[str, Status]]:
        """Return what a norm asks besides, and how far it is met; of an item that goes if needed, its reason."""
        found = [(r.text, UNKNOWN if r.met is None else self.truth(r.met)[1]) for r in norm.conditions]
        told = self.facts.get("information") if norm.effect in LEAVE else None
        found += [(i.reason, UNKNOWN) for i in getattr(norm.minimum, "if_needed", ()) if i.category == told]
        return [(text, STATUS[truth]) for text, truth in found]

    def met(self, norm: Norm) -> bool:
        """Tell whether all that a norm asks is proven."""
        return all(status is Status.MET for _, status in self.conditions(norm))


def together(one: Norm, other: Norm) -> bool:
    """Tell whether two norms can both hold: the same effect, or a permission and an obligation."""
    return one.effect is other.effect or (one.effect in LEAVE and other.effect in LEAVE)


def covered(norm: Norm) -> Iterator[Is]:
    """Yield the condition that a minimum adds to a norm that it limits."""
    reached = (*norm.minimum.share, *norm.minimum.if_needed) if norm.minimum is not None else ()
    if reached and norm.effect in (*LEAVE, Effect.DEBATED, Effect.MAY_DECLINE):
        yield Is("information", frozenset({"ensemble", *(i.category for i in reached)}))


def parts(condition: model.Condition) -> tuple[model.Condition, ...]:
    """Return what a condition is made of."""
    return () if isinstance(condition, Is) else (condition.item,) if isinstance(condition, Not) else condition.items


def _each(choose: Callable[..., int], truths: Iterable[Span], none: int) -> Span:
    least, now, most = zip(*truths, (none, none, none), strict=True)
    return choose(least), choose(now), choose(most)
