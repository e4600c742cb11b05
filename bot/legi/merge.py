"""What the archives say of one article, over what the corpus says of it: nothing of the past is lost unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.legi.wording import Wording, alike
from knowledge.model import Article, ArticleVersion, Certainty
from knowledge.model.law import Gap

_NOT_IN_HAND = "Rédaction nommée par l'archive, texte pas encore repris"
_MONTH = 31
PUBLISHED = "https://echanges.dila.gouv.fr/OPENDATA/LEGI/"


@dataclass(frozen=True, slots=True)
class Official:
    """
    What the archives say of an article.

    `source` names the archive of each wording, `withdrawn` those that are no longer in the base.
    """

    wordings: tuple[Wording, ...]
    source: Mapping[str, str]
    withdrawn: Mapping[str, str]


def merged(article: Article, official: Official, *, history: bool) -> Article:
    """
    Return an article with what the archives add to it.

    Args:
        article: as the corpus carries it.
        official: what the archives say.
        history: take also the wordings older than the oldest that is carried.

    """
    told = _clipped(w for w in official.wordings if w.lives)
    if article.versions and not history:
        told = list(_since(article.versions[0].start, told))
    carried = [v for v in article.versions if v.legifrance_id not in official.withdrawn]
    pairs = _paired(carried, told)
    versions = [_met(carried[i], w, official, dated=history or i > 0) for i, w in pairs.items()]
    versions += [_new(w, official) for w in told if w not in pairs.values()]
    spans = [(v.start, v.end) for v in versions]
    versions += [
        replace(v, start=a, end=b)
        for i, v in enumerate(carried)
        if i not in pairs
        for a, b in _left((v.start, v.end), spans)
    ]
    versions.sort(key=lambda v: v.start)
    spans = [(v.start, v.end) for v in versions]
    gaps = [replace(g, start=a, end=b) for g in article.gaps for a, b in _left((g.start, g.end), spans)]
    gaps += [
        Gap(a, b, f"rédaction retirée de la base LEGI par {official.withdrawn[v.legifrance_id]}")
        for v in article.versions
        if v.legifrance_id is not None and v.legifrance_id in official.withdrawn
        for a, b in _left((v.start, v.end), spans)
    ]
    gaps.sort(key=lambda g: g.start)
    code = article.code_id if article.versions else next((w.text_id for w in told), article.code_id)
    return replace(article, versions=tuple(versions), gaps=tuple(gaps), code_id=code)


def identified(article: Article, official: Official) -> Article:
    """Return an article with no more than the identifiers that archives older than the corpus give to its wordings."""
    told = {w.start: w for w in official.wordings if w.lives and w.text is not None}
    return replace(
        article,
        versions=tuple(
            replace(v, legifrance_id=w.id)
            if v.legifrance_id is None and (w := told.get(v.start)) is not None and _says(v, w)
            else v
            for v in article.versions
        ),
    )


def _since(day: date, wordings: Iterable[Wording]) -> Iterator[Wording]:
    """Yield the wordings that count from a day; what one of them says of the days before is left."""
    for wording in wordings:
        if wording.end is None or wording.end > day:
            yield replace(wording, start=max(wording.first_day, day))


def _says(version: ArticleVersion, wording: Wording) -> bool:
    return version.text is not None and wording.text is not None and alike(version.text, wording.text)


def _clipped(wordings: Iterable[Wording]) -> list[Wording]:
    """Return wordings in order, one a day, none over the next: the base sometimes keeps two where one was mended."""
    by_start = {w.first_day: w for w in sorted(wordings, key=lambda w: (w.text is not None, w.id))}
    ordered = [by_start[start] for start in sorted(by_start)]
    for i, following in enumerate(ordered[1:]):
        end = ordered[i].end
        if end is None or end > following.first_day:
            ordered[i] = replace(ordered[i], end=following.first_day)
    return ordered


def _paired(carried: list[ArticleVersion], told: list[Wording]) -> dict[int, Wording]:
    """Return the wording of each version carried: of its identifier, else of its first day, its words or its end."""
    pairs: dict[int, Wording] = {}
    ways: tuple[Callable[[ArticleVersion, Wording], bool], ...] = (
        lambda v, w: v.legifrance_id == w.id,
        lambda v, w: v.start == w.start,
        lambda v, w: _overlap(v, w) and ((_says(v, w) and _near(v, w)) or (v.end is not None and v.end == w.end)),
    )
    for same in ways:
        for wording in told:
            if wording in pairs.values():
                continue
            at = next((i for i, v in enumerate(carried) if i not in pairs and same(v, wording)), None)
            if at is not None:
                pairs[at] = wording
    return pairs


def _near(version: ArticleVersion, wording: Wording) -> bool:
    """Tell whether two first days may be one: the same words are sometimes enacted again, years later."""
    return version.date_certainty is not None or abs((version.start - wording.first_day).days) <= _MONTH


def _overlap(version: ArticleVersion, wording: Wording) -> bool:
    return (wording.end is None or version.start < wording.end) and (
        version.end is None or wording.first_day < version.end
    )


def _met(version: ArticleVersion, wording: Wording, official: Official, *, dated: bool) -> ArticleVersion:
    """Return a version carried, with what its wording adds or corrects; `dated` where its first day is now sure."""
    if wording.text is not None and not _says(version, wording):
        return _new(wording, official)
    found = replace(
        version,
        start=wording.first_day,
        end=wording.end,
        legifrance_id=wording.id,
        nota=wording.nota if _noted(version, wording) else version.nota,
        date_certainty=None if dated else version.date_certainty,
    )
    if wording.text is None or version.certainty is Certainty.OFFICIAL_MIRROR:
        return found
    provenance = f"{version.provenance} ; mot à mot : {_origin(wording, official)}"
    return replace(found, certainty=Certainty.OFFICIAL_MIRROR, provenance=provenance)


def _noted(version: ArticleVersion, wording: Wording) -> bool:
    return wording.nota is not None and (version.nota is None or not alike(version.nota, wording.nota))


def _new(wording: Wording, official: Official) -> ArticleVersion:
    known = wording.text is not None
    return ArticleVersion(
        wording.first_day,
        wording.end,
        wording.modified_by or _NOT_IN_HAND,
        Certainty.OFFICIAL_MIRROR if known else Certainty.MISSING,
        _origin(wording, official),
        f"{wording.text}\n" if known else None,
        legifrance_id=wording.id,
        nota=wording.nota,
    )


def _origin(wording: Wording, official: Official) -> str:
    """Return what the open licence of the DILA asks to name: who publishes, where, the file and its day."""
    return f"DILA, base LEGI, {PUBLISHED}{official.source[wording.id]}"


Span = tuple[date, date | None]


def _left(span: Span, taken: list[Span]) -> list[Span]:
    """Return what is left of some days once others are taken; what has no end never comes back after them."""
    left = [span]
    for first, last in taken:
        left = [piece for a, b in left for piece in _without(a, b, first, last)]
    return left


def _without(a: date, b: date | None, first: date, last: date | None) -> Iterator[Span]:
    if (b is not None and first >= b) or (last is not None and last <= a):
        yield a, b
        return
    if a < first:
        yield a, first
    if last is not None and b is not None and last < b:
        yield last, b
