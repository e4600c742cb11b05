"""The book: the articles that norms cite, word for word, with all their versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.book.model import ArticleChapter, ArticlePage, Link, Paragraph, Piece, Verbatim, VersionPage, anchor
from bot.words.article import in_order
from bot.words.french import CERTAINTIES, IN_FORCE, day, span
from knowledge import Article, ArticleVersion, InForce, KnowledgeBase
from knowledge.answering import address, name_of
from knowledge.model import Certainty, Gap

_RECONSTRUCTED = "Texte reconstitué : à ne jamais citer mot à mot."
_UNDATED = "Les dates de cette version ne sont pas vérifiées."
_PARTIAL = "Extrait seulement : « […] » marque ce qui manque."


def named(base: KnowledgeBase, article: Article) -> str:
    """Return how a lawyer writes the article; a decision keeps its number."""
    name = name_of(base, article)
    return name if article.number in name else f"{name}, {article.number}"


def cut(text: str, passages: Iterable[str]) -> tuple[Paragraph, ...]:
    r"""
    Cut a text into paragraphs, the passages marked apart; no word is changed.

    >>> [[(p.text, p.marked) for p in para] for para in cut("Un deux.\n\nTrois quatre.", ["quatre"])]
    [[('Un deux.', False)], [('Trois ', False), ('quatre', True), ('.', False)]]
    """
    return tuple(_pieces(line.strip(), passages) for line in text.split("\n") if line.strip())


def _pieces(line: str, passages: Iterable[str]) -> Paragraph:
    spans = sorted((at, at + len(p)) for p in passages if (at := line.find(p)) >= 0)
    pieces: list[Piece] = []
    here = 0
    for first, end in spans:
        if end <= here:
            continue
        start = max(first, here)
        if start > here:
            pieces.append(Piece(Verbatim(line[here:start]), marked=False))
        pieces.append(Piece(Verbatim(line[start:end]), marked=True))
        here = end
    if here < len(line):
        pieces.append(Piece(Verbatim(line[here:]), marked=False))
    return tuple(pieces)


def origin(article: Article, version: ArticleVersion | None) -> str:
    """Say where a text was read, and until what day."""
    read = f"Lu jusqu'au {day(article.checked_as_of)}" if article.checked_as_of else "Jour de lecture inconnu"
    if version is None:
        return f"{read}."
    return f"{_upper(CERTAINTIES[version.certainty])} ({version.provenance}). {read}."


def warnings_of(article: Article, version: ArticleVersion | None, on: date) -> tuple[str, ...]:
    """Say what is not sure about the text of that day."""
    found: list[str] = []
    force = article.in_force(on)
    if force is InForce.UNKNOWN:
        found.append("Le texte de ce jour n'a pas été lu : vérifiez-le sur Légifrance.")
    elif force is InForce.NO:
        found.append("Cet article n'est pas en vigueur ce jour-là.")
    if version is not None:
        if version.certainty is Certainty.RECONSTRUCTED:
            found.append(_RECONSTRUCTED)
        if version.partial:
            found.append(_PARTIAL)
        if version.date_certainty is not None:
            found.append(_UNDATED)
    return tuple(found)


def codes(base: KnowledgeBase, on: date, norms: dict[str, list[Link]]) -> tuple[ArticleChapter, ...]:
    """
    Return the articles by code.

    Args:
        base: the law.
        on: the day of the book.
        norms: by article id, the norms that cite it; the articles that are absent are only named.

    """
    found = []
    for collection in base.collections.values():
        inside = in_order(base, collection.id)
        cited = tuple(_page(base, a, on, norms[a.id]) for a in inside if a.id in norms)
        others = tuple(f"{named(base, a)} ({a.title})" for a in inside if a.id not in norms)
        if inside:
            found.append(ArticleChapter(anchor("code", collection.id), collection.name, cited, others))
    return tuple(found)


def _page(base: KnowledgeBase, article: Article, on: date, norms: list[Link]) -> ArticlePage:
    current = article.at(on)
    ordered = sorted(article.versions, key=lambda v: (v is not current, -v.start.toordinal()))
    passages = [
        c.passage for n in base.norms.values() for c in n.cites if c.article == article.id and c.passage is not None
    ]
    force = article.in_force(on)
    return ArticlePage(
        anchor=anchor("texte", article.id),
        name=named(base, article),
        title=article.title,
        force=force,
        force_label=IN_FORCE[force],
        read=f"Lu jusqu'au {day(article.checked_as_of)}" if article.checked_as_of else "Jour de lecture inconnu",
        url=address(article, current, on),
        versions=tuple(_version(article, v, passages, current=v is current) for v in ordered),
        gaps=tuple(_gap(g) for g in article.gaps),
        note=article.note,
        norms=tuple(norms),
    )


def _gap(gap: Gap) -> str:
    last = f"au {day(gap.end)} exclu" if gap.end is not None else "à aujourd'hui"
    return f"Texte non trouvé du {day(gap.start)} {last}{f' : {gap.note}' if gap.note else '.'}"


def _version(article: Article, version: ArticleVersion, passages: list[str], *, current: bool) -> VersionPage:
    notes = [_UNDATED] if version.date_certainty is not None else []
    notes += [_RECONSTRUCTED] if version.certainty is Certainty.RECONSTRUCTED else []
    notes += [_PARTIAL] if version.partial else []
    notes += [f"État : {version.status}"] if version.status is not None else []
    notes += [n for n in (version.nota and f"Nota : {version.nota}", version.note) if n]
    return VersionPage(
        span=_upper(span(version.start, version.end)),
        current=current,
        modified_by=version.modified_by,
        origin=f"{_upper(CERTAINTIES[version.certainty])} ({version.provenance})",
        url=address(article, version, version.start),
        notes=tuple(notes),
        text=cut(version.text or "", passages if current else ()),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
