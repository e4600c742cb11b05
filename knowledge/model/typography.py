"""French spacing: the spaces that must not break."""

from __future__ import annotations

import re

NBSP = "\u00a0"
NARROW = "\u202f"

_SPACE = re.compile(r" (?:(?=[:»%€])|((?=[;?!]))|(?<=« )|((?<=\d )(?=\d{3}\b)))")
"""A space that must not break; it is narrow where a group matches."""


def french(text: str) -> str:
    r"""
    Put the non-breaking spaces that French typography asks for.

    >>> french("Peut-il « voir » ? Amende : 15 000 €")
    'Peut-il «\xa0voir\xa0»\u202f? Amende\xa0: 15\u202f000\xa0€'
    """
    return _SPACE.sub(_unbroken, text)


def _unbroken(space: re.Match[str]) -> str:
    return NBSP if space.lastindex is None else NARROW
