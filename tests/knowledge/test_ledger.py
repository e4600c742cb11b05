"""The ledger: every rule of the doctrine is carried or says why not, and what reaches it is computed, not declared."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from situations import BASE

import flows
from flows.exploring.offered import offered
from knowledge import Effect, KnowledgeBase, load
from knowledge.answering.day import SETTLES
from knowledge.checking.ledger import FAMILIES, contradicted, ledger, silent
from knowledge.checking.reach import reached
from knowledge.model import Rule

SMALL = load(Path(__file__).parents[1] / "small")
EVERYTHING = {f.id: frozenset(v.id for v in f.values) for f in SMALL.facts.values()}
ROWS = ledger(BASE, {f.id: offered(BASE, f) for f in flows.load(BASE).values()})

LAST = {"Q": 93, "C": 17, "O": 22, "A": 23, "J": 20, "E": 15, "D": 60, "X": 20, "F": 30, "P": 18}
"""The last number of each family, and the numbers of the first one that the doctrine leaves free."""
FREE = set(range(66, 90))
SUB = {
    "Q-00", "Q-00b", "Q-00c", "Q-00d", "Q-00e", "Q-59b", "Q-65b",
    "O-01b", "O-04a", "O-04b", "O-06b", "O-08b", "O-09b", "A-01b", "A-18b", "E-06a", "E-06b", "E-08b",
    "D-26b", "D-37b", "D-41b", "D-45b",
}  # fmt: skip


def _with(base: KnowledgeBase, *rules: Rule) -> KnowledgeBase:
    return replace(base, doctrine={r.id: r for r in rules})


def test_every_number_of_the_doctrine_is_listed() -> None:
    """No number is lost: each family runs from 01 to its last one, with the sub-numbers."""
    whole = {
        f"{family}-{n:02d}"
        for family, last in LAST.items()
        for n in range(1, last + 1)
        if family != "Q" or n not in FREE
    }
    assert set(BASE.doctrine) == whole | SUB
    assert set(LAST) == set(FAMILIES)


def test_every_rule_is_carried_or_says_why_not() -> None:
    """A rule that neither a norm nor an old number carries has its reason."""
    assert silent(ROWS) == ()


def test_no_rule_is_both_carried_and_left_out() -> None:
    """What is left out of a rule that norms carry is said with `partly`, and only there."""
    assert contradicted(ROWS) == ()


def test_every_carried_rule_is_reached_by_a_flow() -> None:
    """A norm that no conversation can reach carries nothing."""
    assert [r.rule.id for r in ROWS if r.norms and not r.flows] == []


def test_no_norm_is_out_of_reach() -> None:
    """Some flow can ask what decides each norm."""
    heard = frozenset().union(*(reached(BASE, offered(BASE, f)) for f in flows.load(BASE).values()))
    assert sorted(BASE.norms.keys() - heard) == []


def test_a_rule_that_nobody_carries_is_silent_until_it_says_why() -> None:
    """The check fails where it must."""
    mute, said = Rule("Q-01", "Une règle."), Rule("Q-01", "Une règle.", reason="Aucun texte.")
    assert silent(ledger(_with(SMALL, mute), {})) == ("Q-01",)
    assert silent(ledger(_with(SMALL, said), {})) == ()


def test_a_rule_carried_and_given_a_reason_contradicts_itself() -> None:
    """The same for `partly` on a rule that nothing carries."""
    norm = replace(SMALL.norms["secret"], rules=("Q-01",))
    base = replace(
        _with(SMALL, Rule("Q-01", "A.", reason="B."), Rule("Q-02", "A.", partly="B.")), norms={norm.id: norm}
    )
    assert contradicted(ledger(base, {})) == ("Q-01", "Q-02")


def test_a_flow_that_asks_everything_reaches_every_norm() -> None:
    """Derived facts are followed to the question that settles them."""
    assert reached(SMALL, EVERYTHING) == SMALL.norms.keys()


def test_a_flow_that_does_not_ask_the_profession_binds_nobody() -> None:
    """Without the question, the derived fact can only be « non »."""
    assert reached(SMALL, {**EVERYTHING, "metier": frozenset()}) == {"libre"}


def test_a_flow_for_neighbours_never_reaches_the_secrecy_of_the_assistant() -> None:
    """Only the answers offered count."""
    assert reached(SMALL, {**EVERYTHING, "metier": frozenset({"voisin"})}) == {"libre"}


def test_a_norm_limited_to_an_information_is_not_reached_by_another() -> None:
    """The minimum narrows what a permission reaches."""
    assert "accord" not in reached(SMALL, {**EVERYTHING, "information": frozenset({"sante"})})


@pytest.mark.parametrize("rule", sorted(r for r in BASE.doctrine if r.startswith("P-")))
def test_a_debated_point_is_never_a_silent_choice(rule: str) -> None:
    """Each norm that answers on it is `debated`, or its doubt gives both readings and says whom to ask."""
    norms = [n for n in BASE.norms.values() if rule in n.rules]
    debated = [n for n in norms if n.effect is Effect.DEBATED]
    doubting = [n for n in norms if n.doubt is not None and _two_readings(n.doubt)]
    assert debated or doubting
    answering = [n for n in norms if n.effect in SETTLES and n not in debated]
    assert [n.id for n in answering if n not in doubting] == []


def _two_readings(doubt: str) -> bool:
    sides = re.search(r"\b(les uns|la plupart)\b.*\bautres\b", doubt, re.IGNORECASE) or "D'autres" in doubt
    return bool(sides or "plus strict" in doubt or "autre lecture" in doubt) and bool(
        re.search(r"consultez|demandez à", doubt, re.IGNORECASE)
    )
