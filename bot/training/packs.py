"""The packs of scenarios, for the commands: all of them, or the one named."""

from __future__ import annotations

from difflib import get_close_matches

from bot.app import App, refused
from bot.errors import Refused
from bot.words.french import printable
from flows import FlowError
from flows.training.load import load
from flows.training.model import Pack
from flows.vocabulary import either
from knowledge.model.typography import french


def all_packs(app: App) -> dict[str, Pack]:
    """
    Return the packs that ship.

    Raises:
        Refused: a file is wrong, with every problem.

    """
    try:
        return load(app.base, app.flows)
    except FlowError as error:
        raise refused(error.problems) from None


def named(packs: dict[str, Pack], name: str) -> Pack:
    """
    Return a pack by its id.

    Raises:
        Refused: there is none of that name, with the nearest.

    """
    if name in packs:
        return packs[name]
    near = get_close_matches(name, list(packs), n=2, cutoff=0.4) or list(packs)
    raise Refused(french(f"pas de paquet « {printable(name)} » ; paquets : {either(near)}"))
