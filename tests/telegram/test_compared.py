"""Every kind of screen once: each request checked by another library's models, and the whole seen on another peer."""

from __future__ import annotations

from pathlib import Path

from flows import Conversation
from tests.telegram.peer import aiogram_env
from tests.telegram.peer.bots import NOW, polled, settings
from tests.telegram.peer.founding import BURST, clean, facts
from tests.telegram.peer.independent import Independent
from tests.telegram.peer.interview import answers
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import Peer

SHARE = "Puis-je le dire à quelqu'un ?"
ROOM = 4242


async def tour(person: Person, conversation: Conversation) -> None:
    """Touch every kind of screen: menu, help, summary, change, danger, erase, verdict, why, words, notes."""
    await person.sends("/start")
    await person.taps("Danger immédiat")
    await person.taps("Retour")
    await person.taps(SHARE)
    await person.taps("Aide")
    await person.taps("Retour")
    await answers(person, conversation, conversation.start("partager", NOW), facts("ccapex", "identite_demande"))
    for button in ("Tout voir", "Pourquoi", "Retour", "Retour", "Quoi dire", "Retour", "Et si… ?", "Retour"):
        await person.taps(button)
    await person.taps("Note (PDF)")
    await person.taps("Mes réponses")
    await person.taps("Changer : Métier")
    await person.taps("Santé, psychologie")
    await person.taps("Psychologue")
    await person.taps("Recommencer") if "Recommencer" in person.buttons() else await person.taps("Danger immédiat")
    await person.sends("Madame Quidam")


@played
async def test_every_request_is_known_to_another_librarys_models(tmp_path: Path, conversation: Conversation) -> None:
    """A tour of the screens, journalled, then validated by aiogram: no unknown or mistyped field, no missing one."""
    journal = tmp_path / "journal.jsonl"
    peer = Peer(burst=BURST, journal=journal)
    async with peer.running(), polled(settings(peer.base_url)):
        await tour(Person(peer, ROOM), conversation)
        await Person(peer, -1001).sends("/start@motus_essai_bot")
    clean(peer)
    code, said = await aiogram_env.run(str(journal))
    assert code == 0, said
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument", "deleteMessage"):
        assert f'"{method}"' in said[-1]


@played
async def test_the_same_conversation_on_two_peers(conversation: Conversation) -> None:
    """Our stub and somebody else's emulator show the person the same transcript."""
    ours, theirs = Peer(burst=BURST), Independent()
    transcripts = []
    for peer in (ours, theirs):
        async with peer.running(), polled(settings(peer.base_url, protect=False)):
            person = Person(peer, ROOM)
            await tour(person, conversation)
            transcripts.append(person.chat.transcript)
    assert len(transcripts[0]) > 40
    assert transcripts[0] == transcripts[1]
    refused = {(r["method"], r["status"]) for r in theirs.emulator.requests if r["status"] >= 400}
    unknown_there = {("setMyDescription", 501), ("setMyShortDescription", 501), ("setMyName", 501)}
    last_poll_of_a_stop = {("getUpdates", 409)}
    assert refused <= unknown_there | last_poll_of_a_stop
    clean(ours)
