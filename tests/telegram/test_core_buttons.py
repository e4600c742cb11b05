"""What every button carries, and what a button that does not read leads to."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situations import BASE

from bot.telegram.core import desk
from bot.telegram.faces import PAGES, Face, Signer, View, bound
from bot.telegram.listing import LONGEST, Listings
from bot.telegram.values import Acknowledge, Show, Tap
from flows import Session, UnreadableTokenError, encode
from flows.token import MAX_ANSWERS, MAX_LENGTH
from knowledge import INCONNU, Fact
from tests.telegram.core_walk import APP, DESK, FLOWS, KEYS, TODAY, Reader

WIDEST = 32
SIGNER = Signer(BASE, FLOWS, bound(KEYS, 7))


def _answers(fact: Fact) -> list[str]:
    return [*(v.id for v in fact.values), *([INCONNU] if fact.find_out is not None else [])]


def _longest_walk(flow: str, seed: int) -> Session:
    """Answer what leaves the most to ask, a few steps at random."""
    chance = random.Random(seed)
    session = Session(flow, TODAY)
    while (fact := APP.conversation.screen(session).question) is not None:
        preferred = INCONNU if fact.find_out is not None and chance.random() < 0.8 else chance.choice(_answers(fact))
        session = replace(session, answers=(*session.answers, (fact.id, preferred)))
    return session


@pytest.mark.parametrize("flow", FLOWS)
def test_the_longest_sessions_fit_in_every_button(flow: str) -> None:
    """At the verdict and before it, whatever the face, a button carries at most 64 bytes, with an answer to spare."""
    for seed in range(6):
        session = _longest_walk(flow, seed)
        assert len(session.answers) < MAX_ANSWERS
        faces = [Face(view) for view in View] + [Face(View.CHANGE, PAGES - 1, len(session.answers) - 1)]
        for face in faces:
            token = SIGNER.sign(session, face)
            assert len(token.encode()) <= MAX_LENGTH
            assert SIGNER.read(token) == (session, face)


def test_a_full_session_still_fits_and_one_answer_more_is_refused() -> None:
    """Seventeen answers and a page take all the room; the eighteenth is refused before it is signed."""
    facts = [(f.id, f.values[0].id) for f in BASE.facts.values()]
    full = Session("partager", TODAY, tuple(facts[: MAX_ANSWERS - 1]))
    face = Face(View.CHANGE, 3, 16)

    assert len(SIGNER.sign(full, face).encode()) <= MAX_LENGTH
    assert SIGNER.read(SIGNER.sign(full, face)) == (full, face)
    with pytest.raises(ValueError, match="18 answers"):
        SIGNER.sign(replace(full, answers=tuple(facts[:MAX_ANSWERS])), face)


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32))
def test_every_screen_has_readable_buttons_a_way_back_and_a_way_out(seed: int) -> None:
    """Wherever one taps, each button reads, fits, is named in full, and danger and erasing are one tap away."""
    chance = random.Random(seed)
    reader = Reader().sends("start")
    for _ in range(12):
        assert reader.screen is not None
        assert len(reader.buttons) <= 100
        assert all(len(row) <= 3 for row in reader.screen.rows)
        assert len(set(reader.labels)) == len(reader.labels)
        for button in reader.buttons:
            assert button.data is not None
            assert 0 < len(button.data.encode()) <= MAX_LENGTH
            assert 0 < len(button.text) <= 64
        assert "Danger immédiat" in reader.labels or "DANGER IMMÉDIAT" in reader.text
        assert "Retour" in reader.labels or "Que voulez-vous savoir ?" in reader.text
        reader.taps(chance.choice(reader.labels))
        assert "ne se lit plus" not in reader.text


@pytest.mark.parametrize("fact", BASE.facts.values(), ids=lambda f: f.id)
def test_every_answer_is_offered_once_eight_at_most_on_a_screen(fact: Fact) -> None:
    """A long list is shown by groups; no label is cut on a phone of 360 points; a token can name every page."""
    listing = Listings().of("partager", fact)
    told = [v for values in listing.values for v in values if v != INCONNU]

    assert sorted(told) == sorted(v.id for v in fact.values)
    assert len(listing.values) <= PAGES
    assert max(len([v for v in values if v != INCONNU]) for values in listing.values) <= LONGEST
    assert len(listing.names) <= LONGEST or not listing.grouped
    assert [label for labels in listing.labels for label in labels if len(label) > WIDEST] == []


def _forged() -> dict[str, str]:
    good = SIGNER.sign(Session("partager", TODAY))
    return {
        "a letter changed": ("A" if good[4] != "A" else "B").join((good[:4], good[5:])),
        "cut": good[:-3],
        "of another chat": Signer(BASE, FLOWS, bound(KEYS, 8)).sign(Session("partager", TODAY)),
        "of another deployment": Signer(BASE, FLOWS, bound((b"stranger",), 7)).sign(Session("partager", TODAY)),
        "empty": "",
        "of no view known": encode(Session("partager", TODAY), BASE, FLOWS, bound(KEYS, 7)[0], 15),
        "not a token": "<b>é</b> ' OR 1=1",
        "of a question asked elsewhere": SIGNER.sign(Session("partager", TODAY, (("consent", "oui"),))),
        "a change of no answer": SIGNER.sign(Session("partager", TODAY), Face(View.CHANGE, 0, 3)),
        "a note before the answer": SIGNER.sign(Session("partager", TODAY), Face(View.PDF)),
    }


@pytest.mark.parametrize("why", _forged())
def test_a_button_that_does_not_read_gets_a_kind_word_and_a_fresh_start(why: str) -> None:
    """Forged, cut, foreign, of another time: the message becomes the menu, in place."""
    calls = DESK.handle(Tap(7, 5, "query", _forged()[why]), TODAY)

    assert [type(c) for c in calls] == [Acknowledge, Show]
    reader = Reader().does(Tap(7, 5, "query", _forged()[why]))
    assert reader.screen is not None
    assert reader.screen.message == 5
    assert reader.text.startswith("Ce bouton ne se lit plus")
    assert "Que voulez-vous savoir ?" in reader.text
    assert "question 1" in reader.taps("Puis-je le dire").text


@given(data=st.text(max_size=80))
def test_whatever_a_button_carries_someone_is_answered(data: str) -> None:
    """No text at all makes the core fail."""
    assert Reader().does(Tap(7, 5, "query", data)).text.startswith("Ce bouton ne se lit plus")


def test_keys_rotate_without_breaking_the_buttons_already_sent() -> None:
    """A new first key signs; the older one still reads; once dropped, its buttons lead to a fresh start."""
    old, new = KEYS[1], b"a new key, thirty-two signs or more"
    token = Signer(BASE, FLOWS, bound((old,), 7)).sign(Session("partager", TODAY))
    both = desk(APP, (new, old), "motus_bot").handle(Tap(7, 5, "q", token), TODAY)[1]
    only_new = desk(APP, (new,), "motus_bot").handle(Tap(7, 5, "q", token), TODAY)[1]

    assert isinstance(both, Show)
    assert isinstance(only_new, Show)
    assert "question 1" in both.text
    assert "ne se lit plus" in only_new.text
    signed = both.rows[0][0].data
    assert signed is not None
    Signer(BASE, FLOWS, bound((new,), 7)).read(signed)
    with pytest.raises(UnreadableTokenError):
        Signer(BASE, FLOWS, bound((old,), 7)).read(signed)


def test_a_button_pressed_twice_or_a_week_late_shows_the_same_screen() -> None:
    """Nothing is kept between two taps: the button alone decides."""
    reader = Reader().sends("start").taps("Puis-je le dire")
    old = reader.taps("Travail social").button("Conseillère (CESF)")
    first = reader.does(Tap(7, 5, "a", old.data)).screen
    reader.taps("Danger immédiat")

    assert reader.does(Tap(7, 5, "b", old.data)).screen == first


FACES = {
    "STATE": 0, "HELP": 1, "SUMMARY": 2, "DANGER": 3, "ERASE": 4, "MENU": 5, "TODAY": 6,
    "CHANGE": 7, "CHANGE_HELP": 8, "CHANGED": 9, "WHY": 10, "PHRASES": 11, "PDF": 12, "TEXT": 13, "WHAT_IF": 14,
}  # fmt: skip
"""The faces that buttons already carry. New ones are added; none of these changes."""


@pytest.mark.parametrize("face", FACES)
def test_the_code_of_a_face_never_changes(face: str) -> None:
    """An old button for help must not erase."""
    assert View[face] == FACES[face]
    assert PAGES == 14, "an old button carries a page and a rank together, in this base"
