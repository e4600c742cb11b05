"""`motus law check`: is the carried corpus sound, and how sure is it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

import knowledge
from bot.app import refused
from bot.errors import DATA, Refused
from knowledge import Article, KnowledgeError
from knowledge.load import read_articles
from knowledge.model.typography import french


def show_law() -> None:
    """
    Print the counts of the corpus.

    Raises:
        Refused: with every problem of every file.

    """
    try:
        named = [(n, c) for n, c in knowledge.sources(knowledge.default_root()) if n.startswith("articles/")]
    except KnowledgeError as error:
        raise refused(error.problems) from None
    articles, problems = read_articles(named)
    sys.stdout.write("".join(french(line) + "\n" for line in counts(articles)))
    if problems:
        raise Refused([*(str(p) for p in sorted(problems)), french(f"{len(problems)} problème(s).")], DATA)
    sys.stdout.write(french("Rien à signaler.") + "\n")


def counts(articles: Mapping[str, Article]) -> Iterator[str]:
    """Yield how many versions there are, by certainty, and what is missing."""
    every = articles.values()
    versions = [v for a in every for v in a.versions]
    yield f"{len(articles)} articles, {len(versions)} versions"
    for name, number in sorted(Counter(v.certainty.value for v in versions).items()):
        yield f"  {name} : {number}"
    yield f"  extraits (partial) : {sum(v.partial for v in versions)}"
    yield f"  dates à vérifier (date_certainty) : {sum(v.date_certainty is not None for v in versions)}"
    yield f"  articles avec trou (gaps) : {sum(bool(a.gaps) for a in every)}"
    yield f"  articles sans checked_as_of : {sum(a.checked_as_of is None for a in every)}"
    yield f"  articles avec source_url : {sum(a.source_url is not None for a in every)}"
