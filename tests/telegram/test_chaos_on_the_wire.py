"""The same disorder over real HTTP: faults, repeats, two replicas, and a process killed in the middle of its work."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram import run
from bot.telegram.values import Show, Tap
from tests.telegram.peer.bots import NOW, by_polling, by_webhook, hooked, polled, settings, spawned
from tests.telegram.peer.entities import parse
from tests.telegram.peer.faults import Fault, Faults
from tests.telegram.peer.flood import Write, quantile, queue, waits, words
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


@pytest.mark.parametrize("flooded", [0, 2000])
@lived
async def test_killed_at_any_point_nothing_is_lost(tmp_path: Path, flooded: int) -> None:
    """Under load, one account flooding or not, kill -9 and restart: every other update is answered in the end."""
    peer = Peer(burst=50)
    log = tmp_path / "bot.log"
    async with peer.running():
        queue(peer, flooded)
        async with killed_again_and_again(peer, log, random.Random(7)) as kills:
            await asyncio.gather(*(wander(Person(peer, 100 + n), n, 90) for n in range(PEOPLE)))
        assert len(kills) >= KILLS - 1, "the load ended before the kills"
        assert peer.inbox.pending == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")


WAYS = {"polling": by_polling, "webhook": by_webhook}
FLOODS: dict[str, Write] = {"words": words, "commands": lambda person, number: person.writes(f"/article {number}")}
TRIES = 3
"""A machine busy with other tests is slow for everybody: one try is enough to show that nobody waits in line."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", FLOODS)
@played
async def test_ten_thousand_updates_of_one_account_make_nobody_else_wait(way: str, kind: str) -> None:
    """They are queued before anyone else writes; 99 in 100 of the others are answered within a second."""
    found = []
    for _ in range(TRIES):
        peer = Peer(burst=50)
        peer.inbox.delivery.in_line = True
        async with WAYS[way](peer):
            queue(peer, 10_000, FLOODS[kind])
            found.append(quantile(await waits(peer, 40, 2.0, patience=20), 0.99))
        if found[-1] < 1.0:
            return
    raise AssertionError(f"the others wait {found} s")


@pytest.mark.parametrize("way", WAYS)
@played
async def test_in_the_middle_of_a_flood_the_same_person_reaches_the_danger_screen(way: str) -> None:
    """A story pasted in two hundred messages, then /danger: help comes before the end of the story."""
    peer = Peer(burst=50)
    peer.inbox.delivery.in_line = True
    async with WAYS[way](peer):
        person = queue(peer, 200)
        person.writes("/danger")
        async with asyncio.timeout(10):
            while not any("DANGER" in m.parsed.text for m in person.chat.shown()):
                await asyncio.sleep(0.01)


@played
async def test_an_answer_that_is_slow_to_leave_lets_the_next_person_in() -> None:
    """Telegram gives the oldest update alone to a program that asks again too soon: the others were not even seen."""
    peer = Peer(burst=50)
    peer.faults.hang = 5.0
    async with by_polling(peer):
        peer.faults.next_one("sendMessage", Fault.HANG, 1)
        Person(peer, 1).writes("/start")
        await asyncio.sleep(0.3)
        assert quantile(await waits(peer, 10, 1.0, patience=10), 0.99) < 1.0


@played
async def test_an_answer_that_does_not_leave_does_not_close_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """One chat is told to wait a minute; after a hundred others wrote, the next ones are answered too."""
    monkeypatch.setattr(run, "_PATIENCE", 1.0)
    peer = Peer(burst=50)
    peer.faults.retry_after = 50
    async with by_polling(peer):
        peer.faults.next_one("sendMessage", Fault.FLOOD, 1)
        Person(peer, 1).writes("/start")
        times = await waits(peer, 150, 1.0, patience=20)
        assert times[-1] < 12, "all of them, at the pace of all chats together"
        assert not Person(peer, 1).chat.shown()
