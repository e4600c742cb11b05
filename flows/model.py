"""The words of a conversation: flows, sessions, events and screens. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge import Advice, Fact, Protector
from knowledge.model import Strict


@dataclass(frozen=True, slots=True)
class State(Strict):
    """
    One step of a flow: it asks one fact, in the flow's own words where it has some.

    It is skipped where its fact can no longer change the advice.
    `only` narrows the answers offered to those that this flow is about; empty, it offers all.
    `plan` says that it shows, with its question, who must and who may be told of the danger.
    """

    id: str
    asks: str
    question: str | None = None
    help: str | None = None
    only: tuple[str, ...] = ()
    plan: bool = False


@dataclass(frozen=True, slots=True)
class Flow(Strict):
    """A way of asking. `sets` are the facts that the choice of this flow already answers."""

    id: str
    code: int
    title: str
    description: str
    sets: tuple[tuple[str, str], ...]
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A flow, a day of law and the answers in the order given: nothing else, and nothing personal."""

    flow: str
    on: date
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The person answers the question of the current state with this value id."""

    value: str


@dataclass(frozen=True, slots=True)
class Back:
    """The last answer is dropped."""


@dataclass(frozen=True, slots=True)
class Change:
    """An earlier answer is replaced; later answers stay where they are still asked."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Every answer is dropped."""


Event = Answer | Back | Change | Restart


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One answer already given, in words."""

    fact: str
    label: str
    value: str
    value_label: str


@dataclass(frozen=True, slots=True)
class Screen:
    """
    What to show: a question or a verdict, never both.

    `state` is the state's id, or `verdict`. `step` counts the questions from 1. `plan` is who must, then who may, be
    told of the danger, where the question is to whom.
    """

    flow: str
    title: str
    on: date
    state: str
    step: int
    question: Fact | None
    advice: Advice | None
    summary: tuple[SummaryLine, ...]
    plan: tuple[Protector, ...] = ()
