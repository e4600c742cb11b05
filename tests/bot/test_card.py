"""The answer on one screen: a sentence in French about this situation, what goes with it, and nothing too long."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from depth import THOROUGH
from hypothesis import given, settings
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, answers, days, situations

from bot.app import App
from bot.words.advise import answer
from bot.words.card import HEIGHT, ROOM, card_of, situation
from bot.words.grammar import of
from bot.words.sentence import LONGEST, act_of, sentence
from flows import Conversation, Session, load
from knowledge import INCONNU, Advice, Outcome, evaluate, protectors
from knowledge.model import Matter

FLOWS = load(BASE)
APP = App(BASE, FLOWS, Conversation(BASE, FLOWS))
FACTS = BASE.facts
SAID = [o for o in Outcome if o not in (Outcome.BOUND, Outcome.NOT_BOUND, Outcome.DEPENDS)]
MISTAKES = re.compile(
    r"\b(?:à|de) les? |\b(?:de|le|la|ne|que) [aeiouyâàéèêëîïôûœ](?!ui\b)|\bd'(?:le|la|les) |'[^a-zàâéèêëîïôûœ]|  |\.\.",
    re.IGNORECASE,
)
"""What a contraction or an elision forgotten looks like; « oui » takes none."""
_RIGHT = re.compile(r"\b(?:un|le|la) (?:onz|oui)")


def _every_sentence() -> list[tuple[dict[str, str], str]]:
    made = []
    for information, recipient, danger in product(
        FACTS["information"].values, FACTS["recipient"].values, ("aucun", "maltraitance")
    ):
        for act in ("transmettre", "montrer"):
            facts = {"act": act, "information": information.id, "recipient": recipient.id, "danger": danger}
            made += [(facts, sentence(BASE, facts, Matter.DISCLOSURE, outcome)) for outcome in SAID]
    for information, support in product(FACTS["information"].values, FACTS["support"].values):
        facts = {"act": "ecrire", "information": information.id, "support": support.id}
        made += [(facts, sentence(BASE, facts, Matter.RECORDING, outcome)) for outcome in SAID]
        for recipient in FACTS["recipient"].values:
            read = {**facts, "recipient": recipient.id}
            made += [(read, sentence(BASE, read, Matter.DISCLOSURE, outcome)) for outcome in SAID]
    return made


def test_every_sentence_is_french_ends_with_a_stop_and_fits() -> None:
    """Each act, information, recipient, support and outcome: contracted, elided, and at most 140 characters."""
    made = _every_sentence()
    wrong = [s for _, s in made if MISTAKES.search(_RIGHT.sub("", s)) or not s.endswith(".") or len(s) > LONGEST]

    assert len({s for _, s in made}) > 20_000
    assert sorted(set(wrong))[:10] == []


def test_every_question_can_be_what_the_answer_depends_on() -> None:
    """« Cela dépend de votre service. »: each fact has its words."""
    for fact in FACTS.values():
        assert fact.hinge, fact.id
        said = sentence(BASE, {}, Matter.DISCLOSURE, Outcome.DEPENDS, [fact.id])
        assert of(fact.hinge) in said.replace("\u00a0", " ")
        assert not MISTAKES.search(_RIGHT.sub("", said)), said


@pytest.mark.parametrize(("fact", "form"), [("recipient", "who"), ("information", "what"), ("support", "where")])
def test_every_answer_carries_the_form_that_its_sentence_needs(fact: str, form: str) -> None:
    """A new recipient, a new information or a new support says how it is named in a sentence."""
    assert [v.id for v in FACTS[fact].values if not getattr(v, form) and v.id != "aucun"] == []


def test_the_sentence_names_the_act_the_information_and_the_recipient() -> None:
    """Written from what a worker would say, before the program said it."""
    mayor = {"act": "transmettre", "information": "identite_demande", "recipient": "maire"}
    child = {"act": "transmettre", "information": "ensemble", "recipient": "crip", "danger": "maltraitance"}
    form = {"act": "ecrire", "information": "appreciation", "support": "logiciel"}
    said = {
        "Non\u00a0: ne donnez pas l'identité de la personne au maire.": (mayor, Matter.DISCLOSURE, Outcome.FORBIDDEN),
        "Oui, c'est obligatoire\u00a0: alertez la CRIP.": (child, Matter.DISCLOSURE, Outcome.OBLIGED),
        "Non\u00a0: n'écrivez pas votre appréciation dans ce logiciel.": (form, Matter.RECORDING, Outcome.FORBIDDEN),
    }
    for expected, (facts, matter, outcome) in said.items():
        assert sentence(BASE, facts, matter, outcome) == expected


def _walked(flow: str, draw: st.DataObject, on: object) -> Session:
    session = APP.conversation.start(flow, on)  # type: ignore[arg-type]
    while (fact := APP.conversation.asked(session)) is not None:
        value = draw.draw(st.sampled_from(answers(fact)))
        session = replace(session, answers=(*session.answers, (fact.id, value)))
    return session


@settings(max_examples=2000 if THOROUGH else 60)
@given(draw=st.data(), flow=st.sampled_from(list(FLOWS)), on=st.sampled_from([FOUNDING_DAY, TODAY]))
def test_a_card_holds_on_a_phone_and_in_a_terminal(draw: st.DataObject, flow: str, on: object) -> None:
    """Six hundred characters, wherever a walk ends."""
    session = _walked(flow, draw, on)
    advice = answer(APP, session, None)
    card = card_of(APP, advice)

    assert card.size <= ROOM
    assert card.height <= HEIGHT
    assert len(card.answer) <= LONGEST
    assert card.answer.endswith(".")
    assert card.why
    assert "code pénal, article 226-13" not in card.answer
    assert len(situation(APP, advice.facts)) <= 70


@given(
    facts=situations(danger=["maltraitance", "enfant_danger_risque", "peril_imminent"], act=["transmettre"]), on=days
)
def test_in_a_danger_who_must_be_told_is_answered_as_if_she_asked_about_them(facts: dict[str, str], on: object) -> None:
    """The plan cannot disagree with the answer about one of those it names."""
    for told in protectors(BASE, facts, on)[:3]:  # type: ignore[arg-type]
        kept = {f: v for f, v in facts.items() if f not in _ABOUT_ONE}
        asked = {**dict.fromkeys(_ABOUT_ONE, INCONNU), **kept, **_SPEAKING, "recipient": told.recipient}
        alone = evaluate(BASE, asked, on)  # type: ignore[arg-type]

        assert isinstance(alone, Advice)
        assert (alone.outcome, alone.governing) == (told.outcome, told.norm)


_ABOUT_ONE = ("purpose", "recipient_bound", "same_case", "person_informed", "consent")
_SPEAKING = {"act": "transmettre", "information": "ensemble", "request": "spontane", "support": "logiciel"}


@pytest.mark.parametrize("recipient", ["chef_service", "collegue_equipe", "maire", "parents", "ecole"])
@pytest.mark.parametrize("purpose", [*(v.id for v in FACTS["purpose"].values), INCONNU])
def test_an_abused_child_is_first_a_duty_whoever_she_speaks_to(recipient: str, purpose: str) -> None:
    """CASF L221-6 and L226-2-1: an educator of a home tells the department without delay. Her chief is not the CRIP."""
    given = {"danger": "maltraitance", "subject": "mineur", "profession": "educateur", "recipient": recipient}
    given |= {"service": "etablissement_habilite_ase", "purpose": purpose, "child_missing": "non", "mandate": INCONNU}
    session = APP.conversation.fill(Session("alerter", TODAY), {**dict.fromkeys(FACTS, INCONNU), **given})
    card = card_of(APP, answer(APP, session, None))

    assert card.duty.startswith("Vous devez alerter sans délai la CRIP (CASF L221-6).") or card.duty.startswith(
        "Vous devez aussi alerter sans délai la CRIP (CASF L221-6)."
    )


def test_a_life_in_danger_is_first_the_rescuers() -> None:
    """CP 223-6: before anyone else is spoken to."""
    given = {"danger": "peril_imminent", "subject": "mineur", "profession": "educateur", "recipient": "parents"}
    session = APP.conversation.fill(Session("alerter", TODAY), {**dict.fromkeys(FACTS, INCONNU), **given})

    assert card_of(APP, answer(APP, session, None)).duty.startswith(
        "Vous devez alerter les secours au 15, 17, 18 ou 112"
    )


def test_an_act_has_three_forms() -> None:
    """To do, an order, and not to do."""
    act = act_of(BASE, {"act": "montrer", "information": "ensemble", "recipient": "personne"}, Matter.DISCLOSURE)

    assert act.do == "donner le dossier à lire à la personne"
    assert act.never == "ne donnez pas le dossier à lire à la personne"


def test_a_headline_is_a_sentence_that_fits() -> None:
    """Where a lawyer has a better sentence, it is one, it answers, and it holds on the screen."""
    said = {n.id: n.headline for n in BASE.norms.values() if n.headline is not None}

    assert said
    assert [i for i, s in said.items() if len(s) > LONGEST or not s.endswith(".") or MISTAKES.search(s)] == []
