"""
Our own cases. `make cases` plays them by `motus test tests/cases`, as anyone plays theirs; here is what it leaves out.

That they are there, that each says on what article it rests, and that a wrong one is caught.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows import Conversation
from flows.exploring.case_file import CaseFile, read_cases
from flows.exploring.cases import Case, What, play
from knowledge import KnowledgeBase, Outcome

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests" / "cases").rglob("*.yaml"))


@pytest.fixture(scope="module")
def read(base: KnowledgeBase, conversation: Conversation) -> list[CaseFile]:
    """Give every file, read."""
    return [read_cases(base, conversation.flows, p.name, p.read_text(encoding="utf-8")) for p in FILES]


def test_cases_are_found(read: list[CaseFile]) -> None:
    """The folder of cases is not empty, and none of them is left out as one that no flow can say."""
    assert sum(len(file.cases) for file in read) > 1000
    assert [name for file in read for name in (*file.left_out, *file.problems)] == []


def test_every_case_says_on_what_article_it_rests(read: list[CaseFile]) -> None:
    """And by what answer: a case that expects nothing proves nothing."""
    bare = [c.id for file in read for c in file.cases if not c.expected.articles or c.expected.outcome is None]

    assert bare == []


@pytest.mark.parametrize("target", ["test", "quick"])
def test_make_plays_them(target: str) -> None:
    """Whoever runs the checks plays the cases."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    row = next(line for line in makefile.splitlines() if line.startswith(f"{target}: "))

    assert "cases" in row.split()
    assert "\ncases: $(DEV) ## " in makefile
    assert "\n\t$(BIN)/motus test tests/cases\n" in makefile


WRONG = {
    What.OUTCOME: {"outcome": Outcome.NOT_COVERED},
    What.GOVERNING: {"governing": "donnees/dossier-en-ordre"},
    What.ARTICLES: {"articles": ("csp/R4312-4",)},
    What.FINDINGS: {"findings": ("donnees/dossier-en-ordre",)},
    What.WARNS: {"warns": ("donnees/dossier-en-ordre",)},
}


@pytest.mark.parametrize("what", WRONG, ids=[w.value for w in WRONG])
def test_a_wrong_expectation_is_caught(what: What, read: list[CaseFile], conversation: Conversation) -> None:
    """Whatever part of the answer is expected otherwise: the outcome, the norm, an article, a finding, a warning."""
    right: Case = read[0].cases[0]
    wrong = replace(right, expected=replace(right.expected, **WRONG[what]))

    assert play(conversation, right).kept
    assert [m.what for m in play(conversation, wrong).mismatches] == [what]
