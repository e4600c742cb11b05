"""What the stub refuses: texts and keyboards beyond Telegram's limits, in Telegram's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup  # noqa: TID251
from telegram import error as telegram_error  # noqa: TID251

from tests.telegram.peer import entities
from tests.telegram.peer.client import connected
from tests.telegram.peer.clock import HandClock
from tests.telegram.peer.person import Person
from tests.telegram.peer.refusal import Refusal
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import Peer

ROOM = 4242


REFUSED = [
    ("<b>ouvert", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("<b>é</i>", 'can\'t parse entities: Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
    ("a < b", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    ("<b>", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("<b", "can't parse entities: Unclosed start tag at byte offset 0"),
    ("  \n ", "message text is empty"),
    ("<b> </b>", "message text is empty"),
    ("é" * 4097, "message is too long"),
    ("🙂" * 2049, "message is too long"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
@played
async def test_a_text_is_refused_in_telegrams_words(text: str, why: str) -> None:
    """Entities, emptiness and length are judged after parsing, length in UTF-16 units."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        Person(peer, ROOM)
        with pytest.raises(telegram_error.BadRequest) as refused:
            await bot.send_message(ROOM, text, "HTML")
        assert str(refused.value).lower() == why.lower()


@played
async def test_what_fits_after_parsing_is_accepted() -> None:
    """Tags and named characters do not count."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        Person(peer, ROOM)
        sent = await bot.send_message(ROOM, "<b>" + "&lt;" * 4096 + "</b>", "HTML")
        assert sent.text == "<" * 4096


BAD_KEYBOARDS = [
    ([[InlineKeyboardButton("a", callback_data="é" * 33)]], "button_data_invalid"),
    ([[InlineKeyboardButton(str(n), callback_data="x") for n in range(9)]], "too many buttons in a row"),
    ([[InlineKeyboardButton(str(n), callback_data="x")] for n in range(101)], "too many buttons in the inline"),
    ([[InlineKeyboardButton("a", url="pas une adresse")]], "is invalid"),
    ([[InlineKeyboardButton(" ", callback_data="x")]], "must be non-empty"),
]


@pytest.mark.parametrize(("rows", "why"), BAD_KEYBOARDS)
@played
async def test_a_keyboard_beyond_the_limits_is_refused(rows: list[list[InlineKeyboardButton]], why: str) -> None:
    """64 bytes and not 64 characters, 8 a row, 100 in all, one action each."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        Person(peer, ROOM)
        with pytest.raises(telegram_error.BadRequest, match=f"(?i){why}"):
            await bot.send_message(ROOM, "x", reply_markup=InlineKeyboardMarkup(rows))


@given(st.text(alphabet="ab<>/&;#x1\"' é🙂bi=\n", max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    """No text breaks the parser, and what it accepts has marks inside the text."""
    try:
        parsed = entities.parse(text, "HTML")
    except Refusal:
        return
    for entity in parsed.entities:
        assert 0 <= int(entity["offset"]) < int(entity["offset"]) + int(entity["length"]) <= parsed.units
