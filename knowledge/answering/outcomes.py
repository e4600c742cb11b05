"""
How several answers to one situation become one: over what nobody knows yet, and over the readings of a debated law.

Everything that answers goes through here: the advice, the graphs, the comparisons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from knowledge.model import Effect, Outcome

_OF_EFFECT = {
    Effect.FORBIDS: Outcome.FORBIDDEN,
    Effect.BINDS: Outcome.BOUND,
    Effect.MAY_DECLINE: Outcome.MAY_DECLINE,
    Effect.DEBATED: Outcome.DEBATED,
    Effect.PERMITS: Outcome.PERMITTED,
    Effect.NOT_COVERED: Outcome.NOT_COVERED,
    Effect.DOES_NOT_BIND: Outcome.NOT_BOUND,
    Effect.OBLIGES: Outcome.OBLIGED,
}
PERMISSIVENESS = {outcome: rank for rank, outcome in enumerate(Outcome)}
"""The outcomes from the least to the most permissive, as `Outcome` lists them."""
SPEAKS = frozenset({Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED})
"""The answers that open a way to speak of the person."""
OPEN = SPEAKS | {Outcome.NOT_COVERED}
"""The answers that let one speak, or that no secrecy closes."""


class Reply(NamedTuple):
    """An answer, as far as two of them can be told apart: the outcome and the norm that governs."""

    outcome: Outcome
    norm: str


def possible_outcome(effect: Effect) -> Outcome:
    """Return the outcome that an effect leads to when nothing is missing."""
    return _OF_EFFECT[effect]


def over_completions(outcomes: Collection[Outcome]) -> Outcome:
    """
    Return the one answer that is right whatever the value of what nobody knows yet.

    All agree: that answer. All let one speak: the freest common ground, never freer than a condition where one of
    them is an order. Else it depends.

    >>> over_completions({Outcome.OBLIGED, Outcome.PERMITTED})
    <Outcome.CONDITIONAL: 'conditional'>
    >>> over_completions({Outcome.FORBIDDEN, Outcome.OBLIGED})
    <Outcome.DEPENDS: 'depends'>
    """
    found = set(outcomes)
    if len(found) == 1:
        return found.pop()
    if not found <= OPEN:
        return Outcome.DEPENDS
    return Outcome.CONDITIONAL if Outcome.OBLIGED in found else min(found, key=PERMISSIVENESS.__getitem__)


def over_readings(outcomes: Collection[Outcome]) -> Outcome:
    """
    Return the cautious answer where lawyers read the law in several ways, or that it is debated.

    Where no reading lets the secret out, silence is the cautious course. Where every reading lets one speak and one of
    them orders it, one acts as if ordered: silence would be the fault. Else both readings are shown.

    >>> over_readings({Outcome.FORBIDDEN, Outcome.NOT_COVERED}), over_readings({Outcome.BOUND, Outcome.NOT_BOUND})
    (<Outcome.FORBIDDEN: 'forbidden'>, <Outcome.DEBATED: 'debated'>)
    >>> over_readings({Outcome.OBLIGED, Outcome.CONDITIONAL})
    <Outcome.OBLIGED: 'obliged'>
    """
    found = set(outcomes)
    if Outcome.DEPENDS in found:
        return over_completions(found)
    if found == {Outcome.FORBIDDEN, Outcome.NOT_COVERED}:
        return Outcome.FORBIDDEN
    if found <= OPEN:
        return Outcome.OBLIGED if Outcome.OBLIGED in found else min(found, key=PERMISSIVENESS.__getitem__)
    return found.pop() if len(found) == 1 else Outcome.DEBATED


def joined(replies: Iterable[Reply], outcome: Outcome) -> Reply:
    """
    Return what several replies come to, once `outcome` is what they come to.

    The norm shown is one that gives this very outcome; else an order, which cannot wait; else the least permissive.
    """
    return Reply(outcome, min(replies, key=lambda r: _shown(r, outcome)).norm)


def _shown(reply: Reply, outcome: Outcome) -> tuple[bool, bool, int, str]:
    return (
        reply.outcome is not outcome,
        reply.outcome is not Outcome.OBLIGED,
        PERMISSIVENESS[reply.outcome],
        reply.norm,
    )
