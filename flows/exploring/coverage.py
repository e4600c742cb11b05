"""What cases reach of a flow: its questions, its answers, its outcomes, and the norms that it can make count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.conversation import Conversation
from flows.exploring.ahead import Ahead
from flows.exploring.cases import Played, heard, walked
from flows.exploring.offered import offered
from flows.machine import DeadEndError
from knowledge import InForce, KnowledgeBase, in_force
from knowledge.answering.day import DatedLaw
from knowledge.checking.reach import reached

Given = tuple[str, str]
"""A question and one of its answers, by ids."""


@dataclass(slots=True)
class Tally:
    """How many cases reached each thing."""

    questions: Counter[str] = field(default_factory=Counter)
    answers: Counter[Given] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    norms: Counter[str] = field(default_factory=Counter)

    def add(self, conversation: Conversation, played: Played) -> None:
        """Count a case in. One that gets no answer, or that its flow cannot ask, reaches nothing."""
        if played.advice is None:
            return
        try:
            answers = walked(conversation, played)
        except DeadEndError:
            return
        self.questions.update(fact for fact, _ in answers)
        self.answers.update(answers)
        self.outcomes[played.advice.outcome] += 1
        self.norms.update(heard(conversation.base, played.advice))


@dataclass(frozen=True, slots=True)
class Whole:
    """
    What can be reached of a flow under one law, in the order of the flow and of the base.

    `unasked` are its questions that no answers lead to. Of the norms, each condition is taken alone, so some
    may count in no situation all the same: `missing` tells.
    """

    flow: str
    questions: tuple[str, ...]
    unasked: tuple[str, ...]
    answers: tuple[Given, ...]
    outcomes: tuple[str, ...]
    norms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A flow whole, and how many of `cases` reached each part of it."""

    whole: Whole
    tally: Tally
    cases: int

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that no case was asked."""
        return tuple(q for q in self.whole.questions if not self.tally.questions[q])

    @property
    def answers(self) -> tuple[Given, ...]:
        """The answers that no case gave where its flow asked."""
        return tuple(a for a in self.whole.answers if not self.tally.answers[a])

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that no case got."""
        return tuple(o for o in self.whole.outcomes if not self.tally.outcomes[o])

    @property
    def norms(self) -> tuple[str, ...]:
        """The norms that no case heard."""
        return tuple(n for n in self.whole.norms if not self.tally.norms[n])

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left to reach."""
        return not (self.questions or self.answers or self.outcomes or self.norms)


def whole(base: KnowledgeBase, ahead: Ahead, law: DatedLaw) -> Whole:
    """Return what can be reached of a flow."""
    flow, nodes = ahead.flow, ahead.graphs.nodes
    asked: dict[str, dict[str, None]] = {}
    for node in ahead.graphs.reached(ahead.node):
        here = nodes[node]
        if here.asks is not None:
            asked.setdefault(here.asks, {}).update((v, None) for b in here.branches for v in b.values)
    order = [s.asks for s in flow.states if s.asks in asked]
    outcomes = {r.outcome for r in ahead.replies(ahead.start) if r is not None}
    can = reached(base, offered(base, flow))
    return Whole(
        flow.id,
        tuple(order),
        tuple(s.asks for s in flow.states if s.asks not in asked),
        tuple((fact, value) for fact in order for value in _listed(base, fact, asked[fact])),
        tuple(sorted(outcomes)),
        tuple(n for n in base.norms if n in can and in_force(base, base.norms[n], law.on) is not InForce.NO),
    )


def cover(conversation: Conversation, wholes: Iterable[Whole], played: Iterable[Played]) -> tuple[Coverage, ...]:
    """Count what the cases reach of each flow, whatever their day."""
    tallies: dict[str, Tally] = {}
    cases: Counter[str] = Counter()
    for one in played:
        cases[one.case.flow] += 1
        tallies.setdefault(one.case.flow, Tally()).add(conversation, one)
    return tuple(Coverage(w, tallies.get(w.flow, Tally()), cases[w.flow]) for w in wholes)


def _listed(base: KnowledgeBase, fact: str, values: Mapping[str, None]) -> list[str]:
    """Put answers in the order of their question, « je ne sais pas » last."""
    order = {v.id: i for i, v in enumerate(base.facts[fact].values)}
    return sorted(values, key=lambda v: order.get(v, len(order)))
