"""The bot as a pure function: what came in, the law, the keys and the day → what goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from bot.app import TOKEN_KEY, App
from bot.telegram import keyboard
from bot.telegram.faces import STATE, Face, Signer, View, bound
from bot.telegram.html import renderer
from bot.telegram.listing import Listings
from bot.telegram.lookups import read_article
from bot.telegram.screens import Screens, Shown
from bot.telegram.split import pages
from bot.telegram.values import (
    Acknowledge,
    Attach,
    Button,
    Command,
    Incoming,
    Outgoing,
    Remove,
    Show,
    Tap,
    Unwanted,
)
from bot.words.advise import answer
from bot.words.article import article_text, danger_text
from bot.words.lookup import read_day, short_name
from bot.words.note import paper
from bot.words.templating import Render
from flows import Session, UnknownAnswerError, UnreadableTokenError
from flows.machine import DeadEndError

COMMANDS = {
    "start": "Poser une question",
    "danger": "Danger immédiat : qui appeler",
    "aide": "Comment s'en servir",
    "article": "Lire un article : /article 226-14",
    "date": "Le droit d'un autre jour : /date 02/11/2009",
    "oublier": "Ce que Motus garde de vous",
}
"""What Telegram lists in its menu."""

_ARTICLE = re.compile(r"article_([A-Za-z]+)_([A-Za-z0-9-]+)")
_SCENARIO = re.compile(r"scenario[_-]?[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything needed to answer. It keeps nothing of anyone from one update to the next."""

    app: App
    keys: tuple[bytes, ...]
    username: str
    render: Render
    listings: Listings = field(default_factory=Listings)

    def handle(self, came: Incoming, today: date) -> list[Outgoing]:
        """
        Answer one update.

        Args:
            came: what a person did.
            today: the day of law where none was chosen.

        Returns:
            What to send, in order. Never an exception for anything that a person or a stranger can send.

        """
        screens = self._screens(came.chat, today)
        match came:
            case _ if not came.private:
                return self._in_group(came)
            case Tap():
                return [Acknowledge(came.query), *self._tapped(came, screens)]
            case Command():
                return self._commanded(came, screens)
            case Unwanted():
                return self._refuse(came, screens)

    def apologise(self, came: Incoming, today: date) -> list[Outgoing]:
        """Say that something broke, with a way to begin again."""
        if not came.private:
            return []
        screens = self._screens(came.chat, today)
        return [_shown(came, screens.menu(today, "broken"))]

    def forget(self) -> None:
        """Forget all that was made to answer somebody: it says what was asked, though not by whom."""
        self.app.conversation.forget()
        self.listings.forget()
        keyboard.forget()

    def _tapped(self, tap: Tap, screens: Screens) -> list[Outgoing]:
        try:
            session, face = screens.signer.read(tap.data or "")
            if face.view in (View.PDF, View.TEXT):
                return [self._note(tap.chat, session, screens, pdf=face.view is View.PDF)]
            return [_shown(tap, screens.draw(session, face))]
        except (UnreadableTokenError, UnknownAnswerError, DeadEndError):
            return [_shown(tap, screens.menu(screens.today, "stale"))]

    def _note(self, chat: int, session: Session, screens: Screens, *, pdf: bool) -> Outgoing:
        if self.app.conversation.asked(session) is not None:
            raise UnreadableTokenError("sans réponse")
        advice = answer(self.app, session, TOKEN_KEY, why=False, changing=False)
        made = paper(advice, self.app.conversation.summary(session), self.app.flows[session.flow])
        return Attach(chat, made, pdf, self.render("note_caption"), screens.keys.after(session))

    def _commanded(self, command: Command, screens: Screens) -> list[Outgoing]:
        match command.name, command.words.strip():
            case "start", payload:
                return self._start(command, payload, screens)
            case "danger", words:
                text = danger_text(self.app.base, screens.today, self.render)
                session = screens.keys.nowhere(screens.today)
                said = Show(command.chat, text, screens.keys.danger(session, Face(View.DANGER, 1)))
            case ("aide" | "oublier") as page, words:
                said = Show(command.chat, self.render(page), screens.keys.start(screens.today))
            case "date", words:
                day = read_day(words)
                if day is not None:
                    return [_shown(command, screens.menu(day))]
                said = Show(command.chat, self.render("wrong_day"), screens.keys.start(screens.today))
            case "article", words:
                return self._article(command, words, screens)
            case _, _:
                return self._refuse(command, screens)
        return [*([_forget(command)] if words else []), said]

    def _refuse(self, came: Command | Unwanted, screens: Screens) -> list[Outgoing]:
        said = Show(came.chat, self.render("refused"), screens.keys.start(screens.today))
        return [Remove(came.chat, came.message, came.more if isinstance(came, Unwanted) else ()), said]

    def _start(self, command: Command, payload: str, screens: Screens) -> list[Outgoing]:
        named = _ARTICLE.fullmatch(payload)
        if named:
            return self._article(command, f"{named[1]} {named[2]}", screens)
        if payload in self.app.flows:
            return [_shown(command, screens.draw(Session(payload, screens.today), STATE))]
        scenario = _SCENARIO.fullmatch(payload) is not None
        said = _shown(command, screens.menu(screens.today, "scenario" if scenario else "start"))
        return [said] if scenario or payload in ("", "groupe") else [_forget(command), said]

    def _article(self, command: Command, words: str, screens: Screens) -> list[Outgoing]:
        asked = read_article(self.app.base, words)
        rows = screens.keys.start(screens.today)
        if asked.article is None:
            known = [short_name(c) for c in self.app.base.collections.values()]
            template = "lookup" if asked.lines else "wrong_article"
            text = self.render(template, lines=asked.lines, known=known)
            kept = bool(asked.lines) or not command.words
            return [*([] if kept else [_forget(command)]), Show(command.chat, text, rows)]
        parts = pages(article_text(self.app.base, asked.article, asked.day or screens.today, self.render))
        shown = [Show(command.chat, part) for part in parts]
        return [*shown[:-1], replace(shown[-1], rows=rows)]

    def _in_group(self, came: Incoming) -> list[Outgoing]:
        """Answer a command with the way to the private chat; hear nothing else."""
        if isinstance(came, Unwanted):
            return []
        link = Button("Ouvrir Motus en privé", url=f"https://t.me/{self.username}?start=groupe")
        return [Show(came.chat, self.render("group"), ((link,),))]

    def _screens(self, chat: int, today: date) -> Screens:
        signer = Signer(self.app.base, self.app.flows, bound(self.keys, chat))
        return Screens(self.app, signer, self.render, self.listings, today)


def desk(app: App, keys: tuple[bytes, ...], username: str) -> Desk:
    """Set up a desk."""
    return Desk(app, keys, username, renderer())


def _shown(came: Incoming, shown: Shown) -> Show:
    return Show(came.chat, shown.text, shown.rows, came.message if isinstance(came, Tap) else None)


def _forget(command: Command) -> Remove:
    """Delete a command that says more than it should: what follows it may be a story."""
    return Remove(command.chat, command.message)
