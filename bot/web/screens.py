"""What each view of a session shows, as a page. A pure function of the session, the view and the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.app import App
from bot.web.forms import Signer, View
from bot.words.advice_json import AdviceJson
from bot.words.advise import answer
from bot.words.article import danger_text
from bot.words.card import card_of, card_text
from bot.words.choices import Choice, Group, groups_of
from bot.words.note import Paper, paper
from bot.words.plan import plan_lines
from bot.words.templating import Render
from bot.words.tries import tries
from bot.words.verdict import verdict_text, why_text
from flows import UNKNOWN_LABEL, Session
from knowledge import INCONNU, Fact

MOST = 8
"""Answers of a group that are seen at once: the others are one touch below."""
_TRIED = 8
_FIRST = 4
TABS = {
    View.STATE: "La réponse",
    View.WHOLE: "Tout voir",
    View.WHY: "Pourquoi",
    View.PHRASES: "Quoi dire, noter",
    View.WHAT_IF: "Et si… ?",
    View.SUMMARY: "Mes réponses",
    View.NOTE: "Note à imprimer",
}
"""The parts of an answer, in the order of their buttons."""
_OTHER = "À qui d'autre ?"


@dataclass(frozen=True, slots=True)
class Way:
    """A button: the field that it sends, its value, and its words."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page, and its status."""

    html: str
    status: int = 200


_BACK = Way("aller", View.BACK, "Retour")
_HERE = Way("aller", View.STATE, "Retour")
_SUMMARY = Way("aller", View.SUMMARY, "Mes réponses")
_ERASE = Way("aller", View.ERASE, "Recommencer")
_PDF = Way("aller", View.PDF, "Note en PDF")


