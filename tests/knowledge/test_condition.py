"""Conditions are three-valued, whatever they are made of."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.conditions import facts_in, holds, open_facts
from knowledge.model import INCONNU, All, Any, Condition, Is, Not

DOMAIN = {"a": ("x", "y", "z"), "b": ("x", "y"), "c": ("x", "y")}

atoms = st.builds(
    lambda fact, values: Is(fact, frozenset(values)),
    st.sampled_from(sorted(DOMAIN)),
    st.sets(st.sampled_from(["x", "y", "z"]), min_size=1),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: All(tuple(items))),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: Any(tuple(items))),
    ),
    max_leaves=6,
)
partial = st.fixed_dictionaries({}, optional={f: st.sampled_from([*v, INCONNU]) for f, v in DOMAIN.items()})


def _completions(facts: dict[str, str]) -> list[dict[str, str]]:
    free = [f for f in DOMAIN if facts.get(f, INCONNU) == INCONNU]
    return [{**facts, **dict(zip(free, values, strict=True))} for values in product(*(DOMAIN[f] for f in free))]


@given(condition=conditions, facts=partial)
def test_a_settled_truth_is_the_truth_of_every_completion(condition: Condition, facts: dict[str, str]) -> None:
    """True or False means so whatever the unknown facts turn out to be."""
    truth = holds(condition, facts)

    if truth is not None:
        assert {holds(condition, c) for c in _completions(facts)} == {truth}


@given(condition=conditions, facts=partial)
def test_open_facts_are_unasked_facts_of_the_condition(condition: Condition, facts: dict[str, str]) -> None:
    """Only facts not asked are open; `inconnu` was asked, and a settled condition leaves nothing open."""
    left = set(open_facts(condition, facts))

    assert left <= set(facts_in(condition)) - facts.keys()
    if holds(condition, facts) is not None and not isinstance(condition, Is | Not):
        assert not left
