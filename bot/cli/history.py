"""`motus history`: every version of an article, what changed from one to the next, and the rules that rest on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from bot.app import open_app
from bot.cli.terminal import renderer
from bot.words.french import span
from bot.words.lookup import find_article
from knowledge import Article, ArticleVersion, InForce, KnowledgeBase, Norm, in_force
from knowledge.answering import address
from knowledge.comparing import spans

_WORD = re.compile(r"[\w’'-]+|[^\w\s]")
_AROUND = 6
_TOO_FEW = 0.35
_BRIDGE = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of wording: what was taken out and what was put in (either may be empty), after which words."""

    after: str
    removed: str
    added: str


@dataclass(frozen=True, slots=True)
class Step:
    """One version, where its text is read, and what changed from the one before: None if it was rewritten."""

    version: ArticleVersion
    address: str | None
    edits: tuple[Edit, ...] | None
    before: ArticleVersion | None


@dataclass(frozen=True, slots=True)
class Resting:
    """A rule that cites the article, and the days on which it is in force, in words."""

    norm: str
    title: str
    when: tuple[str, ...]


def show_history(code: str, number: str, *, plain: bool) -> None:
    """
    Print the history of an article.

    Raises:
        Refused: the code or the number is wrong.

    """
    base = open_app().base
    article = find_article(base, code, number)
    render = renderer(plain=plain)
    sys.stdout.write(render("history", a=article, steps=list(steps(article)), norms=list(resting(base, article))))


def steps(article: Article) -> Iterator[Step]:
    """Yield each version, the oldest first."""
    before: ArticleVersion | None = None
    for version in article.versions:
        found: tuple[Edit, ...] | None = ()
        if before is not None and before.text is not None and version.text is not None:
            found = word_edits(before.text, version.text)
        yield Step(version, address(article, version, version.start), found, before)
        before = version


def word_edits(before: str, after: str) -> tuple[Edit, ...] | None:
    """
    Return what was taken out and put in, word by word, or None where too few words are left to follow.

    >>> word_edits("Le père et la mère sont informés.", "Le père et la mère sont toujours avertis.")
    (Edit(after='Le père et la mère sont', removed='informés', added='toujours avertis'),)
    """
    one, two = ([m.span() for m in _WORD.finditer(text)] for text in (before, after))
    matcher = SequenceMatcher(None, [before[a:b] for a, b in one], [after[a:b] for a, b in two], autojunk=False)
    if matcher.ratio() < _TOO_FEW:
        return None
    return tuple(
        Edit(_said(after, two, max(0, j1 - _AROUND), j1), _said(before, one, i1, i2), _said(after, two, j1, j2))
        for i1, i2, j1, j2 in _bridged(matcher)
    )


def resting(base: KnowledgeBase, article: Article) -> Iterator[Resting]:
    """Yield the rules that cite an article, and since when they are in force."""
    for norm in base.norms.values():
        if any(c.article == article.id for c in norm.cites):
            yield Resting(norm.id, norm.title, tuple(_days(base, norm, *days) for days in spans(base, norm)))


def _days(base: KnowledgeBase, norm: Norm, first: date, end: date | None) -> str:
    """Say the days of a rule; where the text of the day before was not read, it may be older."""
    unread = first > date.min and in_force(base, norm, first - timedelta(days=1)) is InForce.UNKNOWN
    return ("au moins, " if unread else "") + span(first, end).removeprefix("version ")


def _bridged(matcher: SequenceMatcher[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the changes, those that only a word or two separate put together: they read as one."""
    changes = [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
    held: tuple[int, int, int, int] | None = None
    for i1, i2, j1, j2 in changes:
        if held is not None and i1 - held[1] <= _BRIDGE:
            held = (held[0], i2, held[2], j2)
            continue
        if held is not None:
            yield held
        held = (i1, i2, j1, j2)
    if held is not None:
        yield held


def _said(text: str, words: list[tuple[int, int]], first: int, last: int) -> str:
    return re.sub(r"\s+", " ", text[words[first][0] : words[last - 1][1]]) if last > first else ""