@dataclass(frozen=True, slots=True)
class Screens:
    """Draws the pages of one day."""

    app: App
    signer: Signer
    render: Render
    today: date

    def menu(self, on: date, notice: Sequence[str] = ()) -> Page:
        """Draw the first page: what Motus is, and what can be asked."""
        return self._page(
            "menu",
            "Motus",
            Session(next(iter(self.app.flows)), on),
            notice,
            danger=View.MENU_DANGER,
            start=self.render("start"),
            menu=self.render("menu", on=on, flows=list(self.app.flows.values())),
            is_today=on == self.today,
        )

    def state(self, session: Session, notice: Sequence[str] = (), only: Sequence[Choice] = ()) -> Page:
        """
        Draw where the answers lead: the next question, with these answers `only` where some are given, or the card.

        Raises:
            UnknownAnswerError: the flow no longer asks these questions in this order.

        """
        fact = self.app.conversation.asked(session)
        if fact is None:
            return self.answered(session, View.STATE, notice)
        return self._question(session, fact, notice, only)

    def change(self, session: Session, rank: int, notice: Sequence[str] = (), only: Sequence[Choice] = ()) -> Page:
        """Draw a question already answered, to change its answer; ranks begin at 1."""
        fact_id, given = session.answers[rank - 1]
        fact = self.app.conversation.question(session.flow, fact_id)
        return self._question(session, fact, notice, only, rank=rank, given=given)

    def summary(self, session: Session) -> Page:
        """Draw the answers given."""
        self.app.conversation.asked(session)  # an order that the flow no longer asks is refused
        lines = self.app.conversation.summary(session)
        said = self.render("summary", on=session.on, lines=lines)
        return self._page("summary", "Mes réponses", session, said=said, lines=lines, ways=(_HERE, _ERASE))

    def danger(self, session: Session, *, menu: bool) -> Page:
        """Draw whom to call now; the way back is where she was."""
        said = danger_text(self.app.base, session.on, self.render)
        back = Way("aller", View.MENU, "Retour") if menu else _HERE
        return self._page(
            "text", "Danger immédiat", session, said=said, heading="Danger immédiat", ways=(back, _ERASE), danger=None
        )

    def answered(self, session: Session, view: View, notice: Sequence[str] = ()) -> Page:
        """Draw one part of the answer of a session that stands at its verdict."""
        changing = view in (View.WHOLE, View.WHAT_IF)  # a card does not wait for what may never be asked
        advice = answer(self.app, session, None, why=view is View.WHY, changing=changing)
        tried: list[tuple[str, str]] = []
        match view:
            case View.WHOLE:
                said = verdict_text(self.app, advice, self.render, today=self.today)
            case View.WHY:
                said = why_text(self.app, advice, self.render)
            case View.PHRASES:
                said = self.render("phrases", a=advice, flow=self.app.flows[advice.flow])
            case View.WHAT_IF:
                found = islice(tries(self.app, session, advice), _TRIED)
                tried = [(label, self.signer.sign(changed)) for label, changed in found]
                said = self.render("what_if", answer=card_of(self.app, advice).answer, some=bool(tried))
            case _:
                said = card_text(self.app, advice, self.render, today=self.today)
        return self._page(
            "answer",
            TABS[view],
            session,
            notice,
            heading=TABS[view],
            said=said,
            tried=tried,
            kind="card" if view is View.STATE else "",
            tabs=tuple(_tabs(session, advice)),
            ways=(_BACK, _ERASE),
        )

    def note(self, session: Session) -> Page:
        """Draw the note to print."""
        return self._page("note", "Note", session, note=self.paper(session), ways=(_PDF, _HERE, _ERASE))

    def paper(self, session: Session) -> Paper:
        """Return the note of a session that stands at its verdict, with no token: paper is read by others."""
        advice = answer(self.app, session, None, why=False, changing=False)
        return paper(advice, self.app.conversation.summary(session), self.app.flows[session.flow])

    def _question(
        self,
        session: Session,
        fact: Fact,
        notice: Sequence[str],
        only: Sequence[Choice],
        *,
        rank: int | None = None,
        given: str | None = None,
    ) -> Page:
        plan = () if rank is not None else self.app.conversation.plan(session)
        groups = groups_of(fact)
        step = len(session.answers) + 1
        said = self.render(
            "question",
            on=session.on,
            title="Changer une réponse" if rank is not None else self.app.flows[session.flow].title,
            step=None if rank is not None else step,
            fact=fact,
            plan=plan_lines(self.app, plan),
        )
        unknown = Choice(0, INCONNU, UNKNOWN_LABEL) if fact.find_out is not None else None
        return self._page(
            "question",
            "Changer une réponse" if rank is not None else f"Question {step}",
            session,
            notice,
            said=said,
            rank=rank,
            given=given,
            search=len(fact.values) > MOST,
            first=only or _planned(groups, [p.recipient for p in plan]),
            first_name="Ce qui peut aller" if only else "D'abord",
            groups=groups,
            most=MOST,
            unknown=unknown,
            help=self.render("help", fact=fact, groups=groups),
            ways=(_HERE, _SUMMARY, _ERASE) if rank is not None else (_BACK, *([_SUMMARY] * (step > 1)), _ERASE),
        )

    def _page(
        self,
        template: str,
        title: str,
        session: Session,
        notice: Sequence[str] = (),
        *,
        danger: View | None = View.DANGER,
        ways: Sequence[Way] = (),
        **said: object,
    ) -> Page:
        """Frame a page. Its title says the kind of page and nothing of the answers: a browser remembers it."""
        return Page(
            self.render(
                f"{template}.html",
                title=title if title == "Motus" else f"{title} · Motus",
                state=self.signer.sign(session),
                notice=notice,
                danger=danger,
                ways=ways,
                **said,
            )
        )


def _planned(groups: Iterable[Group], recipients: Sequence[str]) -> list[Choice]:
    """Return the answers that the plan names, in its order."""
    by_id = {c.id: c for g in groups for c in g.choices}
    return [by_id[r] for r in recipients if r in by_id][:_FIRST]


def _tabs(session: Session, advice: AdviceJson) -> Iterable[Way]:
    """Yield the buttons of the parts of an answer that have something to say."""
    asked = [fact for fact, _ in session.answers]
    for view, label in TABS.items():
        if view is View.PHRASES and not (advice.phrases or advice.record):
            continue
        yield Way("aller", view, label)
        if view is View.WHAT_IF and "recipient" in asked:
            yield Way("changer", str(asked.index("recipient") + 1), _OTHER)
