"""The founding case as a person answers it, and what a peer must have to say at the end."""

from __future__ import annotations

from examples.founding_case import read_situation
from tests.telegram.peer.server import Peer

BURST = 5
"""Messages that the bot may send at once in a chat, before one a second."""


def clean(peer: Peer) -> None:
    """Check that Telegram refused nothing, and that nothing went too fast or too far."""
    assert peer.refusals == []
    assert peer.api.violations == []
    assert peer.rates.violations == []


def facts(recipient: str, item: str) -> dict[str, str]:
    """Return what the worker of the founding case answers for one reader and one item of the form."""
    situation = read_situation()
    reader = next(r for r in situation["recipients"] if r["facts"]["recipient"] == recipient)
    return {**situation["worker"], **reader["facts"], "information": item}
