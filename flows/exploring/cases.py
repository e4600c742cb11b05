"""
Situations with the answer expected of them, played: what the law answers, and what differs.

A case is played as a script is answered: the facts told, those that the flow sets, and « je ne sais pas »
for every question left that can still change the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flows.conversation import Conversation
from flows.model import Session
from knowledge import Advice, Effect, KnowledgeBase, Outcome, Pending, assume_unknown, evaluate
from knowledge.model.advice import NormState
from knowledge.model.errors import ConflictError, NoNormError

HEARD = frozenset({NormState.GOVERNS, NormState.APPLIES})
"""What a norm is in an advice where it counts for the answer or for what is said with it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What a case expects: only what is named is compared, so that nothing named expects nothing.

    `articles` are cited, among others; `findings` are norms that answer a matter or add a condition; `warns` apply.
    """

    outcome: Outcome | None = None
    governing: str | None = None
    articles: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One situation as a file tells it: `facts` by id, without those that its flow sets. `line` counts from 1."""

    id: str
    says: str
    flow: str
    on: date
    facts: Mapping[str, str]
    expected: Expected = field(default_factory=Expected)
    origin: str | None = None
    file: str = ""
    line: int = 0


class What(StrEnum):
    """The part of an answer that differs from what was expected."""

    OUTCOME = "outcome"
    GOVERNING = "governing"
    ARTICLES = "articles"
    FINDINGS = "findings"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One difference: what was expected, and what there is instead; of articles and norms, `expected` are missing."""

    what: What
    expected: tuple[str, ...]
    got: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """
    A case and what became of it.

    `advice` is None where there is no answer: then `missing` are the questions that admit no « je ne sais pas »
    and that the case leaves open, or `silent` says that no norm answers, or that two contradict each other.
    `facts` are those told, set by the flow and assumed unknown.
    """

    case: Case
    facts: Mapping[str, str]
    advice: Advice | None = None
    missing: tuple[str, ...] = ()
    silent: str | None = None
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def kept(self) -> bool:
        """Tell whether the answer is the one expected."""
        return self.advice is not None and not self.mismatches


def play(conversation: Conversation, case: Case) -> Played:
    """Answer a case and compare. Its flow and its facts exist: whoever read it has checked."""
    base = conversation.base
    facts, missing = assume_unknown(base, {**dict(conversation.flows[case.flow].sets), **case.facts}, case.on)
    if missing:
        return Played(case, facts, missing=tuple(_in_order(conversation, case, missing)))
    try:
        advice = evaluate(base, facts, case.on)
    except (NoNormError, ConflictError) as error:
        return Played(case, facts, silent=str(error))
    if isinstance(advice, Pending):
        raise TypeError(advice)  # nothing is left open
    return Played(case, facts, advice, mismatches=tuple(compare(case.expected, advice)))


def compare(expected: Expected, advice: Advice) -> Iterator[Mismatch]:
    """Yield what differs between an answer and what was expected of it."""
    if expected.outcome is not None and advice.outcome is not expected.outcome:
        yield Mismatch(What.OUTCOME, (expected.outcome,), (advice.outcome,))
    if expected.governing is not None and advice.governing != expected.governing:
        yield Mismatch(What.GOVERNING, (expected.governing,), (advice.governing,))
    wanted_of = ((What.ARTICLES, expected.articles), (What.FINDINGS, expected.findings), (What.WARNS, expected.warns))
    for what, wanted in wanted_of:
        got = tuple(dict.fromkeys(_named(what, advice))) if wanted else ()  # the trace is half of the work
        missing = tuple(w for w in wanted if w not in got)
        if missing:
            yield Mismatch(what, missing, got)


def _named(what: What, advice: Advice) -> Iterator[str]:
    if what is What.ARTICLES:
        yield from (c.article for c in advice.articles)
    elif what is What.FINDINGS:
        yield from (f.norm for f in advice.findings)
    else:
        yield from (s.norm for s in advice.trace if s.state is NormState.APPLIES)


def walked(conversation: Conversation, played: Played) -> tuple[tuple[str, str], ...]:
    """
    Return the questions that a person in this case is asked, with her answers, in order.

    Raises:
        DeadEndError: the flow lacks a question.

    """
    return conversation.fill(Session(played.case.flow, played.case.on), played.facts).answers


def expecting(advice: Advice) -> Expected:
    """Return what a case expects that got this answer and holds it for right: on the articles that decide."""
    deciding = (c.article for c in advice.articles if c.role is NormState.GOVERNS)
    return Expected(advice.outcome, advice.governing, tuple(dict.fromkeys(deciding)))


def heard(base: KnowledgeBase, advice: Advice) -> frozenset[str]:
    """Return the norms that count in an answer: of a matter that it does not answer, none does."""
    matters = {f.matter for f in advice.findings}
    counting = (s for s in advice.trace if s.state in HEARD)
    return frozenset(s.norm for s in counting if s.effect is Effect.ESTABLISHES or base.norms[s.norm].matter in matters)


def _in_order(conversation: Conversation, case: Case, facts: Iterable[str]) -> list[str]:
    order = {s.asks: i for i, s in enumerate(conversation.flows[case.flow].states)}
    return sorted(facts, key=lambda f: (order.get(f, len(order)), f))
