"""The real bot, over real HTTP: by polling and by webhook, what a person taps and what she sees."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date

import pytest

from bot.errors import Refused
from bot.telegram.run import polling
from flows import Conversation
from tests.telegram.peer.bots import KEYS, NOW, by_polling, by_webhook, polled, settings
from tests.telegram.peer.clock import HandClock
from tests.telegram.peer.faults import Fault
from tests.telegram.peer.founding import BURST, clean, facts
from tests.telegram.peer.interview import answers
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import Peer

THEN = date(2009, 11, 2)
SHARE = "Puis-je le dire à quelqu'un ?"
ROOM = 4242


Channel = Callable[[Peer], AbstractAsyncContextManager[None]]
channels = pytest.mark.parametrize("channel", [by_polling, by_webhook])


FOUNDING = [
    ("ccapex", "identite_demande", "INTERDIT", "OBLIGATOIRE", "Code pénal, article 226-13", "art. 7-2"),
    ("ccapex", "psychologique", "INTERDIT", "INTERDIT", "Code pénal, article 226-13", "Code pénal, article 226-13"),
    ("clspd", "conflit_conjugal", "INTERDIT", "INTERDIT", "Code pénal, article 226-13", "Code pénal, article 226-13"),
    ("chef_service", "identite_demande", "PERMIS SI…", "PERMIS SI…", "LE TEXTE QUI DÉCIDE", "LE TEXTE QUI DÉCIDE"),
    ("police_gendarmerie", "sejour", "INTERDIT", "INTERDIT", "article 226-13", "article 226-13"),
]


@channels
@played
async def test_the_founding_case_by_buttons_alone(channel: Channel, conversation: Conversation) -> None:
    """Each reader and each item, at the law of 2009 and at today's: the exact outcome, the article that decides."""
    peer = Peer(burst=BURST)

    async def walk(room: int, on: date, asked: dict[str, str], outcome: str, article: str) -> None:
        person = Person(peer, room)
        await person.sends(f"/date {on:%d/%m/%Y}")
        await person.taps(SHARE)
        await answers(person, conversation, conversation.start("partager", on), asked)
        assert f"{on:%d/%m/%Y}" in person.sees()
        await person.taps("Tout voir")
        said = person.sees()
        day = "2 novembre 2009" if on == THEN else "23 novembre 2026"
        assert said.startswith(f"Droit du {day} · {SHARE}\nRÉPONSE : {outcome} — "), said[:200]
        shown = said
        while "Suite" in " ".join(person.buttons()):
            await person.taps("Suite")
            shown += person.sees()
        assert article in shown
        assert "L226-13" not in shown

    async with channel(peer):
        await asyncio.gather(
            *(
                walk(100 * n + k, on, facts(recipient, item), outcome, article)
                for n, (recipient, item, then, now, old, new) in enumerate(FOUNDING, 1)
                for k, (on, outcome, article) in enumerate([(THEN, then, old), (NOW, now, new)])
            )
        )
    clean(peer)


@channels
@played
async def test_what_is_typed_or_sent_is_deleted_refused_and_never_repeated(channel: Channel) -> None:
    """Text, photo, voice, video, file, sticker, place, contact: gone from the chat, one sentence, no echo."""
    peer = Peer(burst=BURST)
    kinds = ("photo", "voice", "video", "document", "sticker", "location", "contact")

    async def send(room: int, kind: str | None) -> None:
        person = Person(peer, room)
        if kind is None:
            await person.sends("Madame Quidam <b>est</b> enceinte")
        else:
            await person.sends_other(kind, caption="Madame Quidam")
        assert [m for m in person.chat.messages.values() if not m.mine] == []
        assert person.sees() == (
            "Motus ne lit pas les messages : touchez les boutons, sans écrire ni nom ni récit.\n"
            "[Commencer]\n[Danger immédiat]"
        )
        await person.taps("Commencer")
        assert SHARE in person.buttons()
        assert all("Quidam" not in m.seen() for m in person.chat.shown())

    async with channel(peer):
        await asyncio.gather(*(send(n, kind) for n, kind in enumerate((None, *kinds), 1)))
    clean(peer)


@channels
@played
async def test_commands_and_links(channel: Channel) -> None:
    """Help, an article with its day, a wrong day, danger, forgetting; links to a flow, an article, a scenario."""
    peer = Peer(burst=BURST)
    async with channel(peer):
        person = Person(peer, 1)
        await person.sends("/article 226-14 02/11/2009")
        assert "226-14" in person.sees()
        assert "2 novembre 2009" in person.sees()
        await person.sends("/date 31/02/2009")
        assert "02/11/2009" in person.sees()
        await person.sends("/danger")
        assert "15" in person.sees()
        other = Person(peer, 2)
        await other.opens("partager")
        assert "question 1" in other.sees()
        await other.opens("article_CP_226-13")
        assert "La révélation d'une information à caractère secret" in other.sees()
        await other.opens("scenario_1")
        assert SHARE in other.buttons()
        third = Person(peer, 3)
        await third.sends("/aide")
        assert "/article" in third.sees()
        await third.sends("/oublier")
        assert "Commencer" in third.buttons()
        await third.sends("/inconnue Madame Quidam")
        assert "Motus ne lit pas" in third.sees()
        assert all("Quidam" not in m.seen() for m in third.chat.messages.values())
    clean(peer)


