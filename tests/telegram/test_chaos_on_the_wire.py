"""The same disorder over real HTTP: faults, repeats, two replicas, and a process killed in the middle of its work."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram.values import Show, Tap
from tests.telegram.peer.bots import NOW, hooked, polled, settings, spawned
from tests.telegram.peer.entities import parse
from tests.telegram.peer.faults import Faults
from tests.telegram.peer.person import Person
from tests.telegram.peer.scenario import lived, played
from tests.telegram.peer.server import Peer
from tests.telegram.peer.world import replicas

PEOPLE = 30
TAPS = 5
KILLS = 4


def expected(person: Person, data: str) -> str | None:
    """Return the text that a button leads to, asked of the pure core; None for a document."""
    (show,) = (c for c in replicas()[0].handle(Tap(person.chat.id, 1, "", data), NOW)[1:])
    return parse(show.text, "HTML").text if isinstance(show, Show) else None


async def wander(person: Person, seed: int, patience: float) -> int:
    """
    Tap at random, sometimes twice at once; after each tap the screen must be the one that the button leads to.

    Args:
        person: she has not written yet.
        seed: of her choices.
        patience: seconds within which an update must be handled, whatever happens on the way.

    Returns:
        How many updates she made.

    """
    chance = random.Random(seed)
    line = person._line

    async def done(*updates: int) -> None:
        async with asyncio.timeout(patience):
            await asyncio.gather(*(line.handled(u) for u in updates))

    await done(person.writes("/start partager"))
    made = 1
    for _ in range(TAPS):
        message = person.chat.shown()[-1]
        button = chance.choice([b for b in message.buttons() if b.data])
        times = chance.choice((1, 1, 2))
        await done(*(person.presses(message, button.data or "") for _ in range(times)))
        made += times
        wanted = expected(person, button.data or "")
        if wanted is not None:
            assert wanted in {m.parsed.text for m in person.chat.shown()}, f"[{button.text}] was not answered"
            assert message.parsed.text == wanted, "the message of the button shows another screen"
    return made


def disorder(seed: int) -> Faults:
    """Return faults on one call in twenty, of every kind."""
    return Faults(chance=0.05, chooser=random.Random(seed), hang=0.2)


@pytest.mark.parametrize("seed", range(2))
@played
async def test_polling_through_a_bad_network(seed: int) -> None:
    """429, 502, hangs, resets and lost answers: every tap ends on its screen."""
    peer = Peer(burst=5)
    peer.faults = disorder(seed)
    async with peer.running(), polled(settings(peer.base_url)):
        made = await asyncio.gather(*(wander(Person(peer, 100 + n), n, 60) for n in range(PEOPLE)))
    assert sum(made) >= PEOPLE * (TAPS + 1)
    assert peer.faults.count > 0
    assert peer.inbox.pending == 0


@pytest.mark.parametrize("seed", range(2))
@played
async def test_two_replicas_behind_an_untidy_webhook(seed: int) -> None:
    """A third of the updates come twice, a fifth come late, to either replica, through the same bad network."""
    peer = Peer(burst=5)
    peer.faults = disorder(seed)
    peer.inbox.delivery.twice, peer.inbox.delivery.late = 0.3, 0.2
    async with peer.running(), hooked(settings(peer.base_url), peer, replicas=2):
        made = await asyncio.gather(*(wander(Person(peer, 100 + n), n, 60) for n in range(PEOPLE)))
    assert sum(made) >= PEOPLE * (TAPS + 1)
    assert peer.faults.count > 0
    assert peer.inbox.pending == 0


@contextlib.asynccontextmanager
async def killed_again_and_again(peer: Peer, log: Path, chance: random.Random) -> AsyncIterator[list[int]]:
    """Run the bot in a process of its own, kill -9 it at random points of its work, start it again."""
    kills: list[int] = []
    running = await spawned(peer.base_url, log)

    async def killer() -> None:
        nonlocal running
        while len(kills) < KILLS:
            before = len(peer.calls)
            while len(peer.calls) < before + 25:
                await asyncio.sleep(0.01)
            await asyncio.sleep(chance.random() * 0.3)
            running.kill()
            await running.wait()
            kills.append(len(peer.calls))
            running = await spawned(peer.base_url, log)

    killing = asyncio.create_task(killer())
    try:
        yield kills
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
        running.terminate()
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.wait()


@lived
async def test_killed_at_any_point_nothing_is_lost(tmp_path: Path) -> None:
    """Under load, kill -9 and restart: every update is answered in the end, and the next tap is right."""
    peer = Peer(burst=50)
    log = tmp_path / "bot.log"
    async with peer.running():
        async with killed_again_and_again(peer, log, random.Random(7)) as kills:
            await asyncio.gather(*(wander(Person(peer, 100 + n), n, 90) for n in range(PEOPLE)))
        assert len(kills) >= KILLS - 1, "the load ended before the kills"
        assert peer.inbox.pending == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")
