"""What is made fast says what the plain way says: each short cut beside the definition that it stands for."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, answers, days, situations

from knowledge import Advice, changes, evaluate, law_of
from knowledge.answering.completions import reply_to
from knowledge.answering.conditions import deciding, decisive, holds, made_ready
from knowledge.answering.counterfactuals import _Outcomes
from knowledge.answering.equivalence import Alike, signature
from knowledge.answering.screening import RuledOut
from knowledge.answering.standing import weigh
from knowledge.model import Condition
from tests.knowledge.test_condition import conditions, partial

some = st.lists(st.sampled_from(sorted(BASE.facts)), unique=True).flatmap(
    lambda names: st.fixed_dictionaries({f: st.sampled_from(answers(BASE.facts[f])) for f in names})
)
"""Some facts answered, the others not asked yet."""


@given(condition=conditions, facts=partial)
def test_a_condition_made_ready_holds_where_it_holds(condition: Condition, facts: dict[str, str]) -> None:
    """True, false and unknown alike; and what decides it is the same where its truth is known already."""
    assert made_ready(condition)(facts) is holds(condition, facts)
    assert deciding(condition, facts, holds(condition, facts)) == decisive(condition, facts)


@given(condition=conditions, facts=partial)
def test_what_an_answer_rules_out_is_false(condition: Condition, facts: dict[str, str]) -> None:
    """Never an uncertain condition, nor one that holds; « je ne sais pas » rules out nothing."""
    if RuledOut([condition]).by_all(facts):
        assert holds(condition, facts) is False


def test_an_answer_rules_out_what_asks_for_another() -> None:
    """Of the law of today, most norms on sharing are ruled out by one answer: that is what makes weighing fast."""
    law = law_of(BASE, TODAY)
    items = [d for group in law.settling.values() for d in group]
    out = RuledOut([d.hangs for d in items]).by_all({"act": "ecrire", "recipient": "voisin"})

    assert bin(out).count("1") > len(items) / 2


@given(facts=some, on=days)
def test_every_norm_is_weighed_as_its_condition_says(facts: dict[str, str], on: date) -> None:
    """The index skips the norms that cannot apply: none that does, or that may."""
    weighing = weigh(law_of(BASE, on), facts)
    for weighed in weighing.norms.values():
        applies = holds(weighed.dated.hangs, weighing.facts)
        beaters = {weighing.norms[b].stands for b in weighed.dated.beaten_by}
        aside = applies is False or True in beaters
        assert weighed.applies is applies
        assert weighed.stands is (False if aside else None if applies is None or None in beaters else True)


@given(facts=situations(), on=st.sampled_from([FOUNDING_DAY, TODAY]), seed=st.integers(0, 2**32))
def test_changes_that_no_norm_tells_apart_lead_to_the_same(facts: dict[str, str], on: date, seed: int) -> None:
    """The outcome after a change, and the norm that governs, are those of the changed situation weighed whole."""
    law, chance = law_of(BASE, on), random.Random(seed)
    outcomes = _Outcomes(BASE, law, facts)
    for name in {"information", *chance.sample(sorted(BASE.facts), 2)}:
        for value in [v.id for v in BASE.facts[name].values][:40]:
            main = reply_to(BASE, {**facts, name: value}, law)
            assert main is not None
            assert outcomes.after({name: value}) == (main.outcome, main.norm)


def test_an_information_that_goes_only_if_needed_is_told_from_one_that_goes() -> None:
    """Both are within the minimum of a permission; one adds a condition."""
    law = law_of(BASE, TODAY)
    dated = next(d for group in law.settling.values() for d in group if d.norm.minimum and d.norm.minimum.if_needed)
    assert dated.norm.minimum is not None
    told = Alike([dated]).told_by("information", {})
    goes, needed = (signature(i.category, told) for i in (dated.norm.minimum.share[0], dated.norm.minimum.if_needed[0]))

    assert goes != needed


def test_an_unknown_answer_looks_like_no_other() -> None:
    """« Je ne sais pas » is not one more value that a list leaves out."""
    assert signature("inconnu", []) != signature("voisin", [])


@given(facts=situations(), on=st.sampled_from([FOUNDING_DAY, TODAY]))
def test_what_would_change_the_answer_does(facts: dict[str, str], on: date) -> None:
    """Each change shown, made for good, gives the outcome and the norm that were shown."""
    advice = evaluate(BASE, facts, on)
    assert isinstance(advice, Advice)
    for change in changes(BASE, advice)[:6]:
        changed = evaluate(BASE, {**facts, **change.facts}, on)
        assert isinstance(changed, Advice)
        assert (changed.outcome, changed.governing) == (change.outcome, change.governing)
        assert changed.outcome is not advice.outcome


def test_a_trace_is_put_into_words_when_it_is_read() -> None:
    """A screen that does not show why does not pay for it; read, it has one step per norm of the day."""
    facts = {f.id: answers(f)[0] for f in BASE.facts.values()}
    one, other = evaluate(BASE, facts, TODAY), evaluate(BASE, facts, TODAY)
    assert isinstance(one, Advice)
    assert isinstance(other, Advice)

    assert "steps" not in vars(one.trace)
    assert len(one.trace) == len(weigh(law_of(BASE, TODAY), facts).norms)
    assert one.trace[0].norm == one.governing
    assert one.trace[0] is one.trace[:1][0]
    assert one.trace == other.trace
    assert hash(one.trace) == hash(other.trace)
