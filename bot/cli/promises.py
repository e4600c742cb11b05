"""The promises that come with the law: read where they are proved, and where everything is checked."""

from __future__ import annotations

from bot.app import refused
from bot.errors import DATA, Refused
from knowledge import KnowledgeBase, KnowledgeError, default_root
from knowledge.model.typography import french
from knowledge.proving.promises import FILE, Promise, read_promises


def promised(base: KnowledgeBase) -> tuple[Promise, ...]:
    """
    Read the promises of the shipped law.

    Raises:
        Refused: there are none, or one is badly written.

    """
    place = default_root() / FILE
    if not place.is_file():
        raise Refused(french(f"il manque {FILE} dans le dossier du droit : sans promesse, rien n'est démontré"), DATA)
    try:
        return read_promises(base, place.read_bytes())
    except KnowledgeError as error:
        raise refused(error.problems) from None
