"""After ten thousand conversations full of names, no name, no chat and no answer is anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from depth import THOROUGH

from knowledge import KnowledgeBase
from tests.telegram.peer.bots import ROOT, hooked, settings, spawned
from tests.telegram.peer.canaries import FIRST_CHAT, NAME
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import lived, played
from tests.telegram.peer.server import TOKEN, Peer

CONVERSATIONS = 10_000 if THOROUGH else 1_500
_NAME = "".join(NAME)


def _hold(folder: Path, conversations: int, *more: str) -> tuple[list[str], dict[str, object], str]:
    """Hold conversations in a process whose folders are all under `folder`; give what was found, figures, log."""
    folder.mkdir()
    homes = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.telegram.peer.canaries", str(conversations), *more],
        cwd=folder,
        env={**os.environ, **homes, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found, told = ran.stdout.splitlines()
    return json.loads(found), json.loads(told), ran.stderr


def _written(folder: Path) -> str:
    """Return everything written under a folder."""
    return "\n".join(p.read_bytes().decode("latin-1") for p in folder.rglob("*") if p.is_file())


def _nobody_in(text: str) -> None:
    assert _NAME not in text
    assert str(FIRST_CHAT)[:6] not in text
    assert TOKEN not in text


def test_thousands_of_conversations_leave_nothing(tmp_path: Path, base: KnowledgeBase) -> None:
    """Memory, disk, figures and the log at its most talkative: no name, no chat, no button, no question, no answer."""
    found, told, log = _hold(tmp_path / "run", CONVERSATIONS)
    assert found == []
    assert isinstance(told["calls"], int)
    assert told["calls"] > CONVERSATIONS * 7
    _nobody_in(log)
    _nobody_in(str(told["figures"]))
    _nobody_in(_written(tmp_path / "run"))
    words = set(re.findall(r"\w+", log))
    ids = {f.id for f in base.facts.values()} | {v.id for f in base.facts.values() for v in f.values}
    assert {i for i in ids if "_" in i} & words == set()
    assert "Entering state" not in log


def test_the_search_finds_what_is_kept(tmp_path: Path) -> None:
    """Were the updates kept, even already reduced to commands and buttons, the search would say so."""
    found, _, _ = _hold(tmp_path / "run", 40, "leak")
    assert any("a chat in" in line for line in found)
    assert any("words in" in line for line in found)


@lived
async def test_over_the_wire_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own, by polling, at debug level: its log and its folders name nobody."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    peer = Peer(burst=5)
    log = tmp_path / "bot.log"
    async with peer.running():
        running = await spawned(peer.base_url, log)
        for number in range(1, 9):
            person = Person(peer, FIRST_CHAT + number)
            await person.sends(f"Monsieur {_NAME}{number}")
            await person.sends_other("photo", f"{_NAME}{number}")
            await person.sends(f"/article {_NAME}{number}")
            await person.taps("Commencer")
            assert [m for m in person.chat.messages.values() if not m.mine] == []
        running.kill()
        await running.wait()
    _nobody_in(_written(tmp_path))


@played
async def test_the_figures_name_nobody() -> None:
    """`/metrics` counts kinds and times."""
    peer = Peer(burst=5)
    async with peer.running(), hooked(settings(peer.base_url), peer) as (address,):
        person = Person(peer, FIRST_CHAT + 1)
        await person.sends(f"Monsieur {_NAME}")
        await person.taps("Commencer")
        async with httpx.AsyncClient() as client:
            page = (await client.get(f"{address.rsplit('/', 1)[0]}/metrics")).text
    assert 'motus_updates_total{kind="unwanted"} 1.0' in page
    assert 'motus_updates_total{kind="tap"} 1.0' in page
    _nobody_in(page)
