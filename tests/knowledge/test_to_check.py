"""A rule that was not sure when it was set: the advice says so, or the norm says where it was checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from situations import BASE, TODAY

import flows
from bot.cli.doctrine import page
from knowledge import Advice, KnowledgeBase, Norm, assume_unknown, evaluate, holds, load
from knowledge.checking.ledger import Row, addresses, doubtful, ledger, unchecked
from knowledge.model import Debate, Review, Rule
from knowledge.reading.yaml_file import parse

TESTS = Path(__file__).parents[1]
SMALL = load(TESTS / "small")
FLOWS = flows.load(BASE)
PAGE = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070719"
MARKED = {
    "Q": "00d 08 10 12 15 20 22 29 36 37 42 44 45 46 54 55 56 57 61 62",
    "C": "03 04 06 07 09 11",
    "O": "04 07 08b 15 18 21",
    "A": "08 09 12 16 17 18 23",
    "J": "07 08 09 10 11 17 18",
    "E": "07 08 10 12 14",
    "D": "18 22 25 31 33 34 38 47 49 52 57",
    "X": "02 03 05 06 15 18 19",
    "F": "09 28 30",
    "P": "08",
}
"""The rules that the doctrine itself marks, by family."""
SHARED = {
    "act": "transmettre",
    "profession": "assistant_service_social",
    "service": "ase",
    "information": "faits_danger",
    "subject": "mineur",
    "purpose": "proteger_enfant",
    "same_case": "oui",
    "person_informed": "oui",
}

DOUBTED = sorted(
    {n.id for n in BASE.norms.values() if doubtful(n) and any(BASE.doctrine[r].to_check is not None for r in n.rules)}
)


def _small(to_check: str | None = "le numéro", **changes: Any) -> KnowledgeBase:
    norm = replace(SMALL.norms["secret"], rules=("Q-01",), **changes)
    return replace(SMALL, doctrine={"Q-01": Rule("Q-01", "Une règle.", to_check=to_check)}, norms={norm.id: norm})


def _cases() -> list[dict[str, Any]]:
    """Every legal case of the tests, and the question « suis-je tenu ? » alone."""
    alone = {"flow": "tenu", "on": TODAY.isoformat(), "facts": {"profession": "assistant_service_social"}}
    read: list[Any] = [
        parse(p.name, p.read_text(encoding="utf-8")).data for p in sorted((TESTS / "cases").glob("*.yaml"))
    ]
    return [alone, *(case for cases in read for case in cases)]


def _advice(facts: dict[str, str], on: date) -> Advice:
    result = evaluate(BASE, assume_unknown(BASE, facts, on)[0], on)
    assert isinstance(result, Advice)
    return result


def _shows(advice: Advice, norm: Norm) -> bool:
    """Whether a norm that counts in this advice, or may, has its doubt or its debate in what the worker reads."""
    if norm.debate is not None:
        return advice.governing == norm.id and advice.debate == norm.debate
    out = ("not_met", "set_aside")
    return norm.doubt in advice.doubt and any(s.norm == norm.id and s.state not in out for s in advice.trace)


def test_the_ledger_marks_the_rules_that_were_not_sure() -> None:
    """No mark is lost, and none is added without being named here."""
    marked = {f"{family}-{number}" for family, numbers in MARKED.items() for number in numbers.split()}
    assert {r.id for r in BASE.doctrine.values() if r.to_check is not None} == marked


def test_every_rule_to_check_has_its_doubt_shown_or_its_page() -> None:
    """No norm carries such a rule silently."""
    assert unchecked(BASE) == ()


def test_every_doubt_reaches_the_worker() -> None:
    """For each norm with a doubt, some case where it counts shows the doubt or the debate in the advice itself."""
    waiting = DOUBTED
    for case in _cases():
        facts = {**dict(FLOWS[case["flow"]].sets), **case["facts"]}
        if any(holds(BASE.norms[n].when, facts) is not False for n in waiting):
            advice = _advice(facts, date.fromisoformat(case["on"]))
            waiting = [n for n in waiting if not _shows(advice, BASE.norms[n])]
    assert waiting == []


@pytest.mark.parametrize(("recipient", "shown"), [("psychologue_cmp", True), ("crip", False)])
def test_the_doubt_on_what_a_norm_rests_on_is_shown_too(recipient: str, shown: bool) -> None:
    """Sharing with a psychologist rests on her being bound, which is debated: the advice says so, there only."""
    doubt = BASE.norms["roles/destinataire-psychologue"].doubt
    assert doubt is not None
    assert (doubt in _advice({**SHARED, "recipient": recipient}, TODAY).doubt) is shown


def test_a_norm_without_doubt_nor_page_is_found() -> None:
    """The check fails where it must: no review, a review without page, a page without its `https`."""
    for found in (None, "Texte lu.", "Lu : http://example.org/page"):
        checked = None if found is None else Review(TODAY, found)
        assert unchecked(_small(checked=checked)) == (("Q-01", "secret"),)


def test_a_doubt_a_debate_or_a_page_settles_the_mark() -> None:
    """Each of the three is enough."""
    debate = Debate(("Oui.", "Non."), "Taisez-vous.", "Un juriste.")
    assert unchecked(_small(doubt="Un point n'est pas sûr.")) == ()
    assert unchecked(_small(debate=debate)) == ()
    assert unchecked(_small(checked=Review(TODAY, f"Lu ({PAGE})."))) == ()


def test_a_rule_that_was_sure_asks_nothing() -> None:
    """Only a mark asks for a doubt or a page."""
    assert unchecked(_small(to_check=None)) == ()


def test_the_address_stops_where_the_sentence_goes_on() -> None:
    """Brackets and full stops are not part of an address; several are kept in order."""
    norm = replace(SMALL.norms["secret"], checked=Review(TODAY, f"Lu ({PAGE}). Puis https://cnil.fr/fr/a?b=1 ; fin."))
    assert addresses(norm) == (PAGE, "https://cnil.fr/fr/a?b=1")


def test_the_page_says_what_became_of_each_mark() -> None:
    """A doubt by the norms that show it, a verified point by its address, a rule left out as such."""
    doubted = _small(doubt="Un point n'est pas sûr.", checked=Review(TODAY, f"Lu ({PAGE})."))
    left_out = Row(Rule("Q-02", "Une autre.", reason="Rien lu.", to_check="le texte"), (), (), (), ())
    assert "| à vérifier (le numéro) : doute affiché par secret |" in page(ledger(doubted, {}))
    assert f"| vérifié (le numéro) : <{PAGE}> |" in page(ledger(_small(checked=Review(TODAY, f"Lu ({PAGE}).")), {}))
    assert "| à vérifier (le texte) : aucune réponse n'en dépend |" in page((left_out,))
