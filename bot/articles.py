"""`motus article` and `motus articles`: the texts, with how sure each is."""

from __future__ import annotations

import re
import sys
from datetime import date

from bot.app import open_app
from bot.ask import today
from bot.lookup import find_article, find_collection, where_now
from bot.render import Render, renderer
from bot.tables import print_table
from bot.words import CERTAINTIES, parse_day
from bot.words import day as write_day
from knowledge import Article, KnowledgeBase
from knowledge.model import Certainty


def show_article(code: str, number: str, on: str | None, *, plain: bool) -> None:
    """
    Print an article as it stood on a day.

    Raises:
        Refused: the code, the number or the day is wrong.

    """
    day = parse_day(on) if on is not None else None
    base = open_app().base
    article = find_article(base, code, number)
    sys.stdout.write(article_text(base, article, day or today(), renderer(plain=plain)))


def article_text(base: KnowledgeBase, article: Article, on: date, render: Render) -> str:
    """Return the screen of an article as it stood on `on`."""
    moved = base.moved.get(article.id)
    return render(
        "article",
        on=on,
        a=article,
        now=where_now(base, moved) if moved is not None and moved.since <= on else [],
        version=article.at(on),
        force=article.in_force(on),
        vouched=article.checked_as_of is not None and on <= article.checked_as_of,
        gap=next((g for g in article.gaps if g.start <= on and (g.end is None or on < g.end)), None),
    )


def show_articles(code: str | None, *, plain: bool) -> None:
    """
    List the articles by code, each with the certainty of its last version and the day it was read.

    Raises:
        Refused: the code is unknown.

    """
    base = open_app().base
    chosen = [find_collection(base, code)] if code is not None else list(base.collections.values())
    for collection in chosen:
        inside = in_order(base, collection.id)
        if inside:
            print_table(
                f"{collection.name} ({', '.join(collection.names)})",
                (("Article", 0), ("Objet", 8), ("Dernière version", 6)),
                (_row(a) for a in inside),
                plain=plain,
            )


def _row(article: Article) -> tuple[str, str, str]:
    certainty = article.versions[-1].certainty if article.versions else Certainty.MISSING
    read = write_day(article.checked_as_of) if article.checked_as_of is not None else "(jour inconnu)"
    shared = article.collection in ("lois", "decisions")  # several texts in one folder: the id tells them apart
    number = article.id.split("/")[1] if shared else article.number
    return number, article.title, f"{CERTAINTIES[certainty]} ; lu jusqu'au {read}"


def in_order(base: KnowledgeBase, collection: str) -> list[Article]:
    """Return the articles of a code in the order of their numbers: 226-2 before 226-13."""
    inside = [a for a in base.articles.values() if a.collection == collection]
    return sorted(inside, key=lambda a: [(int(p) if p.isdigit() else 0, p) for p in _parts(a.number)])


def _parts(number: str) -> list[str]:
    return re.findall(r"\d+|[^\d]+", number)
