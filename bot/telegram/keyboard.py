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
MORE = "Autres réponses…"
SOMEONE = "À quelqu'un d'autre"
ERASE = "Recommencer"
BACK = "Retour"
SUMMARY = "Mes réponses"
HELP = "Aide"
START = "Commencer"
TODAY = "Revenir au droit d'aujourd'hui"
WHY = "Pourquoi"
PHRASES = "Quoi dire, noter"
WHOLE = "Tout voir"
WHAT_IF = "Et si… ?"
OTHER = "À qui d'autre ?"
PDF = "Note (PDF)"
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
        return (*rows, *self._under(session, (session, STATE) if page else self._before(session)))

    def plan(self, session: Session, fact: str, listing: Listing, named: Sequence[str], other: int) -> Rows:
        """Return those whom a plan names, then the way to all the others, whose list is page `other`."""
        tokens = self.signer.sign_answers(session, fact, named)
        rows = [(Button(listing.label(value), token),) for value, token in zip(named, tokens, strict=True)]
        else_ = self._row(SOMEONE, session, Face(View.STATE, other))
        return (*rows, else_, *self._under(session, self._before(session)))

    def _under(self, session: Session, back: tuple[Session, Face]) -> Rows:
        ways = [self._button(HELP, session, Face(View.HELP)), self._button(BACK, *back)]
        if session.answers:
            ways.append(self._button(SUMMARY, session, Face(View.SUMMARY)))
        return (tuple(ways), self._out(session))

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

    def card(self, session: Session, *, phrases: bool, other: int | None) -> Rows:
        """
        Return the four rows under a card.

        Args:
            session: it stands at its verdict.
            phrases: there is something to say or to note.
            other: the rank of the answer that names the recipient, if it was asked.

        """
        whole = self._button(WHOLE, session, Face(View.STATE, 1))
        first = [self._button(WHAT_IF, session, Face(View.WHAT_IF))]
        first += [self._button(OTHER, session, Face(View.CHANGE, 0, other))] if other is not None else []
        return (
            tuple(first),
            (whole, *([self._button(PHRASES, session, Face(View.PHRASES))] if phrases else [])),
            (self._button(PDF, session, Face(View.PDF)), self._button(SUMMARY, session, Face(View.SUMMARY))),
            (self._button(BACK, *self._before(session)), self._button(DANGER, session, Face(View.DANGER))),
        )

    def what_if(self, session: Session, tried: Iterable[tuple[str, Session]]) -> Rows:
        """Return one change per row, each leading to its own card."""
        rows = [self._row(label, changed, Face(View.CHANGED)) for label, changed in tried]
        return (*rows, self._row(BACK, session), self._out(session))

    def verdict(self, session: Session, face: Face, count: int) -> Rows:
        """Return the ways on from a page of all that there is to say."""
        return (
            *self.turn(session, face, count),
            (self._button(WHY, session, Face(View.WHY)), self._button(TEXT, session, Face(View.TEXT))),
            self._row(BACK, session),
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

    def turn(self, session: Session, face: Face, count: int) -> Iterator[tuple[Button, ...]]:
        """Yield the rows that lead to the next page of a text and to the one before. A card is page 0 of a verdict."""
        first = 1 if face.view is View.STATE else 0
        if face.page + 1 < count + first:
            label = f"Suite (page {face.page + 2 - first} sur {count})"
            yield self._row(label, session, replace(face, page=face.page + 1))
        if face.page > first:
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


def _choices(
    listing: Listing, page: int, answers: Callable[[Sequence[str]], list[str]], group: Callable[[int], str]
) -> Iterator[tuple[Button, ...]]:
    if listing.grouped and not page:
        for number, name in zip(listing.first, listing.names, strict=True):
            yield (Button(name, group(number)),)
    for label, token in zip(listing.labels[page], answers(listing.values[page]), strict=True):
        yield (Button(label, token),)
    if listing.following[page]:
        yield (Button(_said(MORE), group(listing.following[page])),)
