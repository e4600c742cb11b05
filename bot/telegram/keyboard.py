"""The buttons of each screen: one choice per row in full words, then the ways back and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.telegram.faces import STATE, Face, Signer, View
from bot.telegram.listing import Listing
from bot.telegram.values import Button, Rows
from flows import Session, SummaryLine
from knowledge.model.typography import french

DANGER = "Danger immédiat"
ERASE = "Effacer"
BACK = "Retour"
SUMMARY = "Résumé"
HELP = "Aide"
START = "Commencer"
AGAIN = "Recommencer"
TODAY = "Revenir au droit d'aujourd'hui"
WHY = "Pourquoi cette réponse"
PHRASES = "Ce que je peux dire ou noter"
PDF = "Note à imprimer (PDF)"
TEXT = "Note en texte"


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Makes the rows of one chat's screens."""

    signer: Signer

    def menu(self, on: date, today: date) -> Rows:
        """Return one flow per row; the law of another day can be left in one tap."""
        flows = self.signer.flows.values()
        rows = [self._row(flow.title, Session(flow.id, on)) for flow in flows]
        nowhere = self.nowhere(on)
        if on != today:
            rows.append(self._row(TODAY, nowhere, Face(View.TODAY)))
        return (*rows, self._row(DANGER, nowhere, Face(View.DANGER, 1)))

    def start(self, today: date) -> Rows:
        """Return the way in, from a message that is not a screen."""
        nowhere = self.nowhere(today)
        return (self._row(START, nowhere, Face(View.TODAY)), self._row(DANGER, nowhere, Face(View.DANGER, 1)))

    def question(self, session: Session, fact: str, listing: Listing, page: int) -> Rows:
        """Return the answers of a question, or of one of its groups."""
        rows = _choices(
            listing,
            page,
            lambda values: self.signer.sign_answers(session, fact, values),
            lambda number: self.signer.sign(session, Face(View.STATE, number)),
        )
        back = self._button(BACK, *((session, STATE) if page else self._before(session)))
        return (
            *rows,
            self._row(HELP, session, Face(View.HELP)),
            (back, *([self._button(SUMMARY, session, Face(View.SUMMARY))] if session.answers else [])),
            self._out(session),
        )

    def change(self, session: Session, fact: str, listing: Listing, face: Face) -> Rows:
        """Return the other answers to a question already answered."""
        before, after = session.answers[: face.which], session.answers[face.which + 1 :]

        def changed(values: Iterable[str]) -> list[str]:
            given = (replace(session, answers=(*before, (fact, value), *after)) for value in values)
            return [self.signer.sign(each, Face(View.CHANGED)) for each in given]

        rows = _choices(listing, face.page, changed, lambda n: self.signer.sign(session, replace(face, page=n)))
        up = replace(face, page=0) if face.page else Face(View.SUMMARY)
        return (
            *rows,
            self._row(HELP, session, Face(View.CHANGE_HELP, 0, face.which)),
            self._row(BACK, session, up),
            self._out(session),
        )

    def summary(self, session: Session, lines: Iterable[SummaryLine]) -> Rows:
        """Return one answer per row, to change it."""
        rows = [self._row(f"Changer : {s.label}", session, Face(View.CHANGE, 0, i)) for i, s in enumerate(lines)]
        return (*rows, self._row(BACK, session), self._out(session))

    def verdict(self, session: Session, face: Face, count: int | None, *, phrases: bool) -> Rows:
        """Return what can be asked once the answer is given. `count` is None where more pages follow, uncounted."""
        return (
            *self.turn(session, face, count),
            self._row(WHY, session, Face(View.WHY)),
            *([self._row(PHRASES, session, Face(View.PHRASES))] if phrases else []),
            self._row(PDF, session, Face(View.PDF)),
            self._row(TEXT, session, Face(View.TEXT)),
            (self._button(BACK, *self._before(session)), self._button(SUMMARY, session, Face(View.SUMMARY))),
            self._row(AGAIN, session, Face(View.MENU)),
            self._out(session),
        )

    def aside(self, session: Session, face: Face, count: int, back: Face = STATE) -> Rows:
        """Return the rows of a text beside the conversation: its pages, then back."""
        return (*self.turn(session, face, count), self._row(BACK, session, back), self._out(session))

    def after(self, session: Session) -> Rows:
        """Return the ways on from a note, which is now the last message of the chat."""
        return (self._row(BACK, session), self._out(session))

    def danger(self, session: Session, face: Face) -> Rows:
        """Return the ways back from the danger screen: to where one was."""
        back = Face(View.MENU) if face.page else STATE
        return (self._row(BACK, session, back), self._row(ERASE, session, Face(View.ERASE)))

    def turn(self, session: Session, face: Face, count: int | None) -> Iterator[tuple[Button, ...]]:
        """Yield the rows that lead to the next page of a text and to the one before."""
        if count is None or face.page + 1 < count:
            label = "Suite : le détail" if count is None else f"Suite (page {face.page + 2} sur {count})"
            yield self._row(label, session, replace(face, page=face.page + 1))
        if face.page:
            yield self._row("Page précédente", session, replace(face, page=face.page - 1))

    def nowhere(self, on: date) -> Session:
        """Return a session that stands for the menu: it has a day, and no answer."""
        return Session(next(iter(self.signer.flows)), on)

    def _before(self, session: Session) -> tuple[Session, Face]:
        if not session.answers:
            return session, Face(View.MENU)
        return replace(session, answers=session.answers[:-1]), STATE

    def _out(self, session: Session) -> tuple[Button, ...]:
        danger = self._button(DANGER, session, Face(View.DANGER))
        return (danger, self._button(ERASE, session, Face(View.ERASE)))

    def _row(self, text: str, session: Session, face: Face = STATE) -> tuple[Button, ...]:
        return (self._button(text, session, face),)

    def _button(self, text: str, session: Session, face: Face = STATE) -> Button:
        return Button(_said(text), self.signer.sign(session, face))


_said = lru_cache(maxsize=1024)(french)
"""Buttons say little else than fixed words and the names of questions."""


def forget() -> None:
    """Forget what buttons said: it tells which questions were asked."""
    _said.cache_clear()


def _choices(
    listing: Listing, page: int, answers: Callable[[Sequence[str]], list[str]], group: Callable[[int], str]
) -> Iterator[tuple[Button, ...]]:
    if listing.grouped and not page:
        for number, name in enumerate(listing.names, 1):
            yield (Button(name, group(number)),)
    for label, token in zip(listing.labels[page], answers(listing.values[page]), strict=True):
        yield (Button(label, token),)
