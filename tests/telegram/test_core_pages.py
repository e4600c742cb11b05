"""A screen does not work for what another shows: the first page of an answer is there before its detail."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import TOKEN_KEY
from bot.telegram.faces import PAGES
from bot.telegram.html import renderer
from bot.telegram.listing import LONGEST, Listings, grouped
from bot.telegram.split import LIMIT, PAGE, length, pages
from bot.words.advise import answer
from bot.words.choices import groups_of
from bot.words.verdict import verdict_text
from flows import UNKNOWN_LABEL, Answer, Session
from knowledge import INCONNU
from tests.telegram.core_walk import APP, TODAY, flat

RENDER = renderer()
LISTINGS = Listings()


def _settled(flow: str, seed: int) -> Session:
    """Answer a flow at random until the verdict."""
    chance = random.Random(seed)
    session = APP.conversation.start(flow, TODAY)
    while (fact := APP.conversation.asked(session)) is not None:
        known = [v.id for v in fact.values] + ([INCONNU] if fact.find_out is not None else [])
        session = APP.conversation.step(session, Answer(chance.choice(known)))[0]
    return session


@given(flow=st.sampled_from(sorted(APP.flows)), seed=st.integers(0, 2**32))
def test_an_answer_without_what_is_not_shown_says_the_same_for_the_rest(flow: str, seed: int) -> None:
    """No trace and no change where they are not wanted; every other word is the same."""
    session = _settled(flow, seed)
    whole = answer(APP, session, TOKEN_KEY)
    brief = answer(APP, session, TOKEN_KEY, why=False, changing=False)

    assert whole.trace
    assert brief == replace(whole, trace=(), changes=())


@given(flow=st.sampled_from(sorted(APP.flows)), seed=st.integers(0, 2**32))
def test_the_first_page_is_the_beginning_of_the_whole(flow: str, seed: int) -> None:
    """Drawn without the detail, it is what it would be with it; the detail is the rest, and always there."""
    session = _settled(flow, seed)
    whole = verdict_text(APP, answer(APP, session, None), RENDER)
    first = verdict_text(APP, answer(APP, session, None, why=False, changing=False), RENDER, detail=False)

    assert PAGE not in first
    assert first == whole.split(PAGE)[0].strip()
    assert pages(whole, LIMIT)[: len(pages(first, LIMIT))] == pages(first, LIMIT)
    assert "LE DÉTAIL" in flat(whole.split(PAGE)[1])


@pytest.mark.parametrize("flow", APP.flows)
def test_every_answer_is_listed_once_with_its_words(flow: str) -> None:
    """Whole or by groups, in the order of the groups, « je ne sais pas » last on each page that has answers."""
    for state in APP.flows[flow].states:
        fact = APP.conversation.question(flow, state.asks)
        listing = LISTINGS.of(flow, fact)
        listed = [v for values in listing.values for v in values if v != INCONNU]

        assert listed == [c.id for g in groups_of(fact) for c in g.choices]
        assert listing.grouped is grouped(fact)
        assert (listing.grouped or len(fact.values) > LONGEST) is (listing.page(1) == 1)
        assert listing.page(PAGES) == 0
        for values, labels in zip(listing.values, listing.labels, strict=True):
            assert len(values) == len(labels)
            assert ((values[-1:] == (INCONNU,)) is (fact.find_out is not None)) or not values
            assert (UNKNOWN_LABEL in labels) is (INCONNU in values)


@given(st.text(alphabet="ab é😀&<\n", max_size=30), st.integers(8, 30))
def test_a_text_that_surely_fits_is_one_page(text: str, limit: int) -> None:
    """The short cut for a short text never lets a long one through."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    for page in pages(escaped, limit):
        assert 0 < length(page) <= limit
