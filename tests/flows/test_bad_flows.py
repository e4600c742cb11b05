"""A wrong flow file is refused with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from situations import BASE

from flows import FlowError, load

GOOD = """code: 9
title: Essai
description: Un essai.
sets: {act: transmettre}
states:
  - {id: a, asks: profession}
"""

MISTAKES = {
    "unknown fact": (GOOD + "  - {id: b, asks: profesion}\n", "essai.yaml:7", "profesion"),
    "fact asked twice": (GOOD + "  - {id: b, asks: profession}\n", "essai.yaml:7", "déjà répondu"),
    "fact already set": (GOOD + "  - {id: b, asks: act}\n", "essai.yaml:7", "déjà répondu"),
    "state named twice": (GOOD + "  - {id: a, asks: recipient}\n", "essai.yaml:7", "existe déjà"),
    "reserved name": (GOOD + "  - {id: verdict, asks: recipient}\n", "essai.yaml:7", "existe déjà"),
    "unknown key": (GOOD + "titre: non\n", "essai.yaml:7", "clés admises"),
    "missing key": (GOOD.replace("title: Essai\n", ""), "essai.yaml:1", "« title » manque"),
    "wrong set value": (GOOD.replace("transmettre", "dire"), "essai.yaml:4", "act: dire"),
    "unknown key of a state": (
        GOOD + "  - {id: b, asks: recipient, when: {x: oui}}\n",
        "essai.yaml:7",
        "un état s'écrit",
    ),
    "code out of range": (GOOD.replace("code: 9", "code: 900"), "essai.yaml:1", "entre 1 et 255"),
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
