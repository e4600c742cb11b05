"""Take out of `missing.yaml` the articles whose text has arrived, leaving every other line as it is."""

from __future__ import annotations

from collections.abc import Container

from knowledge.reading import parse


def without_arrived(text: str, arrived: Container[str]) -> tuple[str, list[str]]:
    """
    Return `missing.yaml` without the entries of `arrived`, and their identifiers.

    An entry goes from its key to the next one; blank lines and comments before that one belong to it, and stay.
    """
    file = parse("missing.yaml", text, may_be_empty=True)
    if not isinstance(file.data, dict) or file.problems:
        return text, []
    lines = text.splitlines(keepends=True)
    keys = list(file.data)
    starts = [file.line((key,)) - 1 for key in keys]
    gone = [key for key in keys if key in arrived]
    dropped: set[int] = set()
    for key, start, end in zip(keys, starts, [*starts[1:], len(lines)], strict=False):
        if key not in arrived:
            continue
        while lines[end - 1].strip() == "" or lines[end - 1].startswith("#"):
            end -= 1  # noqa: PLW2901
        dropped.update(range(start, end))
    return "".join(line for i, line in enumerate(lines) if i not in dropped), gone
