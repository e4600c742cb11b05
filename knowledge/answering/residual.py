"""
The residual law: the law of a day with the answers so far put in, and nothing that can no longer count.

Two situations with the same residual cannot differ: the same questions remain, and the same answers
to them lead to the same answer. « Je ne sais pas » leaves every value possible: a belief is the set of the residual
laws that are still possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from graphlib import TopologicalSorter
from typing import NamedTuple

from knowledge.answering.day import DatedLaw, DatedNorm, compatible, outranks, sets_aside
from knowledge.answering.terms import FALSE, TRUE, UNKNOWN, Terms
from knowledge.model import INCONNU, Any, Effect, KnowledgeBase, Matter, Norm


class Left(NamedTuple):
    """
    One norm that can still count, by its number.

    `applies` and `met` (what a permission or an added condition asks besides) are terms.
    """

    norm: int
    applies: int
    met: tuple[int, ...]


Residual = int
"""A situation as far as it can still matter, by its number: what is left of each norm that can still count."""

Belief = frozenset[Residual]
"""Every residual law that is still possible: more than one where something that counts is not known."""


class _Law(NamedTuple):
    """
    What is left of a law: the numbers of its norms, sorted.

    `open` are the facts it still hangs on, `told` what it compares each of them with, as found so far.
    """

    lefts: tuple[int, ...]
    open: frozenset[str]
    told: dict[str, frozenset[frozenset[str]]]


class Residuals:
    """Residuals of one base, at any day: the relations between norms do not depend on the day."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._terms = Terms()
        self._values = {f.id: tuple(v.id for v in f.values) for f in base.facts.values()}
        self._possible = {f.id: tuple(v.id for v in f.values if v.obvious is None) for f in base.facts.values()}
        self._debated = frozenset(f.id for f in base.facts.values() if f.debate is not None)
        order = TopologicalSorter({n.id: sorted(n.beats) for n in base.norms.values()}).static_order()
        self._norms = tuple(base.norms[name] for name in reversed(tuple(order)))
        self._number = {norm.id: i for i, norm in enumerate(self._norms)}
        beaten: list[list[int]] = [[] for _ in self._norms]
        yields: list[list[int]] = [[] for _ in self._norms]
        for i, norm in enumerate(self._norms):
            for target in norm.beats:
                other = self._number[target]
                (beaten if sets_aside(norm, self._norms[other]) else yields)[other].append(i)
        self._beaten_by = tuple(map(tuple, beaten))
        self._yields_to = tuple(map(tuple, yields))
        self._lefts: list[Left] = []
        self._open: list[frozenset[str]] = []
        self._ids: dict[Left, int] = {}
        self._answers: dict[tuple[str, str], dict[int, int]] = {}
        self._laws: list[_Law] = []
        self._numbers: dict[tuple[int, ...], Residual] = {}
        self._kept: dict[tuple[int, ...], Residual] = {}
        self._put: dict[tuple[str, str], dict[Residual, Residual]] = {}
        self._groups_of: dict[tuple[str, tuple[str, ...], frozenset[frozenset[str]]], list[list[str]]] = {}
        self._askable: dict[Residual, frozenset[str]] = {}
        self._wholes: dict[DatedLaw, Residual] = {}

    @property
    def size(self) -> int:
        """Return how much is remembered, to be bounded by whoever lives long."""
        return len(self._kept) + len(self._lefts) + sum(map(len, self._put.values()))

    def start(self, law: DatedLaw, facts: Mapping[str, str]) -> Belief:
        """Return what is left of `law` once `facts` are answered, `inconnu` among the answers."""
        known = {f: v for f, v in facts.items() if v != INCONNU}
        belief: Belief = frozenset({reduce(lambda r, f: self.put(r, *f), known.items(), self._whole(law))})
        return reduce(lambda b, f: self.answered(b, f, INCONNU), facts.keys() - known.keys(), belief)

    def _whole(self, law: DatedLaw) -> Residual:
        """Return what is left of a law nobody was asked about."""
        found = self._wholes.get(law)
        if found is None:
            found = self._wholes[law] = self._begun(law)
        return found

    def _begun(self, law: DatedLaw) -> Residual:
        derived: dict[str, int] = {}
        for fact, items in law.establishing:
            derived[fact] = self._terms.term(Any(tuple(d.hangs for d in items)), derived)
        groups = (*law.settling.values(), *law.requiring.values())
        return self._mattering(tuple(self._left(dated, derived) for group in groups for dated in group))

    def answered(self, belief: Belief, fact: str, value: str) -> Belief:
        """Return what is still possible once `fact` is answered `value`; after `inconnu`, each of its values is."""
        if value != INCONNU:
            return frozenset([self.put(residual, fact, value) for residual in belief])
        return frozenset([r for residual in belief for r in self.completed(residual, fact)])

    def completed(self, residual: Residual, fact: str) -> Belief:
        """Return what is left with each of the values that `fact` can have."""
        if fact not in self._laws[residual].open:
            return frozenset({residual})
        groups = self.alike(frozenset({residual}), fact, self._possible[fact])
        return frozenset([self.put(residual, fact, values[0]) for values in groups])

    def readings(self, residual: Residual) -> Belief:
        """Return what is left under each reading of what is debated."""
        found: Belief = frozenset({residual})
        for fact in sorted(self.debated(residual)):
            found = frozenset([r for one in found for r in self.completed(one, fact)])
        return found

    def debated(self, residual: Residual) -> frozenset[str]:
        """Return the debated readings on which the answer still hangs."""
        return self._laws[residual].open & self._debated

    def values(self, fact: str) -> tuple[str, ...]:
        """Return every value of a fact."""
        return self._values[fact]

    def possible(self, fact: str) -> tuple[str, ...]:
        """Return every value that a fact that is not known can have."""
        return self._possible[fact]

    def put(self, residual: Residual, fact: str, value: str) -> Residual:
        """Return what is left once the value of `fact` is known."""
        moved = self._put.setdefault((fact, value), {})
        found = moved.get(residual)
        if found is None:
            law = self._laws[residual]
            found = moved[residual] = self._answered(law, fact, value) if fact in law.open else residual
        return found

    def open(self, belief: Belief) -> frozenset[str]:
        """Return the facts not asked yet that can still change the answer, in some of what is possible."""
        return frozenset().union(*[self._asked(residual) for residual in belief])

    def _asked(self, residual: Residual) -> frozenset[str]:
        """Return what a person can be asked: what some reading of the debated points still hangs on."""
        law = self._laws[residual]
        if law.open.isdisjoint(self._debated):
            return law.open
        found = self._askable.get(residual)
        if found is None:
            read = [self._laws[r].open for r in self.readings(residual)]
            found = self._askable[residual] = frozenset().union(*read)
        return found

    def norms(self, residual: Residual) -> list[str]:
        """Return the ids of the norms left."""
        return [self._norms[self._lefts[left].norm].id for left in self._laws[residual].lefts]

    def lefts(self, residual: Residual) -> list[tuple[Norm, Left]]:
        """Return what is left of each norm that can still count, with that norm."""
        return [(self._norms[left.norm], left) for left in (self._lefts[n] for n in self._laws[residual].lefts)]

    def alike(self, belief: Belief, fact: str, values: tuple[str, ...]) -> list[list[str]]:
        """Group the `values` of `fact` that nothing left tells apart."""
        told = frozenset().union(*[self._told_apart(residual, fact) for residual in belief])
        key = (fact, values, told)
        found = self._groups_of.get(key)
        if found is None:
            groups: dict[tuple[bool, ...], list[str]] = {}
            for value in values:
                groups.setdefault(tuple([value in s for s in told]), []).append(value)
            found = self._groups_of[key] = list(groups.values())
        return found

    def _told_apart(self, residual: Residual, fact: str) -> frozenset[frozenset[str]]:
        """Return every set of values that what is left compares `fact` with."""
        law = self._laws[residual]
        if fact not in law.open:
            return frozenset()
        found = law.told.get(fact)
        if found is None:
            lefts = [left for left in law.lefts if fact in self._open[left]]
            terms = {t for left in lefts for t in _terms(self._lefts[left])}
            found = law.told[fact] = frozenset().union(*(self._terms.told_apart(t, fact) for t in terms))
        return found

    def parts(self, belief: Belief) -> list[Belief]:
        """
        Split a belief into parts that share no open fact and whose norms never weigh on each other.

        What is answered in one part changes nothing in another, so the parts can be explored apart. What is not known
        stays whole: a part that differs from one possible law to another keeps all that differ with it.
        """
        groups = self._groups(sorted({left for residual in belief for left in self._laws[residual].lefts}))
        kept: list[Belief] = []
        mixed: set[int] = set()
        for group in groups:
            inside = self._within(belief, group)
            if len(inside) == 1:
                kept.append(inside)
            else:
                mixed |= group
        return [*kept, self._within(belief, mixed)] if mixed else kept

    def _within(self, belief: Belief, group: Collection[int]) -> Belief:
        laws = [self._laws[residual].lefts for residual in belief]
        return frozenset([self._number_of(tuple([left for left in lefts if left in group])) for lefts in laws])

    def _groups(self, lefts: Iterable[int]) -> list[frozenset[int]]:
        joined: list[tuple[set[object], list[int]]] = []
        for left in lefts:
            norm = self._norms[self._lefts[left].norm]
            keys: set[object] = {norm.id if norm.effect is Effect.REQUIRES else norm.matter, *self._open[left]}
            together = [left]
            apart = []
            for other_keys, other_lefts in joined:
                if keys.isdisjoint(other_keys):
                    apart.append((other_keys, other_lefts))
                else:
                    keys |= other_keys
                    together += other_lefts
            joined = [*apart, (keys, together)]
        return [frozenset(found) for _, found in joined]

    def _left(self, dated: DatedNorm, derived: Mapping[str, int]) -> int:
        norm = dated.norm
        asks = norm.effect in (Effect.PERMITS, Effect.REQUIRES)
        met = [self._terms.term(r.met, derived) for r in norm.conditions if asks and r.met is not None]
        return self._store(Left(self._number[norm.id], self._terms.term(dated.hangs, derived), tuple(met)))

    def _store(self, left: Left) -> int:
        found = self._ids.get(left)
        if found is None:
            found = self._ids[left] = len(self._lefts)
            self._lefts.append(left)
            self._open.append(frozenset().union(*(self._terms.open(t) for t in _terms(left))))
        return found

    def _answered(self, law: _Law, fact: str, value: str) -> Residual:
        known = self._answers.setdefault((fact, value), {})
        for left in law.lefts:
            if left not in known:
                known[left] = self._left_after(left, fact, value)
        return self._mattering(tuple([known[left] for left in law.lefts]))

    def _left_after(self, number: int, fact: str, value: str) -> int:
        if fact not in self._open[number]:
            return number
        left, put = self._lefts[number], self._terms.put
        met = tuple(put(m, fact, value) for m in left.met)
        return self._store(Left(left.norm, put(left.applies, fact, value), met))

    def _number_of(self, lefts: tuple[int, ...]) -> Residual:
        found = self._numbers.get(lefts)
        if found is None:
            found = self._numbers[lefts] = len(self._laws)
            hanging = frozenset().union(*[self._open[left] for left in lefts])
            self._laws.append(_Law(lefts, hanging, {}))
        return found

    def _mattering(self, lefts: tuple[int, ...]) -> Residual:
        """Drop the norms that can no longer count: those that can neither govern, nor set aside one that can."""
        kept = self._kept.get(lefts)
        if kept is None:
            kept = self._kept[lefts] = self._number_of(self._counting(lefts))
        return kept

    def _counting(self, lefts: tuple[int, ...]) -> tuple[int, ...]:
        numbers = {self._lefts[left].norm: left for left in lefts if self._lefts[left].applies != FALSE}
        stands: dict[int, int] = {}
        for norm in sorted(numbers):
            above = {stands[b] for b in self._beaten_by[norm] if b in stands}
            sure = self._lefts[numbers[norm]].applies == TRUE and not above
            if TRUE not in above:
                stands[norm] = TRUE if sure else UNKNOWN
        kept = {i for i in stands if self._norms[i].effect is Effect.REQUIRES}
        for matter in Matter:
            of = [i for i in stands if self._norms[i].matter is matter and i not in kept]
            sure_ones = [i for i in of if stands[i] == TRUE]
            matters = {i for i in of if not any(self._outranks(s, i, stands[i]) for s in sure_ones if s != i)}
            frontier = matters
            while frontier:
                frontier = {b for i in frontier for b in self._beaten_by[i] if b in stands} - matters
                matters = matters | frontier
            kept |= matters
        return tuple(sorted(numbers[i] for i in kept))

    def _outranks(self, sure: int, other: int, stands: int) -> bool:
        """
        Tell whether `other` can never govern because `sure` stands whatever is answered.

        An incompatible norm cannot stand beside one that surely stands: where it does, both stay, and clash.
        """
        one, two = self._norms[sure].effect, self._norms[other].effect
        clash = stands == TRUE and not compatible(one, two)
        return not clash and outranks(one, two, ordered=sure in self._yields_to[other])


def _terms(left: Left) -> tuple[int, ...]:
    return (left.applies, *left.met)
