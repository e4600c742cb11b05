"""How fresh the texts of an answer are: one calm line, and the article to open where they are old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bot.words.french import month
from knowledge.model.advice import Citation
from knowledge.model.typography import french

OLD = timedelta(days=366)
"""A code changes about every year: a text not read for longer is to be opened by whoever relies on it."""


class Freshness(NamedTuple):
    """
    What a worker is told.

    `line` is one short sentence without a full stop. `article` and `url` name the text to open; both are None while
    the texts are fresh, and `url` alone where the article has no public address.
    """

    line: str
    article: str | None = None
    url: str | None = None


def freshness(cited: Iterable[Citation], on: date) -> Freshness | None:
    """
    Say when the texts of an answer were last read, as of the text that was read the longest ago.

    Args:
        cited: the citations on which the answer rests, for example `advice.articles` or those of one norm.
        on: the day asked. A text read on that day or later is fresh for good: its past does not move.

    Returns:
        The line: « Textes relus en septembre 2026 », or « Textes relus en 2023 : vérifiez l'article » beyond a year
        before `on`. None where nothing is cited.

    """
    by_article = {c.article: c for c in cited}
    if not by_article:
        return None
    oldest = min(by_article.values(), key=lambda c: c.checked_as_of or date.min)
    read = oldest.checked_as_of
    if read is None:
        line = "Jour de relecture inconnu" if len(by_article) == 1 else "Un texte sans jour de relecture"
        return Freshness(french(f"{line} : vérifiez l'article"), oldest.name, oldest.url)
    texts = "Texte relu" if len(by_article) == 1 else "Textes relus"
    if on - read <= OLD:
        return Freshness(f"{texts} en {month(read)}")
    together = all(c.checked_as_of is not None and c.checked_as_of.year == read.year for c in by_article.values())
    who = texts if together else "Un texte relu"
    return Freshness(french(f"{who} en {read.year} : vérifiez l'article"), oldest.name, oldest.url)
