"""The peer's time: the machine's, or one that a test moves by hand."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> float:
        """Return seconds since 1970."""


class MachineClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time()


class HandClock:
    """A clock that moves only when a test says so, so that 48 hours last no time."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self._now = now

    def now(self) -> float:
        """Return seconds since 1970."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds
