"""Data against a schema: the one way in which what a file says becomes a value, be it of the law or of a flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from knowledge.model.errors import Problem
from knowledge.reading.schema_errors import explain
from knowledge.reading.yaml_file import Path, YamlFile

T = TypeVar("T")

_BLANK = "ce texte est vide ; écrivez-le, ou retirez cette ligne"


class Schema:
    """Reads values of the kinds of `knowledge.model` and `flows.model`, and gathers every problem."""

    def __init__(self) -> None:
        self._adapters: dict[type, Any] = {}
        self.problems: list[Problem] = []

    def read(self, file: YamlFile, data: object, kind: type[T], at: Path = ()) -> T | None:
        """
        Return the value that `data` says, or None where something is wrong with it, which is then kept.

        Args:
            file: where the data was written.
            data: what was read there.
            kind: the dataclass that it must be.
            at: the path of the data inside the file.

        """
        from pydantic import TypeAdapter, ValidationError  # late: a base already compiled never needs it

        if kind not in self._adapters:
            self._adapters[kind] = TypeAdapter(kind)
        blank = [file.problem(path, _BLANK) for path in _blank(data, at)]
        self.problems.extend(blank)
        try:
            found: T = self._adapters[kind].validate_python(data)
        except ValidationError as error:
            allowed = [f.name for f in fields(kind)] if is_dataclass(kind) else []
            self.problems.extend(explain(file, error, at, allowed))
            return None
        return None if blank else found


def _blank(data: object, at: Path) -> Iterator[Path]:
    """Yield where a text without a letter stands."""
    if isinstance(data, str) and not data.strip():
        yield at
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _blank(value, (*at, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _blank(value, (*at, i))
