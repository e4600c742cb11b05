"""French spacing: the spaces that must not break."""

from __future__ import annotations

import re

NBSP = "\u00a0"
NARROW = "\u202f"

_BEFORE = re.compile(r" (?=[:»%€])")
_BEFORE_NARROW = re.compile(r" (?=[;?!])")
_AFTER = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def french(text: str) -> str:
    r"""
    Put the non-breaking spaces that French typography asks for.

    >>> french("Peut-il « voir » ? Amende : 15 000 €")
    'Peut-il «\xa0voir\xa0»\u202f? Amende\xa0: 15\u202f000\xa0€'
    """
    text = _BEFORE.sub(NBSP, text)
    text = _BEFORE_NARROW.sub(NARROW, text)
    text = _AFTER.sub(NBSP, text)
    return _THOUSANDS.sub(NARROW, text)
