"""The answers that a flow lets a person give."""

from __future__ import annotations

from flows.model import Flow
from knowledge import KnowledgeBase


def offered(base: KnowledgeBase, flow: Flow) -> dict[str, frozenset[str]]:
    """Return, by fact, the answers that `flow` sets or offers; « je ne sais pas » is no answer here."""
    found = {fact: frozenset({value}) for fact, value in flow.sets}
    for state in flow.states:
        found[state.asks] = frozenset(state.only or (v.id for v in base.facts[state.asks].values))
    return found
