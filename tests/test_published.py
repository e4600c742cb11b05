"""
Published questions and their published answers, against what the product answers.

Where the product answers otherwise, the entry says so and why: a difference that
no longer exists is an error, as is an article said to be absent that has been found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from case_advice import advice_of

from flows import Conversation
from knowledge import Advice, KnowledgeBase, Outcome
from knowledge.reading.yaml_file import parse

PUBLISHED: Any = parse("published.yaml", (Path(__file__).parent / "published.yaml").read_text(encoding="utf-8")).data
CASES: list[dict[str, Any]] = PUBLISHED["cases"]
AGREEING = 45
OPEN = {Outcome.CONDITIONAL, Outcome.PERMITTED, Outcome.OBLIGED}

each_case = pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES])
each_answered_case = pytest.mark.parametrize(
    "case", [pytest.param(c, id=c["id"]) for c in CASES if "not_covered_because" not in c]
)
each_other_answer = pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES if "outcome" in c])


def _cited(advice: Advice) -> set[str]:
    return {a.article for a in advice.articles}


def test_every_published_question_is_there() -> None:
    """None of the published questions was dropped, and none is told twice."""
    assert len(CASES) == int(PUBLISHED["count"])
    assert len({c["id"] for c in CASES}) == len(CASES)


@each_answered_case
def test_the_outcome_is_the_published_one(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """The product answers as published, or as the entry says that it does instead."""
    advice = advice_of(case, base, conversation)

    assert advice.outcome == case.get("outcome", case["published"]["outcome"]), advice.governing


@each_answered_case
def test_the_articles_are_the_published_ones(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """The product cites every published article, or those that the entry names in its place."""
    cited = _cited(advice_of(case, base, conversation))
    instead = case.get("cites_instead", {})

    assert set(case["published"]["articles"]) - set(instead) <= cited
    for other in instead.values():
        assert set(other["articles"]) <= cited


def test_most_outcomes_agree(base: KnowledgeBase, conversation: Conversation) -> None:
    """The answers of the profession and of the product seldom differ."""
    answered = [c for c in CASES if "not_covered_because" not in c]
    agreeing = [c for c in answered if advice_of(c, base, conversation).outcome == c["published"]["outcome"]]

    assert len(agreeing) >= AGREEING


@each_case
def test_what_is_published_as_forbidden_is_never_opened(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """The product never lets through what a published answer forbids."""
    if case["published"]["outcome"] == Outcome.FORBIDDEN:
        assert advice_of(case, base, conversation).outcome not in OPEN


@each_other_answer
def test_a_difference_is_real_and_explained(case: dict[str, Any]) -> None:
    """An entry that announces another answer gives one that is other, and its reason."""
    assert case["outcome"] != case["published"]["outcome"]
    assert case["because"]


@each_answered_case
def test_an_article_replaced_is_really_not_cited(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """An article said to be replaced is a published one, and the product does not cite it."""
    cited = _cited(advice_of(case, base, conversation))

    for article, other in case.get("cites_instead", {}).items():
        assert article in case["published"]["articles"]
        assert article not in cited
        assert other["because"]


@each_case
def test_an_absent_text_is_really_absent(case: dict[str, Any], base: KnowledgeBase) -> None:
    """A published text is either an article that was read, or said to be absent with the reason."""
    for article in case["published"]["articles"]:
        assert base.articles[article].versions, f"{article} has no text: it belongs under `absent`"
    for name, reason in case.get("absent", {}).items():
        assert name not in base.articles or not base.articles[name].versions, f"{name} has a text now"
        assert reason


@each_case
def test_the_entry_speaks_the_vocabulary(case: dict[str, Any], base: KnowledgeBase) -> None:
    """An entry names only facts, values and outcomes that exist, and says where the answer was published."""
    for fact, value in case["facts"].items():
        assert value == "inconnu" or base.facts[fact].value(value) is not None
    assert case["published"]["outcome"] in set(Outcome)
    assert case["source"]["publisher"]
    assert case["source"]["url"].startswith("http")


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES if "before" in c])
def test_on_the_day_of_the_ruling_the_law_of_that_day_answers(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """Where the law of the source's own day leads elsewhere, that is said with its reason, and holds."""
    before = case["before"]
    advice = advice_of({**case, "on": before["on"]}, base, conversation)

    assert advice.outcome == before["outcome"] != case["published"]["outcome"]
    assert before["because"]
