"""One update from end to end: read, in the order of its chat, answered once, never repeated in a log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date

from bot.telegram.core import Desk
from bot.telegram.meter import Meter
from bot.telegram.outbox import Outbox, UndeliveredError
from bot.telegram.values import Acknowledge, Incoming, Outgoing, Tap

_REMEMBERED = 10_000
_LOG = logging.getLogger("motus")


class Handler:
    """
    Answers updates. Two chats never wait for each other; one chat is answered in order.

    All it remembers is the numbers of the last updates, which say nothing of anyone.
    """

    def __init__(self, desk: Desk, outbox: Outbox, today: Callable[[], date], meter: Meter) -> None:
        self._desk = desk
        self._outbox = outbox
        self._today = today
        self._meter = meter
        self._lines: dict[int, tuple[asyncio.Lock, int]] = {}
        self._done: set[int] = set()
        self._order: deque[int] = deque()

    async def handle(self, number: int, came: Incoming | None) -> None:
        """
        Answer the update of that number; one already answered costs nothing.

        Raises:
            UndeliveredError: the answer could not be sent; the update may come again.

        """
        self._meter.came(type(came).__name__.lower() if came is not None else "other")
        if came is None or number in self._done:
            return
        started = time.perf_counter()
        first = asyncio.create_task(self._outbox.at_once(Acknowledge(came.query))) if isinstance(came, Tap) else None
        try:
            async with self._line(came.chat):
                if number in self._done:
                    return
                await asyncio.sleep(0)  # the acknowledgement leaves before any work
                await self._deliver(came, self._answer(came))
                self._remember(number)
        finally:
            if first is not None:
                await first
        self._meter.handled(time.perf_counter() - started)

    def _answer(self, came: Incoming) -> list[Outgoing]:
        try:
            calls = self._desk.handle(came, self._today())
        except Exception as error:  # whatever breaks, a person is told and nothing of hers is logged
            self._note(error)
            calls = self._desk.apologise(came, self._today())
        return [c for c in calls if not isinstance(c, Acknowledge)]

    async def _deliver(self, came: Incoming, calls: list[Outgoing], *, sorry: bool = True) -> None:
        for call in calls:
            try:
                outcome = await self._outbox.deliver(call, came.chat)
            except UndeliveredError:
                raise
            except Exception as error:  # a note that cannot be printed, an answer of Telegram that nobody foresaw
                self._note(error)
                if sorry:
                    await self._deliver(came, self._desk.apologise(came, self._today()), sorry=False)
                return
            if outcome == "refused":
                _LOG.error("Telegram refuse un envoi (%s)", type(call).__name__)
                self._meter.failed()

    def _note(self, error: Exception) -> None:
        """Log the kind of a defect and its line of code: its message and its values could say who."""
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where is not None else "?"
        _LOG.error("défaut : %s à %s", type(error).__name__, place)
        self._meter.failed()

    @asynccontextmanager
    async def _line(self, chat: int) -> AsyncIterator[None]:
        """Wait for one's turn in a chat; the line is forgotten when it is empty."""
        lock, waiting = self._lines.get(chat, (asyncio.Lock(), 0))
        self._lines[chat] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._lines.pop(chat)
            if waiting > 1:
                self._lines[chat] = lock, waiting - 1

    def _remember(self, update: int) -> None:
        self._done.add(update)
        self._order.append(update)
        if len(self._order) > _REMEMBERED:
            self._done.discard(self._order.popleft())
