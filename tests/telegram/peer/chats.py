"""What each chat holds: its messages, and the transcript of what the person saw."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.telegram.peer.entities import Parsed, rendered
from tests.telegram.peer.keyboards import Button, Keyboard

_NOTHING = Parsed("", ())


@dataclass
class Message:
    """One message as it stands now. `date` is in seconds since 1970; `mine` means that the bot sent it."""

    id: int
    date: float
    mine: bool
    parsed: Parsed = _NOTHING
    keyboard: Keyboard = ()
    kind: str = "text"
    document: bytes | None = None
    filename: str = ""
    protected: bool = False
    extra: dict[str, object] = field(default_factory=dict)

    def buttons(self) -> list[Button]:
        """Return the visible buttons, top to bottom."""
        return [button for row in self.keyboard for button in row]

    def seen(self) -> str:
        """Return the message as a person sees it: text without tags, then its buttons as [words]."""
        head = f"[{self.filename}]\n" if self.filename else ""
        rows = ["  ".join(f"[{b.text}]" for b in row) for row in self.keyboard]
        return head + "\n".join([rendered(self.parsed), *rows]).strip()


@dataclass
class Chat:
    """One chat. Its messages come and go; its transcript grows, unless `quiet`, for runs that nobody reads."""

    id: int
    kind: str = "private"
    blocked: bool = False
    quiet: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)

    def add(self, message: Message) -> Message:
        """Show a message."""
        self.messages[message.id] = message
        if not self.quiet:
            self.note(f"{'MOTUS' if message.mine else 'MOI'}\n{message.seen()}")
        return message

    def redraw(self, message: Message) -> None:
        """Note that a message has changed in place."""
        if not self.quiet:
            self.note(f"MOTUS (même message)\n{message.seen()}")

    def note(self, what: str) -> None:
        """Note what else the person sees or does."""
        if not self.quiet:
            self.transcript.append(what)

    def remove(self, message_id: int) -> None:
        """Take a message away."""
        message = self.messages.pop(message_id)
        self.note(f"(message {'de Motus' if message.mine else 'à moi'} effacé)")

    def shown(self) -> list[Message]:
        """Return the bot's messages that stand in the chat, oldest first."""
        return [m for m in self.messages.values() if m.mine]

    def as_json(self) -> dict[str, object]:
        """Return the Bot API's object."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": "Personne"}
        return {"id": self.id, "type": self.kind, "title": "Équipe"}


class Chats:
    """All the chats of one bot. Message ids grow across all of them, as they do for a bot's own account."""

    def __init__(self, first: int = 1) -> None:
        self._chats: dict[int, Chat] = {}
        self._last = first - 1

    def known(self, chat_id: int) -> bool:
        """Tell whether a chat was ever opened."""
        return chat_id in self._chats

    def open(self, chat_id: int, kind: str | None = None) -> Chat:
        """Return a chat, made at first sight."""
        if chat_id not in self._chats:
            self._chats[chat_id] = Chat(chat_id, kind or ("private" if chat_id > 0 else "supergroup"))
        return self._chats[chat_id]

    def next_id(self) -> int:
        """Return a message id never given before."""
        self._last += 1
        return self._last

    def all(self) -> list[Chat]:
        """Return every chat known."""
        return list(self._chats.values())

    def forget(self, chat_id: int) -> None:
        """Drop a chat, so that a long run does not fill the memory of the peer."""
        self._chats.pop(chat_id, None)
