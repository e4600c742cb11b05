"""Understand the few words that follow a command, without ever repeating them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import Refused
from bot.words.lookup import find_article, find_collection, read_day, short_name
from knowledge import Article, KnowledgeBase
from knowledge.model.typography import french

_LONGEST = 80
_NUMBER = re.compile(r"(?:art\.? |article )?[LRDlrd]?\.? ?\d[\d. -]*")
"""A number can be repeated to who typed it; words cannot, they may be a name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The article asked, or what can be said instead; and the day, if one was written."""

    article: Article | None
    day: date | None
    lines: tuple[str, ...] = ()


def read_article(base: KnowledgeBase, text: str) -> Asked:
    """Find the article that is asked, and the day if one is written after it."""
    words = text[:_LONGEST].split()
    day = read_day(words[-1]) if words else None
    if day is not None:
        words.pop()
    lines: tuple[str, ...] = ()
    for cut in range(1, len(words)):
        code, number = " ".join(words[:cut]), " ".join(words[cut:])
        try:
            return Asked(find_article(base, code, number), day)
        except Refused as refused:
            lines = lines or (_safe(refused) if _NUMBER.fullmatch(number) and _known(base, code) else ())
    found = [a for c in base.collections for a in _try(base, c, " ".join(words))]
    if len(found) == 1:
        return Asked(found[0], day)
    ways = tuple(french(f"Demandez : /article {short_name(base.collections[a.collection])} {a.number}") for a in found)
    return Asked(None, day, lines or ways)


def _try(base: KnowledgeBase, collection: str, number: str) -> list[Article]:
    try:
        return [find_article(base, collection, number)] if _NUMBER.fullmatch(number) else []
    except Refused:
        return []


def _known(base: KnowledgeBase, code: str) -> bool:
    try:
        find_collection(base, code)
    except Refused:
        return False
    return True


def _safe(refused: Refused) -> tuple[str, ...]:
    """Keep what the command line says of a number, in the words of this channel."""
    lines = (line for line in refused.lines if "motus articles" not in line)
    return tuple(line.replace("motus article ", "/article ") for line in lines)
