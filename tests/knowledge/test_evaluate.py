"""Evaluation over the small base: default, exception, doubt, missing law, what nobody knows, what lawyers debate."""

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


def _with(tmp_path: Path, *, facts: dict[str, str] | None = None, **norms: str) -> KnowledgeBase:
    shutil.copytree(SMALL, tmp_path / "base")
    for folder, files in (("facts", facts or {}), ("norms", norms)):
        for name, text in files.items():
            (tmp_path / "base" / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    if facts is not None and "lecture" in facts:
        with (tmp_path / "base" / "codes.yaml").open("a", encoding="utf-8") as codes:
            codes.write("lecture: 4\nlecture.large: 1\nlecture.lettre: 2\n")
    return load(tmp_path / "base")


UNSURE_TRADE = (SMALL / "facts" / "metier.yaml").read_text(encoding="utf-8") + "find_out: Lisez votre contrat.\n"
"""The question of the trade, where a person may not know."""

LECTURE = """
code: 4
label: Lecture
question: Que veut dire le texte ?
debate: {readings: [Au large., À la lettre.], cautious: Se taire., consult: Un avocat.}
values: [{id: large, code: 1, label: Au large}, {id: lettre, code: 2, label: À la lettre}]
"""
"""A question that nobody is asked: lawyers disagree."""


def _norm(effect: str, when: str, more: str = "") -> str:
    return f"title: Une règle\neffect: {effect}\nwhen: {when}\ncites: [{{article: code-penal/1}}]\n{more}"


def _branches(advice: Advice) -> dict[str, dict[Outcome, set[str]]]:
    return {f.fact: {b.outcome: set(b.values) for b in f.branches} for f in advice.forks}


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
    """Before the first known version nothing is sure: the answer depends on a text that was not read, and says so."""
    advice = _advice(small, date(1999, 1, 1), metier="assistante", information="adresse", accord="oui")

    assert advice.outcome is Outcome.DEPENDS
    assert advice.unread == ("code-penal/1",)
    assert not advice.minimum.share
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


def test_an_unknown_exception_is_not_counted_on_nor_against(tmp_path: Path) -> None:
    """Where one answer permits and the other forbids, the answer depends, nothing goes, and the fork says on what."""
    base = _with(tmp_path, accord=_norm("permits", "{bound: oui, accord: oui}", "exception_to: [secret]\n"))
    advice = _advice(base, metier="assistante", accord="inconnu")

    assert _advice(base, metier="assistante", accord="oui").outcome is Outcome.PERMITTED
    assert _advice(base, metier="assistante", accord="non").outcome is Outcome.FORBIDDEN
    assert advice.outcome is Outcome.DEPENDS
    assert _branches(advice) == {"accord": {Outcome.PERMITTED: {"oui"}, Outcome.FORBIDDEN: {"non"}}}
    assert not advice.minimum.share
    assert not advice.minimum.if_needed


def test_bound_or_not_he_may_alert(tmp_path: Path) -> None:
    """Nobody knows whether he is bound, and the same norm permits in both cases: that is the answer, without a fork."""
    base = _with(
        tmp_path,
        facts={"metier": UNSURE_TRADE},
        alerte=_norm("permits", "{}", "exception_to: [secret, libre]\nprevails_over: [accord]\n"),
    )
    advice = _advice(base, metier="inconnu", information="sante")

    assert advice.outcome is Outcome.PERMITTED
    assert advice.governing == "alerte"
    assert not advice.forks


def test_an_order_in_one_case_only_leaves_the_freest_common_ground(tmp_path: Path) -> None:
    """He may in both cases and must in one: a permission under conditions, and the fork says the order."""
    base = _with(
        tmp_path,
        facts={"metier": UNSURE_TRADE},
        alerte=_norm("obliges", "{bound: oui}", "exception_to: [secret]\n"),
    )
    advice = _advice(base, metier="inconnu", information="sante")

    assert advice.outcome is Outcome.CONDITIONAL
    assert advice.governing == "alerte"
    assert _branches(advice) == {"metier": {Outcome.OBLIGED: {"assistante"}, Outcome.NOT_COVERED: {"voisin"}}}


def test_what_all_let_go_is_the_minimum(tmp_path: Path) -> None:
    """The address, which one norm lets go and the other lets go if needed; not health, which one of them keeps."""
    lists = "{{purpose: But., {}: [{{category: adresse, reason: Oui.}}], {}: [{{category: sante, reason: Non.}}]}}"
    base = _with(
        tmp_path,
        large=_norm(
            "permits", "{accord: oui}", f"exception_to: [secret, libre]\nminimum: {lists.format('share', 'keep')}\n"
        ),
        accord=_norm(
            "permits",
            "{accord: non}",
            f"exception_to: [secret, libre]\nminimum: {lists.format('if_needed', 'share')}\n",
        ),
    )
    minimum = _advice(base, metier="assistante", information="adresse", accord="inconnu").minimum

    assert not minimum.share
    assert [i.category for i in minimum.if_needed] == ["adresse"]
    assert [i.category for i in minimum.keep] == ["sante"]


def test_i_do_not_know_never_means_what_is_obvious(tmp_path: Path) -> None:
    """Whoever has agreed to nothing because he was never met knows it: that value is not counted."""
    text = (SMALL / "facts" / "accord.yaml").read_text(encoding="utf-8")
    base = _with(
        tmp_path,
        facts={"accord": text.replace("label: Non}", "label: Non, obvious: Un refus se remarque.}")},
        accord=_norm("permits", "{bound: oui, accord: oui}", "exception_to: [secret]\n"),
    )

    assert _advice(base, metier="assistante", accord="inconnu").outcome is Outcome.PERMITTED


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("forbids", "not_covered", Outcome.FORBIDDEN),
        ("permits", "forbids", Outcome.DEBATED),
        ("obliges", "forbids", Outcome.DEBATED),
        ("permits", "not_covered", Outcome.PERMITTED),
        ("obliges", "not_covered", Outcome.OBLIGED),
        ("may_decline", "forbids", Outcome.DEBATED),
    ],
)
def test_two_readings_come_to_one_answer(tmp_path: Path, one: str, other: str, outcome: Outcome) -> None:
    """Silence where neither reading lets the secret out, the order where both let one speak; else it is debated."""
    over = "exception_to: [secret, libre, accord]\n"
    base = _with(
        tmp_path,
        facts={"lecture": LECTURE},
        large=_norm(one, "{lecture: large}", over),
        lettre=_norm(other, "{lecture: lettre}", over),
    )
    advice = _advice(base, metier="assistante")

    assert advice.outcome is outcome
    assert not advice.forks


