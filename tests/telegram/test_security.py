"""What a stranger can send: forged tokens, forged webhooks, huge or broken bodies, HTML where words are expected."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from functools import cache

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situations import BASE
from telegram import Bot  # noqa: TID251

from bot.telegram.faces import STATE, Signer, bound
from bot.telegram.values import Acknowledge, Attach, Command, Remove, Show, Tap, Unwanted
from bot.telegram.wire import Wire
from flows import Session, UnreadableTokenError
from tests.telegram.peer import bots, entities
from tests.telegram.peer.bots import KEYS, NOW, SECRET, hooked
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import TOKEN, Peer
from tests.telegram.peer.silent import SilentRequest
from tests.telegram.peer.world import World, replicas

ROOM = 4242
HEADER = "X-Telegram-Bot-Api-Secret-Token"
STALE = "Ce bouton ne se lit plus"
NASTY = (
    "<b>gras",
    "</b></i>",
    "<script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a>",
    "&lt;b&gt;&amp;&#60;",
    "{{ 7 * 7 }}{% raw %}",
    "\u202etxet\u0000\ud83d",
    "226-14'; DROP TABLE normes;--",
    "../../../etc/passwd",
    "😀" * 3000,
)


@cache
def _signer(chat: int) -> Signer:
    app = replicas()[0].app
    return Signer(app.base, app.flows, bound(KEYS, chat))


def _screen(data: str | None, chat: int = ROOM) -> str:
    calls = replicas()[0].handle(Tap(chat, 1, "q", data), NOW)
    assert calls[0] == Acknowledge("q")
    assert len(calls) == 2
    assert not isinstance(calls[1], Attach)
    assert isinstance(calls[1], Show)
    return calls[1].text


@given(st.one_of(st.text(max_size=64), st.binary(max_size=48).map(lambda b: b.hex()), st.from_regex(r"[\w-]{0,64}")))
def test_a_token_of_nowhere_is_refused_kindly(data: str) -> None:
    """Whatever a button carries that was not signed here, there is one kind sentence and the menu."""
    assert STALE in _screen(data)


@given(
    position=st.integers(0, 10_000),
    letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0189-_="),
)
def test_one_letter_changed_is_a_forgery(position: int, letter: str) -> None:
    """Every letter of a token counts."""
    good = _signer(ROOM).sign(Session("partager", NOW, (("profession", "psychologue"),)), STATE)
    at = position % (len(good) + 1)
    forged = good[:at] + letter + good[at + 1 :]
    if forged != good:
        assert STALE in _screen(forged)
    assert STALE not in _screen(good)


@given(chat=st.integers(-(2**52), 2**52))
def test_a_token_means_nothing_in_another_chat(chat: int) -> None:
    """A button copied elsewhere does not read."""
    good = _signer(ROOM).sign(Session("partager", NOW), STATE)
    if chat != ROOM:
        assert STALE in _screen(good, chat)


@settings(max_examples=60)
@given(
    answers=st.lists(st.sampled_from([(f.id, v.id) for f in BASE.facts.values() for v in f.values]), max_size=18),
    flow=st.sampled_from(sorted(replicas()[0].app.flows)),
)
def test_even_a_signed_nonsense_gets_an_answer(answers: list[tuple[str, str]], flow: str) -> None:
    """Were a key stolen, a session that the flow cannot have reached gives the same kind sentence, or a screen."""
    signer = _signer(ROOM)
    data = signer.sign(Session(flow, NOW, tuple(answers)), STATE)
    assert len(data.encode()) <= 64
    text = _screen(data)
    assert entities.parse(text, "HTML").text
    with pytest.raises(UnreadableTokenError):
        _signer(ROOM + 1).read(data)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("command", ["start", "aide", "article", "date", "danger", "oublier", "inconnue"])
def test_what_follows_a_command_is_never_repeated(command: str, nasty: str) -> None:
    """HTML, templates, paths and tricks of writing: the stub accepts every answer, and none of it comes back."""
    world = World(1, 1)
    (chat,) = world.chats
    message = world.typed(chat, nasty)
    calls = world.handle(Command(chat.id, message.id, command, nasty))
    assert world.refused == []
    for call in calls:
        assert isinstance(call, Show | Remove)
        if isinstance(call, Show):
            assert nasty not in entities.parse(call.text, "HTML").text


def test_what_is_not_a_command_never_reaches_the_core() -> None:
    """The value of such a message has no room for words: `more` are numbers of messages."""
    assert set(Unwanted.__slots__) == {"chat", "message", "private", "more"}


@contextlib.asynccontextmanager
async def webhook() -> AsyncIterator[tuple[Peer, httpx.AsyncClient, str]]:
    """Give a peer, a stranger's client, and the address of the webhook."""
    peer = Peer(burst=50)
    async with (
        peer.running(),
        hooked(bots.settings(peer.base_url), peer) as (address,),
        httpx.AsyncClient(timeout=10) as client,
    ):
        yield peer, client, address


