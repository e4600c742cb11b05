"""
What is left to learn: the law of a day with the answers so far put in, and nothing that can no longer count.

Two situations with the same residual cannot differ: the same questions remain, and the same answers
to them lead to the same advice. It says the same as `weigh` and `pending_facts`, at a hundredth of the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from graphlib import TopologicalSorter
from typing import NamedTuple

from knowledge.answering.day import DatedLaw, DatedNorm, compatible
from knowledge.model import INCONNU, Any, Effect, KnowledgeBase, Matter, Norm
from knowledge.residual.terms import FALSE, TRUE, UNKNOWN, Terms


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


class Residuals:
    """Residuals of one base, at any day: the relations between norms do not depend on the day."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._terms = Terms()
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
        self._ids: dict[Left, int] = {}
        self._put: dict[tuple[str, str], dict[int, int]] = {}
        self._kept: dict[tuple[int, ...], Residual] = {}

    @property
    def size(self) -> int:
        """Return how much is remembered, to be bounded by whoever lives long."""
        return len(self._kept) + len(self._lefts)

    def start(self, law: DatedLaw, facts: Mapping[str, str]) -> Residual:
        """Return what is left of `law` once `facts` are answered."""
        derived: dict[str, int] = {}
        for fact, items in law.establishing:
            derived[fact] = self._terms.term(Any(tuple(d.hangs for d in items)), derived)
        groups = (*law.settling.values(), *law.requiring.values())
        residual = self._mattering(tuple(self._left(dated, derived) for group in groups for dated in group))
        return reduce(lambda r, f: self.put(r, *f), facts.items(), residual)

    def put(self, residual: Residual, fact: str, value: str) -> Residual:
        """Return what is left once `fact` is answered `value`."""
        known = self._put.setdefault((fact, value), {})
        for left in residual:
            if left not in known:
                known[left] = self._answered(left, fact, value)
        return self._mattering(tuple([known[left] for left in residual]))

    def open(self, residual: Residual) -> frozenset[str]:
        """Return the facts that can still change the advice: the same as `pending_facts`."""
        return frozenset().union(*[self._open[left] for left in residual])

    def norms(self, residual: Residual) -> list[str]:
        """Return the ids of the norms left."""
        return [self._norms[self._lefts[left].norm].id for left in residual]

    def lefts(self, residual: Residual) -> list[tuple[Norm, Left]]:
        """Return what is left of each norm that can still count, with that norm."""
        return [(self._norms[left.norm], left) for left in (self._lefts[number] for number in residual)]

    def alike(self, residual: Residual, fact: str, values: Iterable[str]) -> list[list[str]]:
        """Group the `values` of `fact` that nothing left tells apart."""
        terms = {t for left in residual if fact in self._open[left] for t in _terms(self._lefts[left])}
        told = list(frozenset().union(*(self._terms.told_apart(t, fact) for t in terms)))
        groups: dict[tuple[bool, ...] | str, list[str]] = {}
        for value in values:
            groups.setdefault(value if value == INCONNU else tuple([value in s for s in told]), []).append(value)
        return list(groups.values())

    def parts(self, residual: Residual) -> list[Residual]:
        """
        Split a residual into parts that share no open fact and whose norms never weigh on each other.

        What is answered in one part changes nothing in another, so the parts can be explored apart.
        """
        joined: list[tuple[set[object], list[int]]] = []
        for left in residual:
            norm = self._norms[self._lefts[left].norm]
            keys: set[object] = {norm.id if norm.effect is Effect.REQUIRES else norm.matter, *self._open[left]}
            lefts = [left]
            apart = []
            for other_keys, other_lefts in joined:
                if keys.isdisjoint(other_keys):
                    apart.append((other_keys, other_lefts))
                else:
                    keys |= other_keys
                    lefts += other_lefts
            joined = [*apart, (keys, lefts)]
        return [tuple(sorted(lefts)) for _, lefts in joined]

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

    def _answered(self, number: int, fact: str, value: str) -> int:
        if fact not in self._open[number]:
            return number
        left, put = self._lefts[number], self._terms.put
        met = tuple(put(m, fact, value) for m in left.met)
        return self._store(Left(left.norm, put(left.applies, fact, value), met))

    def _mattering(self, lefts: tuple[int, ...]) -> Residual:
        """Drop the norms that can no longer count: the rule of `pending.mattering`, by number."""
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
        """Tell whether `other` can never govern because `sure` stands: the rule of `pending`, by number."""
        one, two = self._norms[sure].effect, self._norms[other].effect
        if not compatible(one, two):
            return True
        if one is two:
            return sure in self._yields_to[other]
        return one is Effect.OBLIGES


def _terms(left: Left) -> tuple[int, ...]:
    return (left.applies, *left.met)