def test_nobody_is_asked_what_lawyers_debate(tmp_path: Path) -> None:
    """It is never pending; an answer given all the same counts for nothing."""
    base = _with(
        tmp_path,
        facts={"lecture": LECTURE},
        large=_norm("obliges", "{lecture: large}", "exception_to: [secret, libre]\n"),
    )
    pending = evaluate(base, {}, DAY)

    assert isinstance(pending, Pending)
    assert "lecture" not in pending.facts
    assert _advice(base, metier="assistante", information="sante").outcome is Outcome.DEBATED
    assert _advice(base, metier="assistante", information="sante", lecture="large").outcome is Outcome.DEBATED


def test_nothing_is_asked_that_no_reading_hangs_on(tmp_path: Path) -> None:
    """
    Under one reading an order leaves no place to the permission, under the other nothing is left of it.

    So the agreement that this permission asks for is not worth a question.
    """
    base = _with(
        tmp_path,
        facts={"lecture": LECTURE},
        accord=_norm("permits", "{accord: oui}", "exception_to: [secret, libre]\n"),
        ordre=_norm("obliges", "{metier: assistante}", "exception_to: [secret, libre]\n"),
        lettre=_norm("forbids", "{lecture: lettre}", "exception_to: [accord, ordre, libre]\nprevails_over: [secret]\n"),
    )

    assert _advice(base, metier="assistante").outcome is Outcome.DEBATED


def test_a_norm_that_answers_in_two_ways_lets_nothing_go(tmp_path: Path) -> None:
    """With the agreement it orders; without, lawyers disagree whether it does: until it is known, nothing goes."""
    base = _with(
        tmp_path,
        facts={"lecture": LECTURE},
        ordre=_norm(
            "obliges",
            "{metier: assistante}",
            "exception_to: [secret, libre]\n"
            "minimum: {purpose: Un but., share: [{category: adresse, reason: Il le faut.}]}\n",
        ),
        lettre=_norm(
            "may_decline",
            "{lecture: lettre, accord: non}",
            "exception_to: [accord, ordre, libre]\nprevails_over: [secret]\n",
        ),
    )
    advice = _advice(base, metier="assistante", information="adresse", accord="inconnu")

    assert advice.outcome is Outcome.DEPENDS
    assert advice.governing == "ordre"
    assert not advice.minimum.share


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
    """The agreement may be unknown; the trade may not, and is asked before the rest is taken as unknown."""
    assert assume_unknown(small, {"information": "adresse"}, DAY) == ({"information": "adresse"}, {"metier"})

    completed, missing = assume_unknown(small, {"information": "adresse", "metier": "assistante"}, DAY)
    assert completed == {"information": "adresse", "metier": "assistante", "accord": "inconnu"}
    assert missing == frozenset()


def test_the_excerpt_is_the_paragraph_of_the_day(small: KnowledgeBase) -> None:
    """The same citation quotes each day its own wording."""
    before = _advice(small, date(2009, 12, 31), metier="voisin")
    facts = {"metier": "assistante", "information": "sante"}

    assert before.articles[0].excerpt is None
    assert _advice(small, date(2009, 12, 31), **facts).articles[0].excerpt == "La révélation est punie."
    assert _advice(small, date(2010, 1, 1), **facts).articles[0].excerpt == "La révélation est punie plus fort."
