"""The law in the book, as values that the page and the paper share: only texts, numbers and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model.typography import french


class Verbatim(str):
    """A text that is not ours: no space of it is changed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the book, by its anchor, and the words that lead there."""

    to: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the law's own words; `marked` is the passage that a norm rests on."""

    text: Verbatim
    marked: bool


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition in words: `head`, then the clauses under it."""

    head: str
    under: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """
    An article beside a norm, as it stands on the day.

    `excerpt` is the paragraph that the norm rests on; `whole` is the full text, empty where the excerpt says it all.
    """

    article: Link
    point: str | None
    title: str
    span: str
    url: str | None
    origin: str
    warnings: tuple[str, ...]
    excerpt: tuple[Paragraph, ...]
    whole: tuple[Paragraph, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Needed:
    """A condition of a permission, and what proves it."""

    text: str
    proof: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """One of the three lists of a minimum: what goes, what goes if needed, what stays."""

    mark: str
    label: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NormPage:
    """All that one norm says."""

    anchor: str
    id: str
    title: str
    effect: str
    effect_label: str
    matter: str
    force: str
    force_label: str
    lifetime: str | None
    explanation: str | None
    when: Clause
    establishes: str | None
    needed: tuple[Needed, ...]
    sources: tuple[Source, ...]
    other_days: tuple[Link, ...]
    purpose: str | None
    minimum: tuple[Sorted, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    doubts: tuple[str, ...]
    debate: str | None
    beats: tuple[Link, ...]
    beaten_by: tuple[Link, ...]
    flows: tuple[Link, ...]
    rules: tuple[str, ...]
    checked: str


@dataclass(frozen=True, slots=True)
class NormChapter:
    """The norms of one folder."""

    anchor: str
    title: str
    norms: tuple[NormPage, ...]


@dataclass(frozen=True, slots=True)
class DebatePage:
    """A debated point: its readings are told here and nowhere else."""

    anchor: str
    norm: Link
    readings: tuple[str, ...]
    cautious: str
    consult: str
    articles: tuple[Link, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One dated wording. `current` is the one of the day of the book."""

    span: str
    current: bool
    modified_by: str
    origin: str
    url: str | None
    notes: tuple[str, ...]
    text: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article that a norm cites, with all its versions, the one of the day first."""

    anchor: str
    name: str
    title: str
    force: str
    force_label: str
    read: str
    url: str | None
    versions: tuple[VersionPage, ...]
    gaps: tuple[str, ...]
    note: str | None
    norms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticleChapter:
    """The articles of one code. `others` are carried in the base, and no norm cites them."""

    anchor: str
    title: str
    articles: tuple[ArticlePage, ...]
    others: tuple[str, ...]


def anchor(kind: str, id_: str) -> str:
    """
    Return the stable anchor of a thing.

    >>> anchor("norme", "base/cp-226-13")
    'norme-base-cp-226-13'
    """
    return f"{kind}-{id_}".replace("/", "-").replace(" ", "-").replace("_", "-")


def worded(value: object) -> object:
    """Put the French spaces in every text that is ours, as deep as it is."""
    if isinstance(value, Verbatim):
        return value
    if isinstance(value, str):
        return french(value)
    if isinstance(value, Mapping):
        return {key: worded(inner) for key, inner in value.items()}
    if isinstance(value, Iterable):
        return [worded(inner) for inner in value]
    return value
