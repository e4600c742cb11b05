"""One calm line says how fresh the texts are; old ones lead to the article to open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.words.freshness import Freshness, freshness
from knowledge import KnowledgeBase, citation
from knowledge.model.advice import Citation, NormState

TODAY = date(2026, 11, 25)
NEW, OLD = date(2026, 9, 15), date(2023, 12, 6)


@pytest.fixture
def cited(base: KnowledgeBase) -> Citation:
    """Return a citation of the law that ships."""
    return citation(base, base.articles["casf/L411-3"], TODAY, NormState.GOVERNS, norm="essai")


def of(cited: Citation, *days: date | None) -> list[Citation]:
    """Return citations of as many articles, read on these days."""
    return [replace(cited, article=f"casf/{i}", name=f"CASF {i}", checked_as_of=d) for i, d in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "line", "article"),
    [
        ((NEW,), "Texte relu en septembre 2026", None),
        ((NEW, date(2026, 8, 1)), "Textes relus en août 2026", None),  # the oldest of them
        ((date(2025, 11, 29),), "Texte relu en novembre 2025", None),  # not a year yet
        ((OLD,), "Texte relu en 2023\u00a0: vérifiez l'article", "CASF 0"),
        ((OLD, OLD), "Textes relus en 2023\u00a0: vérifiez l'article", "CASF 0"),
        ((NEW, OLD), "Un texte relu en 2023\u00a0: vérifiez l'article", "CASF 1"),
        ((NEW, date(2025, 7, 13), OLD), "Un texte relu en 2023\u00a0: vérifiez l'article", "CASF 2"),
        ((None,), "Jour de relecture inconnu\u00a0: vérifiez l'article", "CASF 0"),
        ((NEW, None), "Un texte sans jour de relecture\u00a0: vérifiez l'article", "CASF 1"),
    ],
)
def test_the_text_read_the_longest_ago_decides(
    cited: Citation, days: tuple[date | None, ...], line: str, article: str | None
) -> None:
    """The article to open is that one, with its address."""
    found = freshness(of(cited, *days), TODAY)

    assert found == Freshness(line, article, cited.url if article else None)


def test_the_law_of_a_past_day_does_not_age(cited: Citation) -> None:
    """A text read in 2023 says for good what the law was in 2009."""
    assert freshness(of(cited, OLD), date(2009, 11, 2)) == Freshness("Texte relu en décembre 2023")


def test_an_article_cited_for_two_points_is_one_text(cited: Citation) -> None:
    """Nothing cited says nothing."""
    twice = [replace(cited, point=p, checked_as_of=NEW) for p in ("1°", "2°")]

    assert freshness(twice, TODAY) == Freshness("Texte relu en septembre 2026")
    assert freshness([], TODAY) is None


def test_every_article_carried_has_a_line_that_fits_a_phone(base: KnowledgeBase) -> None:
    """Fresh or old, alone."""
    lines = {
        freshness([citation(base, a, TODAY, NormState.GOVERNS, norm="essai")], TODAY) for a in base.articles.values()
    }

    assert max(len(found.line) for found in lines if found) <= 60
    assert {found.article is None for found in lines if found} == {True, False}
