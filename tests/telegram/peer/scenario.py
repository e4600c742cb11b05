"""Scenarios: asynchronous stories that pytest plays as plain tests."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

P = ParamSpec("P")


def played(story: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Play a story in an event loop of its own, within two minutes."""

    @functools.wraps(story)
    def play(*given: P.args, **named: P.kwargs) -> None:
        asyncio.run(asyncio.wait_for(story(*given, **named), 120))

    return play
