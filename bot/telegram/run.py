"""`motus bot`: long polling that acknowledges an update only after it was handled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.app import open_app
from bot.errors import DATA, Refused
from bot.telegram.core import desk
from bot.telegram.handling import Handler
from bot.telegram.introduce import introduce, webhook_of
from bot.telegram.listen import Listener, RivalError, TokenError, listening
from bot.telegram.meter import Meter
from bot.telegram.outbox import LostError, Outbox, UndeliveredError, WaitError
from bot.telegram.quiet import quiet
from bot.telegram.settings import Settings
from bot.telegram.transport import Transport, connect
from bot.telegram.values import Incoming
from bot.telegram.wire import Numbered
from knowledge.model.typography import french

_LONG_POLL = 25
_WINDOW = 100
"""Updates that Telegram gives at once: the oldest. What comes after them is not seen before some are acknowledged."""
_SOON = 0.2
_AGAIN = 0.6
"""Asked again from the same place within half a second, Telegram gives the oldest update alone."""
_PATIENCE = 10.0
"""How long one answer may keep a full window closed to everybody else."""
_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_CONFLICTS = 5
_LAST_WORDS = 20.0
_LOG = logging.getLogger("motus")


async def polling(settings: Settings, stop: asyncio.Event) -> None:
    """
    Poll until `stop` is set; what is being answered then is answered first.

    Raises:
        Refused: the token is refused, a webhook is set, or another program polls.

    """
    quiet()
    app = open_app()
    async with connect(settings) as bot:
        if await webhook_of(bot):
            said = "un webhook est posé pour ce bot : lancez « motus bot --webhook », ou retirez-le (deleteWebhook)"
            raise Refused(french(said))
        await introduce(bot)
        meter = Meter()
        outbox = Outbox(Transport(bot, settings.protect_content), meter)
        handler = Handler(desk(app, settings.keys, bot.username), outbox, settings.today, meter)
        async with listening(bot) as listener:
            _LOG.info("motus écoute")
            await _Poller(listener, handler).run(stop)


@dataclass(slots=True)
class _Begun:
    """An update being answered, and when that began."""

    task: asyncio.Task[bool]
    since: float


@dataclass(slots=True)
class _Poller:
    """
    The loop. `pending` are the updates being answered, in Telegram's order.

    Only what stands before the first one unfinished is acknowledged: killed here, Telegram gives the rest again. An
    answer that keeps a full window closed for too long is waited for no more: it is acknowledged before it has left.
    """

    listener: Listener
    handler: Handler
    pending: dict[int, _Begun] = field(default_factory=dict)
    acknowledged: int | None = None
    leaving: bool = False
    conflicts: int = 0
    pause: float = _PAUSE

    async def run(self, stop: asyncio.Event) -> None:
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                asked = asyncio.create_task(self._ask(0 if self.pending else _LONG_POLL))
                await asyncio.wait({asked, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not asked.done():
                    asked.cancel()
                    with suppress(asyncio.CancelledError):
                        await asked
                    break
                self._begin(asked.result())
                await self._settle(stopping, full=len(asked.result()) >= _WINDOW)
        finally:
            stopping.cancel()
            await self._finish()

    async def _ask(self, seconds: int) -> Sequence[Numbered]:
        """
        Ask for what is new, and acknowledge what is done.

        Once acknowledged, the number is not sent again: after an idle week, Telegram may count from anywhere.
        """
        try:
            updates = await self.listener.ask(self.acknowledged, seconds)
        except TokenError:
            raise Refused(french("le jeton est refusé par Telegram : demandez-en un nouveau à @BotFather")) from None
        except RivalError:
            await self._rival()
        except WaitError as wait:
            await asyncio.sleep(wait.seconds)
        except LostError:
            _LOG.warning("Telegram ne répond pas, nouvel essai dans %.0f s", self.pause)
            await asyncio.sleep(self.pause)
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
        else:
            self.conflicts, self.pause = 0, _PAUSE
            if not updates:
                self.acknowledged = None
            return updates
        return ()

    async def _rival(self) -> None:
        """Let a program that is being replaced leave; then say what is wrong."""
        self.conflicts += 1
        if self.conflicts > _CONFLICTS:
            said = "un autre programme écoute déjà avec ce jeton, ou un webhook est posé : arrêtez l'un des deux"
            raise Refused(french(said), DATA)
        await asyncio.sleep(_PAUSE)

    def _begin(self, updates: Sequence[Numbered]) -> None:
        now = asyncio.get_running_loop().time()
        for number, came in updates:
            if number not in self.pending:
                self.pending[number] = _Begun(asyncio.create_task(self._handle(number, came)), now)

    async def _handle(self, number: int, came: Incoming | None) -> bool:
        """Answer an update; tell whether it can be acknowledged."""
        try:
            await self.handler.handle(number, came)
        except UndeliveredError:
            if self.leaving:
                return False
            _LOG.warning("une réponse n'est pas partie : le réseau a manqué trop longtemps")
        return True

    async def _settle(self, stopping: asyncio.Task[bool], *, full: bool) -> None:
        """
        Wait a moment for what is being answered, then note how far everything is done.

        Args:
            stopping: ends the wait.
            full: there may be more behind what Telegram gave; where some of it is done, it is asked for at once.

        """
        await asyncio.sleep(0)  # what is dropped is done by now
        moved = self._advance(full=full)
        if not self.pending or (full and moved):
            return
        first = next(iter(self.pending.values())).task
        await asyncio.wait({first, stopping}, timeout=_AGAIN, return_when=asyncio.FIRST_COMPLETED)
        running = [begun.task for begun in self.pending.values() if not begun.task.done()]
        if running and first.done():
            await asyncio.wait(running, timeout=_SOON)
        self._advance(full=full)

    def _advance(self, *, full: bool) -> bool:
        """Acknowledge what is done up to the first unfinished; tell whether anything was."""
        late = asyncio.get_running_loop().time() - _PATIENCE
        before = self.acknowledged
        for number, begun in list(self.pending.items()):
            if begun.task.done():
                begun.task.result()
            elif not full or begun.since > late:
                break
            del self.pending[number]
            self.acknowledged = number + 1
        return self.acknowledged != before

    async def _finish(self) -> None:
        """Answer what was begun, within bounds, and acknowledge it."""
        self.leaving = True
        await self.handler.finish(_LAST_WORDS)
        if self.pending:
            await asyncio.wait([begun.task for begun in self.pending.values()], timeout=_SOON)
        for number, begun in self.pending.items():
            if not begun.task.done() or begun.task.exception() is not None or not begun.task.result():
                break
            self.acknowledged = number + 1
        for begun in self.pending.values():
            begun.task.cancel()
        if self.acknowledged is not None:
            with suppress(TokenError, RivalError, WaitError, LostError):
                await self.listener.ask(self.acknowledged, 0)