@pytest.mark.parametrize("secret", [None, "", "faux", SECRET[:-1], SECRET + "x", SECRET.upper(), "é".encode()])
@played
async def test_without_the_secret_nothing_is_done(secret: str | bytes | None) -> None:
    """403, and no call to Telegram."""
    async with webhook() as (peer, client, address):
        person = Person(peer, ROOM)
        before = len(peer.calls)
        update = {
            "update_id": 1,
            "message": {"message_id": 1, "date": 1, "chat": person.chat.as_json(), "text": "/start"},
        }
        headers = (
            [] if secret is None else [(HEADER.encode(), secret if isinstance(secret, bytes) else secret.encode())]
        )
        answer = await client.post(address, json=update, headers=headers)
        assert answer.status_code == 403
        assert len(peer.calls) == before
        answer = await client.post(address, json=update, headers={HEADER: SECRET})
        assert answer.status_code == 200
        assert len(peer.calls) == before + 1


BODIES = [
    (b"", 400),
    (b"{", 400),
    (b"[]", 400),
    (b"null", 400),
    (b'"texte"', 400),
    (b"\xff\xfe", 400),
    (b"[" * 100_000, 400),
    (b'{"update_id": "un"}', 400),
    (b'{"update_id": true}', 400),
    (b'{"message": {}}', 400),
    (b'{"update_id": 1, "message": {}}', 400),
    (b'{"update_id": 99, "message": {"message_id": 1, "date": 1e400, "chat": {"id": 1, "type": "private"}}}', 200),
    (b'{"update_id": 1, "callback_query": {"id": 5}}', 400),
    (b'{"update_id": 1, "callback_query": "x"}', 400),
    (b'{"update_id": 1, "message": {"message_id": true, "chat": {"id": 1, "type": "private"}}}', 400),
    (b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1.5, "type": "private"}}}', 400),
    (b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": ["x"]}}', 400),
    (b'{"update_id": 1}', 200),
    (b'{"update_id": 2, "inconnu": {"a": 1}}', 200),
    (b"0" * 5_000_000, 413),
]


@played
async def test_broken_and_huge_bodies_are_refused_one_by_one() -> None:
    """Each gets its status, and the bot answers the next update."""
    async with webhook() as (peer, client, address):
        got = []
        for body, _ in BODIES:
            got.append((await client.post(address, content=body, headers={HEADER: SECRET})).status_code)
        assert got == [status for _, status in BODIES]
        person = Person(peer, ROOM)
        await person.sends("/start")
        assert "Que voulez-vous savoir" in person.sees()


@played
async def test_an_endless_body_is_cut() -> None:
    """A body sent piece by piece without a length stops being read once it is too large."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 200:
            sent += 1
            yield b" " * 65_536
            await asyncio.sleep(0)

    async with webhook() as (_, client, address):
        with contextlib.suppress(httpx.HTTPError):
            answer = await client.post(address, content=endless(), headers={HEADER: SECRET})
            assert answer.status_code == 413


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "chat", "from", "message", "data", "text", "type", "date", "message_id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(message=_json, query=_json)
def test_updates_of_any_shape_never_break_the_reader(message: object, query: object) -> None:
    """Whatever the shape, an update is read or refused as not one."""
    for shape in ({"message": message}, {"callback_query": query}):
        with contextlib.suppress(ValueError):
            number, _ = _wire().parse(json.dumps({"update_id": 7, **shape}).encode())
            assert number == 7


@cache
def _wire() -> Wire:
    bot = Bot(TOKEN, request=SilentRequest(), get_updates_request=SilentRequest())
    asyncio.run(bot.initialize())
    return Wire(bot)
