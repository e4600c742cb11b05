"""Walks through a flow: some at random, as persons would, or all of them at once on its graph."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.conversation import Conversation
from flows.exploring.ahead import Ahead, Answers
from flows.exploring.coverage import Given
from flows.machine import DeadEndError
from flows.model import Session
from flows.vocabulary import admitted
from knowledge import Advice, evaluate
from knowledge.answering.outcomes import Reply
from knowledge.model.errors import ConflictError, NoNormError


@dataclass(slots=True)
class Walks:
    """
    What some walks met.

    `dead_ends` are the answers after which nothing is asked and nothing is answered, each with what is said of it;
    `outcomes` and `norms` count the walks that ended on each; `lengths` counts them by number of questions.
    """

    many: int = 0
    dead_ends: list[tuple[Answers, str]] = field(default_factory=list)
    longest: Answers = ()
    lengths: Counter[int] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    given: Counter[Given] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    norms: Counter[str] = field(default_factory=Counter)


def stroll(
    conversation: Conversation, session: Session, many: int, seed: int, tick: Callable[[], None] = lambda: None
) -> Walks:
    """
    Take walks at random: at each question, each answer is as likely as another.

    Args:
        conversation: the law and the flows.
        session: the flow and the day; its answers are kept, and walked from.
        many: how many walks.
        seed: the same seed takes the same walks.
        tick: called after each walk.

    """
    draw = random.Random(seed)  # noqa: S311 - walks are drawn, not secrets
    walks = Walks()
    for _ in range(many):
        _walk(conversation, session, draw, walks)
        tick()
    return walks


def _walk(conversation: Conversation, session: Session, draw: random.Random, walks: Walks) -> None:
    walks.many += 1
    try:
        while (fact := conversation.asked(session)) is not None:
            answer = fact.id, draw.choice(list(admitted(fact)))
            walks.asked[fact.id] += 1
            walks.given[answer] += 1
            session = Session(session.flow, session.on, (*session.answers, answer))
        advice = _advice(conversation, session)
        walks.outcomes[advice.outcome] += 1
        walks.norms[advice.governing] += 1
    except (DeadEndError, NoNormError, ConflictError) as error:
        walks.dead_ends.append((session.answers, str(error)))
    walks.lengths[len(session.answers)] += 1
    if len(session.answers) > len(walks.longest):
        walks.longest = session.answers


def _advice(conversation: Conversation, session: Session) -> Advice:
    advice = evaluate(conversation.base, conversation.facts(session), session.on)
    if not isinstance(advice, Advice):
        raise DeadEndError(f"personne ne demande {', '.join(sorted(advice.facts))}")
    return advice


@dataclass(frozen=True, slots=True)
class Every:
    """
    Every walk through a flow, counted exactly on its graph.

    `dead_ends` are answers with the questions that nobody asks after them. `replies` gives, by answer, how many
    sequences of answers end on it, and their share of all situations; None stands for no answer at all.
    """

    many: int
    merged: int
    dead_ends: tuple[tuple[Answers, tuple[str, ...]], ...]
    longest: Answers
    lengths: Mapping[int, int]
    unasked: tuple[str, ...]
    replies: Mapping[Reply | None, tuple[int, float]]


def every(ahead: Ahead) -> Every:
    """Count every walk."""
    graphs, start = ahead.graphs, ahead.node
    reached = graphs.reached(start)
    asked = {graphs.nodes[n].asks for n in reached}
    lengths = graphs.lengths(start)
    return Every(
        many=sum(lengths.values()),
        merged=len(reached),
        dead_ends=tuple((a, tuple(sorted(o))) for n, a in reached.items() if (o := graphs.nodes[n].open)),
        longest=_longest(ahead),
        lengths=dict(sorted(lengths.items())),
        unasked=tuple(s.asks for s in ahead.flow.states if s.asks not in asked),
        replies={r: (a.paths, a.share) for r, a in ahead.replies(ahead.start).items()},
    )


def _longest(ahead: Ahead) -> Answers:
    """Return answers to as many questions as the flow can ask."""
    spot, answers = ahead.start, list[Given]()
    while (fact := ahead.asks(spot)) is not None:
        way = max(ahead.branchings(spot), key=lambda w: sum(max(ahead.graphs.lengths(n)) for n in w.spot.nodes))
        answers.append((fact, way.values[0]))
        spot = way.spot
    return tuple(answers)
