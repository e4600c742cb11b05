"""What comes in and what goes out, as values: the core knows no messenger, no clock and no network."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.words.note import Paper


@dataclass(frozen=True, slots=True)
class Tap:
    """
    A button was pressed. `data` is what it carried; None where Telegram gives nothing.

    `message` is the text that bears the button; None under a file, whose place a screen cannot take.
    """

    chat: int
    message: int | None
    query: str
    data: str | None
    private: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """A message that begins with a slash: `/article 226-14` has the name `article` and the words `226-14`."""

    chat: int
    message: int
    name: str
    words: str = ""
    private: bool = True


@dataclass(frozen=True, slots=True)
class Unwanted:
    """
    Anything else that a person sends. What it says is not even read: no field could hold it.

    `more` are other messages of the same kind, sent so fast that they are refused together.
    """

    chat: int
    message: int
    private: bool = True
    more: tuple[int, ...] = ()


Incoming = Tap | Command | Unwanted


@dataclass(frozen=True, slots=True)
class Button:
    """One button: it carries `data` (at most 64 bytes) or opens `url`."""

    text: str
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Stop the little clock that Telegram shows on the button."""

    query: str


@dataclass(frozen=True, slots=True)
class Show:
    """A message in Telegram's HTML: in place of `message`, or new where it is None."""

    chat: int
    text: str
    rows: Rows = ()
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete what a person typed or sent: one message, and at most 99 `more`."""

    chat: int
    message: int
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Attach:
    """A note as a file: a PDF, or plain text."""

    chat: int
    paper: Paper = field(repr=False)
    pdf: bool
    caption: str = ""
    rows: Rows = ()


Outgoing = Acknowledge | Show | Remove | Attach
