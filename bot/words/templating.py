"""What the templates of every channel share: where they are, the words they know, and how a long quotation is cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from bot.words import french as words

Render = Callable[..., str]
"""Renders a template by name."""

SHARED = Path(__file__).parent / "templates"
"""The folder of what every channel says in the same words: a channel's own templates extend or include `shared/…`."""
VOCABULARY: dict[str, object] = {
    "span": words.span,
    "outcomes": words.OUTCOMES,
    "statuses": words.STATUSES,
    "sources": words.SOURCES,
    "effects": words.EFFECTS,
    "states": words.STATES,
    "certainties": words.CERTAINTIES,
    "in_force": words.IN_FORCE,
}
"""The words that the templates of every channel share."""
_SENTENCE = re.compile(r"(?<=[^A-ZÉÀ\s])\.\s+(?=[A-ZÉÀÊ])")


def clip(text: str, passage: str | None, size: int = 420) -> str:
    """
    Cut a long paragraph to the sentence of the passage, and to what fits around it.

    >>> clip("Un deux. Trois quatre cinq. Six sept huit neuf.", "quatre", 20)
    '[…] Trois quatre cinq. […]'
    """
    if len(text) <= size:
        return text
    at = max(text.find(passage), 0) if passage else 0
    until = at + len(passage or "")
    bounds = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    start = max(b for b in bounds if b <= at)
    end = min(b for b in bounds if b >= until)
    if end - start > size * 3 // 2:
        start = text.find(" ", max(start, at - size // 2), at) + 1 if at - start > size // 2 else start
        stop = text.rfind(" ", until, start + size)
        end = stop if stop > 0 else until
    else:
        end = max((b for b in bounds if b - start <= size), default=end) if end - start < size else end
    return f"{'[…] ' if start else ''}{text[start:end].strip()}{' […]' if end < len(text) else ''}"
