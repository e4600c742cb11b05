"""A conversation walks places that are drawn once for everyone, and forgotten before they take too much room."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, TODAY, answers, days

from flows import Answer, Conversation, Session, UnknownAnswerError, load, places
from flows.token import MAX_ANSWERS, Sealer, encode
from knowledge import open_questions

FLOWS = load(BASE)
CONVERSATION = Conversation(BASE, FLOWS)


def _walk(conversation: Conversation, flow: str, on: date, seed: int) -> list[Session]:
    """Answer at random until the verdict."""
    chance = random.Random(seed)
    seen = [conversation.start(flow, on)]
    while (fact := conversation.asked(seen[-1])) is not None:
        seen.append(conversation.step(seen[-1], Answer(chance.choice(answers(fact))))[0])
    return seen


@given(flow=st.sampled_from(list(FLOWS)), on=days, seed=st.integers(0, 2**32))
def test_the_question_asked_is_the_first_that_can_change_the_advice(flow: str, on: date, seed: int) -> None:
    """What the law says anew of each situation, without any place: the first state of the flow that it still needs."""
    for session in _walk(CONVERSATION, flow, on, seed):
        needed = open_questions(BASE, CONVERSATION.facts(session), on)
        first = next((s.asks for s in FLOWS[flow].states if s.asks in needed), None)
        fact = CONVERSATION.asked(session)
        assert (fact.id if fact is not None else None) == first


def test_answers_out_of_order_are_refused() -> None:
    """A session whose answers its flow does not ask in that order is no session: not even if they are all asked."""
    walked = _walk(CONVERSATION, "partager", TODAY, 3)[-1]
    swapped = (walked.answers[1], walked.answers[0], *walked.answers[2:])
    with pytest.raises(UnknownAnswerError, match="n'est pas posée à cet endroit"):
        CONVERSATION.asked(Session("partager", TODAY, swapped))
    with pytest.raises(UnknownAnswerError, match="n'est pas posée à cet endroit"):
        CONVERSATION.screen(Session("partager", TODAY, (*walked.answers, ("consent", "accord"))))


def test_what_was_drawn_is_forgotten_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for little, the same walks are the same, and the memory stays bounded; on days never seen too."""
    monkeypatch.setattr(places, "MOST", 1_000)
    small = Conversation(BASE, FLOWS)
    sheets = []
    for seed in range(12):
        on = TODAY - timedelta(days=400 * seed)
        assert _walk(small, "partager", on, seed) == _walk(CONVERSATION, "partager", on, seed)
        assert small._drawn is not None
        sheets.append(small._drawn)
    assert len({id(sheet) for sheet in sheets}) > 1
    assert all(sheet._residuals.size < 2 * places.MOST for sheet in sheets)


def test_two_people_share_the_places_and_leave_nothing_else() -> None:
    """The second walk draws nothing new."""
    conversation = Conversation(BASE, FLOWS)
    _walk(conversation, "alerter", TODAY, 5)
    assert conversation._drawn is not None
    before = len(conversation._drawn._found), conversation._drawn._residuals.size
    _walk(conversation, "alerter", TODAY, 5)

    assert (len(conversation._drawn._found), conversation._drawn._residuals.size) == before


@given(flow=st.sampled_from(list(FLOWS)), on=days, seed=st.integers(0, 2**32), key=st.binary(min_size=16, max_size=32))
def test_many_answers_signed_together_are_signed_alike(flow: str, on: date, seed: int, key: bytes) -> None:
    """Each button of a question carries what the session with that answer would."""
    sealer = Sealer(BASE, FLOWS, key)
    for session in _walk(CONVERSATION, flow, on, seed)[:-1]:
        fact = CONVERSATION.asked(session)
        assert fact is not None
        values = answers(fact)
        ahead = [Session(flow, on, (*session.answers, (fact.id, value))) for value in values]
        assert sealer.seal_answers(session, fact.id, values) == [encode(s, BASE, FLOWS, key) for s in ahead]
        assert sealer.seal(session, 3) == encode(session, BASE, FLOWS, key, 3)


def test_one_answer_too_many_is_refused_before_it_is_signed() -> None:
    """What would not fit in a button is an error here, not a button that Telegram refuses."""
    full = Session("partager", TODAY, (("consent", "accord"),) * MAX_ANSWERS)
    with pytest.raises(ValueError, match="19 answers"):
        Sealer(BASE, FLOWS, b"key").seal_answers(full, "consent", ["accord"])
