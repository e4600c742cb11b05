"""`motus stale`: what was not read again for a while, and what rests on it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

from bot.app import App, open_app
from bot.ask import today
from bot.errors import Refused
from bot.render import renderer
from bot.words import parse_day, printable
from knowledge import Article, KnowledgeBase, Norm, holds
from knowledge.typography import french


def show_stale(on: str | None, months: str, *, every: bool, plain: bool) -> None:
    """
    Print the articles and the rules whose last reading is older than `months`, and what rests on them.

    Args:
        on: the day from which to count; today by default.
        months: their number.
        every: list every text and every rule, however late they were read.
        plain: no colour.

    Raises:
        Refused: the day or the number of months is wrong.

    """
    if not (months.isdecimal() and 1 <= int(months) <= 1200):
        raise Refused(french(f"« {printable(months)} » n'est pas un nombre de mois : écrivez par exemple --months 6"))
    day = parse_day(on) if on is not None else today()
    app = open_app()
    base = app.base
    limit = months_before(day, int(months))
    shown = date.max if every else limit
    articles = old_articles(base, shown)
    sys.stdout.write(
        renderer(plain=plain)(
            "stale",
            on=day,
            months=int(months),
            limit=limit,
            every=every,
            articles=[(a, norms := resting_on(base, a), flows_of(app, norms)) for a in articles],
            norms=[(n, flows_of(app, [n.id])) for n in old_norms(base.norms.values(), shown)],
        )
    )


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


def flows_of(app: App, norms: Iterable[str]) -> list[str]:
    """Return the flows where one of these rules can count."""
    conditions = [app.base.norms[n].when for n in norms]
    return [f.id for f in app.flows.values() if any(holds(c, dict(f.sets)) is not False for c in conditions)]


def old_norms(norms: Iterable[Norm], limit: date) -> list[Norm]:
    """Return the rules never reviewed, or reviewed before `limit`."""
    old = [n for n in norms if n.checked is None or n.checked.on < limit]
    return sorted(old, key=lambda n: (n.checked.on if n.checked else date.min, n.id))
