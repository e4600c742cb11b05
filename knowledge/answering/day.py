"""The law of one day: which norms are in force, in the order in which they are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from graphlib import TopologicalSorter

from knowledge.answering.conditions import UNREAD, facts_in
from knowledge.model import All, Condition, Effect, InForce, Is, KnowledgeBase, Matter, Norm

_LIMITED = {Effect.PERMITS, Effect.OBLIGES, Effect.DEBATED, Effect.MAY_DECLINE}
_COMPATIBLE = {Effect.PERMITS, Effect.OBLIGES}
SETTLES = {
    Effect.FORBIDS,
    Effect.PERMITS,
    Effect.OBLIGES,
    Effect.MAY_DECLINE,
    Effect.NOT_COVERED,
    Effect.BINDS,
    Effect.DOES_NOT_BIND,
    Effect.DEBATED,
}
"""The effects that answer a matter; the others establish a fact, add a condition, or warn."""


@dataclass(frozen=True, slots=True)
class DatedNorm:
    """
    A norm on one day.

    `sure` is False where the law of that day was not read.
    `applies` is its condition, narrowed to the information that its minimum covers;
    `hangs` is the same, never better than unknown where the law was not read.
    `beaten_by` are the norms that set it aside, `yields_to` those that only govern before it.
    """

    norm: Norm
    sure: bool
    applies: Condition
    hangs: Condition
    covers: Is | None
    beaten_by: tuple[str, ...]
    yields_to: frozenset[str]


@dataclass(frozen=True, eq=False)
class DatedLaw:
    """
    The norms in force on `on`: those that establish facts first, then by matter, exceptions first.

    Two laws are never equal.
    """

    on: date
    establishing: tuple[tuple[str, tuple[DatedNorm, ...]], ...]
    settling: dict[Matter, tuple[DatedNorm, ...]]
    requiring: dict[Matter, tuple[DatedNorm, ...]]
    warning: tuple[DatedNorm, ...]


def in_force(base: KnowledgeBase, norm: Norm, on: date) -> InForce:
    """Tell whether a norm is in force on `on`: never longer than the article versions that it rests on."""
    if (norm.since is not None and on < norm.since) or (norm.until is not None and on >= norm.until):
        return InForce.NO
    states = [base.articles[c.article].in_force(on) for c in norm.cites if c.active(on)]
    if not states or InForce.NO in states:
        return InForce.NO
    return InForce.UNKNOWN if InForce.UNKNOWN in states else InForce.YES


def compatible(one: Effect, other: Effect) -> bool:
    """Tell whether two effects can hold together: an obligation to speak includes the permission."""
    return one is other or {one, other} <= _COMPATIBLE


def sets_aside(norm: Norm, other: Norm) -> bool:
    """Tell whether a norm that names another sets it aside where it applies; else it only governs before it."""
    return other.id in norm.exception_to or not compatible(norm.effect, other.effect)


def outranks(sure: Effect, other: Effect, *, ordered: bool) -> bool:
    """
    Tell whether what may stand can never govern beside what surely does.

    Args:
        sure: the effect of the norm that stands.
        other: the effect of the norm that may stand too.
        ordered: the first says that it prevails over the second.

    """
    if sure is other:
        return ordered
    return not compatible(sure, other) or sure is Effect.OBLIGES


def covered(norm: Norm) -> Is | None:
    """Return the information that the minimum of `norm` covers, or None where it is not limited."""
    if norm.minimum is None or norm.effect not in _LIMITED:
        return None
    items = (*norm.minimum.share, *norm.minimum.if_needed)
    if not items:
        return None
    return Is("information", frozenset({"ensemble", *(i.category for i in items)}))


@lru_cache(maxsize=128)
def law_of(base: KnowledgeBase, on: date) -> DatedLaw:
    """Return the law of the day `on`. Same base, same day: same law, so the result is remembered."""
    alive = {n.id: (n, in_force(base, n, on)) for n in base.norms.values()}
    alive = {i: pair for i, pair in alive.items() if pair[1] is not InForce.NO}
    beaten: dict[str, list[str]] = {i: [] for i in alive}
    yields: dict[str, set[str]] = {i: set() for i in alive}
    for norm, _ in alive.values():
        for target in norm.beats:
            if target not in alive:
                continue
            other = alive[target][0]
            if sets_aside(norm, other):
                beaten[target].append(norm.id)
            else:
                yields[target].add(norm.id)
    order = list(TopologicalSorter({i: beaten[i] for i in sorted(alive)}).static_order())
    dated: dict[str, DatedNorm] = {}
    for i in order:
        norm, state = alive[i]
        covers = covered(norm)
        applies = norm.when if covers is None else All((norm.when, covers))
        sure = state is InForce.YES
        hangs = applies if sure else All((applies, UNREAD))
        dated[i] = DatedNorm(norm, sure, applies, hangs, covers, tuple(beaten[i]), frozenset(yields[i]))
    return DatedLaw(
        on,
        _strata(base, dated),
        {m: tuple(dated[i] for i in order if _is(dated[i], m, SETTLES)) for m in Matter},
        {m: tuple(dated[i] for i in order if _is(dated[i], m, {Effect.REQUIRES})) for m in Matter},
        tuple(dated[i] for i in order if dated[i].norm.effect is Effect.WARNS),
    )


def _is(dated: DatedNorm, matter: Matter, effects: set[Effect]) -> bool:
    return dated.norm.matter is matter and dated.norm.effect in effects


def _strata(base: KnowledgeBase, dated: dict[str, DatedNorm]) -> tuple[tuple[str, tuple[DatedNorm, ...]], ...]:
    by_fact: dict[str, list[DatedNorm]] = {fact: [] for fact in base.derived}
    for item in dated.values():
        if item.norm.effect is Effect.ESTABLISHES and item.norm.establishes is not None:
            by_fact[item.norm.establishes].append(item)
    needs = {
        fact: {f for item in items for f in facts_in(item.applies) if f in base.derived}
        for fact, items in by_fact.items()
    }
    return tuple((fact, tuple(by_fact[fact])) for fact in TopologicalSorter(needs).static_order())
