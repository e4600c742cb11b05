"""One account that never stops, and what the others live through meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from tests.telegram.peer.person import Person
from tests.telegram.peer.server import Peer

FLOODER = 666_000
_GLANCE = 0.005
Write = Callable[[Person, int], object]


def words(person: Person, number: int) -> None:
    """Write a sentence that nobody asked for."""
    person.writes(f"bonjour {number}")


def queue(peer: Peer, count: int, write: Write = words) -> Person:
    """Queue so many updates of one account at once; give the person behind it."""
    flooder = Person(peer, FLOODER)
    flooder.chat.quiet = True
    for number in range(count):
        write(flooder, number)
    return flooder


async def waits(peer: Peer, people: int, seconds: float, patience: float = 120.0) -> list[float]:
    """
    Let people write `/start`, each at a moment of her own within some seconds.

    Args:
        peer: where the bot is.
        people: how many.
        seconds: the span within which they write.
        patience: seconds after which a person gives up.

    Returns:
        How many seconds each waited for her answer, the shortest first.

    """
    chance = random.Random(3)

    async def one(number: int) -> float:
        person = Person(peer, 1000 + number)
        await asyncio.sleep(chance.random() * seconds)
        clock = asyncio.get_running_loop().time
        wrote = clock()
        person.writes("/start")
        while not person.chat.shown() and clock() < wrote + patience:
            await asyncio.sleep(_GLANCE)
        return clock() - wrote

    return sorted(await asyncio.gather(*(one(n) for n in range(people))))


def quantile(times: list[float], part: float) -> float:
    """Return the time that a part of them do not pass, of times in order."""
    return times[min(int(len(times) * part), len(times) - 1)]
