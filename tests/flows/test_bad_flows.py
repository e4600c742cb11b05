"""A wrong flow file is refused with its line and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from situations import BASE

from flows import FlowError, load
from knowledge import KnowledgeError
from knowledge import load as load_law

TESTS = Path(__file__).parents[1]

GOOD = """code: 9
title: Essai
description: Un essai.
sets: {act: transmettre}
states:
  - {id: a, asks: profession}
"""
MORE = GOOD + "  - {id: b, asks: recipient"

MISTAKES = {
    "unknown fact": (GOOD + "  - {id: b, asks: profesion}\n", "essai.yaml:7", "profesion"),
    "fact asked twice": (GOOD + "  - {id: b, asks: profession}\n", "essai.yaml:7", "déjà répondu"),
    "fact already set": (GOOD + "  - {id: b, asks: act}\n", "essai.yaml:7", "déjà répondu"),
    "state named twice": (GOOD + "  - {id: a, asks: recipient}\n", "essai.yaml:7", "existe déjà"),
    "reserved name": (GOOD + "  - {id: verdict, asks: recipient}\n", "essai.yaml:7", "existe déjà"),
    "unknown key": (GOOD + "titre: non\n", "essai.yaml:7", "clé inconnue « titre » ; peut-être « title »"),
    "missing key": (GOOD.replace("title: Essai\n", ""), "essai.yaml:1", "« title » manque"),
    "wrong set value": (GOOD.replace("transmettre", "dire"), "essai.yaml:4", "act: dire"),
    "unknown key of a state": (
        GOOD + "  - {id: b, asks: recipient, when: {x: oui}}\n",
        "essai.yaml:7",
        "clé inconnue « when » ; clés admises : id, asks, question, help, only",
    ),
    "code out of range": (GOOD.replace("code: 9", "code: 900"), "essai.yaml:1", "entre 1 et 255"),
    "code not a number": (GOOD.replace("code: 9", "code: ²"), "essai.yaml:1", "n'est pas un nombre entier"),
    "code without end": (GOOD.replace("code: 9", "code: " + "9" * 5000), "essai.yaml:1", "n'est pas un nombre entier"),
    "no title": (GOOD.replace("Essai", ""), "essai.yaml:2", "title : attend un texte, et il n'y en a pas"),
    "empty title": (GOOD.replace("Essai", "' '"), "essai.yaml:2", "title : ce texte est vide"),
    "no description": (GOOD.replace("Un essai.", "~"), "essai.yaml:3", "description : attend un texte"),
    "a title of several lines": (GOOD.replace("Essai", "[a, b]"), "essai.yaml:2", "title : attend un texte"),
    "an empty question": (
        GOOD + "  - {id: b, asks: recipient, question: ''}\n",
        "essai.yaml:7",
        "question : ce texte est",
    ),
    "a question in a list": (
        GOOD + "  - {id: b, asks: recipient, help: [x]}\n",
        "essai.yaml:7",
        "help : attend un texte",
    ),
    "a state that is a word": (GOOD + "  - profession\n", "essai.yaml:7", "attend des clés et des valeurs"),
    "a state that asks nothing": (GOOD + "  - {id: b}\n", "essai.yaml:7", "« asks » manque"),
    "answers that are none": (
        GOOD + "  - {id: b, asks: recipient, only: [x]}\n",
        "essai.yaml:7",
        "valeur inconnue « x »",
    ),
    "no list of states": (
        GOOD.replace("  - {id: a, asks: profession}", "  a: b"),
        "essai.yaml:5",
        "une liste d'étapes",
    ),
    "an id": (GOOD + "id: autre\n", "essai.yaml:7", "le nom du fichier le dit déjà"),
    "not yaml": ("code: [", "essai.yaml:2", "YAML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_bad_flow_is_refused_with_its_place_and_its_reason(mistake: str, tmp_path: Path) -> None:
    """One mistake, one message that names the line."""
    text, place, words = MISTAKES[mistake]
    (tmp_path / "essai.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(FlowError) as caught:
        load(BASE, tmp_path)

    message = str(caught.value).replace("\u00a0", " ")
    assert place in message
    assert words in message


def _law_and_flows(root: Path, codes: str, flows: dict[str, int]) -> Path:
    """Write a small law that remembers these codes of flows, and the flows beside it."""
    shutil.copytree(TESTS / "small", root / "law")
    registry = root / "law" / "codes.yaml"
    text = registry.read_text(encoding="utf-8").replace("flow.essai: 1\n", codes)
    registry.write_text(text, encoding="utf-8")
    for name, code in flows.items():
        (root / "parcours").mkdir(exist_ok=True)
        written = f"code: {code}\ntitle: T\ndescription: D.\nsets: {{}}\nstates: [{{id: a, asks: metier}}]\n"
        (root / "parcours" / f"{name}.yaml").write_text(written, encoding="utf-8")
    return root


TWO = "flow.essai: 1\nflow.autre: 2\n"
CODES = {
    "two flows swapped": (TWO, {"essai": 2, "autre": 1}, "codes.yaml:12", "valait 1 et vaut maintenant 2"),
    "a code changed": (TWO, {"essai": 1, "autre": 3}, "codes.yaml:13", "valait 2 et vaut maintenant 3"),
    "a flow gone": (TWO, {"essai": 1}, "codes.yaml:13", "remettez parcours/autre.yaml (code 2)"),
    "a flow renamed": (TWO, {"essai": 1, "nouveau": 2}, "codes.yaml:13", "remettez parcours/autre.yaml (code 2)"),
    "a flow not yet remembered": (TWO, {"essai": 1, "autre": 2, "nouveau": 3}, "codes.yaml", "« flow.nouveau »"),
    "a code given twice": (TWO.replace("2", "1"), {"essai": 1}, "codes.yaml:13", "déjà été donné à « flow.essai »"),
    "a code that is no number": (TWO.replace("2", "deux"), {"essai": 1}, "codes.yaml:13", "de 1 à 255"),
    "a code that is a list": (TWO.replace("2", "[2]"), {"essai": 1}, "codes.yaml:13", "de 1 à 255"),
}


@pytest.mark.parametrize("mistake", CODES)
def test_the_code_of_a_flow_never_changes(mistake: str, tmp_path: Path) -> None:
    """An old button carries it: swapped, it would lead into the questions of another flow."""
    codes, given, place, words = CODES[mistake]
    root = _law_and_flows(tmp_path, codes, given)

    with pytest.raises((KnowledgeError, FlowError)) as caught:
        load(load_law(root / "law"), root / "parcours")

    message = str(caught.value).replace("\u00a0", " ").replace("\u202f", " ")
    assert any(place in line and words in line for line in message.splitlines()), message


def test_flows_as_they_are_remembered_are_loaded(tmp_path: Path) -> None:
    """What the mistakes above start from is sound."""
    root = _law_and_flows(tmp_path, TWO, {"essai": 1, "autre": 2})

    assert list(load(load_law(root / "law"), root / "parcours")) == ["essai", "autre"]


def test_a_fact_cannot_take_the_name_under_which_flows_are_remembered(tmp_path: Path) -> None:
    """`flow.oui` would be read as the code of a flow."""
    root = _law_and_flows(tmp_path, TWO, {})
    fact = (root / "law" / "facts" / "metier.yaml").read_text(encoding="utf-8").replace("code: 1\n", "code: 9\n", 1)
    (root / "law" / "facts" / "flow.yaml").write_text(fact, encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"facts/flow\.yaml:1"):
        load_law(root / "law")
