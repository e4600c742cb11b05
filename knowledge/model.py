"""
The words of the law as frozen values: articles, facts, norms and the advice they lead to.

Nothing here reads a file, a clock or the network.
Dates are `datetime.date`; every `end` and `until` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

INCONNU = "inconnu"
"""The answer "je ne sais pas". A fact that was not asked is absent instead: two different things."""

INCONNU_CODE = 0


class Certainty(StrEnum):
    """How sure the text of an article version is, in the words of the dated corpus."""

    OFFICIAL_MIRROR = "official-mirror"
    SECONDARY = "secondary"
    RECONSTRUCTED = "reconstructed"
    MISSING = "missing"


class InForce(StrEnum):
    """Whether an article is in force on a day: three-valued, since texts can be missing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What a norm does when it applies."""

    ESTABLISHES = "establishes"
    FORBIDS = "forbids"
    PERMITS = "permits"
    OBLIGES = "obliges"
    MAY_DECLINE = "may_decline"
    NOT_COVERED = "not_covered"
    DEBATED = "debated"
    REQUIRES = "requires"
    WARNS = "warns"


class Outcome(StrEnum):
    """The seven answers, from the least to the most permissive."""

    FORBIDDEN = "forbidden"
    MAY_DECLINE = "may_decline"
    DEBATED = "debated"
    CONDITIONAL = "conditional"
    PERMITTED = "permitted"
    NOT_COVERED = "not_covered"
    OBLIGED = "obliged"


class Matter(StrEnum):
    """The question of law that a norm settles. Norms of two matters never contradict each other."""

    DISCLOSURE = "disclosure"
    RECORDING = "recording"
    STATUS = "status"


class Strict:
    """What is read from YAML: a key that is not a field is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Gap(Strict):
    """A span of days on which the article existed but its text was not found."""

    start: date
    end: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleVersion(Strict):
    """One dated wording of an article. `text` is None where it is missing or was repealed."""

    start: date
    end: date | None
    modified_by: str
    certainty: Certainty
    provenance: str
    text: str | None
    partial: bool = False
    legifrance_id: str | None = None
    date_certainty: str | None = None
    cross_check: tuple[str, ...] = ()
    nota: str | None = None
    note: str | None = None
    status: str | None = None

    def covers(self, on: date) -> bool:
        """Tell whether `on` is in `[start, end)`."""
        return self.start <= on and (self.end is None or on < self.end)

    @property
    def quotable(self) -> bool:
        """A reconstructed wording is shown as such and never quoted word for word."""
        return self.text is not None and self.certainty is not Certainty.RECONSTRUCTED


@dataclass(frozen=True, slots=True)
class Article(Strict):
    """One legal article with all its dated versions. `id` is `<collection>/<number>`."""

    id: str
    collection: str
    code: str
    number: str
    title: str
    checked_as_of: date | None
    versions: tuple[ArticleVersion, ...]
    source_url: str | None = None
    code_id: str | None = None
    note: str | None = None
    gaps: tuple[Gap, ...] = ()

    def at(self, on: date) -> ArticleVersion | None:
        """Return the version whose days include `on`, or None."""
        return next((v for v in self.versions if v.covers(on)), None)

    def in_force(self, on: date) -> InForce:
        """
        Tell whether the article is in force on `on`.

        A missing text, a gap, and any day before the first known version are
        *unknown*: the law of that day was not read, which never means no rule.
        """
        if not self.versions:
            return InForce.UNKNOWN
        version = self.at(on)
        if version is not None:
            if version.text is not None:
                return InForce.YES
            return InForce.UNKNOWN if version.certainty is Certainty.MISSING else InForce.NO
        if any(g.start <= on and (g.end is None or on < g.end) for g in self.gaps):
            return InForce.UNKNOWN
        if on < self.versions[0].start:
            return InForce.UNKNOWN
        return InForce.NO


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


class Status(StrEnum):
    """What the answers say of a condition."""

    MET = "met"
    UNMET = "unmet"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class Is:
    """The atom of the condition language: the fact has one of these values."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    item: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds; an empty one always does."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    items: tuple[Condition, ...]


Condition = Is | Not | All | Any


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
class Debate(Strict):
    """A debated point: both readings, the cautious course, and whom to ask."""

    readings: tuple[str, ...]
    cautious: str
    consult: str


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
    """

    id: str
    title: str
    effect: Effect
    matter: Matter
    when: Condition
    cites: tuple[Cite, ...]
    rules: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Collection(Strict):
    """A code or a body of texts: its folder, the names people use for it, and how it numbers."""

    id: str
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase(Strict):
    """A sentence ready to say or send, for some outcomes and situations."""

    id: str
    outcomes: tuple[Outcome, ...]
    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Rule(Strict):
    """
    One rule of the doctrine, by its number: what the project set out to say.

    `reason` says why no norm carries it. `partly` says what is left out of a rule that norms do carry.
    `to_check` is the point that was not sure when the rule was set: its norms show a doubt, or say where it was read.
    """

    id: str
    title: str
    reason: str | None = None
    partly: str | None = None
    to_check: str | None = None


@dataclass(frozen=True, slots=True)
class Moved(Strict):
    """An article number that people still use, and where its content is now. `id` is the old article."""

    id: str
    to: tuple[str, ...]
    since: date
    note: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """All the law, loaded and checked. `digest` is the hash of every source file; two bases are never equal."""

    articles: Mapping[str, Article]
    facts: Mapping[str, Fact]
    derived: Mapping[str, DerivedFact]
    norms: Mapping[str, Norm]
    collections: Mapping[str, Collection]
    digest: str
    doctrine: Mapping[str, Rule] = field(default_factory=dict)
    moved: Mapping[str, Moved] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    record: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Facts = Mapping[str, str]
"""Answers by fact id: a value id, or `inconnu`. A fact not asked yet is absent."""
