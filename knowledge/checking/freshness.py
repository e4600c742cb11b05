"""What was not read again for a while: texts and norms, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.model import Article, KnowledgeBase, Norm


def months_before(on: date, months: int) -> date:
    """
    Return the same day some months earlier, or the last day of that month.

    >>> months_before(date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    total = on.year * 12 + on.month - 1 - months
    year, month = max(total // 12, 1), total % 12 + 1
    for day in range(on.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(on.day, 28))


def old_articles(base: KnowledgeBase, limit: date) -> list[Article]:
    """Return the articles last read before `limit`, the oldest first; a day unknown is the oldest."""
    old = [a for a in base.articles.values() if a.checked_as_of is None or a.checked_as_of < limit]
    return sorted(old, key=lambda a: (a.checked_as_of or date.min, a.id))


def resting_on(base: KnowledgeBase, article: Article) -> list[str]:
    """Return the rules that cite an article."""
    return [n.id for n in base.norms.values() if any(c.article == article.id for c in n.cites)]


def old_norms(norms: Iterable[Norm], limit: date) -> list[Norm]:
    """Return the rules never reviewed, or reviewed before `limit`."""
    old = [n for n in norms if n.checked is None or n.checked.on < limit]
    return sorted(old, key=lambda n: (n.checked.on if n.checked else date.min, n.id))
