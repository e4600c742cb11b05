"""
Prove each promise over every situation that the facts can say, day after day.

The space is cut by the fact that has the most answers (the recipient): for each of them few facts count.
A slice that was proved once, for another recipient or another day, is not proved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from knowledge.answering.conditions import facts_in
from knowledge.answering.day import DatedLaw
from knowledge.model import Effect, InForce, Outcome
from knowledge.proving.diagrams import Set, Space, SymbolicLaw
from knowledge.proving.honesty import HONEST, Ignorance, unjoined
from knowledge.proving.promises import NeverMore, Promise

NO_GAP = "Toute situation a une réponse"
NO_CONFLICT = "Deux règles ne se contredisent jamais sans ordre entre elles"
EXACT = "Ce qui est à garder ne part jamais par la règle qui le garde, et ce qui part peut partir"
IN_FORCE = "Toute règle qui répond cite un texte en vigueur ce jour-là, ou dit qu'il n'a pas été lu"

HELD = (NO_GAP, NO_CONFLICT, HONEST, EXACT, IN_FORCE)
"""What is proved besides the promises written as data."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise broken: the situation where it is, and how many there are."""

    promise: str
    on: date
    facts: Mapping[str, str]
    count: int
    because: str


class Prover:
    """Proves the promises day by day; `situations` counts what each day's space holds."""

    def __init__(self, space: Space, promises: Iterable[Promise]) -> None:
        self._space = space
        self._promises = tuple(promises)
        self._proved: dict[str, set[Set]] = {}
        self._ignorance = Ignorance(space, space.base)
        self._asked: set[tuple[str, tuple[Set, ...]]] = set()
        varied = {p.fact for p in self._promises if isinstance(p, NeverMore)}
        fixed = [f for f in space.facts() if f not in varied and f not in space.unknowable]
        self._anchor = max(fixed, key=lambda f: len(space.values(f)))
        self._second = min(fixed, key=lambda f: len(space.values(f)))
        self.situations = space.count(space.every)
        self.applied: set[str] = set()

    def breaches(self, law: DatedLaw) -> Iterator[Breach]:
        """Yield every promise that the law of one day breaks."""
        whole = SymbolicLaw(self._space, law)
        self.applied |= {i for i, t in whole.applies.items() if self._any(~t.false)}
        self.applied |= {i.norm.id for i in law.warning if self._any(~whole.truth(i.hangs).false)}
        yield from self._breach(NO_GAP, law.on, whole.gap, "aucune règle ne répond")
        for pair, both in whole.conflicts.items():
            yield from self._breach(NO_CONFLICT, law.on, both, " et ".join(pair))
        yield from self.in_force(law)
        yield from self._exact(law, whole)
        yield from self._honest(law, whole)
        for promise in self._promises:
            yield from self._kept(law.on, promise, whole, whole.at_least(Outcome.CONDITIONAL))

    def _slices(self, promise: str, situations: Set) -> Iterator[tuple[Set, Set]]:
        """Yield the slices of a set that were not proved yet, each with the answer that it is the slice of."""
        proved = self._proved.setdefault(promise, set())
        for value in self._space.values(self._anchor):
            here = self._space.when(situations, self._anchor, value)
            if here not in proved:
                proved.add(here)
                yield here, self._space.is_(self._anchor, [value])

    def _honest(self, law: DatedLaw, whole: SymbolicLaw) -> Iterator[Breach]:
        """Prove that not knowing opens and closes nothing by itself: the table of answers, then each fact."""
        yield from (Breach(HONEST, law.on, {}, 0, said) for said in unjoined())
        space = self._space
        for place, here in self._places(whole):
            for fact in sorted(space.named(here.values()) & set(space.unknowable)):
                key = (fact, tuple(here.values()))
                if key not in self._asked:
                    self._asked.add(key)
                    for where, because in self._ignorance.breaches(law, here, place, fact):
                        yield from self._breach(HONEST, law.on, where, because)

    def _places(self, whole: SymbolicLaw) -> Iterator[tuple[dict[str, str], dict[Outcome, Set]]]:
        """Cut the answers by two facts that everyone knows, so that few others count at each place."""
        space = self._space
        for value in space.values(self._anchor):
            here = {o: space.when(s, self._anchor, value) for o, s in whole.outcomes.items()}
            for other in space.values(self._second):
                place = {self._anchor: value, self._second: other}
                yield place, {o: space.when(s, self._second, other) for o, s in here.items()}

    def _kept(self, on: date, promise: Promise, whole: SymbolicLaw, goes: Set) -> Iterator[Breach]:
        space = self._space
        if not isinstance(promise, NeverMore):
            yield from self._breach(promise.title, on, whole.truth(promise.when).true & goes, promise.id)
            return
        where = whole.truth(promise.where).true
        for rank in promise.at:
            reached = goes if rank is Outcome.CONDITIONAL else whole.at_least(rank)
            for here, of in self._slices(f"{promise.id} {rank}", reached):
                for less, more in product(promise.less, promise.more):
                    broken = space.when(here, promise.fact, less) & ~space.when(here, promise.fact, more)
                    found = broken & of & where & space.is_(promise.fact, [less])
                    yield from self._breach(promise.title, on, found, f"{less} au lieu de {more} : {rank}")

    def _exact(self, law: DatedLaw, whole: SymbolicLaw) -> Iterator[Breach]:
        """
        Check that a norm with a minimum opens the way to each item that it lists, and to nothing that it keeps.

        Where the norm is about one kind of information, its list says what may go along: other norms open that.
        """
        space = self._space
        for items in law.settling.values():
            for item in items:
                minimum = item.norm.minimum
                if minimum is None or item.norm.effect not in (Effect.PERMITS, Effect.OBLIGES):
                    continue
                opens = whole.stands[item.norm.id].true
                kept = space.is_("information", [i.category for i in minimum.keep])
                yield from self._breach(EXACT, law.on, opens & kept, f"{item.norm.id} ouvre ce qu'elle garde")
                alone = "information" in facts_in(item.norm.when) or not self._any(opens)
                for given in () if alone else (*minimum.share, *minimum.if_needed):
                    if not self._any(opens & space.is_("information", [given.category])):
                        yield Breach(EXACT, law.on, {}, 0, f"{item.norm.id} n'ouvre jamais « {given.category} »")

    def in_force(self, law: DatedLaw) -> Iterator[Breach]:
        """Yield every norm that could answer without a text of its day."""
        base = self._space.base
        for items in law.settling.values():
            for item in items:
                states = [base.articles[c.article].in_force(law.on) for c in item.norm.cites if c.active(law.on)]
                if InForce.NO in states or not states or (item.sure and InForce.YES not in states):
                    yield Breach(IN_FORCE, law.on, {}, 0, item.norm.id)

    def _breach(self, promise: str, on: date, broken: Set, because: str) -> Iterator[Breach]:
        found = self._space.one(broken)
        if found is not None:
            yield Breach(promise, on, found, self._space.count(broken), because)

    def _any(self, situations: Set) -> bool:
        return bool(situations & self._space.every != self._space.none)
