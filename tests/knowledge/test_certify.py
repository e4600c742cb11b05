"""A certificate holds exactly where its own facts and day lead to it; any other text is refused."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import hashlib
import json
import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import random_laws
from case_advice import advice_of
from certified import CASES, ERASABLE, FIRST_ANSWERS, advice, asked_only, first
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, days, situations

import knowledge
from flows import Conversation
from knowledge import Advice, Effect, Outcome, evaluate, open_questions
from knowledge.certifying.certificate import certificate
from knowledge.certifying.checker import FORMAT, certify, sealed
from knowledge.certifying.refusal import refusals
from knowledge.model.errors import NoNormError


@given(facts=situations(), unknown=st.sets(st.sampled_from(ERASABLE)), on=days)
def test_what_was_advised_is_certified_whatever_was_left_unknown(
    facts: dict[str, str], unknown: set[str], on: date
) -> None:
    """Every advice on drawn situations, some answers `inconnu`, gives a certificate that holds."""
    text = certificate(BASE, advice({**facts, **dict.fromkeys(unknown, knowledge.INCONNU)}, on))

    assert refusals(BASE, text) == ()
    assert certify(BASE, text)


@given(facts=situations(), unknown=st.sets(st.sampled_from(ERASABLE)), on=days)
def test_what_was_never_asked_is_certified_as_such(facts: dict[str, str], unknown: set[str], on: date) -> None:
    """A conversation asks a few questions only: its certificate holds, and names no fact that was not asked."""
    asked = asked_only({**facts, **dict.fromkeys(unknown, knowledge.INCONNU)}, on)
    text = certificate(BASE, advice(asked, on))

    assert refusals(BASE, text) == ()
    assert json.loads(text)["facts"] == dict(sorted(asked.items()))


@pytest.mark.parametrize("first", range(4))
def test_every_fourth_case_is_certified_as_it_was_answered(first: int, conversation: Conversation) -> None:
    """The certificate of a case says the outcome, the norm, the articles and the forks of its answer."""
    for case in CASES[first * 4 :: 16]:
        given = advice_of(case, BASE, conversation)
        text = certificate(BASE, given)
        held = json.loads(text)

        assert refusals(BASE, text) == (), case["id"]
        assert (held["outcome"], held["governing"]) == (given.outcome, given.governing), case["id"]
        assert held["on"] == case["on"], case["id"]
        assert {a["article"] for a in held["articles"]} == {a.article for a in given.articles}, case["id"]
        assert [f["fact"] for f in held["forks"]] == sorted(f.fact for f in given.forks), case["id"]


@pytest.mark.parametrize("outcome", Outcome)
def test_on_the_very_day_a_text_changes_the_new_one_is_certified(outcome: Outcome, conversation: Conversation) -> None:
    """The last day of a version is exclusive: on it, and on the first, the certificate holds the new wording."""
    real = first(outcome, conversation)
    asked = {f: v for f, v in real.facts.items() if f in BASE.facts}
    changed = {day for cited in real.articles for day in (cited.start, cited.end) if day is not None}
    for day in sorted(changed):
        text = certificate(BASE, advice(FIRST_ANSWERS | asked, day))
        assert refusals(BASE, text) == (), day
        assert all(a["end"] is None or a["end"] > str(day) for a in json.loads(text)["articles"]), day


def test_the_doubt_behind_a_fact_that_norms_establish_is_certified() -> None:
    """Whether a municipal social centre takes part in child protection is debated: what rests on it says so."""
    told = {"act": "transmettre", "profession": "autre", "service": "ccas", "recipient": "crip"}
    text = certificate(
        BASE,
        advice(
            FIRST_ANSWERS
            | told
            | {"information": "faits_danger", "danger": "enfant_danger_risque", "subject": "mineur"},
            TODAY,
        ),
    )

    assert refusals(BASE, text) == ()
    assert any("quels services et établissements participent" in doubt for doubt in json.loads(text)["doubt"])


def _other_texts(text: str) -> dict[str, str]:
    return {
        "ends of line": text.replace("\n", "\r\n"),
        "no end": text.rstrip("\n"),
        "two ends": text + "\n",
        "a mark before": "\ufeff" + text,
        "one line": json.dumps(json.loads(text)),
        "escapes": json.dumps(json.loads(text), indent=1) + "\n",
        "too deep": "[" * 100_000,
        "deep": '{"format": ' + "[" * 900 + "]" * 900 + "}",
        "empty": "",
        "a list": "[]",
        "too long": '"' + "a" * 2_000_000 + '"',
        "half a sign": "\ud800",
        "a number too long": "1" * 5000,
        "no number": '{"on": NaN}',
    }


def test_another_text_of_the_same_certificate_is_refused(conversation: Conversation) -> None:
    """One certificate has one text, so that two files compare at a glance; what is none is said to be none."""
    text = certificate(BASE, first(Outcome.FORBIDDEN, conversation))

    assert certify(BASE, text)
    for name, other in _other_texts(text).items():
        assert not certify(BASE, other), name
        assert refusals(BASE, other), name


def test_the_same_answers_give_the_same_bytes(conversation: Conversation) -> None:
    """Whatever the order of the answers, and nothing of the moment or the person enters."""
    given_once = first(Outcome.OBLIGED, conversation)
    asked = {f: v for f, v in given_once.facts.items() if f in BASE.facts}
    again = advice(dict(reversed(asked.items())), given_once.on)

    assert certificate(BASE, again) == certificate(BASE, given_once)


def test_a_certificate_carries_the_words_it_rests_on_by_their_hash(conversation: Conversation) -> None:
    """Anyone can hash the official text of that day and compare."""
    forbidden = first(Outcome.FORBIDDEN, conversation)
    held = {a["article"]: a for a in json.loads(certificate(BASE, forbidden))["articles"]}
    version = BASE.articles["code-penal/226-13"].at(forbidden.on)

    assert version is not None
    assert version.text is not None
    assert held["code-penal/226-13"]["sha256"] == hashlib.sha256(version.text.encode()).hexdigest()
    assert held["code-penal/226-13"]["start"] == version.start.isoformat()


def test_a_certificate_of_another_base_says_so(conversation: Conversation) -> None:
    """It is not called false: it cannot be checked here. Touched besides, that is said too."""
    other = dataclasses.replace(BASE, digest="0" * 32)
    text = certificate(other, dataclasses.replace(first(Outcome.FORBIDDEN, conversation), digest=other.digest))

    assert certify(other, text)
    assert not certify(BASE, text)
    assert refusals(BASE, text) == (
        "« base » : établi sur une autre version de la base, personne n'y a touché depuis ; "
        f"celle d'ici est « {BASE.digest} »",
    )
    (touched,) = refusals(BASE, text.replace('"forbidden"', '"permitted"'))
    assert "et le fichier a été modifié depuis" in touched


@pytest.mark.parametrize(
    ("outcome", "forgery"),
    [
        (Outcome.FORBIDDEN, {"effect": Effect.NOT_COVERED}),
        (Outcome.OBLIGED, {"effect": Effect.PERMITS}),
        (Outcome.CONDITIONAL, {"conditions": ()}),
        (Outcome.PERMITTED, {"minimum": None}),
        (Outcome.NOT_COVERED, {"doubt": "Faites comme vous voulez."}),
    ],
)
def test_an_advice_from_a_forged_law_is_refused(
    outcome: Outcome, forgery: dict[str, Any], conversation: Conversation
) -> None:
    """The hash of the base is only a word: another law does not pass under the hash of ours."""
    real = first(outcome, conversation)
    norms = {**BASE.norms, real.governing: dataclasses.replace(BASE.norms[real.governing], **forgery)}
    forged = dataclasses.replace(BASE, norms=norms)
    result = evaluate(forged, {f: v for f, v in real.facts.items() if f in BASE.facts}, real.on)
    assert isinstance(result, Advice)
    text = certificate(forged, result)

    assert certify(forged, text)
    assert not certify(BASE, text)
    assert refusals(BASE, text)


def test_a_situation_that_still_waits_for_an_answer_is_not_certified(conversation: Conversation) -> None:
    """Taking away the answers, and sealing again, does not make the cautious answer a certified one."""
    tree = json.loads(certificate(BASE, first(Outcome.FORBIDDEN, conversation)))
    tree["facts"] = {"act": "transmettre"}
    text = sealed({key: value for key, value in tree.items() if key != "seal"})

    assert not certify(BASE, text)
    (said,) = refusals(BASE, text)
    assert said.startswith("« facts » : il manque une réponse à : ")
    assert "recipient" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "permitted"}, '« "outcome": "permitted", » est écrit ; il faut « "outcome": "forbidden", »'),
        ({"on": "2009-02-30"}, "« on » : il faut le jour du droit, écrit AAAA-MM-JJ"),
        ({"on": "20091102"}, '« "on": "20091102", » est écrit ; il faut « "on": "2009-11-02", »'),
        ({"format": "autre"}, "« format » : il faut « motus-certificate/2 », seul certificat que cet outil sait lire"),
        ({"facts": []}, "« facts » : il faut les réponses, une par question"),
        ({"facts": {"nom": "Dupont"}}, "aucune question ne s'appelle « nom » ; il faut retirer cette ligne"),
        ({"facts": {"act": "dire"}}, "« act » ne peut pas valoir « dire » ; il faut "),
        ({"seal": "0"}, "le sceau n'est pas celui de ces réponses et de ce jour ; il faut "),
        ({"ajout": "oui"}, '"ajout": "oui"'),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_refusal_says_which_field_and_what_it_should_be(change: dict[str, Any], said: str) -> None:
    """In French, with the field, what is written and what is due."""
    asked = {"act": "transmettre", "profession": "assistant_service_social", "recipient": "voisin"}
    facts = FIRST_ANSWERS | asked | {"information": "existence_suivi"}
    tree = {**json.loads(certificate(BASE, advice(facts, FOUNDING_DAY))), **change}

    assert any(said in line for line in refusals(BASE, json.dumps(tree, ensure_ascii=False, indent=1) + "\n"))


PART = pytest.mark.xfail(
    strict=True,
    reason="a question that is named but changes nothing is told by what counts in each reading here, by residual laws "
    "in the evaluator: on these laws, with several debated points at once, the two part; the shipped law has one",
)


@pytest.mark.parametrize("seed", [pytest.param(s, marks=[PART] if s == 4 else []) for s in range(6)])
def test_the_answers_of_laws_drawn_at_random_are_certified(seed: int) -> None:
    """Debated questions, unread texts, orders and minimums of every shape: the checker comes to the same bytes."""
    draw, held = random.Random(seed), 0

    for _ in range(60):
        law = random_laws.law(draw).base
        for _ in range(6):
            facts = random_laws.situation(draw)
            with contextlib.suppress(NoNormError):
                given = evaluate(law, facts, random_laws.ON)
                if isinstance(given, Advice):
                    text = certificate(law, given)
                    assert refusals(law, text) == (), facts
                    held += 1

    assert held > 100


@PART
def test_a_question_that_can_still_matter_refuses_a_certificate_of_a_law_drawn_at_random() -> None:
    """And it is the question that the evaluator waits for; where no norm answers, that is what is said."""
    draw, waited = random.Random("waiting"), 0

    for _ in range(200):
        law, facts = random_laws.law(draw).base, random_laws.situation(draw)
        tree = {"format": FORMAT, "base": law.digest, "on": str(random_laws.ON), "facts": facts}
        (said, *_) = refusals(law, json.dumps(tree, ensure_ascii=False, indent=1) + "\n")
        asked = open_questions(law, facts, random_laws.ON)
        waiting = f"« facts » : il manque une réponse à : {', '.join(sorted(asked))}"

        assert said == waiting if asked else "il manque une réponse" not in said
        waited += bool(asked)

    assert waited > 20


def test_the_checker_is_small_and_shares_no_code_with_the_evaluator() -> None:
    """It reads the model of the law and the standard library, nothing else; it can be read in one sitting."""
    for half, used in (("checker", {"knowledge.model", "knowledge.certifying.truth"}), ("truth", {"knowledge.model"})):
        source = Path(sys.modules[f"knowledge.certifying.{half}"].__file__ or "").read_text(encoding="utf-8")
        names = set()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                top = node.module == "knowledge"
                names |= {f"{node.module}.{a.name}" if top else str(node.module) for a in node.names}

        assert {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} == used
        assert len(source.splitlines()) <= 300
