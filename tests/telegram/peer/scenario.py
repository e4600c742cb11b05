"""Scenarios: asynchronous stories that pytest plays as plain tests."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

from tests.telegram.peer.clock import HurriedLoop

P = ParamSpec("P")
_Story = Callable[P, Coroutine[Any, Any, None]]


def played(story: _Story[P]) -> Callable[P, None]:
    """Play a story in a hurried loop of its own, within ten minutes of that loop."""
    return _in(HurriedLoop, 600, story)


def lived(story: _Story[P]) -> Callable[P, None]:
    """Play a story at the machine's pace, within two minutes: another process takes part, and has its own clock."""
    return _in(asyncio.SelectorEventLoop, 120, story)


def _in(loop: Callable[[], asyncio.AbstractEventLoop], limit: float, story: _Story[P]) -> Callable[P, None]:
    @functools.wraps(story)
    def play(*given: P.args, **named: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(asyncio.wait_for(story(*given, **named), limit))

    return play
