"""Norms that contradict each other are found on the day when they do, and orders that mean nothing are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import KnowledgeError, load

CITES = "cites:\n  - {article: code-penal/1}\n"
SPEAKS = f"title: Le voisin parle\neffect: obliges\nwhen: {{metier: voisin}}\nprevails_over: [libre]\n{CITES}"
BOUND = (
    "title: Le voisin est tenu\neffect: establishes\nestablishes: bound\nsource: fonction\n"
    f"when: {{metier: voisin}}\nsince: 2010-01-01\n{CITES}"
)


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """Return a law of four norms that a test may add to."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "small", tmp_path / "droit"))


def _write(law: Path, **norms: str) -> None:
    for name, text in norms.items():
        (law / "norms" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_clash_that_begins_one_day_is_found_that_day(law: Path) -> None:
    """Who is bound changes in 2010: what was harmless the days before is not remembered as harmless."""
    _write(law, parle=SPEAKS)
    load(law)
    _write(law, tenu=BOUND)

    with pytest.raises(KnowledgeError, match=r"norms/parle\.yaml:1 : contredit norms/secret\.yaml le 2010-01-01"):
        load(law)


def test_a_permission_does_not_prevail_over_an_obligation(law: Path) -> None:
    """The obligation governs whatever the order says: an order that changes nothing is a mistake."""
    told = SPEAKS.replace("obliges", "permits").replace("[libre]", "[libre, parle]")
    _write(law, parle=SPEAKS, peut=told)

    with pytest.raises(KnowledgeError, match=r"norms/peut\.yaml:4 : prevails_over\.1 : « parle » oblige"):
        load(law)
