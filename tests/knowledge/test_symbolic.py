"""The diagrams and the evaluator are one law: the same answer to the same situation, the same space."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, situations

from knowledge import Advice, evaluate, law_of
from knowledge.proving.diagrams import Space, SymbolicLaw

KNOWN = {f.id: [v.id for v in f.values] for f in BASE.facts.values()}


@cache
def _space() -> Space:
    return Space(BASE)


@cache
def _law(on: object) -> SymbolicLaw:
    return SymbolicLaw(_space(), law_of(BASE, on))  # type: ignore[arg-type]


@pytest.mark.xdist_group("symbolic")
@given(
    facts=situations(**{f.id: [v.id for v in f.values] for f in BASE.facts.values()}),
    on=st.sampled_from([FOUNDING_DAY, TODAY]),
)
def test_a_situation_has_the_outcome_that_the_diagrams_give(facts: dict[str, str], on) -> None:
    """Exactly one outcome's diagram holds the situation, and it is the outcome of its advice."""
    advice = evaluate(BASE, facts, on)
    assert isinstance(advice, Advice)
    inside = []
    for outcome, found in _law(on).outcomes.items():
        left = found
        for fact, value in facts.items():
            left = _space().when(left, fact, value)
        if left == _space().bdd.true:
            inside.append(outcome)

    assert inside == [advice.outcome]


@pytest.mark.xdist_group("symbolic")
def test_the_space_is_the_product_of_the_answers() -> None:
    """Each fact with each of its values: counted, not estimated."""
    expected = 1
    for fact in BASE.facts.values():
        expected *= len(fact.values)

    assert _space().count(_space().every) == pytest.approx(expected, rel=1e-12)


@pytest.mark.xdist_group("symbolic")
def test_the_situation_shown_is_one_of_the_set() -> None:
    """A counterexample that were none would be worse than none."""
    space = _space()
    wanted = space.is_("recipient", ["mairie_sans_mandat"]) | space.is_("recipient", ["police_gendarmerie"])
    found = space.one(wanted & space.is_("danger", ["arme"]))

    assert found == {"recipient": "police_gendarmerie", "danger": "arme"}
    assert space.one(space.none) is None
