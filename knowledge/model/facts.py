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
class Debate(Strict):
    """A debated point: both readings, the cautious course, and whom to ask."""

    readings: tuple[str, ...]
    cautious: str
    consult: str


@dataclass(frozen=True, slots=True)
class Value(Strict):
    """
    One possible answer. `qualification` is the test to apply where the answer is itself a legal notion.

    `obvious` says why « je ne sais pas » never means this value: whoever has it knows it.
    The small French forms make a sentence of an answer: `short` is the label where there is room for 32 characters,
    `who` is to be told (« le maire »), `what` would go (« l'adresse de la personne »), `negative` is how to say that it
    does not, where « ne donnez pas » and `what` would be no French, `where` is written in (« dans ce formulaire »).
    `also` are other words by which a person calls it; `protects` marks who can protect someone in danger.
    """

    id: str
    code: int
    label: str
    help: str | None = None
    group: str | None = None
    qualification: str | None = None
    keep: str | None = None
    obvious: str | None = None
    short: str | None = None
    who: str | None = None
    what: str | None = None
    negative: str | None = None
    where: str | None = None
    also: tuple[str, ...] = ()
    protects: bool = False


@dataclass(frozen=True, slots=True)
class Fact(Strict):
    """
    One question about the situation, with its closed list of values.

    `find_out` allows "je ne sais pas" and says where a worker can read it, or whom she can ask.
    `changeable` marks what a worker can still bring about: only these are in "what would change the answer".
    `debate` marks a question on which lawyers disagree: nobody is asked, every value is one of their readings.
    `hinge` names it in « cela dépend de… » (« votre service »).
    """

    id: str
    code: int
    label: str
    question: str
    values: tuple[Value, ...]
    help: str | None = None
    find_out: str | None = None
    changeable: bool = False
    debate: Debate | None = None
    hinge: str | None = None

    def value(self, value_id: str) -> Value | None:
        """Return the value of that id, or None."""
        return next((v for v in self.values if v.id == value_id), None)


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that is never asked: norms establish it (`oui`), otherwise it is `non`."""

    id: str
    label: str
