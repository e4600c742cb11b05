"""The words of training: packs, scenarios, stages, decisions and what their author expects. Pure values."""

from __future__ import annotations

from dataclasses import dataclass

from flows.exploring.cases import Case

LEVELS = (1, 2, 3)
"""From a first contact to what divides a team."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """
    What the author reads in the text, beside the outcome: the model answer must say the same.

    `article` is the one that decides. `goes` and `stays` are categories of information, those to sort. `first` is the
    norm that says what is done first, or in which form; None where nothing is.
    """

    article: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    first: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """
    A point where one commits before seeing.

    It comes after stage number `stage`, counted from 1. `case` holds the flow, the day, the facts, and the expected
    outcome and rule, as any case: what nobody in the story knows is `inconnu` there.
    """

    stage: int
    question: str
    case: Case
    expected: Expectation


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    A fictional story. `id` is `pack/name`; `pair` is the id of the one that differs by one decisive fact.

    `lesson` is what to remember, said after the last answer.
    """

    id: str
    pack: str
    title: str
    level: int
    stages: tuple[str, ...]
    decisions: tuple[Decision, ...]
    lesson: str
    pair: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A theme, and its scenarios, the easiest first."""

    id: str
    title: str
    scenarios: tuple[Scenario, ...] = ()
