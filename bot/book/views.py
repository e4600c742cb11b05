"""The book and its views of the law: tables, recipients, flows, matrix, doubts, index. Values, like the rest of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.book.model import ArticleChapter, DebatePage, Link, NormChapter


@dataclass(frozen=True, slots=True)
class Cell:
    """The outcome of one situation, what decides it, and the norms that other answers may bring in."""

    outcome: str
    label: str
    norm: Link | None
    articles: tuple[Link, ...]
    openers: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a decision table."""

    group: str | None
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rows and columns of situations, and what is held the same in all of them."""

    anchor: str
    title: str
    caption: str
    given: tuple[str, ...]
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """For one recipient, the kinds of information that have the same answer."""

    information: tuple[str, ...]
    cell: Cell


@dataclass(frozen=True, slots=True)
class RecipientPage:
    """What one recipient may be told."""

    anchor: str
    group: str
    label: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A question of a flow, and how many norms of that flow hang on it."""

    question: str
    label: str
    answers: tuple[str, ...]
    find_out: str | None
    norms: int


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A flow, drawn and told."""

    anchor: str
    title: str
    description: str
    sets: tuple[str, ...]
    steps: tuple[Step, ...]
    drawing: str
    norms: int


@dataclass(frozen=True, slots=True)
class Case:
    """A tested situation: its id, its sentence, the day of its law and its answer."""

    anchor: str
    id: str
    says: str
    day: str
    answer: str


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One norm that an article carries, the flows that can reach it and the cases that use it."""

    norm: Link
    effect: str
    flows: tuple[str, ...]
    cases: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """One article and its norms."""

    article: Link
    lines: tuple[MatrixLine, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles last read on one day, and whether that is long ago."""

    day: str
    old: bool
    articles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that is not sure, and the norms it touches."""

    subject: Link
    texts: tuple[str, ...]
    norms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What the book does not vouch for."""

    missing: tuple[Warned, ...]
    fragile: tuple[Warned, ...]
    readings: tuple[Reading, ...]
    doubts: tuple[Warned, ...]
    reviews: tuple[Warned, ...]
    left_out: tuple[tuple[str, str, str], ...]
    to_check: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the index, and where it leads."""

    word: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One alphabetical list of the index."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book on one day of law."""

    day: str
    digest: str
    counts: Mapping[str, int]
    legend: tuple[tuple[str, str, str], ...]
    tables: tuple[DecisionTable, ...]
    profile: tuple[str, ...]
    recipients: tuple[RecipientPage, ...]
    chapters: tuple[NormChapter, ...]
    debates: tuple[DebatePage, ...]
    codes: tuple[ArticleChapter, ...]
    flows: tuple[FlowPage, ...]
    matrix: tuple[MatrixBlock, ...]
    with_cases: bool
    cases: tuple[Case, ...]
    unsure: Unsure
    index: tuple[IndexPart, ...]
