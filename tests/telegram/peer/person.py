"""A person in front of her telephone: she writes, taps what she sees, reads."""

from __future__ import annotations

import itertools
from typing import Protocol

from tests.telegram.peer import updates
from tests.telegram.peer.chats import Chat, Chats, Message
from tests.telegram.peer.clock import Clock
from tests.telegram.peer.entities import Parsed
from tests.telegram.peer.keyboards import Button

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_QUERIES = itertools.count(1)


class Line(Protocol):
    """What a person needs of a peer: its chats, its clock, and a way to reach the bot."""

    chats: Chats
    clock: Clock

    def tell(self, update: updates.Update) -> int:
        """Queue an update for the bot; give its id."""

    async def handled(self, update_id: int) -> None:
        """Wait until the bot has acknowledged it."""

    def asks(self, query_id: str, chat: Chat) -> None:
        """Note that a button waits for its answer."""


class Person:
    """One person in one chat. Each act waits until the bot has handled it."""

    def __init__(self, line: Line, chat_id: int) -> None:
        self._line = line
        self.chat = line.chats.open(chat_id)

    async def sends(self, text: str) -> None:
        """Write a message."""
        await self._line.handled(self.writes(text))

    def writes(self, text: str) -> int:
        """Write a message without waiting; give the id of its update."""
        message = self._mine(parsed=Parsed(text, ()))
        if marks := updates.command_entities(text):
            message.extra["entities"] = marks
        return self._line.tell(updates.incoming(self.chat.add(message), self.chat))

    async def sends_other(self, kind: str, caption: str = "", **more: object) -> None:
        """Send a photo, a voice, a contact… (the keys of `updates.OTHER_CONTENTS`), perhaps with a caption."""
        message = self._mine(parsed=Parsed(caption, ()), kind=kind)
        message.extra.update(updates.OTHER_CONTENTS[kind])
        message.extra.update(more)
        await self._line.handled(self._line.tell(updates.incoming(self.chat.add(message), self.chat)))

    async def opens(self, payload: str) -> None:
        """Follow a link to the bot with a payload."""
        await self.sends(f"/start {payload}")

    async def taps(self, words: str) -> None:
        """
        Press the visible button with these words, on the newest message that has it.

        Raises:
            AssertionError: she sees no such button; the message says what she sees.

        """
        message, button = self.finds(words)
        self.chat.note(f"MOI → [{button.text}]")
        await self._line.handled(self.presses(message, button.data or ""))

    def presses(self, message: Message, data: str) -> int:
        """Press without waiting, even a button that has gone; give the id of the update."""
        query = f"{next(_QUERIES)}"
        self._line.asks(query, self.chat)
        return self._line.tell(updates.pressed(query, message, self.chat, data))

    def finds(self, words: str) -> tuple[Message, Button]:
        """Find a visible button: its exact words, else the only one that contains them."""
        wanted = words.translate(_SPACES)
        for test in (str.__eq__, str.__contains__):
            for message in reversed(self.chat.shown()):
                found = [b for b in message.buttons() if b.data and test(b.text.translate(_SPACES), wanted)]
                if len(found) == 1:
                    return message, found[0]
        visible = [b.text for m in self.chat.shown() for b in m.buttons()]
        raise AssertionError(f"no button « {words} » among {visible}")

    def sees(self) -> str:
        """Return the bot's newest message as she sees it, with plain spaces."""
        shown = self.chat.shown()
        return shown[-1].seen().translate(_SPACES) if shown else ""

    def buttons(self) -> list[str]:
        """Return the words of the buttons of the newest message."""
        shown = self.chat.shown()
        return [b.text.translate(_SPACES) for b in shown[-1].buttons()] if shown else []

    async def blocks(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        await self._line.handled(
            self._line.tell(updates.membership(self.chat, self._line.clock.now(), "member", "kicked"))
        )

    async def lets_back(self) -> None:
        """Unblock the bot."""
        self.chat.blocked = False
        await self._line.handled(
            self._line.tell(updates.membership(self.chat, self._line.clock.now(), "kicked", "member"))
        )

    def _mine(self, *, parsed: Parsed, kind: str = "text") -> Message:
        return Message(self._line.chats.next_id(), self._line.clock.now(), mine=False, parsed=parsed, kind=kind)
