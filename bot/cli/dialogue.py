"""The conversation in a terminal or a pipe: a loop that shows a screen, reads a line, and keeps nothing."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from bot.app import TOKEN_KEY, App
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import PENDING, Refused
from bot.words.article import danger_text
from bot.words.choices import Choice, groups_of, pick, plain
from bot.words.french import ERASED, printable, whole_number
from bot.words.plan import plan_lines
from flows import Answer, Back, Change, Session
from flows.machine import DeadEndError
from knowledge import Fact
from knowledge.model.typography import french

_FAULT = "c'est un défaut de l'outil, ne concluez rien. On revient en arrière."
if TYPE_CHECKING:
    from bot.words.advice_json import AdviceJson

_ERASE = "\033[2J\033[3J\033[H"


class _Left(Exception):  # noqa: N818 - leaving is not an error
    """The person quits, or the pipe has ended."""


class Dialogue:
    """
    One run of `motus ask`. The session is a local value: nothing outlives the loop.

    Unless the person asked for it by `recording`, a file that she is told of; then `ended` is the session at whose
    answer she left, for the caller to write down.
    """

    def __init__(self, app: App, on: date, *, recording: str | None = None, detail: bool, plain: bool) -> None:
        self._app = app
        self._on = on
        self._detail = detail
        self._render = renderer(plain=plain)
        self._answered = False
        self._recording = recording
        self.ended: Session | None = None

    def run(self, session: Session | None) -> int:
        """
        Talk until the person leaves.

        Returns:
            0 if she quits or has seen an answer; 3 if the input ends before one.

        """
        if session is not None:
            self._on = session.on
        self._show("start", on=self._on, recording=self._recording)
        try:
            while True:
                if session is None:
                    session = self._menu()
                session = self._step(session)
        except _Left as left:
            ended = str(left)
            if not ended or self._answered:
                sys.stdout.write("\n" + french(self._farewell()) + "\n")
                return 0
            sys.stdout.flush()
            sys.stderr.write("\n" + french(f"Il manque une réponse : {ended}") + "\n")
            return PENDING

    def _farewell(self) -> str:
        other = " d'autre" if self._recording is not None and self.ended is not None else ""
        return f"Rien{other} n'a été gardé. Au revoir."

    def _step(self, session: Session) -> Session | None:
        """Ask, or answer. A hole or a clash in the law is said, and the conversation goes on."""
        try:
            fact = self._app.conversation.asked(session)
        except DeadEndError as error:
            self._write(french(f"Ce parcours s'arrête sans réponse ({error}) : {_FAULT}") + "\n")
            return self._back(session)
        return self._question(session, fact) if fact is not None else self._verdict(session)

    def _back(self, session: Session) -> Session | None:
        return self._app.conversation.moved(session, Back()) if session.answers else None

    def _menu(self) -> Session:
        flows = list(self._app.flows.values())
        self._show("menu", on=self._on, flows=flows)
        while True:
            line = self._read("Que voulez-vous savoir ?")
            flow = next((f for i, f in enumerate(flows, 1) if line in (str(i), f.id)), None)
            if flow is not None:
                return self._app.conversation.start(flow.id, self._on)
            if line in ("", "?", "r", "s", "e"):
                self._show("menu", on=self._on, flows=flows)
            else:
                self._refuse(line, f"tapez un nombre de 1 à {len(flows)}, d pour un danger immédiat, ou q pour quitter")

    def _question(self, session: Session, fact: Fact) -> Session | None:
        self._ask(session, fact)
        while True:
            line = self._read(fact.question)
            if line == "r":
                return self._back(session)
            if line == "e":
                self._erase()
                return None
            if line == "s":
                return self._summary(session)
            if line == "":
                self._ask(session, fact)
            elif line == "?":
                self._show("help", fact=fact, groups=groups_of(fact))
            else:
                choice = self._choice(line, fact)
                if choice is not None:
                    return self._app.conversation.moved(session, Answer(choice.id))

    def _verdict(self, session: Session) -> Session | None:
        self.ended = session
        after = self._answer(session)
        self.ended = None
        return after

    def _answer(self, session: Session) -> Session | None:
        from bot.words.advise import answer  # late: the first question comes sooner

        try:
            advice = answer(self._app, session, TOKEN_KEY)
        except Refused as refused:
            self._write("".join(f"{line}\n" for line in refused.lines))
            return self._back(session)
        if self._detail:
            self._more("v", advice)
        self._more("?", advice)
        self._answered = True
        while True:
            line = self._read("")
            if line in ("v", "p", "?"):
                self._more(line, advice)
            elif line == "r":
                return self._back(session)
            elif line == "e":
                self._erase()
                return None
            elif line == "s":
                return self._summary(session)
            elif line == "":
                return session
            else:
                self._refuse(line, "tapez v, p, s, r, e, d ou q")

    def _more(self, asked: str, advice: AdviceJson) -> None:
        """Show all that there is to say (`v`), why (`p`), or the card."""
        from bot.words.card import card_text
        from bot.words.verdict import verdict_text, why_text

        if asked == "v":
            self._write(verdict_text(self._app, advice, self._render, today=today()))
        elif asked == "p":
            self._write(why_text(self._app, advice, self._render))
        else:
            self._write(card_text(self._app, advice, self._render, today=today()))
            self._show("after")

    def _summary(self, session: Session) -> Session:
        """Show the answers; change one, or come back unchanged."""
        lines = self._app.conversation.summary(session)
        self._show("summary", on=session.on, lines=lines)
        while lines:
            typed = self._read("Quelle réponse changer ?")
            if typed in ("", "r"):
                break
            number = whole_number(typed, 1, len(lines))
            if number is not None:
                return self._change(session, self._app.base.facts[lines[number - 1].fact])
            self._refuse(typed, f"tapez un nombre de 1 à {len(lines)}, ou Entrée pour revenir")
        return session

    def _change(self, session: Session, fact: Fact) -> Session:
        self._show(
            "question",
            on=session.on,
            title="Changer une réponse",
            step=None,
            fact=fact,
            groups=groups_of(fact),
            plan=(),
        )
        while True:
            typed = self._read(fact.question)
            if typed in ("", "r"):
                return session
            if typed == "?":
                self._show("help", fact=fact, groups=groups_of(fact))
                continue
            choice = self._choice(typed, fact)
            if choice is not None:
                return self._app.conversation.moved(session, Change(fact.id, choice.id))

    def _choice(self, typed: str, fact: Fact) -> Choice | None:
        found = pick(typed, fact)
        if isinstance(found, Choice):
            if plain(typed) != plain(found.label):
                self._show("said", text=f"→ {found.label}")
            return found
        if found:
            self._show("several", typed=printable(typed), choices=found)
        else:
            last = sum(len(g.choices) for g in groups_of(fact))
            unknown = ", j si vous ne savez pas" if fact.find_out is not None else ""
            self._refuse(typed, f"tapez un nombre de 1 à {last}{unknown}, ou ? pour l'aide")
        return None

    def _erase(self) -> None:
        if sys.stdout.isatty():
            sys.stdout.write(_ERASE)
        self._write(french(ERASED) + "\n")

    def _ask(self, session: Session, fact: Fact) -> None:
        title, step = self._app.flows[session.flow].title, len(session.answers) + 1
        plan = plan_lines(self._app, self._app.conversation.plan(session))
        self._show("question", on=session.on, title=title, step=step, fact=fact, groups=groups_of(fact), plan=plan)

    def _read(self, pending: str) -> str:
        """Read one line; danger and quit answer from everywhere."""
        while True:
            sys.stdout.write("> ")
            sys.stdout.flush()
            try:
                raw = sys.stdin.readline()
            except KeyboardInterrupt:
                raise _Left(pending) from None
            if not raw:
                raise _Left(pending)
            line = raw.strip()
            if not sys.stdin.isatty():
                sys.stdout.write(f"{printable(line)}\n")
            lower = line.lower()
            if lower == "q":
                raise _Left
            if lower == "d":
                self._write(danger_text(self._app.base, self._on, self._render))
                if pending:
                    self._show("resume", pending=pending)
                continue
            return lower if len(line) == 1 else line

    def _refuse(self, typed: str, right: str) -> None:
        self._show("said", text=f"« {printable(typed)} » n'est pas une réponse ici : {right}.")

    def _show(self, template: str, **context: object) -> None:
        self._write(self._render(template, **context))

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
