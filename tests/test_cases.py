"""Legal cases: facts and a day in, outcome and exact articles out, asserted apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from case_advice import advice_of

from flows import Conversation
from knowledge import KnowledgeBase
from knowledge.reading.yaml_file import parse

CASES = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        cases: Any = parse(path.name, path.read_text(encoding="utf-8")).data
        found.extend(pytest.param(case, id=f"{path.stem}-{case['id']}") for case in cases)
    return found


def test_cases_are_found() -> None:
    """The folder of cases is not empty: the tests below look at something."""
    assert len(_cases()) > 100


@pytest.mark.parametrize("case", _cases())
def test_the_outcome_is_the_expected_one(case: dict[str, Any], base: KnowledgeBase, conversation: Conversation) -> None:
    """Each case reaches its outcome, by its governing norm where the case names one."""
    advice = advice_of(case, base, conversation)

    assert advice.outcome == case["outcome"], f"{advice.governing}: {case['says']}"
    assert advice.governing == case.get("governing", advice.governing)


@pytest.mark.parametrize("case", _cases())
def test_the_articles_are_the_expected_ones(
    case: dict[str, Any], base: KnowledgeBase, conversation: Conversation
) -> None:
    """Each case cites the articles that decide it, and reaches the findings and warnings that it names."""
    advice = advice_of(case, base, conversation)

    assert set(case["articles"]) <= {a.article for a in advice.articles}
    assert set(case.get("findings", ())) <= {f.norm for f in advice.findings}
    assert set(case.get("warns", ())) <= {s.norm for s in advice.trace if s.state == "applies"}


@pytest.mark.parametrize("case", _cases())
def test_the_case_speaks_the_vocabulary(case: dict[str, Any], base: KnowledgeBase) -> None:
    """A case names only facts and values that exist: a slip would be read as an unknown answer."""
    for fact, value in case["facts"].items():
        assert fact in base.facts
        assert value == "inconnu" or base.facts[fact].value(value) is not None
