"""Aiogram reads what the stub answers, and refuses what its models do not know."""

from __future__ import annotations

import json
from pathlib import Path

from tests.telegram.peer import aiogram_env
from tests.telegram.peer.clock import HandClock
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import lived
from tests.telegram.peer.server import TOKEN, Peer


@lived
async def test_aiogram_reads_every_answer() -> None:
    """A second library, with strict models, parses the stub's objects."""
    peer = Peer(HandClock())
    async with peer.running():
        person = Person(peer, 4242)
        person.writes("/start")
        code, said = await aiogram_env.run("--talk", peer.base_url.removesuffix("/bot"), TOKEN, "4242")
    assert (code, said) == (
        0,
        ["motus_essai_bot", "bold blockquote", "trois", "note.pdf", "True", "True", "message", ""],
    )
    assert peer.refusals == []


@lived
async def test_a_request_that_aiogram_does_not_know_is_named(tmp_path: Path) -> None:
    """Missing, mistyped and unknown fields, at any depth, and unknown methods."""
    journal = tmp_path / "journal.jsonl"
    sent = [
        ("sendMessage", {"chat_id": 1, "text": "x"}),
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": "x", "texte": "y"}),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "mot": "b"}]]}},
        ),
        ("sendMessages", {}),
    ]
    lines = [{"method": m, "params": p, "files": [], "status": 200, "description": ""} for m, p in sent]
    journal.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, said = await aiogram_env.run(str(journal))
    assert code == 1
    assert [line.split(": ", 1)[1] for line in said[:-1]] == [
        "sendMessage: text: Field required",
        "sendMessage: texte is unknown",
        "sendMessage: reply_markup.inline_keyboard.mot is unknown",
        "sendMessages: no such method",
    ]
