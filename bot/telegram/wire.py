"""Telegram's updates as our values. What a person writes stops here: only commands go further."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.outbox import LostError, WaitError
from bot.telegram.values import Command, Incoming, Tap, Unwanted

ALLOWED = ("message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


Numbered = tuple[int, Incoming | None]
"""The number of an update and what it means; None where nobody expects an answer."""


class TokenError(Exception):
    """Telegram refuses the token."""


class RivalError(Exception):
    """Another program polls with the same token, or a webhook is set."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Reads what Telegram sends to one bot."""

    bot: Bot

    async def ask(self, offset: int | None, seconds: int) -> list[Numbered]:
        """
        Wait up to `seconds` for updates; those before `offset` are acknowledged.

        Raises:
            TokenError: Telegram refuses the token.
            RivalError: another program listens.
            WaitError: Telegram asks to wait.
            LostError: the network failed.

        """
        try:
            updates = await self.bot.get_updates(
                offset=offset, timeout=seconds, read_timeout=seconds + 10, allowed_updates=ALLOWED
            )
        except InvalidToken:
            raise TokenError from None
        except Conflict:
            raise RivalError from None
        except RetryAfter as error:
            wait = error.retry_after
            raise WaitError(wait if isinstance(wait, int) else wait.total_seconds()) from None
        except TelegramError:
            raise LostError from None
        return [(u.update_id, read(u, self.bot.username)) for u in updates]

    def parse(self, body: bytes) -> Numbered:
        """
        Read an update that was posted.

        Raises:
            ValueError: it is not one.

        """
        data = json.loads(body)
        if not isinstance(data, dict) or type(data.get("update_id")) is not int:
            raise ValueError
        try:
            update = Update.de_json(data, self.bot)
            return update.update_id, read(update, self.bot.username)
        except (KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
            raise ValueError from error


def read(update: Update, username: str) -> Incoming | None:
    """
    Return what an update means, or None where nobody expects an answer.

    Args:
        update: as Telegram sends it.
        username: the bot's own name: in a group, a command may be for another bot.

    """
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.message is not None:
        return _message(update.message, username)
    return None


def _tap(query: CallbackQuery) -> Tap | None:
    if query.message is None:
        return None
    chat = query.message.chat
    written = isinstance(query.message, Message) and query.message.text is not None
    return Tap(chat.id, query.message.message_id if written else None, query.id, query.data, chat.type == "private")


def _message(message: Message, username: str) -> Incoming | None:
    chat, private = message.chat.id, message.chat.type == "private"
    written = _COMMAND.fullmatch(message.text.strip()) if message.text else None
    if written is None:
        return Unwanted(chat, message.message_id, private)
    if written[2] is not None and written[2].lower() != username.lower():
        return Unwanted(chat, message.message_id, private) if private else None
    return Command(chat, message.message_id, written[1].lower(), written[3] or "", private)
