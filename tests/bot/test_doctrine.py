"""`motus doctrine`, the page that it writes, and the old numbers that `motus article` answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import open_app
from bot.cli.doctrine import page
from flows.exploring.offered import carried
from tests.bot.conftest import Motus

DOC = Path(__file__).parents[2] / "docs" / "doctrine.md"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_page_of_the_doctrine_is_up_to_date() -> None:
    """What it says is what the law and the flows say today; else: motus doctrine --markdown > docs/doctrine.md."""
    assert DOC.read_text(encoding="utf-8") == page(carried(open_app().base, open_app().flows))


def test_every_link_of_the_page_leads_to_a_norm() -> None:
    """A norm that was renamed is not left behind."""
    links = re.findall(r"\]\(([^)]+)\)", DOC.read_text(encoding="utf-8"))
    assert len(links) > 300
    assert [link for link in links if not (DOC.parent / link).is_file()] == []


def test_the_command_prints_the_page(called: Motus) -> None:
    """`--markdown` is what the page is made with."""
    done = called("doctrine", "--markdown")
    assert done.returncode == 0, done.stderr
    assert done.stdout == DOC.read_text(encoding="utf-8")


def test_the_table_says_who_carries_a_rule_or_why_nobody_does(called: Motus) -> None:
    """One line per rule."""
    said = _flat(called("doctrine", "--plain").stdout)
    assert "A-10" in said
    assert "partage/chrs-entre-personnels" in said
    assert "aucune norme" in said


@pytest.mark.parametrize(
    ("typed", "now", "exit_code"),
    [
        (("CGCT", "L2211-5"), "motus article CSI L132-5", 0),
        (("CASF", "L226-9"), "motus article CASF L147-16", 0),
        (("CASF", "L113-3"), "motus article CSP L6327-1", 0),
        (("loi", "83-634", "26"), "motus article CGFP L121-7", 0),
        (("CESEDA", "L611-12"), "motus article CESEDA L811-3", 0),
        (("CP", "378"), "motus article CP 226-13", 2),
        (("loi", "2002-2"), "motus article CASF L226-2-2", 2),
    ],
)
def test_an_old_number_says_where_its_text_is_now(
    called: Motus, typed: tuple[str, ...], now: str, exit_code: int
) -> None:
    """Whether the old text is carried or not, the way to ask for the new one is shown."""
    done = called("article", *typed)
    assert done.returncode == exit_code
    assert f"Demandez : {now}" in _flat(done.stdout + done.stderr)


def test_before_it_moved_an_article_is_where_it_was(called: Motus) -> None:
    """In 2009 the groups of the security council were in the CGCT."""
    assert "CSI" not in called("article", "CGCT", "L2211-5", "--on", "2009-11-02").stdout


def test_the_law_of_2002_is_put_right(called: Motus) -> None:
    """The slip of the press: the law that protects children is of 2007."""
    assert "n° 2007-293 du 5 mars 2007" in _flat(called("article", "loi", "2002-2").stderr)
