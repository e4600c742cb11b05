"""What a person must not lose on the way: the doubts on the paper, screens that cannot be passed on, a true pause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.app import TOKEN_KEY
from bot.words import note
from bot.words.advise import answer
from flows import Session
from tests.telegram.core_walk import APP
from tests.telegram.peer.bots import hooked, settings
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import played
from tests.telegram.peer.server import Peer

SESSION = Session("tenu", date(2026, 11, 23), (("profession", "assistant_service_social"),))


def test_the_doubts_of_an_answer_are_on_its_paper() -> None:
    """Whoever reads the paper alone reads what is not sure."""
    advice = replace(answer(APP, SESSION, TOKEN_KEY), doubt=("Ce point n'est pas tranché.",))
    paper = note.paper(advice, (), APP.flows["tenu"])

    assert "Ce point n'est pas tranché" in note.text(paper).replace("’", "'")
    assert any(part.lines == advice.doubt for part in paper.parts)


@played
async def test_a_screen_can_be_neither_passed_on_nor_saved() -> None:
    """Telegram is told so of each screen, unless the deployment says otherwise."""
    for protect in (True, False):
        peer = Peer(burst=5)
        async with peer.running(), hooked(settings(peer.base_url, protect=protect), peer):
            person = Person(peer, 7_700_000_000_001)
            await person.sends("/start")
            await person.taps("Commencer") if "Commencer" in person.buttons() else None
            shown = [m for m in person.chat.messages.values() if m.mine]
        assert shown
        assert {m.protected for m in shown} == {protect}
