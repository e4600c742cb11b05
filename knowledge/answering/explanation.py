"""Why: what became of each norm that could have counted, and the condition that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import overload

from knowledge.answering.conditions import deciding, decisive, describe, holds
from knowledge.answering.standing import Weighed, Weighing
from knowledge.model import Condition, Effect, KnowledgeBase
from knowledge.model.advice import NormState, TraceStep
from knowledge.model.typography import french

_ORDER = {state: rank for rank, state in enumerate(NormState)}


class Trace(Sequence[TraceStep]):
    """One step per norm of the day, those that counted first: put into words when first read."""

    def __init__(self, base: KnowledgeBase, weighing: Weighing, governing: str, limiting: set[str]) -> None:
        """
        Hold what the steps are made from.

        Args:
            base: the law, for the words of the facts.
            weighing: the norms, weighed.
            governing: the norm that governs.
            limiting: the norms that would have applied to another information.

        """
        self._from = (base, weighing, governing, limiting)

    @cached_property
    def steps(self) -> tuple[TraceStep, ...]:
        """The steps, in words."""
        base, weighing, governing, limiting = self._from
        found = [_step(base, weighing, w, governing, limiting) for w in weighing.norms.values()]
        return tuple(sorted(found, key=lambda s: _ORDER[s.state]))

    @overload
    def __getitem__(self, at: int) -> TraceStep: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[TraceStep]: ...
    def __getitem__(self, at: int | slice) -> TraceStep | Sequence[TraceStep]:
        """Return one step, or some."""
        return self.steps[at]

    def __iter__(self) -> Iterator[TraceStep]:
        """Go through the steps."""
        return iter(self.steps)

    def __len__(self) -> int:
        """Return how many norms were weighed."""
        return len(self.steps)

    def __eq__(self, other: object) -> bool:
        """Tell whether another trace says the same."""
        return self.steps == other.steps if isinstance(other, Trace) else NotImplemented

    def __hash__(self) -> int:
        """Return the same for traces that say the same."""
        return hash(self.steps)


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
        return NormState.NOT_MET, _said(
            base, "Il faudrait", deciding(weighed.dated.applies, weighing.facts, truth=False)
        )
    if norm.id == governing and weighed.stands is not True:
        return NormState.GOVERNS, french("C'est la règle qui décide dans une partie au moins des situations possibles.")
    if weighed.stands is None:
        return NormState.UNCERTAIN, _missing(base, weighing, weighed)
    because = _said(base, "Ses conditions sont réunies", norm.when)
    governs = norm.id == governing and norm.effect is not Effect.ESTABLISHES
    return (NormState.GOVERNS if governs else NormState.APPLIES), because


def _missing(base: KnowledgeBase, weighing: Weighing, weighed: Weighed) -> str:
    if not weighed.dated.sure and holds(weighed.dated.applies, weighing.facts):
        return french("Le texte de ce jour-là n'a pas été lu.")
    return _said(base, "Il manque de savoir", decisive(weighed.dated.applies, weighing.facts))


def forget() -> None:
    """Forget what was said: a condition that is missing tells what was answered."""
    _said.cache_clear()


@lru_cache(maxsize=4096)
def _said(base: KnowledgeBase, what: str, condition: Condition) -> str:
    """Say a condition after a few words. It is remembered until `forget`."""
    return french(f"{what} : {describe(condition, base.facts, base.derived)}.")
