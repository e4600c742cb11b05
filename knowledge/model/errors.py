"""What can go wrong with the law as data. Every problem names its file and line, in French."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Put the place before the message, as compilers do."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} : {self.message}"


class KnowledgeError(Exception):
    """The data cannot be used. `problems` lists everything that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(p) for p in self.problems))


class ConflictError(Exception):
    """Two norms apply with different effects and no stated order."""


class NoNormError(Exception):
    """No norm answers: a gap in the base, never an answer."""
