"""The stub answers as Telegram does, in a form that the library reads."""

from __future__ import annotations

import asyncio
import random

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message  # noqa: TID251
from telegram import error as telegram_error  # noqa: TID251

from tests.telegram.peer.client import connected
from tests.telegram.peer.clock import HandClock
from tests.telegram.peer.faults import Fault
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import Peer, served

ROOM = 4242
KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Oui", callback_data="o")], [InlineKeyboardButton("Non", callback_data="n")]]
)


@played
async def test_the_library_reads_every_answer() -> None:
    """Each method answers with an object that PTB parses, and the person sees the result."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        person = Person(peer, ROOM)
        me = await bot.get_me()
        assert me.username == "motus_essai_bot"
        sent = await bot.send_message(
            ROOM, "<b>Interdit</b>\n<blockquote expandable>l'article</blockquote>", "HTML", reply_markup=KEYS
        )
        assert sent.text == "Interdit\nl'article"
        assert [(e.type, e.offset, e.length) for e in sent.entities] == [
            ("bold", 0, 8),
            ("expandable_blockquote", 9, 9),
        ]
        assert person.sees() == "Interdit\n│ l'article\n[Oui]\n[Non]"
        edited = await bot.edit_message_text("Autre", ROOM, sent.message_id)
        assert isinstance(edited, Message)
        assert person.sees() == "Autre"
        document = await bot.send_document(
            ROOM, b"%PDF", filename="note.pdf", caption="<i>La note</i>", parse_mode="HTML"
        )
        assert document.document is not None
        assert document.document.file_name == "note.pdf"
        assert person.sees() == "[note.pdf]\nLa note"
        assert await bot.set_my_commands([BotCommand("aide", "De l'aide")])
        assert await bot.set_my_description("Un conseil")
        assert await bot.delete_message(ROOM, sent.message_id)
        assert person.sees().startswith("[note.pdf]")
        assert person.chat.transcript == [
            "MOTUS\nInterdit\n│ l'article\n[Oui]\n[Non]",
            "MOTUS (même message)\nAutre",
            "MOTUS\n[note.pdf]\nLa note",
            "(message de Motus effacé)",
        ]
        assert peer.api.violations == []


@played
async def test_an_update_comes_again_until_the_offset_passes_it() -> None:
    """What was served and not acknowledged is served again, to the same poll or the next."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        update_id = Person(peer, ROOM).writes("/start")
        for _ in range(2):
            (update,) = await bot.get_updates(timeout=0)
            assert update.message is not None
            assert (update.update_id, update.message.text) == (update_id, "/start")
            assert update.message.entities[0].type == "bot_command"
        assert peer.inbox.pending == 1
        assert await bot.get_updates(offset=update_id + 1, timeout=0) == ()
        assert peer.inbox.pending == 0


