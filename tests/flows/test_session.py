"""A conversation is replayed from its answers: back, change, restart, and nothing else kept."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, TODAY, days

from flows import (
    Answer,
    Back,
    Change,
    Conversation,
    Restart,
    Screen,
    Session,
    UnknownAnswerError,
    UnreadableTokenError,
    decode,
    encode,
    load,
)
from flows.token import MAX_ANSWERS, MAX_LENGTH
from knowledge import INCONNU, Outcome, open_questions

CONVERSATION = Conversation(BASE, load(BASE))
FLOWS = list(CONVERSATION.flows)
KEY = b"key of a test chat"


def _choices(screen: Screen) -> list[str]:
    assert screen.question is not None
    return [*(v.id for v in screen.question.values), *([INCONNU] if screen.question.find_out is not None else [])]


def _walk(flow: str, on: date, seed: int) -> list[tuple[Session, Screen]]:
    """Answer at random until the verdict."""
    chance = random.Random(seed)
    session = CONVERSATION.start(flow, on)
    seen = [(session, CONVERSATION.screen(session))]
    while seen[-1][1].advice is None:
        session, screen = CONVERSATION.step(session, Answer(chance.choice(_choices(seen[-1][1]))))
        seen.append((session, screen))
        assert len(seen) < 30
    return seen


walks = st.tuples(st.sampled_from(FLOWS), days, st.integers(0, 2**32))


@given(walk=walks)
def test_every_walk_ends_in_a_verdict_that_fits_in_a_token(walk: tuple[str, date, int]) -> None:
    """Whatever is answered, a verdict comes, before the answers no longer fit in a button."""
    session, screen = _walk(*walk)[-1]

    assert screen.advice is not None
    assert screen.advice.articles
    assert len(session.answers) <= MAX_ANSWERS


@given(walk=walks)
def test_only_questions_that_can_matter_are_asked(walk: tuple[str, date, int]) -> None:
    """Each question asked is one on which the advice still hangs."""
    for session, screen in _walk(*walk)[:-1]:
        assert screen.question is not None
        assert screen.question.id in open_questions(BASE, CONVERSATION.facts(session), session.on)


@given(walk=walks)
def test_going_back_shows_the_screen_before(walk: tuple[str, date, int]) -> None:
    """From any screen, back is the screen that was there, down to the first."""
    seen = _walk(*walk)
    for (before, earlier), (session, _) in pairwise(seen):
        assert CONVERSATION.step(session, Back()) == (before, earlier)
    first, screen = seen[0]
    assert CONVERSATION.step(first, Back()) == (first, screen)


@given(walk=walks, key=st.binary(min_size=16, max_size=32))
def test_a_session_survives_its_token(walk: tuple[str, date, int], key: bytes) -> None:
    """Every state fits in 64 bytes and reads back the same, view included."""
    for view, (session, _) in enumerate(_walk(*walk)):
        token = encode(session, BASE, CONVERSATION.flows, key, view % 16)

        assert len(token.encode()) <= MAX_LENGTH
        assert decode(token, BASE, CONVERSATION.flows, [b"an older key", key]) == (session, view % 16)


@given(walk=walks, place=st.integers(0, 63), letter=st.sampled_from("ABCxyz019-_"))
def test_a_token_changed_by_one_letter_is_refused(walk: tuple[str, date, int], place: int, letter: str) -> None:
    """Forging, cutting or editing a token never reads."""
    token = encode(_walk(*walk)[-1][0], BASE, CONVERSATION.flows, KEY)
    place %= len(token)
    forged = token[:place] + letter + token[place + 1 :]

    if forged != token:
        with pytest.raises(UnreadableTokenError):
            decode(forged, BASE, CONVERSATION.flows, [KEY])
    with pytest.raises(UnreadableTokenError):
        decode(token[:-1], BASE, CONVERSATION.flows, [KEY])
    with pytest.raises(UnreadableTokenError):
        decode(token, BASE, CONVERSATION.flows, [b"another chat"])


@given(text=st.text(max_size=80))
def test_any_text_that_is_no_token_is_refused_kindly(text: str) -> None:
    """Nothing that a person or a machine sends as a token raises anything else."""
    with pytest.raises(UnreadableTokenError):
        decode(text, BASE, CONVERSATION.flows, [KEY])


def _answer(session: Session, *values: str) -> tuple[Session, Screen]:
    screen = CONVERSATION.screen(session)
    for value in values:
        session, screen = CONVERSATION.step(session, Answer(value))
    return session, screen


def test_a_neighbour_asks_whether_a_family_is_known() -> None:
    """An assistante sociale is asked by a neighbour: three answers, and the answer is no."""
    session, screen = _answer(
        CONVERSATION.start("partager", TODAY), "assistant_service_social", "voisin", "existence_suivi"
    )

    assert screen.advice is not None
    assert screen.advice.outcome is Outcome.FORBIDDEN
    assert [line.fact for line in screen.summary] == ["profession", "recipient", "information"]
    assert session.answers[1] == ("recipient", "voisin")


def test_changing_an_earlier_answer_keeps_the_later_ones_that_are_still_asked() -> None:
    """From the summary, the recipient changes and the rest stays."""
    session, _ = _answer(CONVERSATION.start("partager", TODAY), "assistant_service_social", "voisin", "existence_suivi")
    changed, _ = CONVERSATION.step(session, Change("recipient", "journaliste"))

    assert dict(changed.answers) == {
        "profession": "assistant_service_social",
        "recipient": "journaliste",
        "information": "existence_suivi",
    }


def test_restarting_drops_every_answer() -> None:
    """Erase means that nothing is left."""
    session, _ = _answer(CONVERSATION.start("partager", TODAY), "assistant_service_social", "voisin")
    restarted, screen = CONVERSATION.step(session, Restart())

    assert restarted == CONVERSATION.start("partager", TODAY)
    assert screen.step == 1


def test_an_answer_that_does_not_exist_is_refused_with_the_nearest_ones() -> None:
    """A slip in an answer names the answers that look like it."""
    with pytest.raises(UnknownAnswerError) as caught:
        _answer(CONVERSATION.start("partager", TODAY), "assistant_sociale")

    assert "assistant_service_social" in caught.value.nearest


def test_a_flow_that_does_not_exist_is_refused_with_the_nearest_ones() -> None:
    """So does a slip in a flow."""
    with pytest.raises(UnknownAnswerError) as caught:
        CONVERSATION.start("partage", TODAY)

    assert caught.value.nearest[0] == "partager"


OLD_BUTTONS = {
    "EAE41gELCgDXLyk83eHWzA": ("partager", (("profession", "psychologue"), ("consent", "inconnu")), 0),
    "FwI41gELfizqJAKHiQs": ("dossier", (("profession", "psychologue"),), 7),
    "EwM41jFgyKstf5H4": ("tenu", (), 3),
    "GAQ41gcCAALX-9mshpQpew": ("alerter", (("danger", "peril_imminent"),), 40),
    "EAU41iZYhi5CPqmU": ("justice", (), 0),
    "EgY41hCJeXurnla9": ("acces", (), 2),
}
"""Tokens as the first version wrote them, for 2 November 2009."""


@pytest.mark.parametrize("token", OLD_BUTTONS)
def test_a_button_of_the_first_version_leads_where_it_led(token: str) -> None:
    """Neither the codes nor the layout of a token ever change: what is written here is never written again."""
    flow, answers, view = OLD_BUTTONS[token]

    assert decode(token, BASE, CONVERSATION.flows, [KEY]) == (Session(flow, date(2009, 11, 2), answers), view)
