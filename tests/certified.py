"""Situations whose certificates are tested: one per outcome, several days, answers unknown or never asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from case_advice import advice_of
from situations import BASE, FOUNDING_DAY, TODAY

import knowledge
from flows import Conversation
from knowledge import Advice, Outcome, evaluate, open_questions
from knowledge.reading.yaml_file import parse

CASES: list[dict[str, Any]] = [
    case
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in parse(file.name, file.read_text(encoding="utf-8")).data  # type: ignore[union-attr]
]
ERASABLE = sorted(f.id for f in BASE.facts.values() if f.find_out is not None)


FIRST_ANSWERS = {f.id: f.values[0].id if f.find_out is None else knowledge.INCONNU for f in BASE.facts.values()}
"""Every question answered as vaguely as it can be."""

_AS = "assistant_service_social"
_TOLD: dict[str, tuple[date, dict[str, str]]] = {
    "not known in 2009": (
        FOUNDING_DAY,
        {"act": "transmettre", "profession": _AS, "recipient": "maire", "information": "logement"},
    ),
    "never asked in 1996": (
        date(1996, 12, 31),
        {"act": "transmettre", "profession": _AS, "recipient": "procureur"},
    ),
    "written in 2009": (FOUNDING_DAY, {"act": "ecrire", "information": "appreciation", "recipient": "chef_service"}),
    "hanging on the trade's mission": (
        TODAY,
        {"act": "transmettre", "profession": "educateur", "recipient": "crip", "information": "faits_danger"},
    ),
    "hanging on a text not read in 2003": (
        date(2003, 5, 27),
        {
            "act": "transmettre",
            "profession": "animateur",
            "recipient": "crip",
            "information": "sante",
            "service": "mdph",
        },
    ),
    "limited today": (
        TODAY,
        {"act": "transmettre", "profession": _AS, "recipient": "crip", "information": "sante", "subject": "mineur"}
        | {"danger": "maltraitance"},
    ),
}

_STATUS: dict[Outcome, dict[str, str]] = {
    Outcome.BOUND: {"act": "situer", "recipient": "aucun", "profession": _AS},
    Outcome.NOT_BOUND: {"act": "situer", "recipient": "aucun", "profession": "benevole", "service": "association"}
    | {"public_agent": "non"},
}
"""The answers to « am I bound », of which no case is told."""

SUBJECTS = [*Outcome, *_TOLD]
"""The names of the situations: the first of each outcome, and those told here."""


def advice(facts: dict[str, str], on: date) -> Advice:
    """Return the advice on facts that leave nothing open."""
    result = evaluate(BASE, facts, on)
    assert isinstance(result, Advice)
    return result


def asked_only(facts: dict[str, str], on: date) -> dict[str, str]:
    """Keep the answers that a conversation would have asked for; the others stay absent."""
    given = {"act": facts["act"]}
    while waiting := open_questions(BASE, given, on):
        given[min(waiting)] = facts[min(waiting)]
    return given


def first(outcome: Outcome, conversation: Conversation) -> Advice:
    """Return the advice of the first case with that outcome."""
    if outcome in _STATUS:
        return advice(FIRST_ANSWERS | _STATUS[outcome], TODAY)
    told = (advice_of(case, BASE, conversation) for case in CASES)
    return next(found for found in told if found.outcome is outcome)


def subject(name: str, conversation: Conversation) -> Advice:
    """Return the advice of one of the `SUBJECTS`."""
    if name in list(Outcome):
        return first(Outcome(name), conversation)
    on, told = _TOLD[name]
    facts = FIRST_ANSWERS | told
    return advice(asked_only(facts, on) if name.startswith("never asked") else facts, on)
