"""Evaluation over the small base: default, exception, doubt, missing law."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge import Advice, InForce, KnowledgeBase, Outcome, Pending, assume_unknown, changes, evaluate, load

SMALL = Path(__file__).parents[1] / "small"
DAY = date(2009, 11, 2)


@pytest.fixture(scope="module")
def small() -> KnowledgeBase:
    """Load a base of four norms: secrecy, who is bound, no secrecy, and one exception."""
    return load(SMALL)


def _advice(base: KnowledgeBase, on: date = DAY, **facts: str) -> Advice:
    result = evaluate(base, facts, on)
    assert isinstance(result, Advice)
    return result


def _with(tmp_path: Path, **norms: str) -> KnowledgeBase:
    shutil.copytree(SMALL, tmp_path / "base")
    for name, text in norms.items():
        (tmp_path / "base" / "norms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path / "base")


def test_nothing_known_leaves_everything_pending(small: KnowledgeBase) -> None:
    """Before any answer, the facts that can matter are named."""
    assert evaluate(small, {}, DAY) == Pending(frozenset({"metier", "information", "accord"}))


def test_a_fact_that_can_no_longer_matter_is_not_pending(small: KnowledgeBase) -> None:
    """The neighbour is bound by nothing: neither the information nor the agreement matters."""
    advice = _advice(small, metier="voisin")

    assert advice.outcome is Outcome.NOT_COVERED
    assert advice.governing == "libre"


def test_the_exception_sets_the_base_norm_aside(small: KnowledgeBase) -> None:
    """With every condition proved, the exception permits; the base norm is shown as set aside."""
    advice = _advice(small, metier="assistante", information="adresse", accord="oui")

    assert advice.outcome is Outcome.PERMITTED
    assert advice.governing == "accord"
    assert {s.norm: s.by for s in advice.trace if s.state == "set_aside"} == {"secret": "accord"}


@pytest.mark.parametrize("accord", ["non", "inconnu"])
def test_a_condition_not_met_makes_the_permission_conditional(small: KnowledgeBase, accord: str) -> None:
    """What can still be done is a condition, said as such."""
    advice = _advice(small, metier="assistante", information="adresse", accord=accord)

    assert advice.outcome is Outcome.CONDITIONAL
    assert [c.text for c in advice.conditions] == ["La personne est d'accord."]


def test_the_minimum_does_not_reach_another_information(small: KnowledgeBase) -> None:
    """Health is not in the minimum of the exception: the base norm governs, and says what could go instead."""
    advice = _advice(small, metier="assistante", information="sante")

    assert advice.outcome is Outcome.FORBIDDEN
    assert advice.governing == "secret"
    assert advice.instead is not None
    assert [i.category for i in advice.instead.share] == ["adresse"]
    assert [i.category for i in advice.minimum.keep] == ["adresse", "sante"]


def test_a_norm_waits_for_its_own_first_day(small: KnowledgeBase) -> None:
    """On the eve of its first day the exception does not exist; on the day it does."""
    facts = {"metier": "assistante", "information": "adresse", "accord": "oui"}

    assert _advice(small, date(2004, 12, 31), **facts).outcome is Outcome.FORBIDDEN
    assert _advice(small, date(2005, 1, 1), **facts).outcome is Outcome.PERMITTED


def test_a_day_without_text_is_law_unknown_never_no_law(small: KnowledgeBase) -> None:
    """Before the first known version nothing is sure: the answer is cautious and says that the text was not read."""
    advice = _advice(small, date(1999, 1, 1), metier="assistante", information="adresse", accord="oui")

    assert advice.outcome is Outcome.FORBIDDEN
    assert any("n'a pas été lu" in d for d in advice.doubt)
    assert all(a.in_force is InForce.UNKNOWN for a in advice.articles)


def test_an_exception_to_the_exception_takes_it_back(tmp_path: Path) -> None:
    """A norm that sets the exception aside gives the base norm its place again."""
    base = _with(
        tmp_path,
        reprise="title: Jamais le dimanche\neffect: forbids\nwhen: {bound: oui, accord: oui}\n"
        "exception_to: [accord]\nprevails_over: [secret]\ncites: [{article: code-penal/1}]\n",
    )
    advice = _advice(base, metier="assistante", information="adresse", accord="oui")

    assert advice.outcome is Outcome.FORBIDDEN
    assert advice.governing == "reprise"


def test_an_unknown_exception_is_not_counted_on(tmp_path: Path) -> None:
    """A permission whose own condition is unknown does not permit."""
    base = _with(
        tmp_path,
        accord="title: Avec l'accord\neffect: permits\nwhen: {bound: oui, accord: oui}\n"
        "exception_to: [secret]\ncites: [{article: code-penal/1}]\n",
    )

    assert _advice(base, metier="assistante", accord="oui").outcome is Outcome.PERMITTED
    assert _advice(base, metier="assistante", accord="inconnu").outcome is Outcome.FORBIDDEN


def test_a_warning_never_changes_the_answer(tmp_path: Path) -> None:
    """A norm that warns adds its risk and nothing else."""
    base = _with(
        tmp_path,
        alerte="title: Attention\neffect: warns\nwhen: {metier: assistante}\nrisks: [Un risque.]\n"
        "cites: [{article: code-penal/1}]\n",
    )
    advice = _advice(base, metier="assistante", information="sante")

    assert advice.outcome is Outcome.FORBIDDEN
    assert advice.risks == ("Un risque.",)


def test_a_required_condition_stands_between_a_permission_and_a_yes(tmp_path: Path) -> None:
    """Another norm's condition, not met, turns a permission into a conditional one and is found."""
    base = _with(
        tmp_path,
        forme="title: Par écrit\neffect: requires\nwhen: {bound: oui}\n"
        "conditions: [{text: C'est écrit., met: {metier: voisin}}]\ncites: [{article: code-penal/1}]\n",
    )
    advice = _advice(base, metier="assistante", information="adresse", accord="oui")

    assert advice.outcome is Outcome.CONDITIONAL
    assert "forme" in [f.norm for f in advice.findings]


def test_what_would_change_the_answer_is_the_smallest_change(small: KnowledgeBase) -> None:
    """One agreement would turn the condition into a permission; nothing larger is proposed."""
    advice = _advice(small, metier="assistante", information="adresse", accord="non")

    assert [(dict(c.facts), c.outcome) for c in changes(small, advice)] == [({"accord": "oui"}, Outcome.PERMITTED)]


def test_a_missing_answer_counts_as_unknown_only_where_a_person_may_not_know(small: KnowledgeBase) -> None:
    """The agreement may be unknown; the trade may not."""
    completed, missing = assume_unknown(small, {"information": "adresse"}, DAY)

    assert completed == {"information": "adresse", "accord": "inconnu"}
    assert missing == {"metier"}


def test_the_excerpt_is_the_paragraph_of_the_day(small: KnowledgeBase) -> None:
    """The same citation quotes each day its own wording."""
    before = _advice(small, date(2009, 12, 31), metier="voisin")
    facts = {"metier": "assistante", "information": "sante"}

    assert before.articles[0].excerpt is None
    assert _advice(small, date(2009, 12, 31), **facts).articles[0].excerpt == "La révélation est punie."
    assert _advice(small, date(2010, 1, 1), **facts).articles[0].excerpt == "La révélation est punie plus fort."
