"""
What is left to learn: the law of a day with the known answers put in.

Two situations with the same residual can no longer differ: the same questions remain,
and the same answers to them lead to the same advice.
"""

from __future__ import annotations

from knowledge.condition import holds
from knowledge.model import Condition, Facts, Is, Matter, Not
from knowledge.pending import mattering
from knowledge.weigh import Weighed, Weighing

Residual = object
"""A hashable value; only equality means anything."""


def residual(weighing: Weighing) -> Residual:
    """Return what is left to learn after `weighing`. Equal residuals have equal futures."""
    left: set[object] = set()
    for matter in Matter:
        left.update(_norm(w, weighing.facts) for w in mattering(weighing, matter))
        for dated in weighing.law.requiring[matter]:
            weighed = weighing.norms[dated.norm.id]
            if weighed.stands is not False:
                left.add(_norm(weighed, weighing.facts))
    named = {fact for item in left for fact in _names(item)}
    for fact, items in weighing.law.establishing:
        if fact in weighing.derived_open and fact in named:
            left.add((fact, frozenset(_left(d.applies, weighing.facts) for d in items)))
    return frozenset(left)


def _norm(weighed: Weighed, facts: Facts) -> Residual:
    norm = weighed.dated.norm
    met = tuple(_left(r.met, facts) for r in norm.conditions if r.met is not None)
    return (norm.id, weighed.stands, _left(weighed.dated.applies, facts), met)


def _left(condition: Condition, facts: Facts) -> Residual:
    truth = holds(condition, facts)
    if truth is not None:
        return truth
    if isinstance(condition, Is):
        return None if condition.fact in facts else (condition.fact, condition.values)
    if isinstance(condition, Not):
        return ("not", _left(condition.item, facts))
    parts = frozenset(_left(i, facts) for i in condition.items if holds(i, facts) is None)
    return next(iter(parts)) if len(parts) == 1 else (type(condition).__name__, parts)


def _names(item: object) -> list[str]:
    if isinstance(item, str):
        return [item]
    if isinstance(item, tuple | frozenset):
        return [name for part in item for name in _names(part)]
    return []
