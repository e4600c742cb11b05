"""
Telegram's updates as our values. What a person writes stops here: only commands go further.

Read from the JSON as it came: the library would build a hundred fields a message, for the five that are looked at,
and one account could then keep the program busy with what is dropped anyway.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.telegram.values import Command, Incoming, Tap, Unwanted

ALLOWED = ("message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
T = TypeVar("T")

Numbered = tuple[int, Incoming | None]
"""The number of an update and what it means; None where nobody expects an answer."""


class Named(Protocol):
    """A bot, for what is read here."""

    @property
    def username(self) -> str:
        """Its name, without @."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Reads what Telegram sends to one bot."""

    bot: Named

    def parse(self, body: bytes) -> Numbered:
        """
        Read an update that was posted.

        Raises:
            ValueError: it is not one.

        """
        return self.number(json.loads(body))

    def number(self, update: object) -> Numbered:
        """
        Read an update.

        Args:
            update: as Telegram writes it, its JSON parsed.

        Raises:
            ValueError: it is not one.

        """
        return _of(update, "update_id", int), read(update, self.bot.username)


def read(update: object, username: str) -> Incoming | None:
    """
    Return what an update means, or None where nobody expects an answer.

    Args:
        update: as Telegram writes it.
        username: the bot's own name: in a group, a command may be for another bot.

    Raises:
        ValueError: a part of it has not the form that Telegram gives it.

    """
    query = _if_there(update, "callback_query", dict)
    if query is not None:
        return _tap(query)
    message = _if_there(update, "message", dict)
    return None if message is None else _message(message, username)


def _tap(query: object) -> Tap | None:
    identity, message = _of(query, "id", str), _if_there(query, "message", dict)
    if message is None:
        return None
    chat = _of(message, "chat", dict)
    written = _if_there(message, "text", str) is not None
    return Tap(
        _of(chat, "id", int),
        _of(message, "message_id", int) if written else None,
        identity,
        _if_there(query, "data", str),
        _of(chat, "type", str) == "private",
    )


def _message(message: object, username: str) -> Incoming | None:
    chat, number = _of(message, "chat", dict), _of(message, "message_id", int)
    room, private = _of(chat, "id", int), _of(chat, "type", str) == "private"
    written = _COMMAND.fullmatch((_if_there(message, "text", str) or "").strip())
    if written is None:
        return Unwanted(room, number, private)
    if written[2] is not None and written[2].lower() != username.lower():
        return Unwanted(room, number, private) if private else None
    return Command(room, number, written[1].lower(), written[3] or "", private)


def _of(data: object, key: str, kind: type[T]) -> T:
    found = _if_there(data, key, kind)
    if found is None:
        raise ValueError(key)
    return found


def _if_there(data: object, key: str, kind: type[T]) -> T | None:
    """Return what stands under a key, or None; a `bool` is no number here."""
    value = data.get(key) if isinstance(data, dict) else None
    if value is None or type(value) is kind:
        return value
    raise ValueError(key)
