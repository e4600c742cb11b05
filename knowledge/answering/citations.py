"""Cite an article as it stood on the day asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.model import Article, ArticleVersion, Certainty, Cite, InForce, KnowledgeBase, Norm
from knowledge.model.advice import Citation, NormState
from knowledge.model.typography import french

_SITE = "https://www.legifrance.gouv.fr"
_TEXT = re.compile(r"(LEGITEXT|JORFTEXT)\d{12}")
_PAGES = {
    "LEGIARTI": ("codes/article_lc", "loda/article_lc"),
    "JORFARTI": ("jorf/article_jo", "jorf/article_jo"),
}
"""By kind of identifier: where an article of a code has its page, and where one of a law or decree has it."""


def citations(base: KnowledgeBase, norm: Norm, on: date, role: NormState) -> Iterator[Citation]:
    """Yield the citations of `norm` that count on `on`."""
    for cite in norm.cites:
        if cite.active(on):
            yield citation(base, base.articles[cite.article], on, role, norm=norm.id, cite=cite)


def name_of(base: KnowledgeBase, article: Article) -> str:
    """Return the short name of an article, with the abbreviation of its code."""
    if article.collection in ("lois", "decisions"):
        title = article.code.split(" du ")[0].split(",")[0]
        return f"{title} art. {article.number}" if article.number[0].isdigit() else title
    return f"{base.collections[article.collection].names[0]} {article.number}"


def citation(
    base: KnowledgeBase, article: Article, on: date, role: NormState, *, norm: str, cite: Cite | None = None
) -> Citation:
    """
    Return `article` as it stood on `on`.

    The excerpt is the paragraph that holds the passage, and is left out where the
    wording is reconstructed: such a text is never quoted word for word.
    """
    version = article.at(on)
    return Citation(
        article=article.id,
        name=name_of(base, article),
        code=article.code,
        number=article.number,
        title=article.title,
        point=cite.point if cite else None,
        start=version.start if version else None,
        end=version.end if version else None,
        url=address(article, version, on),
        provenance=version.provenance if version else None,
        checked_as_of=article.checked_as_of,
        certainty=version.certainty if version else Certainty.MISSING,
        partial=version.partial if version else False,
        in_force=article.in_force(on),
        excerpt=excerpt(version, cite.passage if cite else None),
        vouched=article.checked_as_of is not None and on <= article.checked_as_of,
        role=role,
        norm=norm,
    )


def address(article: Article, version: ArticleVersion | None, on: date) -> str | None:
    """Return the address of the very wording, else of its code or law as it stood on `on`, else what its file says."""
    own = own_page(article, version)
    if own is not None:
        return own
    text = _TEXT.search(f"{article.code_id} {article.source_url}")
    if text is None:
        return article.source_url
    return f"{_SITE}/{'codes/texte_lc' if text[1] == 'LEGITEXT' else 'loda/id'}/{text[0]}/{on.isoformat()}"


def own_page(article: Article, version: ArticleVersion | None) -> str | None:
    """Return the address of one wording, or None where its identifier is not known."""
    known = version.legifrance_id if version is not None else None
    if known is None or known[:8] not in _PAGES:
        return None
    law = (article.code_id or "").startswith("JORFTEXT")
    return f"{_SITE}/{_PAGES[known[:8]][law]}/{known}"


def excerpt(version: ArticleVersion | None, passage: str | None) -> str | None:
    """Return the paragraph of `version` that holds `passage`, or None."""
    if version is None or version.text is None or passage is None or not version.quotable:
        return None
    return next((p.strip() for p in version.text.split("\n") if passage in p), None)


def text_doubts(cited: Citation) -> Iterator[str]:
    """Yield what is not sure about the text of one citation."""
    name = f"{cited.code}, article {cited.number}"
    if cited.in_force is InForce.UNKNOWN:
        yield french(f"Le texte en vigueur ce jour-là n'a pas été lu : {name}. Vérifiez-le sur Légifrance.")
    elif cited.certainty is Certainty.RECONSTRUCTED:
        yield french(f"Texte reconstitué, à relire avant de le citer : {name}.")
    if cited.partial:
        yield french(f"Seul un extrait de ce texte a été lu : {name}.")
