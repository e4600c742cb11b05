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

from knowledge.dated import DatedLaw, DatedNorm, compatible
from knowledge.model import INCONNU, Any, Condition, Effect, Is, KnowledgeBase, Matter, Norm, Not
from knowledge.terms import FALSE, TRUE, UNKNOWN, Terms


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
        self._beaten_by = tuple(self._beaters(norm, sets_aside=True) for norm in self._norms)
        self._yields_to = tuple(self._beaters(norm, sets_aside=False) for norm in self._norms)
        self._lefts: list[Left] = []
        self._open: list[frozenset[str]] = []
        self._ids: dict[Left, int] = {}
        self._put: dict[tuple[str, str], dict[int, int]] = {}
        self._kept: dict[tuple[int, ...], Residual] = {}

    def start(self, law: DatedLaw, facts: Mapping[str, str]) -> Residual:
        """Return what is left of `law` once `facts` are answered."""
        derived: dict[str, Condition] = {}
        for fact, items in law.establishing:
            derived[fact] = Any(tuple(_unfolded(d.hangs, derived) for d in items))
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

    def _beaters(self, norm: Norm, *, sets_aside: bool) -> tuple[int, ...]:
        found = []
        for other in self._norms:
            if norm.id in other.beats:
                aside = norm.id in other.exception_to or not compatible(norm.effect, other.effect)
                if aside is sets_aside:
                    found.append(self._number[other.id])
        return tuple(found)

    def _left(self, dated: DatedNorm, derived: Mapping[str, Condition]) -> int:
        norm = dated.norm
        asks = norm.effect in (Effect.PERMITS, Effect.REQUIRES)
        met = [_unfolded(r.met, derived) for r in norm.conditions if asks and r.met is not None]
        applies = self._terms.term(_unfolded(dated.hangs, derived))
        return self._store(Left(self._number[norm.id], applies, tuple(self._terms.term(m) for m in met)))

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


def _unfolded(condition: Condition, derived: Mapping[str, Condition]) -> Condition:
    """Say a condition with what people are asked: each derived fact gives way to what establishes it."""
    if isinstance(condition, Is):
        if condition.fact not in derived:
            return condition
        held = derived[condition.fact]
        return held if "oui" in condition.values else Not(held)
    if isinstance(condition, Not):
        return Not(_unfolded(condition.item, derived))
    return type(condition)(tuple(_unfolded(i, derived) for i in condition.items))
