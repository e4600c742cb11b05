"""`motus test`: situations played, and what differs from the answers expected of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.app import App, open_app
from bot.cli import case_files
from bot.cli.diff import uncollected
from bot.cli.diff_words import count
from bot.cli.failures import Failure, failure
from bot.cli.junit import junit as junit_report
from bot.cli.progress import progress
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import Refused
from bot.files import write_bytes
from bot.words.french import parse_day
from flows.exploring.case_file import CaseFile
from flows.exploring.cases import Played, play
from flows.exploring.graph import Graphs
from knowledge.model.typography import NBSP, french

DIFFERS = 1
_PARTED = 10
"""How many failures have their parting answer looked for: each can take seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the command beside playing. `on` and `flow` are for the coverage alone."""

    junit: str | None
    html: str | None
    flow: str | None
    on: str | None
    coverage: bool
    missing: bool

    @property
    def covers(self) -> bool:
        """Tell whether the coverage is needed."""
        return self.coverage or self.html is not None or self.missing


def show_test(names: Iterable[str], wanted: Wanted, *, plain: bool) -> int:
    """
    Play the cases of files and folders.

    With the missing cases, these alone are on the standard output, to be kept as a file; the rest is on the other one.

    Returns:
        0 where every answer is the expected one, 1 where one differs.

    Raises:
        Refused: a name, a file or a case cannot be read.

    """
    day: date = parse_day(wanted.on) if wanted.on is not None else today()
    app = open_app()
    files = case_files.read(app, case_files.find(names))
    if not any(file.cases for file in files):
        raise Refused(french("aucun cas dans ces fichiers : rien n'est vérifié"))
    out = sys.stderr if wanted.missing else sys.stdout
    with uncollected():
        suites = played(app, files)
        cases = [p for rows in suites.values() for p, _ in rows]
        graphs = Graphs(app.base)
        failures = _failures(app, cases, graphs)
        out.write(_text(files, suites, failures, plain=plain))
        if wanted.junit is not None:
            by_place = {(f.case.file, f.case.id): f for f in failures}
            write_bytes(wanted.junit, junit_report(suites, by_place, {f.name: f.left_out for f in files}))
        if wanted.covers:
            from bot.cli.coverage import show_coverage

            show_coverage(app, cases, day, wanted, out, graphs=graphs, plain=plain)
    return DIFFERS if failures else 0


def played(app: App, files: Sequence[CaseFile]) -> dict[str, list[tuple[Played, float]]]:
    """Play every case, by file, each with the seconds that it took."""
    found: dict[str, list[tuple[Played, float]]] = {}
    with progress("Situations", sum(len(f.cases) for f in files)) as tick:
        for file in files:
            rows = found.setdefault(file.name, [])
            for case in file.cases:
                start = time.perf_counter()
                one = play(app.conversation, case)
                rows.append((one, time.perf_counter() - start))
                tick()
    return found


def _failures(app: App, cases: Iterable[Played], graphs: Graphs) -> list[Failure]:
    failed = [p for p in cases if not p.kept]
    return [failure(app, p, graphs if i < _PARTED else None) for i, p in enumerate(failed)]


def _text(
    files: Sequence[CaseFile],
    suites: dict[str, list[tuple[Played, float]]],
    failures: Sequence[Failure],
    *,
    plain: bool,
) -> str:
    seconds = sum(s for rows in suites.values() for _, s in rows)
    return renderer(plain=plain)(
        "failures",
        failures=failures,
        unparted=max(0, len(failures) - _PARTED),
        left_out=[name for file in files for name in file.left_out],
        total=sum(map(len, suites.values())),
        files=len(files),
        seconds=f"{seconds:.1f}{NBSP}s".replace(".", ","),
        count=count,
    )
