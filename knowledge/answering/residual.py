"""
The residual law: the law of a day with the answers so far put in, and nothing that can no longer count.

Two situations with the same residual cannot differ: the same questions remain, and the same answers
to them lead to the same answer. « Je ne sais pas » leaves every value possible: a belief is the set of the residual
laws that are still possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from graphlib import TopologicalSorter
from typing import NamedTuple

from knowledge.answering.day import DatedLaw, DatedNorm, compatible
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


Residual = tuple[int, ...]
"""A situation as far as it can still matter: the numbers of what is left of each norm, sorted."""

Belief = frozenset[Residual]
"""Every residual law that is still possible: more than one where something that counts is not known."""


class Residuals:
    """Residuals of one base, at any day: the relations between norms do not depend on the day."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._terms = Terms()
        self._values = {f.id: tuple(v.id for v in f.values if v.obvious is None) for f in base.facts.values()}
        self._debated = frozenset(f.id for f in base.facts.values() if f.debate is not None)
        order = TopologicalSorter({n.id: sorted(n.beats) for n in base.norms.values()}).static_order()
        self._norms = tuple(base.norms[name] for name in reversed(tuple(order)))
        self._number = {norm.id: i for i, norm in enumerate(self._norms)}
        beaten: list[list[int]] = [[] for _ in self._norms]
        yields: list[list[int]] = [[] for _ in self._norms]
        for i, norm in enumerate(self._norms):
            for target in norm.beats:
                other = self._number[target]
                aside = target in norm.exception_to or not compatible(self._norms[other].effect, norm.effect)
                (beaten if aside else yields)[other].append(i)
        self._beaten_by = tuple(map(tuple, beaten))
        self._yields_to = tuple(map(tuple, yields))
        self._lefts: list[Left] = []
        self._open: list[frozenset[str]] = []
        self._asked: list[frozenset[str]] = []
        self._ids: dict[Left, int] = {}
        self._put: dict[tuple[str, str], dict[int, int]] = {}
        self._kept: dict[tuple[int, ...], Residual] = {}
        self._wholes: dict[DatedLaw, Residual] = {}

    @property
    def size(self) -> int:
        """Return how much is remembered, to be bounded by whoever lives long."""
        return len(self._kept) + len(self._lefts)

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
        if not self._hangs(residual, fact):
            return frozenset({residual})
        groups = self.alike(frozenset({residual}), fact, self._values[fact])
        return frozenset([self.put(residual, fact, values[0]) for values in groups])

    def readings(self, residual: Residual) -> Belief:
        """Return what is left under each reading of what is debated."""
        found: Belief = frozenset({residual})
        for fact in sorted(self.debated(residual)):
            found = frozenset([r for one in found for r in self.completed(one, fact)])
        return found

    def debated(self, residual: Residual) -> frozenset[str]:
        """Return the debated readings on which the answer still hangs."""
        return frozenset().union(*[self._open[left] - self._asked[left] for left in residual])

    def _hangs(self, residual: Residual, fact: str) -> bool:
        return any(fact in self._open[left] for left in residual)

    def values(self, fact: str) -> tuple[str, ...]:
        """Return every value that a fact that is not known can have."""
        return self._values[fact]

    def put(self, residual: Residual, fact: str, value: str) -> Residual:
        """Return what is left once the value of `fact` is known."""
        known = self._put.setdefault((fact, value), {})
        for left in residual:
            if left not in known:
                known[left] = self._answered(left, fact, value)
        return self._mattering(tuple([known[left] for left in residual]))

    def open(self, belief: Belief) -> frozenset[str]:
        """Return the facts not asked yet that can still change the answer, in some of what is possible."""
        read = [reading for residual in belief for reading in self.readings(residual)]
        return frozenset().union(*[self._asked[left] for reading in read for left in reading])

    def norms(self, residual: Iterable[int]) -> list[str]:
        """Return the ids of the norms left."""
        return [self._norms[self._lefts[left].norm].id for left in residual]

    def lefts(self, residual: Residual) -> list[tuple[Norm, Left]]:
        """Return what is left of each norm that can still count, with that norm."""
        return [(self._norms[left.norm], left) for left in (self._lefts[number] for number in residual)]

    def alike(self, belief: Belief, fact: str, values: Iterable[str]) -> list[list[str]]:
        """Group the `values` of `fact` that nothing left tells apart."""
        lefts = {left for residual in belief for left in residual if fact in self._open[left]}
        terms = {t for left in lefts for t in _terms(self._lefts[left])}
        told = list(frozenset().union(*(self._terms.told_apart(t, fact) for t in terms)))
        groups: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            groups.setdefault(tuple([value in s for s in told]), []).append(value)
        return list(groups.values())

    def parts(self, belief: Belief) -> list[Belief]:
        """
        Split a belief into parts that share no open fact and whose norms never weigh on each other.

        What is answered in one part changes nothing in another, so the parts can be explored apart. What is not known
        stays whole: a part that differs from one possible law to another keeps all that differ with it.
        """
        groups = self._groups(sorted({left for residual in belief for left in residual}))
        kept: list[Belief] = []
        mixed: set[int] = set()
        for group in groups:
            inside = frozenset([tuple([left for left in residual if left in group]) for residual in belief])
            if len(inside) == 1:
                kept.append(inside)
            else:
                mixed |= group
        if mixed:
            kept.append(frozenset([tuple([left for left in residual if left in mixed]) for residual in belief]))
        return kept

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
            hanging = frozenset().union(*(self._terms.open(t) for t in _terms(left)))
            self._open.append(hanging)
            self._asked.append(hanging - self._debated)
        return found

    def _answered(self, number: int, fact: str, value: str) -> int:
        if fact not in self._open[number]:
            return number
        left, put = self._lefts[number], self._terms.put
        met = tuple(put(m, fact, value) for m in left.met)
        return self._store(Left(left.norm, put(left.applies, fact, value), met))

    def _mattering(self, lefts: tuple[int, ...]) -> Residual:
        """Drop the norms that can no longer count: those that can neither govern, nor set aside one that can."""
        kept = self._kept.get(lefts)
        if kept is None:
            kept = self._kept[lefts] = self._counting(lefts)
        return kept

    def _counting(self, lefts: tuple[int, ...]) -> Residual:
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
            matters = {i for i in of if not any(self._outranks(s, i) for s in sure_ones if s != i)}
            frontier = matters
            while frontier:
                frontier = {b for i in frontier for b in self._beaten_by[i] if b in stands} - matters
                matters = matters | frontier
            kept |= matters
        return tuple(sorted(numbers[i] for i in kept))

    def _outranks(self, sure: int, other: int) -> bool:
        """
        Tell whether `other` can never govern because `sure` stands whatever is answered.

        An incompatible norm cannot stand beside one that surely stands: the base has no unordered conflict.
        An obligation governs before a permission; among equals, the stated order decides.
        """
        one, two = self._norms[sure].effect, self._norms[other].effect
        if not compatible(one, two):
            return True
        if one is two:
            return sure in self._yields_to[other]
        return one is Effect.OBLIGES


def _terms(left: Left) -> tuple[int, ...]:
    return (left.applies, *left.met)
