"""
The places of the flows, drawn as they are first reached: what a flow asks there, and where each answer leads.

A place is a fact of the law and of a flow, the same for whoever comes by: nothing in it says who did. But which places
were drawn says what was answered: whoever answers many people forgets them (`Conversation.forget`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flows.load import VERDICT
from flows.machine import START, FlowMachine, Walker
from flows.model import Flow, State
from knowledge import Fact, KnowledgeBase, law_of
from knowledge.answering.questions import Offered, Questions
from knowledge.answering.residual import Belief, Residuals

MOST = 200_000
"""Places, residual laws and answers put in them that are kept at most: then all are forgotten, and drawn again."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """
    A point of a flow: what is asked there, or nothing at the verdict.

    `left` is what is left of the law in all that is still possible, `after` the places that its answers led to so far.
    """

    flow: str
    state: str
    question: Fact | None
    left: Belief
    after: dict[str, Place] = field(default_factory=dict)


class _Worth:
    """The facts that can still change the answer at a place, looked into one by one."""

    def __init__(self, questions: Questions, left: Belief, offered: Offered) -> None:
        self._questions = questions
        self._left = left
        self._offered = offered

    def __contains__(self, fact: object) -> bool:
        offered = self._offered.get(str(fact), ())
        return fact in self._questions.open(self._left) and self._questions.matters(self._left, str(fact), offered)

    def __iter__(self) -> Iterator[str]:
        return self._questions.worth(self._left, self._offered)


class Places:
    """The places of all the flows over one base."""

    def __init__(self, base: KnowledgeBase, machines: Mapping[str, FlowMachine]) -> None:
        self._base = base
        self._machines = machines
        self._residuals = Residuals(base)
        self._questions = Questions(self._residuals)
        self._offered = {i: {s.asks: s.only for s in m.flow.states} for i, m in machines.items()}
        self._found: dict[tuple[str, str, Belief], Place] = {}
        self._starts: dict[tuple[str, date], Place] = {}
        self._worded: dict[tuple[str, str], Fact] = {}

    @property
    def full(self) -> bool:
        """Tell whether it is time to begin anew."""
        return len(self._found) + len(self._starts) + self._residuals.size + self._questions.size > MOST

    def start(self, flow: Flow, on: date) -> Place:
        """
        Return where `flow` begins under the law of `on`.

        Raises:
            DeadEndError: the flow lacks a question.

        """
        found = self._starts.get((flow.id, on))
        if found is None:
            left = self._residuals.start(law_of(self._base, on), dict(flow.sets))
            found = self._starts[flow.id, on] = self._place(flow.id, START, left)
        return found

    def left(self, place: Place) -> frozenset[str]:
        """Return the facts that what is left of the law still names at a place."""
        return self._residuals.open(place.left)

    def after(self, place: Place, value: str) -> Place:
        """
        Return where the answer `value` to the question of `place` leads.

        Raises:
            DeadEndError: the flow lacks a question.

        """
        found = place.after.get(value)
        if found is None:
            if place.question is None:
                raise ValueError("a verdict asks nothing")
            left = self._residuals.answered(place.left, place.question.id, value)
            found = place.after[value] = self._place(place.flow, place.state, left)
        return found

    def _place(self, flow: str, state: str, left: Belief) -> Place:
        key = (flow, state, left)
        found = self._found.get(key)
        if found is None:
            walker = Walker(state, _Worth(self._questions, left, self._offered[flow]))
            reached = self._machines[flow].advance(walker)
            question = None if reached is None else self._question(flow, reached)
            found = self._found[key] = Place(flow, VERDICT if reached is None else reached.id, question, left)
        return found

    def _question(self, flow: str, state: State) -> Fact:
        found = self._worded.get((flow, state.id))
        if found is None:
            found = self._worded[flow, state.id] = worded(self._base.facts[state.asks], state)
        return found


def worded(fact: Fact, state: State) -> Fact:
    """Put the flow's own words on a fact, and keep the answers that the flow is about."""
    values = tuple(v for v in fact.values if not state.only or v.id in state.only)
    return replace(fact, question=state.question or fact.question, help=state.help or fact.help, values=values)
