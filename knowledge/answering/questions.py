"""Which facts can still change the advice: the only ones worth asking."""

from __future__ import annotations

from knowledge.answering.conditions import open_facts
from knowledge.answering.day import compatible
from knowledge.answering.standing import Weighed, Weighing, expand
from knowledge.model import Condition, Effect, Matter


def pending_facts(weighing: Weighing) -> frozenset[str]:
    """
    Return the facts not asked yet on which the advice hangs.

    A norm matters if it can still govern its matter, or if it can still set aside one that matters.
    The facts behind any other norm are not worth a question.
    """
    wanted: set[str] = set()
    for matter in Matter:
        for weighed in mattering(weighing, matter):
            wanted |= _hangs(weighing, weighed.dated.hangs)
            if weighed.dated.norm.effect is Effect.PERMITS:
                wanted |= _asked_besides(weighing, weighed)
        for dated in weighing.law.requiring[matter]:
            weighed = weighing.norms[dated.norm.id]
            if weighed.stands is not False:
                wanted |= _hangs(weighing, dated.hangs) | _asked_besides(weighing, weighed)
    return frozenset(wanted)


def _hangs(weighing: Weighing, condition: Condition) -> set[str]:
    return expand(open_facts(condition, weighing.facts, weighing.possible), weighing.derived_open)


def _asked_besides(weighing: Weighing, weighed: Weighed) -> set[str]:
    conditions = [r.met for r in weighed.dated.norm.conditions if r.met is not None]
    return {fact for met in conditions for fact in _hangs(weighing, met)}


def mattering(weighing: Weighing, matter: Matter) -> list[Weighed]:
    """Return the norms of `matter` that can still govern it, or set aside one that can."""
    alive = {w.dated.norm.id: w for w in weighing.of(matter) if w.stands is not False}
    sure = [w for w in alive.values() if w.stands]
    matters = {i for i, w in alive.items() if not any(_outranks(s, w) for s in sure if s is not w)}
    frontier = set(matters)
    while frontier:
        beaters = {b for i in frontier for b in alive[i].dated.beaten_by if b in alive}
        frontier = beaters - matters
        matters |= frontier
    return [alive[i] for i in sorted(matters)]


def _outranks(sure: Weighed, other: Weighed) -> bool:
    """
    Tell whether `other` can never govern because `sure` stands whatever is answered.

    An incompatible norm cannot stand beside one that surely stands: the base has no unordered conflict.
    An obligation governs before a permission; among equals, the stated order decides.
    """
    one, two = sure.dated.norm.effect, other.dated.norm.effect
    if not compatible(one, two):
        return True
    if one is two:
        return sure.dated.norm.id in other.dated.yields_to
    return one is Effect.OBLIGES
