"""What the command line refuses, in French, with the exit code that a script can read."""

from __future__ import annotations

from collections.abc import Iterable

DATA = 1
USAGE = 2
PENDING = 3
OTHER = 4
"""The law to compare with cannot be read by this program."""
DEFECT = 70
"""The tool itself broke."""
INTERRUPTED = 130


class Refused(Exception):  # noqa: N818 - the sentence reads « refused », like the others here
    """
    A command cannot go on. `lines` say why and what would be right; `code` is the exit code.

    `answered`: the answer is already on the output, and only what was to follow it is refused.
    """

    def __init__(self, lines: str | Iterable[str], code: int = USAGE, *, answered: bool = False) -> None:
        self.answered = answered
        self.lines = (lines,) if isinstance(lines, str) else tuple(lines)
        self.code = code
        super().__init__("\n".join(self.lines))