@played
async def test_after_an_idle_week_a_smaller_id_is_still_served() -> None:
    """The offset of the week before hides nothing."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        peer.inbox.idle_week(random.Random(8))
        first = Person(peer, ROOM).writes("/start")
        await bot.get_updates(timeout=0)
        await bot.get_updates(offset=first + 1, timeout=0)
        peer.inbox._next = 5
        Person(peer, ROOM).writes("/aide")
        (update,) = await bot.get_updates(offset=first + 1, timeout=0)
        assert update.update_id == 5


@played
async def test_of_two_polls_the_older_is_told_off() -> None:
    """A second poll takes over; a webhook forbids both."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot, connected(peer) as other:
        older = asyncio.create_task(other.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        newer = asyncio.create_task(bot.get_updates(timeout=1))
        with pytest.raises(telegram_error.Conflict, match="only one bot instance"):
            await older
        assert await newer == ()
        await bot.set_webhook("https://exemple.fr/motus")
        assert (await bot.get_webhook_info()).url == "https://exemple.fr/motus"
        with pytest.raises(telegram_error.Conflict, match="webhook is active"):
            await bot.get_updates(timeout=0)
        await bot.delete_webhook()
        assert await bot.get_updates(timeout=0) == ()


@played
async def test_a_token_of_nobody_is_refused() -> None:
    """As on the real servers: 401."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer, "1:autre") as bot:
        with pytest.raises(telegram_error.InvalidToken):
            await bot.get_me()


@played
async def test_editing_and_deleting_what_is_not_there() -> None:
    """The same again, gone, not mine, too old: each has its words."""
    clock = HandClock()
    peer = Peer(clock)
    async with peer.running(), connected(peer) as bot:
        person = Person(peer, ROOM)
        person.writes("bonjour")
        sent = await bot.send_message(ROOM, "un", reply_markup=KEYS)
        with pytest.raises(telegram_error.BadRequest, match="not modified"):
            await bot.edit_message_text("un", ROOM, sent.message_id, reply_markup=KEYS)
        with pytest.raises(telegram_error.BadRequest, match="can't be edited"):
            await bot.edit_message_text("deux", ROOM, 1)
        with pytest.raises(telegram_error.BadRequest, match="to edit not found"):
            await bot.edit_message_text("deux", ROOM, 99)
        with pytest.raises(telegram_error.BadRequest, match="to delete not found"):
            await bot.delete_message(ROOM, 99)
        with pytest.raises(telegram_error.BadRequest, match=r"(?i)chat not found"):
            await bot.send_message(5, "un")
        clock.advance(48 * 3600 + 1)
        with pytest.raises(telegram_error.BadRequest, match="can't be deleted"):
            await bot.delete_message(ROOM, sent.message_id)


@played
async def test_a_press_is_answered_once_and_in_time() -> None:
    """A second or a late answer is too old; only a visible button can be found."""
    clock = HandClock()
    peer = Peer(clock)
    async with peer.running(), connected(peer) as bot:
        person = Person(peer, ROOM)
        await bot.send_message(ROOM, "Partager ?", reply_markup=KEYS)
        with pytest.raises(AssertionError, match="no button « Peut-être » among"):
            person.finds("Peut-être")
        message, button = person.finds("Oui")
        person.presses(message, button.data or "")
        person.presses(message, button.data or "")
        first, second = await bot.get_updates(timeout=0)
        assert first.callback_query is not None
        assert second.callback_query is not None
        assert first.callback_query.data == "o"
        assert await bot.answer_callback_query(first.callback_query.id, "Noté")
        assert person.chat.transcript[-1] == "BULLE\nNoté"
        with pytest.raises(telegram_error.BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query(first.callback_query.id)
        clock.advance(61)
        with pytest.raises(telegram_error.BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query(second.callback_query.id)


@pytest.mark.filterwarnings("ignore:.*retry_after.*")
@played
async def test_faults_on_demand() -> None:
    """429 says how long, 502 and resets are network trouble, a lost answer has still been done, 403 for who blocks."""
    peer = Peer(HandClock())
    async with peer.running(), connected(peer) as bot:
        person = Person(peer, ROOM)
        peer.faults.next_one("sendMessage", Fault.FLOOD)
        with pytest.raises(telegram_error.RetryAfter) as flooded:
            await bot.send_message(ROOM, "a")
        assert "1" in str(flooded.value)
        for fault in (Fault.BROKEN, Fault.RESET, Fault.HANG):
            peer.faults.next_one("sendMessage", fault, ROOM)
            with pytest.raises(telegram_error.NetworkError):
                await bot.send_message(ROOM, "a")
        assert person.chat.shown() == []
        peer.faults.next_one("sendMessage", Fault.LOST)
        with pytest.raises(telegram_error.NetworkError):
            await bot.send_message(ROOM, "fait")
        assert person.sees() == "fait"
        person.chat.blocked = True
        with pytest.raises(telegram_error.Forbidden, match="blocked by the user"):
            await bot.send_message(ROOM, "a")


@played
async def test_the_webhook_insists_and_repeats() -> None:
    """A 500 is tried again; `twice` sends again what was accepted; the secret is in the header."""
    seen: list[tuple[int, str | None]] = []

    async def hook(request: Request) -> Response:
        update = await request.json()
        seen.append((update["update_id"], request.headers.get("x-telegram-bot-api-secret-token")))
        return Response(status_code=500 if len(seen) == 1 else 200)

    peer = Peer(HandClock())
    async with (
        peer.running(),
        connected(peer) as bot,
        served(Starlette(routes=[Route("/motus", hook, methods=["POST"])])) as address,
    ):
        peer.inbox.delivery.twice = 1.0
        peer.inbox.delivery.pause = 0.01
        await bot.set_webhook(f"{address}/motus", secret_token="secret-1")  # noqa: S106
        await Person(peer, ROOM).sends("/start")
    assert seen == [(1, "secret-1")] * 4
    assert peer.inbox.refused == [500]


@played
async def test_the_meter_records_what_goes_too_fast() -> None:
    """Four at once is one beyond a burst of three; after a pause there is room again."""
    clock = HandClock()
    peer = Peer(clock, burst=3)
    async with peer.running(), connected(peer) as bot:
        Person(peer, ROOM)
        for _ in range(3):
            await bot.send_message(ROOM, "x")
        assert peer.rates.violations == []
        await bot.send_message(ROOM, "x")
        assert len(peer.rates.violations) == 1
        clock.advance(3)
        await bot.send_message(ROOM, "x")
        assert len(peer.rates.violations) == 1
        group = Person(peer, -100)
        for _ in range(21):
            await bot.send_message(group.chat.id, "x")
            clock.advance(1)
        assert peer.rates.violations[1:] == ["group -100: more than 20 in a minute"]
