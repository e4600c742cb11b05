"""What archives make of a whole corpus: each article with what they add, and what a human must look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.legi.archive import Archive
from bot.legi.gather import ORDINARY, Gathered, unbroken
from bot.legi.merge import Official, identified, merged
from bot.legi.wording import MOVED, NEVER_BORN, Wording
from knowledge import Article
from knowledge.model import Certainty


def updated(
    articles: Mapping[str, Article], archives: Sequence[Archive], gathered: Gathered, *, history: bool
) -> dict[str, Article]:
    """
    Return the articles that change, by identifier.

    An article read later than the last archive that speaks of it keeps its texts and their days: only identifiers are
    taken then.
    An article is known to be unchanged where no archive speaks of it only if the archives follow its last reading
    without a hole, and if an identifier proves that it would have been recognized.
    """
    found: dict[str, Article] = {}
    stock = next((a.day for a in archives if a.stock), None)
    for id_, article in articles.items():
        wordings = tuple(gathered.wordings.get(id_, {}).values())
        seen = gathered.seen.get(id_)
        sure = [d for d in (article.checked_as_of, seen, stock if seen else None) if d is not None]
        known = seen is not None or any(v.legifrance_id is not None for v in article.versions)
        read = unbroken(max(sure), archives) if sure and known else None
        official = Official(wordings, gathered.source, gathered.withdrawn)
        late = _late(article, seen or archives[-1].day)
        now = identified(article, official) if late else merged(article, official, history=history)
        now = replace(now, checked_as_of=max((d for d in (article.checked_as_of, read) if d is not None), default=None))
        if now != article:
            found[id_] = now
    return found


def to_look_at(
    articles: Mapping[str, Article], now: Mapping[str, Article], archives: Sequence[Archive], gathered: Gathered
) -> Iterator[str]:
    """Yield, in French, what the archives could not settle: holes, articles renumbered, texts named and not given."""
    for one, two in pairwise(archives):
        if two.day - one.day > ORDINARY:
            yield (
                f"Il manque sans doute une archive entre le {one.day} et le {two.day}. "
                f"Les articles dont rien n'est dit ensuite restent relus au {one.day} au plus."
            )
    late = sum(_late(articles[id_], seen) for id_, seen in gathered.seen.items())
    if late:
        yield f"{late} articles ont été relus depuis le jour de ces archives : seuls leurs identifiants sont repris."
    if archives[0].stock:
        absent = [id_ for id_ in articles if id_ not in gathered.seen]
        if absent:
            yield f"Absents du stock, laissés comme ils sont ({len(absent)}) : {', '.join(absent)}."
    for id_, rows in sorted(gathered.wordings.items()):
        yield from _about(now.get(id_, articles[id_]), list(rows.values()), gathered)


def _late(article: Article, seen: date) -> bool:
    """Tell whether the corpus read an article after an archive last spoke of it."""
    return article.checked_as_of is not None and seen < article.checked_as_of


def _about(article: Article, wordings: list[Wording], gathered: Gathered) -> Iterator[str]:
    for version in article.versions:
        if version.certainty is Certainty.MISSING and version.legifrance_id in gathered.source:
            yield (
                f"{article.id} : le texte du {version.start} ({version.legifrance_id}) n'est pas dans ces archives. "
                "Donnez le stock, ou l'archive du jour où il a paru."
            )
    for wording in wordings:
        if wording.start is None and wording.state != NEVER_BORN:
            yield f"{article.id} : une rédaction attend son jour ({wording.id}) ; elle n'est pas reprise."
        if wording.id in gathered.elsewhere:
            then = gathered.elsewhere[wording.id]
            yield (
                f"{article.id} : devient l'article {then.number} le {then.start} ({then.id}) ; inscrivez-le dans "
                "moved.yaml, et le nouveau dans missing.yaml pour que la prochaine lecture le reprenne."
            )
        elif wording.state in MOVED and wording.end is not None:
            yield f"{article.id} : déplacé le {wording.end}, sans que l'archive dise où ; cherchez-le sur Légifrance."
