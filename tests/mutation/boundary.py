"""Read the boundaries written in `tests/boundaries/`, and tell where a base answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge import KnowledgeBase
from knowledge.model.errors import Problem
from knowledge.reading.yaml_file import Path as Keys
from knowledge.reading.yaml_file import YamlFile, parse
from tests.mutation.record import Row, calendar, kept, told

FOLDER = Path(__file__).parents[1] / "boundaries"
ORDINARY = "ordinaire.yaml"
_DAYS = ("in_force", "cites", "doubts")


@dataclass(frozen=True)
class Boundary:
    """What a file says of one norm. `index` is its rank in the file."""

    file: YamlFile
    index: int
    row: Row
    ordinary: dict[str, str]

    @property
    def norm(self) -> str:
        """The norm it speaks of."""
        return str(self.row["norm"])

    def differences(self, base: KnowledgeBase) -> Iterator[Problem]:
        """Yield each place where `base` answers otherwise than the file says."""
        yield from self._days(base)
        for i, situation in enumerate(self.row.get("situations", ())):
            yield from self._answer(("situations", i), situation, base, self._on(situation))
        for i, situation in enumerate(self.row.get("situations", ())):
            yield from self._edges(("situations", i), situation, base, self._on(situation))

    def _days(self, base: KnowledgeBase) -> Iterator[Problem]:
        norm = base.norms.get(self.norm)
        if norm is None:
            yield self._problem(("norm",), "cette norme", "absente")
            return
        days = calendar(base, norm)
        for key in _DAYS:
            if self.row.get(key) != days.get(key):
                yield self._problem((key,), self.row.get(key), days.get(key))

    def _on(self, situation: Row) -> date:
        return date.fromisoformat(str(situation.get("day", self.row["day"])))

    def _answer(self, at: Keys, situation: Row, base: KnowledgeBase, on: date) -> Iterator[Problem]:
        found = told(base, {**self.ordinary, **situation["facts"]}, on, self.norm)
        for key in {**situation["answer"], **found}:
            if situation["answer"].get(key) != found.get(key):
                yield self._problem((*at, "answer", key), situation["answer"].get(key), found.get(key))

    def _edges(self, at: Keys, situation: Row, base: KnowledgeBase, on: date) -> Iterator[Problem]:
        facts = {**self.ordinary, **situation["facts"]}
        for how in ("only", "all_but"):
            for fact, values in situation.get(how, {}).items():
                found = kept(base, facts, on, self.norm, fact)
                if found != (how, values):
                    yield self._problem((*at, how, fact), {how: values}, {found[0]: found[1]})

    def _problem(self, at: Keys, expected: object, found: object) -> Problem:
        return self.file.problem(
            (self.index, *at), f"{self.norm} : attendu {_in_line(expected)} ; trouvé {_in_line(found)}"
        )


def _in_line(said: object) -> str:
    """Say what a file holds as one line, without brackets."""
    if isinstance(said, dict):
        return ", ".join(f"{key} : {_in_line(value)}" for key, value in said.items()) or "rien"
    if isinstance(said, list):
        return ", ".join(map(str, said)) or "rien"
    return "rien" if said is None else str(said)


def read_boundaries(folder: Path = FOLDER) -> list[Boundary]:
    """Return every boundary of `folder`, in the order of the files."""
    ordinary = read_ordinary(folder)
    found: list[Boundary] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != ORDINARY:
            file = parse(f"tests/boundaries/{path.name}", path.read_text(encoding="utf-8"))
            rows: Any = file.data
            found.extend(Boundary(file, i, row, ordinary) for i, row in enumerate(rows))
    return found


def read_ordinary(folder: Path = FOLDER) -> dict[str, str]:
    """Return the ordinary situation: an answer to every question, which each boundary departs from."""
    data: Any = parse(ORDINARY, (folder / ORDINARY).read_text(encoding="utf-8")).data
    return dict(data)
