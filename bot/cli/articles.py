"""`motus article` and `motus articles`: the texts, with how sure each is."""

from __future__ import annotations

import sys

from bot.app import open_app
from bot.cli.tables import print_table
from bot.cli.terminal import renderer
from bot.clock import today
from bot.words.article import article_text, in_order
from bot.words.french import CERTAINTIES, parse_day
from bot.words.french import day as write_day
from bot.words.lookup import find_article, find_collection
from knowledge import Article
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
