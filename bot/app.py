"""The composition root: the law, the flows and the conversations over them, loaded together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import compiled
from bot.errors import DATA, Refused
from flows import Conversation, Flow, FlowError
from knowledge import KnowledgeBase, KnowledgeError, Problem

TOKEN_KEY = b"motus, ligne de commande"
"""A public constant: on the command line the MAC only guards against a token cut or mistyped, not forged."""


@dataclass(frozen=True)
class App:
    """Everything a channel needs. Pure after loading."""

    base: KnowledgeBase
    flows: dict[str, Flow]
    conversation: Conversation


def open_app() -> App:
    """
    Load the law: from the compiled copy while it equals its sources, else from the sources.

    Raises:
        Refused: the sources are refused, with every problem found.

    """
    found = compiled.sources()
    law = compiled.read(found.identity)
    if law is None:
        law = read_law(found)
        compiled.write(law, found.identity)
    return App(*law, Conversation(*law))


def read_law(found: compiled.Sources) -> compiled.Law:
    """
    Load the law and the flows from their files, whatever was compiled.

    Raises:
        Refused: the sources are refused, with every problem found.

    """
    try:
        return found.read()
    except (KnowledgeError, FlowError) as error:
        raise refused(error.problems) from None


def refused(problems: Sequence[Problem]) -> Refused:
    """Say every problem of the sources, in the words of every command."""
    count = len(problems)
    last = f"{count} problème{'s' if count > 1 else ''} : le droit ne peut pas être lu tant qu'il en reste un."
    return Refused([*(str(p) for p in problems), last], DATA)
