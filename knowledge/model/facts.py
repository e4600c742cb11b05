"""What a person can be asked: facts, their closed lists of values, and the answer "je ne sais pas"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model.law import Strict

INCONNU = "inconnu"
"""The answer "je ne sais pas". A fact that was not asked is absent instead: two different things."""


INCONNU_CODE = 0


Facts = Mapping[str, str]
"""Answers by fact id: a value id, or `inconnu`. A fact not asked yet is absent."""


@dataclass(frozen=True, slots=True)
class Value(Strict):
    """One possible answer. `qualification` is the test to apply where the answer is itself a legal notion."""

    id: str
    code: int
    label: str
    help: str | None = None
    group: str | None = None
    qualification: str | None = None
    keep: str | None = None


@dataclass(frozen=True, slots=True)
class Fact(Strict):
    """
    One question about the situation, with its closed list of values.

    `unknown` allows "je ne sais pas" and says what then happens.
    `changeable` marks what a worker can still find out or bring about: the only facts
    that "what would change the answer" speaks of.
    """

    id: str
    code: int
    label: str
    question: str
    values: tuple[Value, ...]
    help: str | None = None
    unknown: str | None = None
    changeable: bool = False

    def value(self, value_id: str) -> Value | None:
        """Return the value of that id, or None."""
        return next((v for v in self.values if v.id == value_id), None)


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that is never asked: norms establish it (`oui`), otherwise it is `non`."""

    id: str
    label: str
