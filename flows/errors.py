"""What can go wrong in a conversation."""

from __future__ import annotations

from knowledge import Problem


class FlowError(Exception):
    """A flow file cannot be used. `problems` lists everything found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


class UnknownAnswerError(Exception):
    """An event gives a fact or a value that the flow does not know. `nearest` are the right ones that look like it."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        self.nearest = nearest
        super().__init__(message)


class UnreadableTokenError(Exception):
    """A token is forged, cut, of another chat, or of a code that no longer reads."""
