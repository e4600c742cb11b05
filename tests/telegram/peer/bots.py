"""The real bot beside a peer: by polling, by webhook with any number of replicas, or in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from bot.telegram.run import polling
from bot.telegram.settings import Settings
from bot.telegram.webhook import application
from tests.telegram.peer.server import TOKEN, Peer, served

NOW = date(2026, 11, 23)
KEYS = (b"une cle de test assez longue pour signer", b"la cle d'avant, encore acceptee")
SECRET = "secret-de-test_1"  # noqa: S105 - it guards a bot that exists only here
ROOT = Path(__file__).parents[3]


def settings(base_url: str, on: date = NOW, *, protect: bool = True, keys: tuple[bytes, ...] = KEYS) -> Settings:
    """Return the settings of a test bot."""
    return Settings(TOKEN, base_url, keys, SECRET, lambda: on, protect)


@contextlib.asynccontextmanager
async def polled(given: Settings) -> AsyncIterator[None]:
    """Run the bot by polling in this loop, and stop it gently; what it raised is raised."""
    stop = asyncio.Event()
    task = asyncio.create_task(polling(given, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 30)


@contextlib.asynccontextmanager
async def hooked(given: Settings, peer: Peer, replicas: int = 1) -> AsyncIterator[list[str]]:
    """Serve the webhook in this loop, `replicas` times; give the address where each listens."""
    async with contextlib.AsyncExitStack() as stack:
        hooks = []
        for _ in range(replicas):
            replica = application(given)
            hooks.append(await stack.enter_async_context(served(replica)) + path(replica))
        peer.inbox.hook(hooks[0], SECRET, None)
        peer.inbox.replicas = hooks
        peer.rates.senders = replicas
        yield hooks


@contextlib.asynccontextmanager
async def by_polling(peer: Peer) -> AsyncIterator[None]:
    """Run the bot by polling beside a peer."""
    async with peer.running(), polled(settings(peer.base_url)):
        yield


@contextlib.asynccontextmanager
async def by_webhook(peer: Peer) -> AsyncIterator[None]:
    """Run two replicas of the bot behind one webhook."""
    async with peer.running(), hooked(settings(peer.base_url), peer, replicas=2):
        yield


def path(replica: Starlette) -> str:
    """Return where the webhook listens: the one route that takes a POST."""
    (found,) = (r.path for r in replica.routes if isinstance(r, Route) and "POST" in (r.methods or ()))
    return found


async def spawned(base_url: str, log: Path) -> asyncio.subprocess.Process:
    """Start the bot by polling in a process of its own, that a test may kill."""
    with log.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.telegram.peer.bots", base_url, cwd=ROOT, stdout=out, stderr=out
        )


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
    asyncio.run(polling(settings(sys.argv[1]), asyncio.Event()))
