"""The norms as frozen values: what each does, when, on which text, and what may go. Every `until` is exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.model.conditions import Condition
from knowledge.model.facts import Debate
from knowledge.model.law import Strict


class Effect(StrEnum):
    """What a norm does when it applies."""

    ESTABLISHES = "establishes"
    FORBIDS = "forbids"
    PERMITS = "permits"
    OBLIGES = "obliges"
    MAY_DECLINE = "may_decline"
    NOT_COVERED = "not_covered"
    BINDS = "binds"
    DOES_NOT_BIND = "does_not_bind"
    DEBATED = "debated"
    REQUIRES = "requires"
    WARNS = "warns"


class Outcome(StrEnum):
    """The answers, from the least to the most permissive: two to « am I bound », eight to « may I »."""

    FORBIDDEN = "forbidden"
    BOUND = "bound"
    DEPENDS = "depends"
    MAY_DECLINE = "may_decline"
    DEBATED = "debated"
    CONDITIONAL = "conditional"
    PERMITTED = "permitted"
    NOT_COVERED = "not_covered"
    NOT_BOUND = "not_bound"
    OBLIGED = "obliged"


class Matter(StrEnum):
    """The question of law that a norm settles. Norms of two matters never contradict each other."""

    DISCLOSURE = "disclosure"
    RECORDING = "recording"
    STATUS = "status"


class Status(StrEnum):
    """What the answers say of a condition."""

    MET = "met"
    UNMET = "unmet"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class Cite(Strict):
    """
    An article that a norm rests on.

    `passage` is a short verbatim fragment: the paragraph that holds it is the excerpt shown.
    `since` and `until` (exclusive) narrow the days on which this citation counts.
    """

    article: str
    passage: str | None = None
    point: str | None = None
    since: date | None = None
    until: date | None = None

    def active(self, on: date) -> bool:
        """Tell whether the citation counts on `on`."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Required(Strict):
    """A condition the worker can check. `met` says which facts prove it; without it she checks it herself."""

    text: str
    met: Condition | None = None


@dataclass(frozen=True, slots=True)
class Item(Strict):
    """One category of information (a value of the fact `information`) and why it goes or stays."""

    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class Minimum(Strict):
    """What may go at most, for which purpose. A category that is not listed is kept."""

    purpose: str
    share: tuple[Item, ...] = ()
    if_needed: tuple[Item, ...] = ()
    keep: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Review(Strict):
    """When a norm was last checked, and what was found."""

    on: date
    found: str


@dataclass(frozen=True, slots=True)
class DatedDoubt(Strict):
    """What is not sure on some days only. `until` is exclusive."""

    text: str
    since: date | None = None
    until: date | None = None

    def active(self, on: date) -> bool:
        """Tell whether the doubt holds on `on`."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Norm(Strict):
    """
    One legal rule, as written in one YAML file.

    `when` is who, towards whom, in what case. `exception_to` and `prevails_over`
    name the norms that this one sets aside when it applies.
    `headline` is the answer that it gives, in a sentence, where a lawyer has a better one than the composed one.
    """

    id: str
    title: str
    effect: Effect
    matter: Matter
    when: Condition
    cites: tuple[Cite, ...]
    rules: tuple[str, ...] = ()
    headline: str | None = None
    explanation: str | None = None
    establishes: str | None = None
    source: str | None = None
    exception_to: tuple[str, ...] = ()
    prevails_over: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    conditions: tuple[Required, ...] = ()
    minimum: Minimum | None = None
    formalities: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    doubt: str | None = None
    dated_doubts: tuple[DatedDoubt, ...] = ()
    debate: Debate | None = None
    checked: Review | None = None

    @property
    def beats(self) -> tuple[str, ...]:
        """The norms that this one sets aside."""
        return self.exception_to + self.prevails_over

    def doubts(self, on: date) -> tuple[str, ...]:
        """Return what is not sure on `on`: the doubt of every day, then those of that day."""
        always = () if self.doubt is None else (self.doubt,)
        return always + tuple(d.text for d in self.dated_doubts if d.active(on))
