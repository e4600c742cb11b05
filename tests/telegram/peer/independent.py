"""The independent peer: somebody else's emulator of the Bot API, with what a transcript needs around it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

from tests.telegram.peer import entities, keyboards, updates
from tests.telegram.peer.chats import Chat, Chats, Message
from tests.telegram.peer.clock import Clock, LoopClock
from tests.telegram.peer.params import typed
from tests.telegram.peer.server import TOKEN


class _Emulator(LoBotApiEmulator):  # type: ignore[misc]
    """
    The emulator, with the two things that its own documents say it lacks.

    `getMe` gains a username. `link_preview_options`, which it does not know, is taken off before it looks.
    """

    def __init__(self, line: Independent) -> None:
        super().__init__(max_updates=1000, allow_insecure_loopback_webhooks=True)
        self._line = line

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        fields.pop("link_preview_options", None)
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            return {**updates.BOT, "can_join_groups": True}
        self._line.shows(method, typed(fields), uploads, result)
        return result


class Independent:
    """The emulator on loopback, as a `Line` for a person. It keeps the chats, since the emulator does not."""

    def __init__(self) -> None:
        self.chats = Chats(first=1_000_000)  # what a person sends; the emulator numbers the bot's messages from 1
        self.clock: Clock = LoopClock()
        self.emulator = _Emulator(self)
        self.base_url = ""
        self._puts: dict[int, asyncio.Task[int]] = {}

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Independent]:
        """Serve on loopback."""
        runner = web.AppRunner(self.emulator.app(), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = runner.addresses[0]
        self.base_url = f"http://127.0.0.1:{address[1]}/bot"
        try:
            yield self
        finally:
            await runner.cleanup()

    def tell(self, update: updates.Update) -> int:
        """Queue an update for the bot; give a number for `handled`."""
        number = len(self._puts) + 1
        self._puts[number] = asyncio.create_task(self.emulator.enqueue_update(update, token=TOKEN))
        return number

    async def handled(self, update_id: int) -> None:
        """Wait until the bot has acknowledged it: it no longer waits in the emulator's queue."""
        identity = await self._puts[update_id]
        state = self.emulator._update_queues._state(TOKEN)
        async with asyncio.timeout(120):
            while any(u["update_id"] == identity for u in state.updates):
                await asyncio.sleep(0.01)

    def asks(self, query_id: str, chat: Chat) -> None:
        """Nothing: the emulator does not follow queries."""

    def shows(self, method: str, fields: dict[str, object], uploads: dict[str, Any], result: Any) -> None:
        """Draw on the person's screen what the emulator has accepted."""
        if method not in ("sendMessage", "editMessageText", "sendDocument", "deleteMessage"):
            return
        chat = self.chats.open(int(str(fields["chat_id"])))
        if method == "deleteMessage":
            number = int(str(fields["message_id"]))
            if number in chat.messages:
                chat.remove(number)
            return
        text = str(fields.get("text") or fields.get("caption") or "")
        mode = fields.get("parse_mode")
        parsed = entities.parse(text, None if mode is None else str(mode))
        number = int(result["message_id"])
        keyboard = keyboards.read(fields.get("reply_markup"))
        if method == "editMessageText":
            message = chat.messages[number]
            if (message.parsed, message.keyboard) != (parsed, keyboard):
                message.parsed, message.keyboard = parsed, keyboard
                chat.redraw(message)
            return
        message = Message(number, self.clock.now(), mine=True, parsed=parsed, keyboard=keyboard)
        if method == "sendDocument":
            upload = next(iter(uploads.values()))
            message.kind, message.filename, message.document = "document", upload["filename"], upload["data"]
        chat.add(message)
