"""The law and the situations read again while they are edited: what did not change is not read or played twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import flows
import knowledge
from bot.app import App, refused
from bot.cli import case_files
from bot.cli.promises import promised
from bot.errors import DATA, Refused
from bot.files import read_text
from flows import Conversation, FlowError
from flows.exploring.case_file import CaseFile
from flows.exploring.cases import Case, Played, play
from flows.exploring.touched import Law, Said, Touch, said
from knowledge import KnowledgeBase, Problem
from knowledge.load import read_base
from knowledge.model.typography import french
from knowledge.reading import Folder, read, read_folder

_FILES = 4096

Key = tuple[str, str]
"""A case by its file and its name."""


@dataclass(frozen=True, slots=True)
class Change:
    """A situation whose answer is no longer the same."""

    played: Played
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Round:
    """
    What one save did: the situations played again, those whose answer changed, those that are `wrong` of all.

    `new` are the situations that were not there, or that said something else.
    """

    replayed: int
    total: int
    new: tuple[Played, ...]
    changes: tuple[Change, ...]
    wrong: int


class Bench:
    """The law, the flows and the situations as they last read well, and every answer."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the files and folders of situations."""
        self._names = names
        self._parse = lru_cache(maxsize=_FILES)(read)
        self._files: dict[str, tuple[str, CaseFile]] = {}
        self.app: App | None = None
        self._answers: dict[Key, Played] = {}

    def again(self) -> Round:
        """
        Read all that was saved, and play what it touches.

        Raises:
            Refused: the law, the flows or a file of situations is refused, with every problem; what was read before
                still stands.

        """
        app = self._read()
        try:
            cases = [case for file in self._situations(app) for case in file.cases]
        except Refused:
            self._files.clear()  # what was read so far was read beside a law that is not kept
            raise
        old = self.app or app
        touch = Touch(Law(old.base, old.flows), Law(app.base, app.flows))
        answers: dict[Key, Played] = {}
        new: list[Played] = []
        changes: list[Change] = []
        replayed = 0
        for case in cases:
            key = case.file, case.id
            before = self._answers.get(key)
            same = before is not None and _placeless(before.case) == _placeless(case)
            if before is not None and same and not touch.touches(case, before.facts):
                answers[key] = replace(before, case=case)
                continue
            answers[key] = played = play(app.conversation, case)
            replayed += 1
            if before is None or not same:
                new.append(played)
            elif (one := said(before)) != (two := said(played)):
                changes.append(Change(played, one, two))
        self.app, self._answers = app, answers
        return Round(replayed, len(answers), tuple(new), tuple(changes), sum(not p.kept for p in answers.values()))

    def _situations(self, app: App) -> list[CaseFile]:
        """Read the files of situations; one that is as it was names what it named, unless names came or went."""
        if self.app is None or not _same_names(self.app, app):
            self._files.clear()
        found: list[CaseFile] = []
        for path in case_files.find(self._names):
            name, text = read_text(str(path))
            before = self._files.get(name)
            if before is None or before[0] != text:
                before = self._files[name] = text, case_files.read(app, [path])[0]
            found.append(before[1])
        return found

    def _read(self) -> App:
        law, asked = _lain(read_folder(knowledge.default_root())), _lain(flows.read_flows())
        base, problems = read_base(law.files, self._parse, self.app.base if self.app else None)
        if law.problems or problems:
            raise refused(sorted({*law.problems, *problems}))
        try:
            found = flows.load_from(base, asked)
        except FlowError as error:
            raise refused(error.problems) from None
        promised(base)
        return self._kept(base, found)

    def _kept(self, base: KnowledgeBase, found: dict[str, flows.Flow]) -> App:
        """Keep the law of before where nothing in it changed: what was drawn from it still serves."""
        if self.app is not None and self.app.base.digest == base.digest and self.app.flows == found:
            return self.app
        return App(base, found, Conversation(base, found))


def _same_names(one: App, two: App) -> bool:
    """Tell whether a situation that names something in one law names it in the other."""
    return (
        one.base.norms.keys() == two.base.norms.keys()
        and one.base.articles.keys() == two.base.articles.keys()
        and one.base.facts == two.base.facts
        and one.flows == two.flows
    )


def _placeless(case: Case) -> Case:
    """Return a case without its line: one added above it changes nothing."""
    return replace(case, line=0)


def _lain(folder: Folder) -> Folder:
    """Leave out what an editor at work leaves beside a file: `motus check` refuses it, once the work is done."""
    return Folder(folder.files, tuple(p for p in folder.problems if not _passing(p)))


def _passing(problem: Problem) -> bool:
    name = Path(problem.file).name
    return name.startswith(".") or name.endswith("~")


def situations(folder: str) -> str:
    """
    Return where the situations are, for a folder that a person works in.

    Where that is the law, the flows, or the whole project, they are the project's own.

    Raises:
        Refused: there are none.

    """
    here = Path(folder).resolve()
    roots = watched_roots()
    if not any(root == here or root in here.parents or here in root.parents for root in roots):
        return folder
    own = roots[0].parents[1] / "tests" / "cases"
    if not own.is_dir():
        raise Refused(
            french("ce dossier n'a pas de situations : donnez celui des vôtres, « motus watch DOSSIER »"), DATA
        )
    return str(own.relative_to(Path.cwd())) if own.is_relative_to(Path.cwd()) else str(own)


def watched_roots() -> tuple[Path, Path]:
    """Return the folders of the law and of the flows."""
    return Path(str(knowledge.default_root())).resolve(), Path(str(flows.default_root())).resolve()
