"""The book: what is not vouched for, so that a reader knows where to look first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.book.law import warnings_of
from bot.book.matrix import citing
from bot.book.model import Link
from bot.book.norms import article_link, norm_link
from bot.book.views import Reading, Unsure, Warned
from bot.words.french import CERTAINTIES, day
from knowledge import Article, InForce, KnowledgeBase
from knowledge.checking import Row, months_before, old_norms
from knowledge.model import Certainty

OLD_AFTER_MONTHS = 6


def unsure(base: KnowledgeBase, on: date, rows: Iterable[Row]) -> Unsure:
    """
    Gather what is not sure on a day.

    Args:
        base: the law.
        on: the day of the book.
        rows: the ledger of the doctrine.

    """
    ledger = tuple(rows)
    cited = {id_: tuple(norm_link(n) for n in norms) for id_, norms in citing(base, on).items()}
    states = {id_: base.articles[id_].in_force(on) for id_ in cited}
    limit = months_before(on, OLD_AFTER_MONTHS)
    return Unsure(
        missing=tuple(
            Warned(article_link(base, id_), (base.articles[id_].title,), cited[id_])
            for id_ in sorted(cited)
            if states[id_] is InForce.UNKNOWN
        ),
        fragile=tuple(
            Warned(article_link(base, id_), texts, cited[id_])
            for id_ in sorted(cited)
            if states[id_] is InForce.YES and (texts := _fragile(base.articles[id_], on))
        ),
        readings=_readings(base, cited, limit),
        doubts=tuple(
            Warned(norm_link(n), n.doubts(on), ())
            for n in sorted(base.norms.values(), key=lambda n: n.id)
            if n.doubts(on)
        ),
        reviews=tuple(
            Warned(norm_link(n), (f"Relue le {day(n.checked.on)}." if n.checked else "Jamais relue.",), ())
            for n in old_norms(base.norms.values(), limit)
        ),
        left_out=tuple(
            (row.rule.id, row.rule.title, row.rule.reason or f"En partie seulement. {row.rule.partly}")
            for row in ledger
            if row.rule.reason is not None or row.rule.partly is not None
        ),
        to_check=tuple(
            (row.rule.id, row.rule.title, row.rule.to_check) for row in ledger if row.rule.to_check is not None
        ),
    )


def _fragile(article: Article, on: date) -> tuple[str, ...]:
    version = article.at(on)
    found = warnings_of(article, version, on)
    if version is not None and version.certainty is Certainty.SECONDARY:
        words = CERTAINTIES[version.certainty]
        found = (*found, f"{words[:1].upper()}{words[1:]} : {version.provenance}.")
    return found


def _readings(base: KnowledgeBase, cited: Iterable[str], limit: date) -> tuple[Reading, ...]:
    by_day: dict[date | None, list[Link]] = {}
    for id_ in sorted(cited):
        by_day.setdefault(base.articles[id_].checked_as_of, []).append(article_link(base, id_))
    return tuple(
        Reading(day(on) if on else "Jour inconnu", on is None or on < limit, tuple(links))
        for on, links in sorted(by_day.items(), key=lambda pair: pair[0] or date.min)
    )
