"""The book: which article carries which norm, which flow reaches it, which tested situation uses it; and the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.app import App
from bot.book.cases import Played
from bot.book.contents import IndexSpec
from bot.book.model import Link, anchor
from bot.book.norms import article_link, norm_link
from bot.book.views import Entry, IndexPart, MatrixBlock, MatrixLine
from bot.words.choices import plain
from bot.words.french import EFFECTS
from knowledge import Fact, InForce, KnowledgeBase, Norm, in_force
from knowledge.answering import atoms

_ARTICLE = re.compile(r"^(?:[ld]['']|(?:le|la|les|un|une|des|du|son|sa|ses|mon|ma|mes) )(?=\w)")


def matrix(app: App, reach: Mapping[str, frozenset[str]], cases: Iterable[Played]) -> tuple[MatrixBlock, ...]:
    """Return a block per cited article, in the order of the codes."""
    base = app.base
    by_norm: dict[str, list[Link]] = {}
    for played in cases:
        for id_ in played.norms:
            by_norm.setdefault(id_, []).append(Link(played.case.anchor, played.case.id))
    by_article = citing(base)
    order = {id_: i for i, id_ in enumerate(base.collections)}
    return tuple(
        MatrixBlock(
            article_link(base, id_),
            tuple(
                MatrixLine(
                    norm_link(n),
                    EFFECTS[n.effect],
                    tuple(f.id for f in app.flows.values() if n.id in reach[f.id]),
                    tuple(by_norm.get(n.id, ())),
                )
                for n in norms
            ),
        )
        for id_, norms in sorted(by_article.items(), key=lambda p: (order[base.articles[p[0]].collection], p[0]))
    )


def citing(base: KnowledgeBase, on: date | None = None) -> dict[str, list[Norm]]:
    """Return, by article id, the norms that cite it, on some day or only on the day `on`."""
    found: dict[str, list[Norm]] = {}
    for norm in sorted(base.norms.values(), key=lambda n: n.id):
        if on is not None and in_force(base, norm, on) is InForce.NO:
            continue
        for id_ in dict.fromkeys(c.article for c in norm.cites if on is None or c.active(on)):
            found.setdefault(id_, []).append(norm)
    return found


def index(base: KnowledgeBase, specs: Iterable[IndexSpec]) -> tuple[IndexPart, ...]:
    """Return the lists of words, then the articles and the old numbers."""
    words = tuple(
        IndexPart(anchor("index", spec.fact), spec.title, tuple(_entries(base, base.facts[spec.fact])))
        for spec in specs
    )
    cited = citing(base)
    moved = tuple(
        Entry(
            ", voir ".join([_old_name(base, m.id), *(article_link(base, i).label for i in m.to if i not in cited)]),
            tuple(article_link(base, i) for i in m.to if i in cited),
        )
        for m in base.moved.values()
    )
    return (*words, IndexPart("index-anciens-numeros", "Les anciens numéros d'articles", moved))


def _old_name(base: KnowledgeBase, id_: str) -> str:
    collection, number = id_.split("/", 1)
    return f"{base.collections[collection].names[0]} {number}"


def _entries(base: KnowledgeBase, fact: Fact) -> list[Entry]:
    """Return the answers to a fact in the order of the alphabet, each with the norms that name it."""
    links: dict[str, list[Link]] = {v.id: [] for v in fact.values}
    if fact.id == "recipient":
        for id_ in links.keys() - {"aucun"}:
            links[id_].append(Link(anchor("destinataire", id_), "Ce qu'on peut lui dire"))
    for norm in sorted(base.norms.values(), key=lambda n: plain(n.title)):
        for id_ in {id_ for a in atoms(norm.when) if a.fact == fact.id for id_ in a.values} | _listed(norm, fact):
            links[id_].append(norm_link(norm))
    return sorted((Entry(v.label, tuple(links[v.id])) for v in fact.values), key=lambda e: _filed(e.word))


def _filed(word: str) -> str:
    """
    Return a word as an index files it, without its article.

    >>> _filed("L'école : direction"), _filed("Les secours"), _filed("Un élu")
    ('ecole : direction', 'secours', 'elu')
    """
    return _ARTICLE.sub("", plain(word))


def _listed(norm: Norm, fact: Fact) -> set[str]:
    """Return the kinds of information that the minimum of a norm lets go."""
    if fact.id != "information" or norm.minimum is None:
        return set()
    return {i.category for i in (*norm.minimum.share, *norm.minimum.if_needed)}
