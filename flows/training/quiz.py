"""
What a decision asks, part by part, with the options to choose from: the same for a terminal, a class or a platform.

The right options come from the model answer. The others come from the other scenarios, and always in the same order:
two trainees see the same list, and a corrected file can be compared with the one before.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.conversation import Conversation
from flows.training.answers import ModelAnswer, answered
from flows.training.model import Decision, Scenario
from knowledge import KnowledgeBase, Outcome
from knowledge.answering.citations import name_of
from knowledge.model.typography import french

ARTICLES = 4
"""Articles to choose among; as many first steps at most."""
OUTCOMES = (
    Outcome.FORBIDDEN,
    Outcome.PERMITTED,
    Outcome.CONDITIONAL,
    Outcome.OBLIGED,
    Outcome.MAY_DECLINE,
    Outcome.NOT_COVERED,
    Outcome.DEBATED,
    Outcome.DEPENDS,
)
"""Always offered, in this order: the others answer no decision."""


class Part(StrEnum):
    """What is scored apart."""

    OUTCOME = "outcome"
    ARTICLE = "article"
    MINIMUM = "minimum"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Option:
    """One line to choose: an outcome, an article, an information or a sentence; `label` is what is read."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One part of a decision. `right` are the ids of the options to choose; of the minimum, none or several."""

    part: Part
    options: tuple[Option, ...]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quiz:
    """All that a decision asks, in order, and the model answer that it rests on."""

    decision: Decision
    model: ModelAnswer
    questions: tuple[Question, ...]


class Examiner:
    """Makes the quizzes of scenarios: each takes its wrong options from what the others would have right."""

    def __init__(
        self, conversation: Conversation, scenarios: Iterable[Scenario], outcomes: Mapping[Outcome, str]
    ) -> None:
        self._conversation = conversation
        self._base = conversation.base
        self._outcomes = outcomes
        self._decisions = [d for s in scenarios for d in s.decisions]
        self._models: dict[str, ModelAnswer | None] = {}

    def quiz(self, decision: Decision) -> Quiz:
        """
        Return the questions of a decision.

        Raises:
            ValueError: the law has no answer to it.

        """
        model = self._model(decision)
        if model is None:
            raise ValueError(decision.case.id)
        return Quiz(decision, model, tuple(self._questions(decision, model)))

    def _questions(self, decision: Decision, model: ModelAnswer) -> Iterator[Question]:
        outcomes = tuple(Option(o, self._outcomes[o]) for o in OUTCOMES)
        yield Question(Part.OUTCOME, outcomes, frozenset({model.advice.outcome}))
        right = decision.expected.article
        others = (a for a in self._articles(decision) if a not in model.deciding)
        named = _mixed(decision, right, others)
        yield Question(Part.ARTICLE, tuple(Option(a, article_name(self._base, a)) for a in named), frozenset({right}))
        labels = {v.id: v.label for v in self._base.facts["information"].values}
        items = [*decision.expected.goes, *decision.expected.stays]
        items.sort(key=list(labels).index)
        goes = frozenset(i for i in items if i in model.goes)
        yield Question(Part.MINIMUM, tuple(Option(i, labels[i]) for i in items), goes)
        if decision.expected.first is not None and model.first:
            step = model.first[0]
            steps = (s for s in self._steps(decision) if s not in model.first)
            yield Question(Part.FIRST, tuple(Option(s, s) for s in _mixed(decision, step, steps)), frozenset({step}))

    def _articles(self, decision: Decision) -> Iterator[str]:
        yield from (d.expected.article for d in self._near(decision))

    def _steps(self, decision: Decision) -> Iterator[str]:
        for other in (d for d in self._near(decision) if d.expected.first is not None):
            model = self._model(other)
            yield from model.first[:1] if model is not None else ()

    def _near(self, decision: Decision) -> list[Decision]:
        """Return the other decisions: those of the same pack first, where a wrong answer is likeliest."""
        pack = decision.case.id.split("/")[0]
        return sorted(self._decisions, key=lambda d: d.case.id.split("/")[0] != pack)

    def _model(self, decision: Decision) -> ModelAnswer | None:
        """Ask the law, once, and only of what is shown."""
        if decision.case.id not in self._models:
            self._models[decision.case.id] = answered(self._conversation, decision)[1]
        return self._models[decision.case.id]


def article_name(base: KnowledgeBase, article: str) -> str:
    """Return an article as it is cited, and what it is about."""
    found = base.articles[article]
    return french(f"{name_of(base, found)} : {found.title[:1].lower()}{found.title[1:]}")


def _mixed(decision: Decision, right: str, others: Iterable[str]) -> Sequence[str]:
    """Put the right option among the first wrong ones, in an order that depends on the decision alone."""
    options = [right]
    for other in others:
        if len(options) == ARTICLES:
            break
        if other not in options:
            options.append(other)
    random.Random(decision.case.id).shuffle(options)  # noqa: S311 - an order to read, no secret
    return options
