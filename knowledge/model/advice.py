"""What an evaluation gives back: the advice and its parts, or the facts still open. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.model import Certainty, Debate, Effect, InForce, Matter, Minimum, Outcome, Status


class NormState(StrEnum):
    """What became of a norm in an evaluation."""

    GOVERNS = "governs"
    APPLIES = "applies"
    LIMITS = "limits"
    SET_ASIDE = "set_aside"
    NOT_MET = "not_met"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as it stood on the day asked. `name` is how a lawyer writes it: CP 226-13, loi n° 78-17 art. 6."""

    article: str
    name: str
    code: str
    number: str
    title: str
    point: str | None
    start: date | None
    end: date | None
    url: str | None
    provenance: str | None
    checked_as_of: date | None
    certainty: Certainty
    partial: bool
    in_force: InForce
    excerpt: str | None
    vouched: bool
    """False where the day asked is after `checked_as_of`: no change is known, none was looked for."""
    role: NormState
    norm: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """Why a norm counted or not: `because` says in French what decided, `by` names the norm that set it aside."""

    norm: str
    title: str
    effect: Effect
    state: NormState
    because: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionStatus:
    """A condition of the advice and what the answers say of it."""

    text: str
    status: Status
    norm: str


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest change of facts that leads to another outcome; `others` are more values of its one fact that do."""

    facts: Mapping[str, str]
    others: tuple[str, ...]
    text: str
    outcome: Outcome
    governing: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one matter, or one condition that a norm adds to it."""

    matter: Matter
    outcome: Outcome
    norm: str
    title: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Some values of an unknown fact that lead to the same answer, all else that is unknown staying so."""

    values: tuple[str, ...]
    outcome: Outcome
    norm: str


@dataclass(frozen=True, slots=True)
class Fork:
    """An unknown fact on which the answer hangs, and where its values lead; an order comes first."""

    fact: str
    branches: tuple[Branch, ...]

    @property
    def unsettled(self) -> float:
        """The share of its values after which the answer would still depend on something else."""
        among = sum(len(b.values) for b in self.branches)
        return sum(len(b.values) for b in self.branches if b.outcome is Outcome.DEPENDS) / among


@dataclass(frozen=True, slots=True)
class Perhaps:
    """What a norm says that counts only in some completions. `when` says in which, in French."""

    norm: str
    title: str
    when: str
    governs: bool
    first: tuple[str, ...]
    formalities: tuple[str, ...]
    risks: tuple[str, ...]
    doubt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Protector:
    """
    Someone who must or may be told of a danger: a value of `recipient`, the answer about it and the norm that gives it.

    `articles` are named as a lawyer writes them; `at_once` is true where the text says without delay.
    """

    recipient: str
    outcome: Outcome
    norm: str
    articles: tuple[str, ...]
    at_once: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """
    The result of evaluating the norms over a set of facts on a day.

    `instead` is what the same recipient may receive, where only this information is out of reach.
    `forks` say on which unknown facts the answer hangs; `perhaps` is what norms say that count in some completions
    only. All the rest holds in every completion. `unread` are the articles whose text of that day nobody read, where
    the answer hangs on it.
    """

    outcome: Outcome
    matter: Matter
    governing: str
    title: str
    explanation: str | None
    on: date
    facts: Mapping[str, str]
    bound_by: tuple[str, ...]
    also: tuple[str, ...]
    articles: tuple[Citation, ...]
    minimum: Minimum
    instead: Minimum | None
    conditions: tuple[ConditionStatus, ...]
    formalities: tuple[str, ...]
    first: tuple[str, ...]
    risks: tuple[str, ...]
    doubt: tuple[str, ...]
    debate: Debate | None
    findings: tuple[Finding, ...]
    forks: tuple[Fork, ...]
    perhaps: tuple[Perhaps, ...]
    unread: tuple[str, ...]
    trace: Sequence[TraceStep]
    digest: str


@dataclass(frozen=True, slots=True)
class Pending:
    """No advice yet: `facts` can still change it, in no order."""

    facts: frozenset[str] = field(default_factory=frozenset)
