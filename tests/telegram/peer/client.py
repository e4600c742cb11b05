"""PTB's own client of a peer, as the bot uses it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from telegram import Bot  # noqa: TID251

from tests.telegram.peer.server import TOKEN, Peer


@contextlib.asynccontextmanager
async def connected(peer: Peer, token: str = TOKEN) -> AsyncIterator[Bot]:
    """Give PTB's own client of a running peer."""
    bot = Bot(token, base_url=peer.base_url)
    await bot._request[0].initialize()
    await bot._request[1].initialize()
    try:
        yield bot
    finally:
        await bot._request[0].shutdown()
        await bot._request[1].shutdown()
