"""
The peer's time: that of the loop in which bot and peer live, or one that a test moves by hand.

Bot, peer and person of a test share one loop, so they share its clock whatever its speed: a bot that sends too soon
sends too soon for the peer as well. Where a process of its own takes part, the loop is an ordinary one.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import Protocol

SPEED = 10
"""How much faster a hurried loop's clock runs while nothing is to be done."""

_START = 1_795_000_000.0
_Ready = list[tuple[selectors.SelectorKey, int]]


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> float:
        """Return seconds since 1970."""


class LoopClock:
    """The clock of the loop that runs, from a day of its own."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return _START + asyncio.get_running_loop().time()


class HandClock:
    """A clock that moves only when a test says so, so that 48 hours last no time."""

    def __init__(self, now: float = _START) -> None:
        self._now = now

    def now(self) -> float:
        """Return seconds since 1970."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds


class JumpingLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps where it would sleep, and stands still where it works: for stories without a network."""

    def __init__(self) -> None:
        self._selector_of_time = _JumpingSelector()
        super().__init__(self._selector_of_time)

    def time(self) -> float:
        """Return the time of this loop, in seconds."""
        return self._selector_of_time.now


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> _Ready:
        self.now += max(timeout or 0, 0)
        return super().select(0)


class HurriedLoop(asyncio.SelectorEventLoop):
    """
    A loop whose clock runs with the machine's while it works, and `SPEED` times faster while it waits.

    A pause of a second lasts a second for all who live in the loop, and a tenth of one for who runs the tests. It does
    wait, so that the network and threads get their turn.
    """

    def __init__(self) -> None:
        self._hurried = _HurriedSelector()
        super().__init__(self._hurried)

    def time(self) -> float:
        """Return the time of this loop, in seconds."""
        return time.monotonic() + self._hurried.gained


class _HurriedSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.gained = 0.0

    def select(self, timeout: float | None = None) -> _Ready:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        wait = timeout / SPEED
        began = time.monotonic()
        ready = super().select(wait)
        self.gained += min(time.monotonic() - began, wait) * (SPEED - 1)
        return ready
