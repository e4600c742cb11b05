"""`motus article` and `motus articles`: the texts, with how sure each is."""

from __future__ import annotations

import re
import sys

from bot.app import open_app
from bot.ask import today
from bot.lookup import find_article, find_collection
from bot.render import renderer
from bot.words import parse_day
from knowledge import Article, KnowledgeBase


def show_article(code: str, number: str, on: str | None, *, plain: bool) -> None:
    """
    Print an article as it stood on a day.

    Raises:
        Refused: the code, the number or the day is wrong.

    """
    day = parse_day(on) if on is not None else None
    base = open_app().base
    article = find_article(base, code, number)
    asked = day or today()
    sys.stdout.write(
        renderer(plain=plain)(
            "article",
            on=asked,
            a=article,
            version=article.at(asked),
            force=article.in_force(asked),
            vouched=article.checked_as_of is not None and asked <= article.checked_as_of,
            gap=next((g for g in article.gaps if g.start <= asked and (g.end is None or asked < g.end)), None),
        )
    )


def show_articles(code: str | None, *, plain: bool) -> None:
    """
    List the articles by code, each with the certainty of its last version and the day it was read.

    Raises:
        Refused: the code is unknown.

    """
    base = open_app().base
    chosen = [find_collection(base, code)] if code is not None else list(base.collections.values())
    groups = [(c, in_order(base, c.id)) for c in chosen]
    sys.stdout.write(renderer(plain=plain)("articles", groups=[g for g in groups if g[1]]))


def in_order(base: KnowledgeBase, collection: str) -> list[Article]:
    """Return the articles of a code in the order of their numbers: 226-2 before 226-13."""
    inside = [a for a in base.articles.values() if a.collection == collection]
    return sorted(inside, key=lambda a: [(int(p) if p.isdigit() else 0, p) for p in _parts(a.number)])


def _parts(number: str) -> list[str]:
    return re.findall(r"\d+|[^\d]+", number)
