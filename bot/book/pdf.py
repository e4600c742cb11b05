"""The book on paper: typst lays out the same values as the page. Optional: `pip install 'motus[book]'`."""

from __future__ import annotations

import json
from pathlib import Path

from bot.errors import DATA, Refused
from knowledge.model.typography import french

PAPER = Path(__file__).parent / "templates" / "paper.typ"
_MISSING = (
    "Le PDF n'est pas fait : il lui faut un paquet en plus, « typst ». Installez-le avec « pip install typst ».",
    "Pour faire la page seule : motus book --out DOSSIER --html",
)


def paper(book: object) -> bytes:
    """
    Return the PDF of a book, the same bytes for the same book: no clock, and no font of the machine.

    Args:
        book: the book as plain mappings and lists, its French spaces put in.

    Raises:
        Refused: the optional package is missing, with how to get it and how to do without.

    """
    try:
        import typst
    except ImportError:
        raise Refused([french(line) for line in _MISSING], DATA) from None

    return typst.compile(
        PAPER.read_bytes(),
        sys_inputs={"book": json.dumps(book, ensure_ascii=False)},
        format="pdf",
        ignore_system_fonts=True,
    )
