"""A case as a person would write it in a file of cases: what `case_file` reads back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from flows.exploring.cases import Case
from knowledge.model.typography import NARROW, NBSP

_WIDTH = 110
_PLAIN = re.compile(r"[A-Za-z0-9_/.-]+\Z")
_NULLS = {"null", "Null", "NULL"}


def case_text(case: Case, comments: Iterable[str] = ()) -> str:
    """
    Write a case, its `comments` above it, one a line.

    The text ends with a line end, and stands in a list that is not indented.
    """
    return "\n".join([*(f"# {' '.join(line.split())}" for line in comments), *_lines(case)]) + "\n"


def _lines(case: Case) -> Iterator[str]:
    expected = case.expected
    yield f"- id: {_word(case.id)}"
    yield f"  says: {_quoted(case.says)}"
    yield f"  flow: {_word(case.flow)}"
    yield f"  on: {case.on}"
    yield "  facts:"
    yield from _facts([f"{_word(fact)}: {_word(value)}" for fact, value in case.facts.items()])
    if expected.outcome is not None:
        yield f"  outcome: {expected.outcome}"
    if expected.governing is not None:
        yield f"  governing: {_word(expected.governing)}"
    for key, ids in (("articles", expected.articles), ("findings", expected.findings), ("warns", expected.warns)):
        if ids:
            yield f"  {key}: [{', '.join(map(_word, ids))}]"
    if case.origin is not None:
        yield f"  origin: {_quoted(case.origin)}"


def _facts(told: list[str]) -> Iterator[str]:
    """Fill lines with answers; none is cut in two."""
    line = "    {"
    for i, answer in enumerate(told):
        piece = answer + ("}" if i == len(told) - 1 else ",")
        if len(line) + 1 + len(piece) > _WIDTH and line.strip() != "{":
            yield line.rstrip()
            line = "     "
        line += piece if line.endswith(("{", "     ")) else f" {piece}"
    yield line if told else "    {}"


def _word(text: str) -> str:
    return text if _PLAIN.match(text) and text not in _NULLS else _quoted(text)


def _quoted(text: str) -> str:
    """Quote a text; the spaces that do not break are put back when it is read."""
    return json.dumps(text.replace(NBSP, " ").replace(NARROW, " "), ensure_ascii=False)
