"""A doubt that holds on some days only is shown on those days, and on no other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from situations import BASE

from knowledge import Advice, KnowledgeError, assume_unknown, evaluate, load
from knowledge.model import DatedDoubt

SMALL = Path(__file__).parents[1] / "small"
REQUISITION = {
    "profession": "assistant_service_social",
    "recipient": "police_gendarmerie",
    "request": "requisition",
    "information": "adresse_contact",
}


def _doubts(on: date) -> tuple[str, ...]:
    facts, _ = assume_unknown(BASE, {"act": "transmettre", **REQUISITION}, on)
    advice = evaluate(BASE, facts, on)
    assert isinstance(advice, Advice)
    assert advice.governing == "justice/requisition-documents"
    return advice.doubt


def _base(tmp_path: Path, line: str) -> Path:
    shutil.copytree(SMALL, tmp_path / "base")
    norm = tmp_path / "base" / "norms" / "secret.yaml"
    norm.write_text(norm.read_text(encoding="utf-8") + line, encoding="utf-8")
    return tmp_path / "base"


@pytest.mark.parametrize(("on", "shown"), [(date(2014, 11, 14), 0), (date(2014, 11, 15), 1)])
def test_a_requisition_speaks_of_the_wording_of_2014_from_its_first_day(on: date, shown: int) -> None:
    """The wording « informations » is of 15 November 2014: the day before, nothing is said of it."""
    assert sum("15 novembre 2014" in d for d in _doubts(on)) == shown


@pytest.mark.parametrize("on", [date(2014, 11, 14), date(2014, 11, 15)])
def test_the_doubt_of_every_day_stays(on: date) -> None:
    """The legitimate reason is debated before and after."""
    assert any("« motif légitime »" in d.replace("\u00a0", " ") for d in _doubts(on))


@pytest.mark.parametrize(
    ("on", "held"), [(date(2009, 12, 31), False), (date(2010, 1, 1), True), (date(2011, 12, 31), True)]
)
def test_a_doubt_holds_from_its_first_day(on: date, held: bool) -> None:
    """`since` is included."""
    assert DatedDoubt("Peut-être.", since=date(2010, 1, 1), until=date(2012, 1, 1)).active(on) is held


def test_a_doubt_stops_on_its_last_day() -> None:
    """`until` is excluded."""
    assert not DatedDoubt("Peut-être.", until=date(2012, 1, 1)).active(date(2012, 1, 1))


def test_the_doubt_of_every_day_comes_before_those_of_the_day(tmp_path: Path) -> None:
    """A file may have both, in the order of the file."""
    dated = "  - {text: Avant., until: 2010-01-01}\n  - {text: Après., since: 2010-01-01}\n"
    norm = load(_base(tmp_path, f"doubt: Toujours.\ndated_doubts:\n{dated}")).norms["secret"]
    assert norm.doubts(date(2009, 11, 2)) == ("Toujours.", "Avant.")
    assert norm.doubts(date(2026, 11, 23)) == ("Toujours.", "Après.")


def test_a_key_that_a_dated_doubt_does_not_know_is_refused(tmp_path: Path) -> None:
    """The error names the file and the key."""
    with pytest.raises(KnowledgeError) as refused:
        load(_base(tmp_path, "dated_doubts:\n  - {text: Avant., jusque: 2010-01-01}\n"))
    assert "norms/secret.yaml" in str(refused.value)
    assert "jusque" in str(refused.value)
