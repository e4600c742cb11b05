"""What an update does to an article, in words: what is new, and what of the past would change."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli.history import word_edits
from bot.words.french import day
from knowledge import Article
from knowledge.model import ArticleVersion

_FEW = 4
"""How many edits of one wording are shown; the rest is counted."""


def news(old: Article, new: Article) -> Iterator[str]:
    """Yield the versions that arrive, and the end of an article."""
    known = {v.start for v in old.versions}
    for version in new.versions:
        if version.start not in known:
            said = "rédaction nouvelle" if version.text is not None else "rédaction nommée, texte pas lu"
            until = f" jusqu'au {day(version.end)} exclu" if version.end else ""
            yield f"{new.id} : {said}, du {day(version.start)}{until} ({version.modified_by})"
    if old.versions and new.versions:
        end = new.versions[-1].end
        if end is not None and old.versions[-1].end != end and new.versions[-1].text is not None:
            yield f"{new.id} : cesse d'être en vigueur le {day(end)}"


def past(old: Article, new: Article) -> Iterator[str]:
    """Yield what changes in what was carried; a version still in force may end, since that is no past."""
    by_id = {v.legifrance_id: v for v in new.versions if v.legifrance_id is not None}
    by_start = {v.start: v for v in new.versions}
    for version in old.versions:
        said = f"{new.id} : la version du {version.start}, déjà reprise,"
        now = by_id.get(version.legifrance_id) if version.legifrance_id else None
        now = now or by_start.get(version.start)
        if now is None:
            yield f"{said} disparaît"
            continue
        if now.start != version.start:
            yield f"{said} commencerait le {now.start}"
        if version.end is not None and now.end != version.end:
            yield f"{said} finissait le {version.end} ; elle finirait le {now.end or 'jamais'}"
        if version.legifrance_id is not None and now.legifrance_id != version.legifrance_id:
            yield f"{said} était {version.legifrance_id} ; elle serait {now.legifrance_id}"
        if version.nota is not None and now.nota != version.nota:
            yield f"{said} change de note officielle : « {now.nota} »"
        if now.text != version.text:
            yield f"{said} change de texte : {_edited(version, now)}"


def turns(old: Article, new: Article) -> bool:
    """Tell whether the law changes on some day: another text, or another day for it."""
    return [(v.start, v.end, v.text) for v in old.versions] != [(v.start, v.end, v.text) for v in new.versions]


def _edited(old: ArticleVersion, new: ArticleVersion) -> str:
    if old.text is None or new.text is None:
        return "il manquait, il arrive" if old.text is None else "il n'est plus donné"
    edits = word_edits(" ".join(old.text.split()), " ".join(new.text.split()))
    if edits is None:
        return "réécrit presque en entier"
    told = [
        (f"« {e.removed} » devient « {e.added} »" if e.added else f"« {e.removed} » disparaît")
        if e.removed
        else f"« {e.added} » s'ajoute après « {e.after} »"
        for e in edits[:_FEW]
    ]
    return " ; ".join(told) + (f" ; et {len(edits) - _FEW} autres" if len(edits) > _FEW else "")
