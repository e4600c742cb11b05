"""What leaves: paced, tried again within bounds, and forgotten once sent."""

from __future__ import annotations

import asyncio
import time
from typing import Literal, Protocol

from bot.telegram.meter import Meter
from bot.telegram.pace import LONGEST_WAIT, Pace
from bot.telegram.values import Acknowledge, Outgoing, Remove

Outcome = Literal["sent", "late", "blocked", "refused"]

TRIES = 5
_FIRST_PAUSE = 0.5


class WaitError(Exception):
    """Telegram asks to wait. `seconds` says how long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(seconds)


class LostError(Exception):
    """The network failed: nobody knows whether the message arrived."""


class UndeliveredError(Exception):
    """Every try failed. The update was not answered."""


class Sender(Protocol):
    """Whatever sends one value."""

    async def send(self, call: Outgoing) -> Outcome:
        """Send, or raise WaitError or LostError."""


class Outbox:
    """Delivers. The queue of a chat is the line of those who wait for its lock: nothing is kept here."""

    def __init__(self, sender: Sender, meter: Meter) -> None:
        self._sender = sender
        self._meter = meter
        self.pace = Pace()

    async def at_once(self, call: Acknowledge) -> None:
        """Send without pacing and without a second try: a late acknowledgement is worth nothing."""
        try:
            await self._try(call)
        except (WaitError, LostError):
            return

    async def deliver(self, call: Outgoing, chat: int) -> Outcome:
        """
        Send in the chat's turn.

        Raises:
            UndeliveredError: the network failed too often.

        """
        for attempt in range(TRIES):
            if not isinstance(call, Remove) and not await self.pace.turn(chat):
                return "late"
            try:
                return await self._try(call)
            except WaitError as wait:
                self.pace.silence(chat, wait.seconds)
                if wait.seconds > LONGEST_WAIT:
                    return "late"
                if isinstance(call, Remove):
                    await asyncio.sleep(wait.seconds)
            except LostError:
                await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
        raise UndeliveredError

    async def _try(self, call: Outgoing) -> Outcome:
        started = time.perf_counter()
        result = "lost"
        try:
            sent = await self._sender.send(call)
            result = sent
        except WaitError:
            result = "wait"
            raise
        finally:
            self._meter.sent(type(call).__name__.lower(), result, time.perf_counter() - started)
        return sent
