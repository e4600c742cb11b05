"""Which norms a set of possible answers can make apply: by condition, derived facts followed to what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.answering import SETTLES, covered, facts_in
from knowledge.model import All, Condition, Effect, Is, KnowledgeBase, Norm, Not

Offered = Mapping[str, frozenset[str]]
"""By fact, the answers that can be given; a fact that is never asked is absent."""


def reached(base: KnowledgeBase, offered: Offered) -> frozenset[str]:
    """
    Return the norms whose condition can hold, and can be decided, with these answers.

    Every atom is taken alone: two answers that exclude each other are not noticed, so this
    says what can be reached at most, never less. A warning is only heard where its matter is answered.
    """
    known: dict[str, frozenset[str]] = dict(offered)
    establishing = [n for n in base.norms.values() if n.effect is Effect.ESTABLISHES and n.establishes is not None]
    waiting = dict.fromkeys(base.derived)
    while waiting:
        settled = [f for f in waiting if not _needed(establishing, f) & waiting.keys() - {f}]
        for fact in settled or list(waiting):
            possible = any(_can(n.when, known, truth=True) for n in establishing if n.establishes == fact)
            known[fact] = frozenset({"oui", "non"} if possible else {"non"})
            del waiting[fact]
    can = [n for n in base.norms.values() if _can(_whole(n), known, truth=True)]
    answered = {n.matter for n in can if n.effect in SETTLES}
    return frozenset(n.id for n in can if n.effect is Effect.ESTABLISHES or n.matter in answered)


def _needed(establishing: list[Norm], fact: str) -> set[str]:
    return {f for n in establishing if n.establishes == fact for f in facts_in(n.when)}


def _whole(norm: Norm) -> Condition:
    covers = covered(norm)
    return norm.when if covers is None else All((norm.when, covers))


def _can(condition: Condition, known: Offered, *, truth: bool) -> bool:
    if isinstance(condition, Is):
        answers = known.get(condition.fact, frozenset())
        return bool(answers & condition.values if truth else answers - condition.values)
    if isinstance(condition, Not):
        return _can(condition.item, known, truth=not truth)
    every = isinstance(condition, All) is truth
    return (all if every else any)(_can(item, known, truth=truth) for item in condition.items)
