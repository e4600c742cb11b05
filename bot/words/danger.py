"""The danger screen: whom to call and the duty to act, before any question of secrecy."""

from __future__ import annotations

from datetime import date

from bot.words.templating import Render
from knowledge import Article, InForce, KnowledgeBase

DUTY = "code-penal/223-6"


def danger_text(base: KnowledgeBase, on: date, render: Render) -> str:
    """Return the screen, with the duty to act as it stood on `on`."""
    article = base.articles.get(DUTY)
    version = article.at(on) if isinstance(article, Article) else None
    known = article is not None and article.in_force(on) is InForce.YES and version is not None
    return render("danger", on=on, article=article, version=version if known else None)
