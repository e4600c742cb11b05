"""The screens made of an article: the article itself, and the danger screen with the duty to act."""

from __future__ import annotations

import re
from datetime import date

from bot.words.lookup import where_now
from bot.words.templating import Render
from knowledge import Article, InForce, KnowledgeBase
from knowledge.answering import address

DUTY = "code-penal/223-6"


def article_text(base: KnowledgeBase, article: Article, on: date, render: Render) -> str:
    """Return the screen of an article as it stood on `on`."""
    moved = base.moved.get(article.id)
    return render(
        "article",
        on=on,
        a=article,
        now=where_now(base, moved) if moved is not None and moved.since <= on else [],
        version=(version := article.at(on)),
        link=address(article, version, on),
        force=article.in_force(on),
        vouched=article.checked_as_of is not None and on <= article.checked_as_of,
        gap=next((g for g in article.gaps if g.start <= on and (g.end is None or on < g.end)), None),
    )


def danger_text(base: KnowledgeBase, on: date, render: Render) -> str:
    """Return the danger screen: whom to call, then the duty to act as it stood on `on`; no question of secrecy."""
    article = base.articles.get(DUTY)
    version = article.at(on) if isinstance(article, Article) else None
    known = article is not None and article.in_force(on) is InForce.YES and version is not None
    return render("danger", on=on, article=article, version=version if known else None)


def in_order(base: KnowledgeBase, collection: str) -> list[Article]:
    """Return the articles of a code in the order of their numbers: 226-2 before 226-13."""
    inside = [a for a in base.articles.values() if a.collection == collection]
    return sorted(inside, key=lambda a: [(int(p) if p.isdigit() else 0, p) for p in _parts(a.number)])


def _parts(number: str) -> list[str]:
    return re.findall(r"\d+|[^\d]+", number)
