"""Where a citation leads: to the very wording, else to its code or law on the day asked, never to a bare front page."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.cli.check import links
from knowledge import KnowledgeBase
from knowledge.answering import address, own_page

FRONT = re.compile(r"(LEGITEXT|JORFTEXT)\d{12}/?$")
LEGIFRANCE = "https://www.legifrance.gouv.fr"


@pytest.mark.parametrize(
    ("article", "on", "expected"),
    [
        ("casf/L119-2", date(2026, 11, 23), "codes/article_lc/LEGIARTI000049389749"),  # its own page, of a code
        ("lois/78-17-art-6", date(2026, 11, 23), "loda/id/JORFTEXT000000886460/2026-11-23"),  # of a law
        ("lois/decret-2008-187-art-9", date(2009, 11, 2), "jorf/article_jo/JORFARTI000018188811"),
        ("casf/D226-2-3", date(2017, 5, 9), "codes/texte_lc/LEGITEXT000006074069/2017-05-09"),  # no identifier known
        ("casf/D226-2-3", date(2023, 5, 9), "codes/article_lc/LEGIARTI000046881353"),
        ("code-penal/226-13", date(1980, 1, 1), "codes/texte_lc/LEGITEXT000006070719/1980-01-01"),  # not read
    ],
)
def test_a_citation_leads_to_its_wording_or_to_its_code_of_the_day(
    base: KnowledgeBase, article: str, on: date, expected: str
) -> None:
    """A law and a decree have their pages elsewhere than a code."""
    found = base.articles[article]

    assert address(found, found.at(on), on) == f"{LEGIFRANCE}/{expected}"


def test_the_wording_of_a_law_has_its_page_among_laws(base: KnowledgeBase) -> None:
    """The archives will give the laws their identifiers; a code keeps its own place."""
    law, code = base.articles["lois/78-17-art-6"], base.articles["casf/L119-2"]
    version = code.versions[-1]

    assert own_page(law, version) == f"{LEGIFRANCE}/loda/article_lc/{version.legifrance_id}"
    assert own_page(code, version) == f"{LEGIFRANCE}/codes/article_lc/{version.legifrance_id}"


def test_no_address_is_a_bare_front_page(base: KnowledgeBase) -> None:
    """Every wording of every article, and the day before the first of them."""
    said = [
        link
        for article in base.articles.values()
        for version in (*article.versions, None)
        if (link := address(article, version, version.start if version else date(1900, 1, 1))) is not None
    ]

    assert [link for link in said if FRONT.search(link)] == []
    assert len(said) > len(base.articles)


def test_the_front_pages_that_files_carry_are_seen() -> None:
    """The pattern above finds one: it would pass over an empty list too."""
    assert FRONT.search(f"{LEGIFRANCE}/codes/texte_lc/LEGITEXT000006074069")


def test_check_counts_what_each_wording_leads_to(base: KnowledgeBase) -> None:
    """The three counts are all the wordings that have a text."""
    every = [(a, v) for a in base.articles.values() for v in a.versions if v.text is not None]
    (said,) = links(base)
    own, dated, other = map(int, re.findall(r"\d+", said))

    assert own == sum(own_page(a, v) is not None for a, v in every) > 0
    assert own + dated + other == len(every)
