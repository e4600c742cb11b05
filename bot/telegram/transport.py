"""Our values as calls to Telegram: the only module that sends. python-telegram-bot carries and types."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import DATA, Refused
from bot.telegram.outbox import LostError, Outcome, WaitError
from bot.telegram.settings import Settings
from bot.telegram.values import Acknowledge, Attach, Button, Outgoing, Remove, Rows, Show
from bot.words import note
from knowledge.model.typography import french

JSONDict = dict[str, Any]
_CONNECTIONS = 64
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAME = ("not modified",)
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier",
)


@asynccontextmanager
async def connect(settings: Settings) -> AsyncIterator[Bot]:
    """
    Meet Telegram; leave it at the end. A long poll never takes a connection from an answer.

    Raises:
        Refused: the token is refused, or Telegram does not answer.

    """
    bot = Bot(
        settings.token,
        base_url=settings.base_url,
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS, read_timeout=10, pool_timeout=10),
        get_updates_request=HTTPXRequest(connection_pool_size=2),
    )
    try:
        await bot.initialize()
    except InvalidToken:
        raise Refused(french("le jeton est refusé par Telegram : vérifiez MOTUS_TOKEN"), DATA) from None
    except TelegramError as error:
        said = f"Telegram ne répond pas ({type(error).__name__}) : vérifiez le réseau, puis relancez"
        raise Refused(french(said), DATA) from None
    try:
        yield bot
    finally:
        await bot.shutdown()


@dataclass(frozen=True, slots=True)
class Transport:
    """Sends one value. `protect` forbids to forward and to save what is shown, not the note, which is to be printed."""

    bot: Bot
    protect: bool

    async def send(self, call: Outgoing) -> Outcome:
        """
        Send a value.

        Raises:
            WaitError: Telegram asks to wait.
            LostError: nobody knows whether it arrived; it can be sent again.

        """
        try:
            return await self._send(call)
        except Forbidden:
            return "blocked"
        except BadRequest as error:
            return self._read(error)
        except RetryAfter as error:
            wait = error.retry_after
            raise WaitError(wait if isinstance(wait, int) else wait.total_seconds()) from None
        except NetworkError:
            raise LostError from None
        except TelegramError:
            return "refused"

    async def _send(self, call: Outgoing) -> Outcome:
        match call:
            case Acknowledge():
                await self.bot.answer_callback_query(call.query)
            case Remove(more=()):
                await self.bot.delete_message(call.chat, call.message)
            case Remove():
                await self.bot.delete_messages(call.chat, (call.message, *call.more))
            case Show(message=None):
                await self._post(call)
            case Show():
                await self._edit(call)
            case Attach():
                await self._attach(call)
        return "sent"

    async def _edit(self, call: Show) -> None:
        """Show in place; where the message is gone, show it anew."""
        try:
            await self.bot.edit_message_text(
                call.text,
                call.chat,
                call.message,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                api_kwargs=_markup(call.rows),
            )
        except BadRequest as error:
            if not any(words in error.message.lower() for words in _GONE):
                raise
            await self._post(call)

    async def _post(self, call: Show) -> None:
        await self.bot.send_message(
            call.chat,
            call.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            protect_content=self.protect or None,
            api_kwargs=_markup(call.rows),
        )

    async def _attach(self, call: Attach) -> None:
        if call.pdf:
            content = await asyncio.to_thread(note.pdf, call.paper)
        else:
            content = note.text(call.paper).encode("utf-8-sig")
        name = "note-motus.pdf" if call.pdf else "note-motus.txt"
        await self.bot.send_document(
            call.chat,
            InputFile(content, name),
            call.caption,
            parse_mode=ParseMode.HTML,
            api_kwargs=_markup(call.rows),
        )

    @staticmethod
    def _read(error: BadRequest) -> Outcome:
        """« Not modified » is what was wanted; the rest was too late, or wrong."""
        said = error.message.lower()
        if any(words in said for words in _SAME):
            return "sent"
        late = ("too old", "to delete not found", "can't be deleted", "chat not found", "query id is invalid")
        return "late" if any(words in said for words in late) else "refused"


def _markup(rows: Rows) -> JSONDict | None:
    """Return the buttons as Telegram reads them: twenty objects a screen would cost more than the law."""
    if not rows:
        return None
    return {"reply_markup": {"inline_keyboard": [[_button(b) for b in row] for row in rows]}}


def _button(button: Button) -> JSONDict:
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}
