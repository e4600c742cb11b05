"""The promises of the design that hold for any situation, checked on situations drawn at random."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from situations import BASE, TODAY, days, situations

from knowledge import INCONNU, Advice, InForce, Outcome, default_root, evaluate, holds, law_of
from knowledge.answering.completions import reply_to
from knowledge.answering.outcomes import OPEN, over_completions
from knowledge.proving.promises import FILE, Never, read_promises

SPEAKS = {Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED}
FACTS = BASE.facts
MOST = 200
"""Values tried one by one, at most."""
ERASABLE = sorted(f.id for f in FACTS.values() if f.find_out is not None)


def _advice(facts: dict[str, str], on: date) -> Advice:
    result = evaluate(BASE, facts, on)
    assert isinstance(result, Advice)
    return result


@given(facts=situations(), on=days)
def test_every_situation_has_a_verdict_that_cites_an_article_in_force(facts: dict[str, str], on: date) -> None:
    """No situation is without answer, and no answer is without law of its day."""
    advice = _advice(facts, on)

    assert any(a.in_force is InForce.YES for a in advice.articles)
    for cited in advice.articles:
        if cited.in_force is InForce.YES:
            assert cited.start is not None
            assert cited.start <= on
            assert cited.end is None or on < cited.end


@given(facts=situations(), erased=st.sets(st.sampled_from(ERASABLE), min_size=1, max_size=2), on=days)
def test_not_knowing_permits_and_forbids_only_what_every_value_does(
    facts: dict[str, str], erased: set[str], on: date
) -> None:
    """The answer under `inconnu` is what the answers to each real value come to, tried one by one."""
    known = {f: FACTS[f].values[0].id if v == INCONNU else v for f, v in facts.items()}
    choices = [[(f, v.id) for v in FACTS[f].values if v.obvious is None] for f in sorted(erased)]
    assume(prod(map(len, choices)) <= MOST)
    law = law_of(BASE, on)
    outcomes = {reply_to(BASE, {**known, **dict(values)}, law).outcome for values in product(*choices)}  # type: ignore[union-attr]
    said = _advice({**known, **dict.fromkeys(erased, INCONNU)}, on)

    assert said.outcome is over_completions(outcomes), (said.governing, outcomes)
    if said.outcome is Outcome.DEPENDS:
        assert not said.minimum.share or outcomes <= OPEN


GOODWILL = next(p.when for p in read_promises(BASE, (default_root() / FILE).read_bytes()) if isinstance(p, Never))
"""Where an agreement, a rank or a fellow bound by secrecy is all there is: the promise that is proved, drawn too."""

nothing_but_goodwill = situations(
    act=["transmettre"],
    profession=["assistant_service_social", "etudiant_service_social"],
    information=[v.id for v in FACTS["information"].values if v.id != "anonyme"],
    danger=["aucun"],
    purpose=["autre"],
    request=["spontane", "demande_orale", "demande_ecrite", "reunion"],
    same_case=["non"],
    mandate=["aucun"],
    collective_needed=["non"],
    consent=["accord", "non_demande", "impossible"],
    recipient_bound=["oui"],
)


@given(facts=nothing_but_goodwill, on=days)
def test_consent_rank_and_the_recipients_secrecy_alone_never_permit(facts: dict[str, str], on: date) -> None:
    """A social worker who has only an agreement, an order or a fellow bound by secrecy keeps silent."""
    assume(holds(GOODWILL, facts))
    advice = _advice(facts, on)

    assert advice.outcome not in SPEAKS, (advice.governing, facts)


@given(facts=situations(), on=days)
def test_the_minimum_names_every_kind_of_information_once(facts: dict[str, str], on: date) -> None:
    """Each category is shared, shared if needed, or kept: never two of them, and never without its reason."""
    minimum = _advice(facts, on).minimum
    items = [*minimum.share, *minimum.if_needed, *minimum.keep]
    listed = [i.category for i in items]

    assert len(listed) == len(set(listed))
    assert {v.id for v in FACTS["information"].values if v.keep is not None} <= set(listed)
    assert all(i.reason for i in items)


@given(facts=situations(), on=days)
def test_an_answer_that_is_not_asked_for_changes_nothing(facts: dict[str, str], on: date) -> None:
    """Answering only the questions that can still matter gives the advice of answering them all."""
    known: dict[str, str] = {}
    facts = {f: v for f, v in facts.items() if FACTS[f].debate is None}
    while not isinstance(result := evaluate(BASE, known, on), Advice):
        asked = min(result.facts)
        known[asked] = facts[asked]
    whole = _advice(facts, on)

    assert (result.outcome, result.governing) == (whole.outcome, whole.governing)
    assert result.minimum == whole.minimum
    assert {f.norm for f in result.findings} == {f.norm for f in whole.findings}


@pytest.mark.parametrize("name", ["outcome", "governing", "minimum", "articles", "trace"])
def test_advice_cannot_be_changed_after_the_fact(name: str) -> None:
    """An advice is frozen."""
    advice = _advice({f.id: f.values[0].id for f in FACTS.values()}, TODAY)

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(advice, name, None)
