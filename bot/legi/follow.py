"""Which article of the corpus a wording of the archives is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from bot.legi.wording import Wording
from knowledge import Article

_TEXT = re.compile(r"(?:LEGITEXT|JORFTEXT)\d{12}")
_LEFT_OUT = re.compile(r"[\s.*]")
_FORMER = "-ancien"
"""How the corpus names an article whose number was given to another one since."""


class Followed:
    """
    The articles of a corpus, by the names that the archives give them.

    `texts` are the identifiers of the codes and laws in which some article is followed.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {a.id: a for a in articles}
        self._by_number: dict[tuple[str, str], list[Article]] = defaultdict(list)
        self._by_id = {
            v.legifrance_id: a.id for a in self._articles.values() for v in a.versions if v.legifrance_id is not None
        }
        of_code: dict[str, set[str]] = defaultdict(set)
        for article in self._articles.values():
            of_code[article.collection].update(_named(article))
        for article in self._articles.values():
            near = of_code[article.collection]
            for text in _named(article) or (near if len(near) == 1 else ()):
                self._by_number[text, plain(article.number)].append(article)
        self.texts = frozenset(text for text, _ in self._by_number)

    def of(self, wording: Wording) -> str | None:
        """Return the article of which this is a wording, or None where nobody follows it."""
        if wording.start is not None:
            named = self._by_number.get((wording.text_id, plain(wording.number)), ())
            former = [a for a in named if a.id.endswith(_FORMER) and wording.start < _end(a)]
            present = [a for a in named if not a.id.endswith(_FORMER)]
            if former or present:
                return (former or present)[0].id
        return self._by_id.get(wording.id)

    def holds(self, id_: str) -> bool:
        """Tell whether the corpus carries the wording of this identifier."""
        return id_ in self._by_id


def plain(number: str) -> str:
    """
    Return a number of article as the archives and the corpus both can write it.

    >>> plain("L. 226-2-2"), plain("R*121-1"), plain("16 A")
    ('l226-2-2', 'r121-1', '16a')
    """
    return _LEFT_OUT.sub("", number).casefold()


def _named(article: Article) -> set[str]:
    found = _TEXT.search(f"{article.code_id} {article.source_url}")
    return {found[0]} if found else set()


def _end(article: Article) -> date:
    """Return the day on which the number was left."""
    return (article.versions[-1].end if article.versions else None) or date.max
