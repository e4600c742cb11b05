"""Texts of law as frozen values: articles, their dated versions, the codes they belong to. Each `end` is exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Strict:
    """What is read from YAML: a key that is not a field is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


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
class Collection(Strict):
    """A code or a body of texts: its folder, the names people use for it, and how it numbers."""

    id: str
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved(Strict):
    """An article number that people still use, and where its content is now. `id` is the old article."""

    id: str
    to: tuple[str, ...]
    since: date
    note: str | None = None
    rules: tuple[str, ...] = ()
