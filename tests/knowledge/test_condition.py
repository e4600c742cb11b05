"""Conditions are three-valued, whatever they are made of."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.conditions import facts_in, holds, open_facts
from knowledge.model import INCONNU, All, Any, Condition, Is, Not

DOMAIN = {"a": ("x", "y", "z"), "b": ("x", "y"), "c": ("x", "y"), "d": ("x", "y")}

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


@given(condition=conditions, facts=partial)
def test_what_can_still_change_a_condition_is_asked_and_nothing_else(
    condition: Condition, facts: dict[str, str]
) -> None:
    """`inconnu` stays so: a fact is open if two answers to it part the truth, whatever is answered to the others."""
    left = set(open_facts(condition, facts))
    free = [f for f in DOMAIN if f not in facts]
    asked = [{**facts, **dict(zip(free, values, strict=True))} for values in product(*(DOMAIN[f] for f in free))]
    moving = {
        fact
        for fact in free
        if any(len({holds(condition, {**one, fact: value}) for value in DOMAIN[fact]}) > 1 for one in asked)
    }
    named = Counter(facts_in(condition))

    assert moving <= left
    if max(named.values()) == 1 and _told_apart(condition):
        assert moving == left


def _told_apart(condition: Condition) -> bool:
    """Tell whether each part of a condition is met by some answer, and not met by some."""
    if isinstance(condition, Is):
        return set() < condition.values & set(DOMAIN[condition.fact]) < set(DOMAIN[condition.fact])
    return all(map(_told_apart, (condition.item,) if isinstance(condition, Not) else condition.items))
