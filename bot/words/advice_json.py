"""
The advice as data for scripts: the shape that `motus ask --json` prints.

Plain dataclasses: the JSON Schema is generated from them, and nothing slow is imported to print.
Dates are AAAA-MM-JJ; every `*_end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from knowledge.model import Certainty, Effect, InForce, Matter, Outcome, Status
from knowledge.model.advice import NormState

SCHEMA: Final = "motus-advice/2"


@dataclass(frozen=True, slots=True)
class Named:
    """A norm and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A norm by which the worker is bound, and where the duty comes from."""

    id: str
    title: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as it stood on the day asked. `vouched` is false where that day is after `checked_as_of`."""

    id: str
    name: str
    code: str
    number: str
    point: str | None
    title: str
    role: NormState
    norm: str
    version_start: date | None
    version_end: date | None
    address: str | None
    provenance: str | None
    checked_as_of: date | None
    vouched: bool
    certainty: Certainty
    partial: bool
    in_force: InForce
    excerpt: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One category of information and why it goes or stays. `specific`: the norm itself says so."""

    category: str
    label: str
    reason: str
    specific: bool


@dataclass(frozen=True, slots=True)
class Least:
    """The most that may go, for which purpose, item by item."""

    purpose: str
    share: tuple[Piece, ...]
    if_needed: tuple[Piece, ...]
    keep: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A condition, and what the answers say of it."""

    text: str
    status: Status
    norm: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A smallest change of facts that leads to another outcome; `others` are more values of its one fact that do."""

    facts: dict[str, str]
    others: tuple[str, ...]
    text: str
    outcome: Outcome
    outcome_label: str
    governing: Named


@dataclass(frozen=True, slots=True)
class Protecting:
    """Someone who must or may be told of the danger; `at_once` where the text says without delay."""

    recipient: str
    label: str
    outcome: Outcome
    outcome_label: str
    governing: Named
    articles: tuple[str, ...]
    at_once: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one norm, and the condition that decided it."""

    norm: str
    title: str
    effect: Effect
    state: NormState
    because: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Readings:
    """A debated point: the readings, the cautious course, and whom to ask."""

    readings: tuple[str, ...]
    cautious: str
    consult: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one matter, or one condition that a norm adds to it."""

    matter: Matter
    outcome: Outcome
    outcome_label: str
    norm: str
    title: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leading:
    """Values of an unknown fact that lead to one answer, and the articles of its norm."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    outcome: Outcome
    outcome_label: str
    governing: Named
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """An unknown fact on which the answer hangs, how to find out, and where each of its values leads."""

    fact: str
    label: str
    question: str
    find_out: str
    branches: tuple[Leading, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """What a norm says that counts in some cases only, and in which. `governs`: it would be the answer there."""

    norm: Named
    when: str
    governs: bool
    first: tuple[str, ...]
    formalities: tuple[str, ...]
    risks: tuple[str, ...]
    doubt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A question that was not answered and was taken as « je ne sais pas »."""

    fact: str
    question: str


@dataclass(frozen=True, slots=True)
class AdviceJson:
    """
    The whole answer.

    Whatever is outside `forks` and `perhaps` holds whatever the value of what is not known. `unread` names the
    articles whose text of that day nobody read, where the answer hangs on it. `protection` is who must, then who may,
    be told of the danger; `fresh` says when the texts that decide were last read.
    """

    schema_version: Literal["motus-advice/2"]
    status: Literal["advice"]
    flow: str
    on: date
    matter: Matter
    outcome: Outcome
    outcome_label: str
    governing: Named
    explanation: str | None
    bound_by: tuple[Bound, ...]
    also: tuple[Named, ...]
    articles: tuple[Cited, ...]
    minimum: Least
    instead: Least | None
    conditions: tuple[Check, ...]
    formalities: tuple[str, ...]
    first: tuple[str, ...]
    phrases: tuple[str, ...]
    record: tuple[str, ...]
    risks: tuple[str, ...]
    changes: tuple[Shift, ...]
    protection: tuple[Protecting, ...]
    fresh: str | None
    trace: tuple[Step, ...]
    doubt: tuple[str, ...]
    debate: Readings | None
    findings: tuple[Found, ...]
    forks: tuple[Parting, ...]
    perhaps: tuple[Maybe, ...]
    unread: tuple[str, ...]
    facts: dict[str, str]
    derived: dict[str, str]
    assumed_unknown: tuple[Assumed, ...]
    token: str | None
    base_digest: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a pending question admits."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question without which there is no answer."""

    fact: str
    question: str
    values: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PendingJson:
    """No answer yet: these questions can still change it and admit no « je ne sais pas »."""

    schema_version: Literal["motus-advice/2"]
    status: Literal["pending"]
    flow: str
    on: date
    pending: tuple[Waiting, ...]
    facts: dict[str, str]
    assumed_unknown: tuple[Assumed, ...]
    base_digest: str


@dataclass(frozen=True, slots=True)
class RefusedJson:
    """No answer: what is wrong in the request, line by line in French, and the exit code."""

    status: Literal["refused"]
    code: int
    errors: tuple[str, ...]


def schema() -> dict[str, object]:
    """Return the JSON Schema of what `motus ask --json` prints."""
    from pydantic import TypeAdapter  # late: printing an advice does not need it

    adapter: TypeAdapter[object] = TypeAdapter(AdviceJson | PendingJson | RefusedJson)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `motus ask --json` prints",
        **adapter.json_schema(mode="serialization"),
    }
