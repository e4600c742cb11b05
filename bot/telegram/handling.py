"""One update from end to end: read, in the order of its chat, answered once, never repeated in a log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from datetime import date

from bot.telegram.core import Desk
from bot.telegram.line import Line, Turn
from bot.telegram.meter import Meter
from bot.telegram.outbox import Outbox, UndeliveredError
from bot.telegram.values import Acknowledge, Incoming, Outgoing, Tap, Unwanted

LONGEST_MEMORY = 60
"""Seconds after which what was made to answer is forgotten, even where somebody always waits for an answer."""
_REMEMBERED = 10_000
_LOG = logging.getLogger("motus")


class Handler:
    """
    Answers updates. Two chats never wait for each other; one chat is answered in order, unless it floods.

    All it remembers is the numbers of the last updates, which say nothing of anyone, and what waits for its answer.
    What was made to answer is forgotten as soon as nobody waits, and every minute at least.
    """

    def __init__(self, desk: Desk, outbox: Outbox, today: Callable[[], date], meter: Meter) -> None:
        self._desk = desk
        self._outbox = outbox
        self._today = today
        self._meter = meter
        self._lines: dict[int, Line] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._done: set[int] = set()
        self._order: deque[int] = deque()
        self._clean = time.monotonic()

    async def handle(self, number: int, came: Incoming | None) -> None:
        """
        Answer the update of that number; one already answered costs nothing.

        Where one chat sends more than it can be answered, this returns before the answer, or without any.

        Raises:
            UndeliveredError: the answer could not be sent; the update may come again.

        """
        self._meter.came(_kind(came))
        if came is None or number in self._done:
            return
        started = time.perf_counter()
        turn = self._join(number, came)
        if turn is None:
            return
        first = None
        if isinstance(came, Tap) and turn.number == number and not turn.settled.done():
            first = asyncio.create_task(self._outbox.at_once(Acknowledge(came.query)))
        try:
            await asyncio.shield(turn.settled)
        finally:
            if first is not None:
                await first
        self._meter.handled(time.perf_counter() - started)

    async def finish(self, seconds: float) -> None:
        """Answer what still waits, within so many seconds, then give up the rest: it may come again."""
        working = set(self._working)
        if working:
            await asyncio.wait(working, timeout=seconds)
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)

    def _join(self, number: int, came: Incoming) -> Turn | None:
        line = self._lines.get(came.chat)
        if line is None:
            line = self._lines[came.chat] = Line(lambda left: self._meter.dropped(_kind(left)))
            working = asyncio.create_task(self._work(came.chat, line))
            self._working.add(working)
            working.add_done_callback(self._working.discard)
        calm = not line.flooded
        turn = line.join(number, came)
        if turn is not None and isinstance(came, Unwanted) and self._outbox.pace.behind(came.chat):
            turn.settle()  # Telegram gives the next message of a chat once this one is taken: it may be a call for help
        if calm and line.flooded:
            _LOG.warning("une discussion envoie plus qu'on ne peut lui répondre : une partie restera sans réponse")
        return turn

    async def _work(self, chat: int, line: Line) -> None:
        """Answer what waits in a chat; the line is forgotten when it is empty."""
        try:
            while (turn := line.call()) is not None:
                await self._serve(turn, late=line.flooded)
        finally:
            del self._lines[chat]
            if not self._lines:
                self._forget()
            for turn in line.held():
                turn.settle(UndeliveredError())

    async def _serve(self, turn: Turn, *, late: bool) -> None:
        """Answer one update. Those who wait for it are told how it went."""
        if turn.number in self._done:
            turn.settle()
            return
        try:
            if late and isinstance(turn.came, Tap):
                await self._outbox.at_once(Acknowledge(turn.came.query))
            await asyncio.sleep(0)  # the acknowledgement leaves before any work
            await self._deliver(turn.came, self._answer(turn.came))
        except Exception as error:
            if turn.settled.done() and not isinstance(error, UndeliveredError):
                self._note(error)
            turn.settle(error)
        else:
            self._remember(turn.number)
            turn.settle()

    def _forget(self) -> None:
        self._desk.forget()
        self._clean = time.monotonic()

    def _answer(self, came: Incoming) -> list[Outgoing]:
        if time.monotonic() - self._clean > LONGEST_MEMORY:
            self._forget()
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

    def _remember(self, update: int) -> None:
        self._done.add(update)
        self._order.append(update)
        if len(self._order) > _REMEMBERED:
            self._done.discard(self._order.popleft())


def _kind(came: Incoming | None) -> str:
    return type(came).__name__.lower() if came is not None else "other"
