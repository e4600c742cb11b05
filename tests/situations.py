"""Situations drawn at random from the vocabulary, for the property tests."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

import knowledge

BASE = knowledge.load()
FOUNDING_DAY = date(2009, 11, 2)
TODAY = date(2026, 11, 23)

days = st.one_of(
    st.sampled_from([FOUNDING_DAY, TODAY]),
    st.integers(0, (TODAY - FOUNDING_DAY).days).map(lambda n: FOUNDING_DAY + timedelta(days=n)),
)


def answers(fact: knowledge.Fact) -> list[str]:
    """Every answer a person can give to one question."""
    return [*(v.id for v in fact.values), *([knowledge.INCONNU] if fact.find_out is not None else [])]


def situations(**fixed: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Every fact answered; `fixed` narrows the answers to some of them."""
    asked = [f for f in BASE.facts.values() if f.debate is None]
    return st.fixed_dictionaries({f.id: st.sampled_from(fixed.get(f.id, answers(f))) for f in asked})
