"""What each face of a session shows: text in Telegram's HTML and buttons. A pure function of both and of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.app import App
from bot.telegram.faces import STATE, Face, Signer, View
from bot.telegram.keyboard import Keyboard
from bot.telegram.listing import Listing, Listings
from bot.telegram.split import LIMIT, pages
from bot.telegram.values import Rows
from bot.words.advice_json import AdviceJson
from bot.words.advise import answer
from bot.words.article import danger_text
from bot.words.card import card_of, card_text
from bot.words.french import ERASED
from bot.words.plan import plan_lines
from bot.words.templating import Render
from bot.words.tries import tries
from bot.words.verdict import verdict_text, why_text
from flows import Session
from knowledge import Fact, Protector

Plan = Sequence[Protector]
_TRIED = 4
"""Changes that are offered at most: more would be a list to read."""
_FOOT = 40
"""Room for the number of the page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message: its text and its buttons."""

    text: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Screens:
    """Draws the screens of one chat on one day."""

    app: App
    signer: Signer
    render: Render
    listings: Listings
    today: date

    @property
    def keys(self) -> Keyboard:
        """The buttons of this chat."""
        return Keyboard(self.signer)

    def draw(self, session: Session, face: Face) -> Shown:
        """
        Draw a face of a session.

        Raises:
            UnknownAnswerError: the flow no longer asks these questions in this order.

        """
        conversation = self.app.conversation
        match face.view:
            case View.MENU | View.TODAY:
                shown = self.menu(session.on if face.view is View.MENU else self.today)
            case View.ERASE:
                shown = self.menu(session.on, "erased", erased=ERASED)
            case View.DANGER:
                shown = self._danger(session, face)
            case View.SUMMARY:
                conversation.asked(session)  # an order that the flow no longer asks is refused
                lines = conversation.summary(session)
                shown = Shown(self.render("summary", on=session.on, lines=lines), self.keys.summary(session, lines))
            case View.CHANGE | View.CHANGE_HELP:
                shown = self._change(session, face)
            case View.CHANGED:
                shown = self._state(conversation.fill(session, dict(session.answers)), STATE)
            case _:
                shown = self._state(session, face)
        return shown

    def menu(self, on: date, before: str | None = None, **said: object) -> Shown:
        """Draw the menu; `before` is a template whose words come first."""
        head = self.render(before, **said) + "\n\n" if before else ""
        text = head + self.render("menu", on=on, flows=list(self.app.flows.values()))
        return Shown(text, self.keys.menu(on, self.today))

    def _state(self, session: Session, face: Face) -> Shown:
        fact = self.app.conversation.asked(session)
        if fact is None:
            return self._answered(session, face)
        if face.view is View.HELP:
            return self._help(session, fact, face, STATE)
        listing = self.listings.of(session.flow, fact)
        plan = self.app.conversation.plan(session) if not face.page else ()
        text = self._asked(session, fact, listing, listing.page(face.page), plan=plan)
        if not plan:
            return Shown(text, self.keys.question(session, fact.id, listing, listing.page(face.page)))
        offered = {value for values in listing.values for value in values}
        named = [p.recipient for p in plan if p.recipient in offered][:_TRIED]
        return Shown(text, self.keys.plan(session, fact.id, listing, named, len(listing.values)))

    def _asked(
        self, session: Session, fact: Fact, listing: Listing, page: int, *, plan: Plan = (), change: bool = False
    ) -> str:
        return self.render(
            "question",
            on=session.on,
            title="Changer une réponse" if change else self.app.flows[session.flow].title,
            step=None if change else len(session.answers) + 1,
            fact=fact,
            grouped=listing.grouped and not plan,
            group=listing.name(page),
            plan=plan_lines(self.app, plan),
        )

    def _answered(self, session: Session, face: Face) -> Shown:
        whole = face.view is View.STATE and face.page > 0
        card = face.view is View.STATE and not whole
        changing = whole or face.view is View.WHAT_IF  # a card does not wait for what may never be asked
        advice = answer(self.app, session, None, why=face.view is View.WHY, changing=changing)
        if face.view is View.WHY:
            return self._aside(session, face, why_text(self.app, advice, self.render), Face(View.STATE, 1))
        if face.view is View.PHRASES:
            return self._aside(session, face, self.render("phrases", a=advice, flow=self.app.flows[advice.flow]))
        if face.view is View.WHAT_IF:
            return self._what_if(session, advice)
        if card:
            return self._card(session, advice)
        parts = pages(verdict_text(self.app, advice, self.render, today=self.today), LIMIT - _FOOT)
        shown = Face(View.STATE, min(face.page, len(parts)))
        body = parts[shown.page - 1]
        if len(parts) > 1:
            body += "\n\n" + self.render("page", page=shown.page, pages=len(parts))
        return Shown(body, self.keys.verdict(session, shown, len(parts)))

    def _card(self, session: Session, advice: AdviceJson) -> Shown:
        asked = [fact for fact, _ in session.answers]
        rows = self.keys.card(
            session,
            phrases=bool(advice.phrases or advice.record),
            other=asked.index("recipient") if "recipient" in asked else None,
        )
        return Shown(card_text(self.app, advice, self.render, today=self.today), rows)

    def _what_if(self, session: Session, advice: AdviceJson) -> Shown:
        tried = list(islice(tries(self.app, session, advice), _TRIED))
        text = self.render("what_if", answer=card_of(self.app, advice).answer, some=bool(tried))
        return Shown(text, self.keys.what_if(session, tried))

    def _change(self, session: Session, face: Face) -> Shown:
        self.app.conversation.asked(session)  # an order that the flow no longer asks is refused
        fact = self.app.conversation.question(session.flow, session.answers[face.which][0])
        if face.view is View.CHANGE_HELP:
            return self._help(session, fact, face, Face(View.CHANGE, 0, face.which))
        listing = self.listings.of(session.flow, fact)
        shown = Face(View.CHANGE, listing.page(face.page), face.which)
        text = self._asked(session, fact, listing, shown.page, change=True)
        return Shown(text, self.keys.change(session, fact.id, listing, shown))

    def _help(self, session: Session, fact: Fact, face: Face, back: Face) -> Shown:
        groups = self.listings.of(session.flow, fact).groups
        return self._aside(session, face, self.render("help", fact=fact, groups=groups), back)

    def _danger(self, session: Session, face: Face) -> Shown:
        text, _ = self._page(danger_text(self.app.base, session.on, self.render), Face(View.DANGER))
        return Shown(text, self.keys.danger(session, face))

    def _aside(self, session: Session, face: Face, text: str, back: Face = STATE) -> Shown:
        body, count = self._page(text, face)
        return Shown(body, self.keys.aside(session, face, count, back))

    def _page(self, text: str, face: Face) -> tuple[str, int]:
        """Return the page of a text that a face asks for, and how many there are."""
        parts = pages(text, LIMIT - _FOOT)
        if len(parts) == 1:
            return parts[0], 1
        page = min(face.page, len(parts) - 1)
        return f"{parts[page]}\n\n{self.render('page', page=page + 1, pages=len(parts))}", len(parts)
