"""A person before the pure core of the web: she presses the words of a button and reads the page. No network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import html5lib
from situations import BASE

import flows
from bot.app import App
from bot.web.desk import desk
from bot.web.forms import Posted, Signer
from bot.web.reading import Shelf
from bot.web.screens import Page
from bot.words.note import Paper
from flows import Session

KEYS = (b"first key of the tests, long enough", b"older key of the tests, long enough")
TODAY = date(2026, 11, 23)
FLOWS = flows.load(BASE)
APP = App(BASE, FLOWS, flows.Conversation(BASE, FLOWS))
DESK = desk(APP, KEYS)
SHELF = Shelf(APP, DESK.render)
SIGNER = Signer(BASE, FLOWS, DESK.keys)
_FIELDS = {
    "etat": "state",
    "aller": "view",
    "parcours": "flow",
    "reponse": "answer",
    "mot": "word",
    "changer": "change",
    "jour": "day",
}


def flat(text: str) -> str:
    """Return a text on one line, with plain spaces."""
    return " ".join(text.split())


def parsed(html: str) -> Any:
    """Return a page as a browser reads it; what is not valid HTML is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text_of(element: Any) -> str:
    """Return what is read of an element."""
    return flat(" ".join(element.itertext()))


@dataclass
class Reader:
    """One window. `page` is what it shows, `posted` every form sent."""

    today: date = TODAY
    html: str = ""
    note: Paper | None = None
    posted: list[Posted] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the first page."""
        self.html = self.html or self._shown(DESK.handle(Posted(), self.today))

    def sends(self, form: Posted) -> Reader:
        """Send a form as it is."""
        self.posted.append(form)
        self.html = self._shown(DESK.handle(form, self.today))
        return self

    def presses(self, label: str) -> Reader:
        """Press the button with these words, or the only one that begins with them."""
        named = dict(self.buttons())
        found = [named[label]] if label in named else [f for words, f in named.items() if words.startswith(label)]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons « {label} » among {list(named)}")
        return self.sends(Posted(**found[0]))

    def types(self, field_name: str, word: str) -> Reader:
        """Type a word in a field, and send its form."""
        for form in parsed(self.html).iter("form"):
            if any(i.get("name") == field_name for i in form.iter("input")):
                button = next(form.iter("button"))
                given = {**_hidden(form), _FIELDS[field_name]: word}
                if button.get("name"):
                    given[_FIELDS[button.get("name")]] = button.get("value")
                return self.sends(Posted(**given))
        raise AssertionError(f"no field « {field_name} »")

    def buttons(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the words of each button, and what its form sends."""
        for form in parsed(self.html).iter("form"):
            for button in form.iter("button"):
                given = _hidden(form)
                if button.get("name"):
                    given[_FIELDS[button.get("name")]] = button.get("value", "")
                yield text_of(button), given

    @property
    def labels(self) -> list[str]:
        """The words of the buttons."""
        return [words for words, _ in self.buttons()]

    @property
    def answers(self) -> list[str]:
        """The words of the answers offered, those of the plan apart."""
        sets = [f for f in parsed(self.html).iter("fieldset") if text_of(f.find("legend")) not in _FIRST]
        return [text_of(b) for f in sets for b in f.iter("button")]

    @property
    def text(self) -> str:
        """What the page says, without its buttons."""
        return " ".join(text_of(e) for e in parsed(self.html).iter() if "said" in e.get("class", "").split())

    @property
    def title(self) -> str:
        """What the window and its history are called."""
        return text_of(next(parsed(self.html).iter("title")))

    @property
    def state(self) -> str:
        """The signed field."""
        return re.findall(r'name="etat" value="([^"]+)"', self.html)[0]

    def _shown(self, shown: Page | Paper) -> str:
        if isinstance(shown, Page):
            return shown.html
        self.note = shown
        return self.html


_FIRST = ("D'abord", "Ce qui peut aller")


def at(session: Session) -> Reader:
    """Open the page of a session."""
    return Reader().sends(Posted(state=SIGNER.sign(session)))


def _hidden(form: Any) -> dict[str, str]:
    return {_FIELDS[i.get("name")]: i.get("value") for i in form.iter("input") if i.get("type") == "hidden"}