@channels
@played
async def test_in_a_group_only_the_way_to_the_private_chat(channel: Channel) -> None:
    """A command gets a link; a message gets nothing, and stays."""
    peer = Peer(burst=BURST)
    async with channel(peer):
        group = Person(peer, -1001)
        await group.sends("bonjour à toutes")
        assert group.chat.shown() == []
        await group.sends("/start@motus_essai_bot")
        (answer,) = group.chat.shown()
        assert answer.buttons()[0].url == "https://t.me/motus_essai_bot?start=groupe"
        await group.sends("/start@un_autre_bot")
        assert group.chat.shown() == [answer]
    clean(peer)


@channels
@played
async def test_a_button_that_does_not_read_gets_a_kind_answer(channel: Channel) -> None:
    """Forged, cut, of another chat, unreadable, empty: the same sentence, the menu, never silence."""
    peer = Peer(burst=BURST)
    async with channel(peer):
        friend = Person(peer, 1)
        await friend.opens("partager")
        _, foreign = friend.finds("Travail social")
        data = foreign.data or ""
        for room, forged in enumerate((data, data[:-1], "A" + data[1:], "é", "x" * 64, "=", data + "="), 10):
            person = Person(peer, room)
            await person.sends("/start")
            await peer.handled(person.presses(person.chat.shown()[0], forged))
            assert person.sees().startswith("Ce bouton ne se lit plus"), forged
            assert SHARE in person.buttons()
    clean(peer)


@played
async def test_keys_rotate_without_losing_a_button() -> None:
    """A button signed with yesterday's key leads on; the key before that one does not."""
    peer = Peer(burst=BURST)
    async with peer.running():
        person = Person(peer, ROOM)
        async with polled(settings(peer.base_url, keys=KEYS[1:])):
            await person.opens("partager")
            await person.taps("Santé, psychologie")
        async with polled(settings(peer.base_url, keys=KEYS)):
            await person.taps("Psychologue")
            assert "question 2" in person.sees()
        async with polled(settings(peer.base_url, keys=(b"une toute autre cle, sans celle d'avant",))):
            await person.taps("Retour")
            assert person.sees().startswith("Ce bouton ne se lit plus")
    clean(peer)


@played
async def test_polling_refuses_where_a_webhook_is_set() -> None:
    """One way at a time, said in French."""
    peer = Peer()
    async with peer.running():
        peer.inbox.hook("https://exemple.fr/motus", None, None)
        with pytest.raises(Refused, match="webhook"):
            await polling(settings(peer.base_url), asyncio.Event())


@channels
@played
async def test_a_person_who_blocks_the_bot_costs_nothing(channel: Channel) -> None:
    """Nothing is sent while she blocks; once back, she is answered."""
    peer = Peer(burst=BURST)
    async with channel(peer):
        person = Person(peer, ROOM)
        await person.sends("/start")
        await person.blocks()
        before = len(peer.calls)
        await person.sends("/start")
        assert [status for method, status in peer.calls[before:] if method == "sendMessage"] == [403]
        await person.lets_back()
        await person.sends("/start")
        assert SHARE in person.buttons()


@channels
@pytest.mark.parametrize("fault", list(Fault))
@played
async def test_a_fault_on_the_way_does_not_lose_the_screen(channel: Channel, fault: Fault) -> None:
    """429, 502, a hang, a reset, an answer lost after it was done: the tap ends on the right screen, once."""
    peer = Peer(burst=BURST)
    async with channel(peer):
        person = Person(peer, ROOM)
        await person.opens("partager")
        await person.taps("Santé, psychologie")
        peer.faults.next_one("editMessageText", fault)
        await person.taps("Psychologue")
        assert "question 2" in person.sees()
        assert peer.faults.count == 1
        assert len(person.chat.shown()) == 1


@channels
@played
async def test_a_message_that_is_gone_is_shown_anew(channel: Channel) -> None:
    """The person deleted the message while her tap was on its way."""
    peer = Peer(HandClock(), burst=BURST)
    async with channel(peer):
        person = Person(peer, ROOM)
        await person.opens("partager")
        await person.taps("Santé, psychologie")
        message, button = person.finds("Psychologue")
        person.chat.messages.clear()
        await peer.handled(person.presses(message, button.data or ""))
        assert "question 2" in person.sees()
        assert len(person.chat.shown()) == 1
