"""The carried texts: what is in force, what is unknown, what may be quoted."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from knowledge import InForce, KnowledgeBase, citation
from knowledge.model import Cite
from knowledge.model.advice import NormState


@pytest.mark.parametrize(
    ("article", "on", "expected"),
    [
        ("code-penal/226-13", date(2009, 11, 2), InForce.YES),
        ("lois/90-449-art-7-2", date(2009, 11, 2), InForce.UNKNOWN),  # a gap of the corpus
        ("lois/90-449-art-7-2", date(2014, 3, 27), InForce.YES),
        ("lois/78-17-art-6", date(2018, 9, 1), InForce.UNKNOWN),  # a gap of the corpus
        ("casf/L262-44", date(2024, 12, 31), InForce.YES),
        ("casf/L262-44", date(2025, 1, 1), InForce.YES),
        ("css/L114-19", date(2026, 6, 26), InForce.YES),
        ("css/L114-19", date(2026, 6, 27), InForce.UNKNOWN),  # the text is missing
        ("cgct/L2211-5", date(2012, 4, 30), InForce.YES),
        ("cgct/L2211-5", date(2012, 5, 1), InForce.NO),  # moved to the CSI
        ("csi/L132-5", date(2012, 5, 1), InForce.YES),
        ("casf/L226-2-2", date(2007, 3, 5), InForce.UNKNOWN),
        ("casf/L226-2-2", date(2007, 3, 6), InForce.YES),
    ],
)
def test_an_article_is_in_force_not_in_force_or_unknown(
    base: KnowledgeBase, article: str, on: date, expected: InForce
) -> None:
    """A missing text or a gap is law unknown, never no law."""
    assert base.articles[article].in_force(on) is expected


def test_the_end_of_a_version_is_exclusive(base: KnowledgeBase) -> None:
    """On the day a version ends, the next one is the law."""
    versions = base.articles["code-penal/226-14"].versions

    for before, after in pairwise(versions):
        assert before.end == after.start
        assert base.articles["code-penal/226-14"].at(after.start) is after


def test_a_reconstructed_text_is_never_quoted(base: KnowledgeBase) -> None:
    """The wording of 20 March 2024 was rebuilt: it is cited without an excerpt."""
    article = base.articles["cpp/138"]
    cite = Cite("cpp/138", passage="Le contrôle judiciaire peut être ordonné")
    rebuilt = citation(base, article, date(2024, 3, 25), NormState.GOVERNS, norm="essai", cite=cite)
    read = citation(base, article, date(2026, 6, 1), NormState.GOVERNS, norm="essai", cite=cite)

    assert rebuilt.excerpt is None
    assert rebuilt.certainty == "reconstructed"
    assert read.excerpt is not None
    assert read.excerpt.startswith("Le contrôle judiciaire peut être ordonné")


def test_a_text_is_vouched_for_until_the_day_it_was_read(base: KnowledgeBase) -> None:
    """After that day no change is known, which is not the same as verified."""
    article = base.articles["code-penal/226-13"]
    assert article.checked_as_of is not None

    assert citation(base, article, article.checked_as_of, NormState.GOVERNS, norm="essai").vouched
    assert not citation(base, article, date(2026, 11, 23), NormState.GOVERNS, norm="essai").vouched


def test_every_norm_cites_an_article_that_is_carried(base: KnowledgeBase) -> None:
    """No norm rests on nothing, and every passage quoted was found in its text at load."""
    assert len(base.norms) > 150
    assert all(norm.cites for norm in base.norms.values())
    assert all(cite.article in base.articles for norm in base.norms.values() for cite in norm.cites)


def test_the_slips_of_the_press_are_not_repeated(base: KnowledgeBase) -> None:
    """The code pénal numbers without L, and L226-2-2 comes from the law of 5 March 2007."""
    assert "code-penal/226-13" in base.articles
    assert not [a for a in base.articles if a.startswith("code-penal/L")]
    assert "2007-293 du 5 mars 2007" in base.articles["casf/L226-2-2"].versions[0].modified_by
    assert "2007-297 du 5 mars 2007" in base.articles["casf/L121-6-2"].versions[0].modified_by
