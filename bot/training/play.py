"""A scenario played alone in a terminal or a pipe: read, commit, then see the law. It keeps nothing by itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.app import TOKEN_KEY, App
from bot.training.explained import TITLES, how, told
from bot.training.memory import Memory
from bot.words.advice_json import AdviceJson
from bot.words.advise import advise
from bot.words.card import card_text
from bot.words.french import OUTCOMES, printable, whole_number
from bot.words.templating import Render
from flows import Session
from flows.training.grading import Mark, mark, scores
from flows.training.model import Decision, Pack, Scenario
from flows.training.quiz import Examiner, Part, Question, Quiz
from knowledge.model.typography import french

Point = tuple[Scenario, Decision, Part]
"""What can be missed, and comes back."""


class Left(Exception):  # noqa: N818 - leaving is not an error
    """The person quits, or the pipe has ended."""


class Play:
    """
    One run of `motus train`.

    The marks and the missed points are local: with no `memory`, nothing outlives the run. A missed point comes back
    before the end, and, with a memory, on the days that it says.
    """

    def __init__(
        self, app: App, packs: Sequence[Pack], memory: Memory | None, now: Callable[[], datetime], render: Render
    ) -> None:
        self._app = app
        self._memory = memory
        self._now = now
        self._render = render
        self._scenarios = {s.id: s for pack in packs for s in pack.scenarios}
        self._examiner = Examiner(app.conversation, self._scenarios.values(), OUTCOMES)
        self._marks: list[Mark] = []
        self._missed: list[Point] = []

    def run(self, chosen: Iterable[Scenario] | None, packs: Sequence[Pack]) -> None:
        """Play scenarios, or those of the pack that the person chooses; then what was missed; then say the points."""
        try:
            self._due()
            playing = tuple(chosen if chosen is not None else self._choose(packs))
            for i, scenario in enumerate(playing, 1):
                self._scenario(scenario, i, len(playing))
            self._comes_back()
        except Left:
            sys.stdout.write("\n")
        self._farewell()

    def _choose(self, packs: Sequence[Pack]) -> tuple[Scenario, ...]:
        self._show("packs", packs=packs)
        while True:
            typed = self._read()
            number = whole_number(typed, 1, len(packs))
            pack = packs[number - 1] if number is not None else next((p for p in packs if p.id == typed), None)
            if pack is not None:
                return pack.scenarios
            self._refuse(typed, f"tapez un nombre de 1 à {len(packs)}, ou q pour quitter")

    def _scenario(self, scenario: Scenario, number: int, count: int) -> None:
        self._show("scenario", s=scenario, number=number, count=count)
        for i, stage in enumerate(scenario.stages, 1):
            self._show("stage", text=stage)
            here = [d for d in scenario.decisions if d.stage == i]
            for decision in here:
                self._decision(scenario, decision)
            if not here or i < len(scenario.stages):
                self._read()
        other = self._scenarios.get(scenario.pair or "")
        self._show("lesson", lesson=scenario.lesson, pair=other.title if other is not None else None)
        if number < count:
            self._read()

    def _decision(self, scenario: Scenario, decision: Decision) -> None:
        """Ask every part, and only then show the law."""
        quiz = self._examiner.quiz(decision)
        self._show("decision", question=decision.question)
        given = [(question, self._commit(quiz, question)) for question in quiz.questions]
        advice = self._advice(decision)
        self._write(card_text(self._app, advice, self._render))
        marked = [(question, mark(question, chosen)) for question, chosen in given]
        self._show("marks", marks=[told(quiz, q, m, advice) for q, m in marked])
        for question, got in marked:
            self._marks.append(got)
            self._went((scenario, decision, question.part), right=got.full)

    def _went(self, point: Point, *, right: bool) -> None:
        if not right:
            self._missed.append(point)
        if self._memory is not None:
            self._memory.keep(_name(point), self._now(), right=right)

    def _due(self) -> None:
        """Ask first what a memory says comes back today."""
        if self._memory is None:
            return
        points = {_name(p): p for s in self._scenarios.values() for d in s.decisions for p in _points(s, d)}
        due = [points[name] for name in self._memory.due(points, self._now())]
        if due:
            self._show("again", said=french(f"Ce qui revient d'une autre fois : {_count(due)}."))
        self._again(due)

    def _comes_back(self) -> None:
        """Ask once more what was missed, before the end."""
        missed, self._missed = _once(self._missed), []
        if missed:
            self._show("again", said=french(f"Ce que vous aviez manqué revient : {_count(missed)}."))
        self._again(missed)

    def _again(self, points: Iterable[Point]) -> None:
        """Ask parts again: the story at once, and not twice running; then what the law says of each."""
        before = None
        for scenario, decision, part in points:
            quiz = self._examiner.quiz(decision)
            if before is not decision:
                self._show("scenario", s=scenario, number=0, count=0)
                for stage in scenario.stages[: decision.stage]:
                    self._show("stage", text=stage)
                self._show("decision", question=decision.question)
                before = decision
            for question in (q for q in quiz.questions if q.part is part):
                got = mark(question, self._commit(quiz, question))
                self._show("marks", marks=[told(quiz, question, got, self._advice(decision))])
                self._went((scenario, decision, part), right=got.full)

    def _commit(self, quiz: Quiz, question: Question) -> frozenset[str]:
        """Take an answer; what is no answer is asked again."""
        several = question.part is Part.MINIMUM
        last = len(question.options)
        self._show("ask", how=how(quiz, question.part), options=question.options)
        while True:
            typed = self._read()
            words = [w for w in re.split(r"[\s,;]+", typed) if w]
            numbers = [whole_number(w, 0 if several else 1, last) for w in words]
            if numbers and None not in numbers and (several or len(numbers) == 1):
                return frozenset(question.options[n - 1].id for n in numbers if n)
            right = f"des nombres de 1 à {last}, ou 0 pour aucun" if several else f"un nombre de 1 à {last}"
            self._refuse(typed, f"tapez {right} ; q pour quitter")

    def _advice(self, decision: Decision) -> AdviceJson:
        case = decision.case
        found = advise(self._app, Session(case.flow, case.on), case.facts, TOKEN_KEY)
        if found.status == "pending":
            raise TypeError(found)  # the examiner has an answer to it
        return found

    def _farewell(self) -> None:
        rows = [(TITLES[s.part], s.right, s.of) for s in scores(self._marks)]
        left = _once(self._missed)
        bye = "Au revoir." if self._memory is not None else "Rien n'a été gardé. Au revoir."
        if not rows:
            self._show("said", text=french(bye))
            return
        said = french(f"Encore à revoir : {_count(left)}.") if left else ""
        self._show("scores", rows=rows, left=said, bye=french(bye))

    def _read(self) -> str:
        """Read one line; q and the end of the input leave."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        try:
            raw = sys.stdin.readline()
        except KeyboardInterrupt:
            raise Left from None
        line = raw.strip()
        if not raw or line.lower() == "q":
            raise Left
        if not sys.stdin.isatty():
            sys.stdout.write(f"{printable(line)}\n")
        return line

    def _refuse(self, typed: str, right: str) -> None:
        said = f"« {printable(typed)} » n'est pas une réponse ici : {right}." if typed else f"{right.capitalize()}."
        self._show("said", text=french(said))

    def _show(self, template: str, **context: object) -> None:
        self._write(self._render(template, **context))

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)


def _points(scenario: Scenario, decision: Decision) -> Iterable[Point]:
    return ((scenario, decision, part) for part in Part)


def _name(point: Point) -> str:
    _, decision, part = point
    return f"{decision.case.id}:{part}"


def _once(points: Iterable[Point]) -> list[Point]:
    return list({_name(point): point for point in points}.values())


def _count(points: Sequence[Point]) -> str:
    return f"{len(points)} point{'s' if len(points) > 1 else ''}"
