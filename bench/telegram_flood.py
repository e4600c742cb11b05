"""
What the others wait while one account floods the bot: by polling and by webhook.

Run with `.venv/bin/python -m bench.telegram_flood [UPDATES [PEOPLE]]`. The stub holds UPDATES messages of one account
before anybody else writes; then PEOPLE write `/start`, at moments of their own within five seconds. The bot is a
process of its own for polling, and two replicas in this process for the webhook, which the stub calls as Telegram does:
the messages of a chat one after the other, forty calls at most.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.telegram.peer.bots import hooked, settings, spawned
from tests.telegram.peer.flood import quantile, queue, waits
from tests.telegram.peer.server import Peer

SPAN = 5.0


@asynccontextmanager
async def polling() -> AsyncIterator[Peer]:
    """Run the bot by polling."""
    with tempfile.TemporaryDirectory() as folder:
        async with Peer(burst=50).running() as peer:
            bot = await spawned(peer.base_url, Path(folder) / "bot.log")
            while not any(method == "getUpdates" for method, _ in peer.calls) and not peer.inbox._polling:
                await asyncio.sleep(0.05)
            try:
                yield peer
            finally:
                bot.kill()
                await bot.wait()


@asynccontextmanager
async def webhook() -> AsyncIterator[Peer]:
    """Run two replicas behind one webhook."""
    peer = Peer(burst=50)
    peer.inbox.delivery.in_line = True
    async with peer.running(), hooked(settings(peer.base_url), peer, replicas=2):
        yield peer


async def main(updates: int, people: int) -> None:
    """Measure each way, in peace and under the flood."""
    for name, running in (("polling", polling), ("webhook", webhook)):
        for flood in (0, updates):
            async with running() as peer:
                queue(peer, flood)
                times = await waits(peer, people, SPAN)
                print(
                    f"{name:8} {flood:>6} queued by one account; the {people} others wait "
                    f"p50 {quantile(times, 0.5):7.2f} s   p99 {quantile(times, 0.99):7.2f} s"
                )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 100))
