"""A person before the pure core: she taps the words of a button and reads the screen. No network, no messenger."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date

from situations import BASE

import flows
from bot.app import App
from bot.telegram.core import desk
from bot.telegram.values import Attach, Button, Command, Incoming, Outgoing, Show, Tap, Unwanted

KEYS = (b"first key of the tests, long enough", b"older key of the tests, long enough")
TODAY = date(2026, 11, 23)
FLOWS = flows.load(BASE)
APP = App(BASE, FLOWS, flows.Conversation(BASE, FLOWS))
DESK = desk(APP, KEYS, "motus_bot")


def flat(text: str) -> str:
    """Return a text on one line, without tags, with plain spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@dataclass
class Reader:
    """One private chat. `screen` is the last message shown, `calls` all that the last update caused."""

    chat: int = 7
    today: date = TODAY
    calls: list[Outgoing] = field(default_factory=list)
    screen: Show | None = None

    def does(self, came: Incoming) -> Reader:
        """Send an update as it is."""
        self.calls = DESK.handle(came, self.today)
        shown = [c for c in self.calls if isinstance(c, Show)]
        self.screen = shown[-1] if shown else self.screen
        return self

    def sends(self, command: str, words: str = "") -> Reader:
        """Send a command."""
        return self.does(Command(self.chat, 1, command, words))

    def types(self) -> Reader:
        """Send anything that is not a command."""
        return self.does(Unwanted(self.chat, 2))

    def taps(self, label: str) -> Reader:
        """Press the button with these words, or the only one that begins with them."""
        return self.does(Tap(self.chat, 5, "query", self.button(label).data))

    def button(self, label: str) -> Button:
        """Return a button of the screen by its words."""
        named = {flat(b.text): b for b in self.buttons}
        found = [named[label]] if label in named else [b for text, b in named.items() if text.startswith(label)]
        assert len(found) == 1, f"« {label} » parmi {list(named)}"
        return found[0]

    @property
    def buttons(self) -> list[Button]:
        """Every button of the screen, in order."""
        return [b for row in self.screen.rows for b in row] if self.screen else []

    @property
    def labels(self) -> list[str]:
        """The words of the buttons."""
        return [flat(b.text) for b in self.buttons]

    @property
    def text(self) -> str:
        """The words of the screen on one line."""
        return flat(self.screen.text) if self.screen else ""

    @property
    def papers(self) -> list[Attach]:
        """The notes that the last update sent."""
        return [c for c in self.calls if isinstance(c, Attach)]

    def pages(self) -> str:
        """Read all the pages of a text, from the first."""
        read = [self.text]
        while any(label.startswith("Suite") for label in self.labels):
            read.append(self.taps("Suite").text)
        return " ".join(re.sub(r"page \d+ sur \d+$", "", page) for page in read)
