"""A case added to the text of a file of cases: every other line, and every comment, stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.exploring.case_text import case_text
from flows.exploring.cases import Case
from knowledge.reading.yaml_file import Data, Path, YamlFile, parse

_DASH = re.compile(r"( *)- ")
_COUNT = re.compile(r"(count *: *)\d+")


def without_cases(text: str) -> bool:
    """Tell whether a file holds nothing yet, comments apart."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def appended(text: str, case: Case) -> str | None:
    """
    Return a file of cases with one more at the end of its list.

    Args:
        text: the file, which `read_cases` reads; it may also hold nothing yet.
        case: what to add; its id is free.

    Returns:
        The text, with the ends of lines that it has; None where the list is not written one case a dash.

    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []
    added = case_text(case).rstrip("\n").split("\n")
    if not without_cases(text):
        file = parse("", text)
        listed, top = _list(file)
        dash = _DASH.match(lines[file.line((*top, 0)) - 1]) if listed else None
        if dash is None:
            return None
        added = [f"{dash[1]}{line}" for line in added]
        place = _end(file, lines)
        lines = _recounted(file, lines, len(listed) + 1)
        lines = [*lines[:place], *added, *lines[place:]]
    else:
        lines = [*lines, *added]
    return end.join([*lines, ""])


def _list(file: YamlFile) -> tuple[list[Data], Path]:
    data = file.data
    if isinstance(data, Mapping):
        listed = data.get("cases")
        return (listed if isinstance(listed, list) else []), ("cases",)
    return (data if isinstance(data, list) else []), ()


def _end(file: YamlFile, lines: list[str]) -> int:
    """Return how many lines stand before the end of the list: a key may follow it, with its comments."""
    keys = file.data if isinstance(file.data, Mapping) else {}
    after = [line for key in keys if (line := file.line((key,))) > file.line(("cases",))]
    place = min(after, default=len(lines) + 1) - 1
    while after and (not lines[place - 1].strip() or lines[place - 1].startswith("#")):
        place -= 1
    return place


def _recounted(file: YamlFile, lines: list[str], number: int) -> list[str]:
    """Say the new number of cases, where the file says one."""
    if not isinstance(file.data, Mapping) or "count" not in file.data:
        return lines
    at = file.line(("count",)) - 1
    return [*lines[:at], _COUNT.sub(rf"\g<1>{number}", lines[at]), *lines[at + 1 :]]
