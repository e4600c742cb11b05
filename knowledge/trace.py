"""Why: what became of each norm that could have counted, and the condition that decided it."""

from __future__ import annotations

from knowledge.advice import NormState, TraceStep
from knowledge.condition import decisive, describe, holds
from knowledge.model import Effect, KnowledgeBase
from knowledge.typography import french
from knowledge.weigh import Weighed, Weighing


def trace(base: KnowledgeBase, weighing: Weighing, governing: str, limiting: set[str]) -> tuple[TraceStep, ...]:
    """
    Return one step per norm of the day, those that counted first.

    Args:
        base: the law, for the words of the facts.
        weighing: the norms, weighed.
        governing: the norm that governs.
        limiting: the norms that would have applied to another information.

    """
    steps = [_step(base, weighing, w, governing, limiting) for w in weighing.norms.values()]
    order = list(NormState)
    return tuple(sorted(steps, key=lambda s: order.index(s.state)))


def _step(base: KnowledgeBase, weighing: Weighing, weighed: Weighed, governing: str, limiting: set[str]) -> TraceStep:
    norm = weighed.dated.norm
    state, because = _why(base, weighing, weighed, governing, limiting)
    return TraceStep(norm.id, norm.title, norm.effect, state, because, weighed.set_aside_by)


def _why(
    base: KnowledgeBase, weighing: Weighing, weighed: Weighed, governing: str, limiting: set[str]
) -> tuple[NormState, str]:
    norm = weighed.dated.norm
    if norm.id in limiting:
        return NormState.LIMITS, french("Cette information ne fait pas partie du strict nécessaire que ce texte admet.")
    if weighed.set_aside_by is not None:
        title = base.norms[weighed.set_aside_by].title
        return NormState.SET_ASIDE, french(f"Écartée par une règle qui l'emporte : {title}.")
    if weighed.applies is False:
        return NormState.NOT_MET, french(f"Il faudrait : {_say(base, weighing, weighed)}.")
    if weighed.stands is None:
        if not weighed.dated.sure and holds(weighed.dated.applies, weighing.facts):
            return NormState.UNCERTAIN, french("Le texte de ce jour-là n'a pas été lu.")
        return NormState.UNCERTAIN, french(f"Il manque de savoir : {_say(base, weighing, weighed)}.")
    because = french(f"Ses conditions sont réunies : {describe(norm.when, base.facts, base.derived)}.")
    governs = norm.id == governing and norm.effect is not Effect.ESTABLISHES
    return (NormState.GOVERNS if governs else NormState.APPLIES), because


def _say(base: KnowledgeBase, weighing: Weighing, weighed: Weighed) -> str:
    return describe(decisive(weighed.dated.applies, weighing.facts), base.facts, base.derived)
