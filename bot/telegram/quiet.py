"""Logs that hold nobody: the libraries below would write the token, chat ids, or where a conversation stands."""

from __future__ import annotations

import logging

_LIBRARIES = ("telegram", "httpx", "httpcore", "uvicorn.access", "hpack", "asyncio", "transitions")


def quiet() -> None:
    """Silence the libraries below their last resort, whatever level the program runs at."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
