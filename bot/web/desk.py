"""The advisor as a pure function: the form posted, the law, the keys and the day → a page, or a note to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.app import App
from bot.errors import Refused
from bot.web.forms import Posted, Signer, View, bound
from bot.web.html import renderer
from bot.web.screens import Page, Screens
from bot.words.choices import Choice, pick, plain
from bot.words.french import ERASED, whole_number
from bot.words.lookup import read_day
from bot.words.note import Paper
from bot.words.templating import Render
from flows import Answer, Back, Change, Session, UnknownAnswerError, UnreadableTokenError
from flows.machine import DeadEndError
from knowledge import Fact
from knowledge.model.typography import french

_STALE = "Cette page ne se lit plus : elle vient d'une version ancienne. Recommençons, rien n'était gardé."
_DEAD = "Ce parcours s'arrête sans réponse : c'est un défaut de l'outil, ne concluez rien."
_WRONG_DAY = "Ce jour ne se lit pas. Écrivez le jour, le mois et l'année, entre 1970 et 2149 : 02/11/2009"
_SEVERAL = "Plusieurs réponses peuvent aller : elles sont d'abord."
_MENUS = (View.MENU, View.TODAY, View.DAY, View.ERASE)
_NONE = "Aucune réponse ne porte ce mot. Essayez un autre mot, ou choisissez dans la liste."


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything needed to answer. It keeps nothing of anyone from one form to the next."""

    app: App
    keys: tuple[bytes, ...]
    render: Render

    def handle(self, posted: Posted, today: date) -> Page | Paper:
        """
        Answer one form. The same form always has the same answer: sent twice, or a week later, it does no harm.

        Args:
            posted: what the form says.
            today: the day of law where none was chosen.

        Returns:
            A page, or the note of an answer. Never an exception for anything that a stranger can post.

        """
        screens = Screens(self.app, Signer(self.app.base, self.app.flows, self.keys), self.render, today)
        try:
            return self._follow(posted, screens)
        except (UnreadableTokenError, UnknownAnswerError):
            return screens.menu(today, (_STALE,))
        except DeadEndError:
            return screens.menu(today, (_DEAD,))
        except Refused as refused:
            return screens.menu(today, refused.lines)

    def _follow(self, posted: Posted, screens: Screens) -> Page | Paper:
        view = _view(posted.view)
        session = screens.signer.read(posted.state) if posted.state else None
        on = session.on if session is not None else screens.today
        if posted.flow:
            shown = screens.state(self.app.conversation.start(posted.flow, on))
        elif session is None or view in _MENUS or (view is View.BACK and not session.answers):
            shown = self._menu(view, posted.day, on, screens)
        elif view in (View.DANGER, View.MENU_DANGER):
            shown = screens.danger(session, menu=view is View.MENU_DANGER)
        elif view is View.SUMMARY:
            shown = screens.summary(session)
        elif view is View.BACK:
            shown = screens.state(self.app.conversation.moved(session, Back()))
        elif posted.change:
            shown = self._change(posted, session, screens)
        else:
            return self._along(view, posted, session, screens)
        return shown

    def _menu(self, view: View, typed: str, on: date, screens: Screens) -> Page:
        """Draw the menu: of the day it is of, of today, or of the day typed."""
        if view is View.TODAY:
            return screens.menu(screens.today)
        if view is not View.DAY:
            return screens.menu(on, (ERASED,) if view is View.ERASE else ())
        day = read_day(typed)
        return screens.menu(day) if day is not None else screens.menu(on, (_WRONG_DAY,))

    def _along(self, view: View, posted: Posted, session: Session, screens: Screens) -> Page | Paper:
        """Go on from where the answers lead: a question to answer, or a part of the answer to read."""
        fact = self.app.conversation.asked(session)
        if fact is not None:
            return self._answer(posted, session, fact, screens)
        if view is View.PDF:
            return screens.paper(session)
        return screens.note(session) if view is View.NOTE else screens.answered(session, view)

    def _answer(self, posted: Posted, session: Session, fact: Fact, screens: Screens) -> Page:
        """Take the answer to the next question, from a button or from a word."""
        if posted.answer:
            return screens.state(self.app.conversation.moved(session, Answer(posted.answer)))
        chosen, notice, only = _understood(posted.word, fact)
        if chosen is None:
            return screens.state(session, notice, only)
        return screens.state(self.app.conversation.moved(session, Answer(chosen.id)), notice)

    def _change(self, posted: Posted, session: Session, screens: Screens) -> Page:
        """Change an earlier answer; later ones stay where they are still asked."""
        rank = whole_number(posted.change, 1, len(session.answers))
        if rank is None:
            raise UnreadableTokenError("réponse inconnue")
        self.app.conversation.asked(session)  # an order that the flow no longer asks is refused
        fact = self.app.conversation.question(session.flow, session.answers[rank - 1][0])
        if posted.answer:
            return screens.state(self.app.conversation.moved(session, Change(fact.id, posted.answer)))
        chosen, notice, only = _understood(posted.word, fact)
        if chosen is None:
            return screens.change(session, rank, notice, only)
        return screens.state(self.app.conversation.moved(session, Change(fact.id, chosen.id)), notice)


def desk(app: App, keys: tuple[bytes, ...]) -> Desk:
    """Set up a desk; `keys` are those of the deployment."""
    return Desk(app, bound(keys), renderer())


def _view(name: str) -> View:
    try:
        return View(name)
    except ValueError:
        raise UnreadableTokenError("vue inconnue") from None


def _understood(typed: str, fact: Fact) -> tuple[Choice | None, Sequence[str], Sequence[Choice]]:
    """
    Understand a word that was searched.

    Returns:
        The answer that it means, if it is one; what to say of it; and the answers among which to choose. What was typed
        is never repeated: it may be a name.

    """
    if not typed.strip():
        return None, (), ()
    found: Choice | Sequence[Choice] = () if plain(typed).isdecimal() else pick(typed, fact)  # no number is shown here
    if isinstance(found, Choice):
        said = (
            ()
            if plain(typed) == plain(found.label)
            else (french(f"Compris : {found.label}. « Retour » pour corriger."),)
        )
        return found, said, ()
    return None, (_SEVERAL if found else _NONE,), found
