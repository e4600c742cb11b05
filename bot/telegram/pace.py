"""How fast Telegram lets us speak: one message a second in a chat with short bursts, thirty a second overall."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

BURST = 5
OVERALL = 30
TOGETHER = 5
"""Of the messages that may leave in a second, those that may leave at once; the others are spread over it."""
LONGEST_WAIT = 60.0
"""Above this many seconds asked by Telegram, a message is given up: the person will tap again."""


@dataclass(slots=True)
class Pace:
    """
    When the next message of a chat may leave. Times are seconds of the event loop.

    `_chats` holds, by chat, when it will have been silent long enough to be forgotten; it empties by itself.
    `_overall` is when the next message leaves if all that is allowed at once has left.
    """

    _chats: dict[int, float] = field(default_factory=dict)
    _overall: float = 0.0
    _timer: asyncio.TimerHandle | None = None

    async def turn(self, chat: int) -> bool:
        """Wait for the turn of a chat. False where Telegram asked for a silence too long to wait for."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        free = max(self._chats.pop(chat, now), now)
        wait = free - now - (BURST - 1)
        self._remember(chat, free if wait > LONGEST_WAIT else free + 1)
        if wait > LONGEST_WAIT:
            return False
        if wait > 0:
            await asyncio.sleep(wait)
        now = loop.time()
        apart = 1 / (OVERALL - TOGETHER)
        leaves = max(now, self._overall - (TOGETHER - 1) * apart)
        self._overall = max(now, self._overall) + apart
        if leaves > now:
            self._remember(chat, max(free, leaves) + 1)
            await asyncio.sleep(leaves - now)
        return True

    def behind(self, chat: int) -> bool:
        """Tell whether the next message of a chat would have to wait for those before."""
        now = asyncio.get_running_loop().time()
        return self._chats.get(chat, now) - now > BURST - 1

    def silence(self, chat: int, seconds: float) -> None:
        """Keep a chat silent for so long: no burst until then."""
        now = asyncio.get_running_loop().time()
        self._remember(chat, now + seconds + BURST - 1)

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._chats)

    def _remember(self, chat: int, until: float) -> None:
        self._chats[chat] = max(until, self._chats.get(chat, until))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(1, self._forget)

    def _forget(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._chats = {chat: until for chat, until in self._chats.items() if until > now}
        self._timer = loop.call_later(1, self._forget) if self._chats else None
