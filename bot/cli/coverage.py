"""`motus test --coverage`: what no case reaches of each flow, as text, as a page, and as cases to add."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.app import App
from bot.cli.diff import chosen_flows
from bot.cli.diff_words import count
from bot.cli.progress import progress
from bot.cli.terminal import TEMPLATES, renderer
from bot.files import write_text
from bot.words.french import OUTCOMES
from bot.words.french import day as write_day
from flows import UNKNOWN_LABEL
from flows.exploring.ahead import Ahead
from flows.exploring.case_text import case_text
from flows.exploring.cases import Played
from flows.exploring.coverage import Coverage, cover, whole
from flows.exploring.futures import Futures
from flows.exploring.graph import Graphs
from flows.exploring.missing import Missing, Proposal, propose
from knowledge import law_of
from knowledge.model import Outcome
from knowledge.model.typography import french

if TYPE_CHECKING:
    from bot.cli.test import Wanted


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be reached: its id, its words, and how many cases reach it."""

    id: str
    label: str
    cases: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a flow and its answers, each with how many cases give it."""

    id: str
    label: str
    cases: int
    answers: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """The answers that no case gives."""
        return tuple(a for a in self.answers if not a.cases)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of one flow. `unasked` are the questions that no answers lead to; nobody can reach them."""

    flow: str
    title: str
    cases: int
    questions: tuple[Question, ...]
    unasked: tuple[str, ...]
    outcomes: tuple[Line, ...]
    norms: tuple[Line, ...]

    @property
    def rows(self) -> tuple[tuple[str, int, int], ...]:
        """What is counted: its name, how many are reached, how many there are."""
        answers = [a for q in self.questions for a in q.answers]
        kinds: tuple[tuple[str, Sequence[Line | Question]], ...] = (
            ("questions", self.questions),
            ("réponses", answers),
            ("issues", self.outcomes),
            ("règles", self.norms),
        )
        return tuple((name, sum(bool(x.cases) for x in lines), len(lines)) for name, lines in kinds)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left to reach."""
        return all(reached == there for _, reached, there in self.rows)


def show_coverage(
    app: App, cases: Sequence[Played], on: date, wanted: Wanted, out: TextIO, *, graphs: Graphs, plain: bool
) -> None:
    """
    Print what is asked for of the coverage: the text, the page, the missing cases on the standard output.

    Raises:
        Refused: there is no such flow, or the page cannot be written.

    """
    chosen = [app.flows[f] for f in chosen_flows(app, wanted.flow)]
    law, futures = law_of(app.base, on), Futures(graphs)
    ahead = [Ahead(graphs, flow, law, futures) for flow in chosen]
    covered = cover(app.conversation, [whole(app.base, a, law) for a in ahead], cases)
    pages = [page(app, c) for c in covered]
    if wanted.coverage:
        out.write(renderer(plain=plain)("coverage", on=on, pages=pages, count=count))
    if wanted.html is not None:
        write_text(wanted.html, html(pages, on, len(cases)))
        out.write(french(f"Page écrite : {wanted.html}\n"))
    if wanted.missing:
        with progress("Situations manquantes", len(chosen)) as tick:
            found = []
            for one, coverage in zip(ahead, covered, strict=True):
                found.append(propose(app.conversation, one, coverage, on, origin=_ORIGIN))
                tick()
        _write_missing(found, on)


_ORIGIN = "proposé par « motus test --missing » : la réponse attendue est celle de l'outil, à vérifier"


def page(app: App, coverage: Coverage) -> Page:
    """Put a coverage in words."""
    whole_, tally, base = coverage.whole, coverage.tally, app.base
    flow = app.flows[whole_.flow]
    questions = []
    for fact in whole_.questions:
        known = app.conversation.question(flow.id, fact)
        answers = []
        for _, value in (a for a in whole_.answers if a[0] == fact):
            said = base.facts[fact].value(value)
            answers.append(Line(value, said.label if said else UNKNOWN_LABEL, tally.answers[fact, value]))
        questions.append(Question(fact, known.label, tally.questions[fact], tuple(answers)))
    return Page(
        flow.id,
        flow.title,
        coverage.cases,
        tuple(questions),
        whole_.unasked,
        tuple(Line(o, OUTCOMES[Outcome(o)], tally.outcomes[o]) for o in whole_.outcomes),
        tuple(Line(n, base.norms[n].title, tally.norms[n]) for n in whole_.norms),
    )


def html(pages: Iterable[Page], on: date, cases: int) -> str:
    """Return the coverage as one page that needs nothing else: no script, no network, no other file."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["french"] = french
    return env.get_template("coverage.html.j2").render(pages=list(pages), on=write_day(on), cases=cases, count=count)


def _write_missing(found: Iterable[Missing], on: date) -> None:
    total = 0
    for missing in found:
        for proposal in missing.proposals:
            sys.stdout.write(case_text(proposal.case, _reaches(proposal)))
            total += 1
        for norm in missing.norms:
            sys.stdout.write(french(f"# {missing.flow} : aucune situation trouvée où {norm} compte\n"))
    if not total:
        sys.stdout.write(french(f"# Rien ne manque, au droit du {write_day(on)}.\n"))


def _reaches(proposal: Proposal) -> list[str]:
    """Say what a proposed case is the first to reach."""
    answers = ", ".join(f"{fact}: {value}" for fact, value in proposal.answers)
    outcomes = ", ".join(OUTCOMES[Outcome(o)] for o in proposal.outcomes)
    told = (("réponse", answers), ("issue", outcomes), ("règle", ", ".join(proposal.norms)))
    return [french(f"atteint : {kind} {said}") for kind, said in told if said]
