"""The schema for editors says what `motus test` reads: what an editor underlines is refused, the rest is read."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.words.french import OUTCOMES
from flows import Conversation
from flows.exploring.case_file import KEYS, Told, read_cases
from flows.exploring.case_schema import case_schema
from knowledge.reading.yaml_file import parse

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "situations.schema.json"
SCHEMA = json.loads(PAGE.read_text(encoding="utf-8"))
FILES = [*sorted((ROOT / "tests" / "cases").glob("*.yaml")), ROOT / "tests" / "published.yaml"]

GOOD = """\
- id: essai
  says: Un essai.
  flow: tenu
  on: 2026-11-23
  facts: {profession: educateur, public_agent: inconnu}
  outcome: bound
"""
SLIPS = {
    "a key": ("says:", "say:"),
    "a missing key": ("  says: Un essai.\n", ""),
    "no answer expected": ("  outcome: bound\n", ""),
    "a flow": ("flow: tenu", "flow: tenus"),
    "a question": ("profession:", "metier:"),
    "an answer": ("educateur", "educatuer"),
    "an answer that nobody may ignore": ("educateur", "inconnu"),
    "an outcome": ("outcome: bound", "outcome: oui"),
    "a name in two words": ("id: essai", "id: un essai"),
    "a list of one": ("outcome: bound", "outcome: bound\n  articles: code-penal/226-13"),
}


def _valid(text: str) -> bool:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    data: Any = parse("essai.yaml", text).data
    return bool(validator.is_valid(data))


def test_the_schema_is_the_one_that_the_command_writes(conversation: Conversation) -> None:
    """`docs/situations.schema.json` is what `motus schema --cases` writes; `make docs` writes it again."""
    assert case_schema(conversation.base, conversation.flows, OUTCOMES) == SCHEMA
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_situation_is_explained() -> None:
    """In French, in the documentation and in the editor: a key that nobody explains does not exist."""
    assert list(KEYS) == [f.name for f in fields(Told)]
    assert {key: p["description"] for key, p in SCHEMA["$defs"]["Case"]["properties"].items()} == dict(KEYS)


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_an_editor_underlines_nothing_in_our_own_files(path: Path) -> None:
    """Every file that we play is valid."""
    assert _valid(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("right", "wrong"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_refused_by_both(right: str, wrong: str, conversation: Conversation) -> None:
    """What the editor underlines, `motus test` refuses too, and the other way round."""
    text = GOOD.replace(right, wrong)
    assert text != GOOD
    assert _valid(GOOD)
    assert not read_cases(conversation.base, conversation.flows, "s.yaml", GOOD).problems

    assert not _valid(text)
    assert read_cases(conversation.base, conversation.flows, "s.yaml", text).problems
