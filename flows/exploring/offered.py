"""The answers that a flow lets a person give, and the rules of the doctrine that they reach."""

from __future__ import annotations

from collections.abc import Mapping

from flows.model import Flow
from knowledge import KnowledgeBase
from knowledge.checking.ledger import Row, ledger


def offered(base: KnowledgeBase, flow: Flow) -> dict[str, frozenset[str]]:
    """Return, by fact, the answers that `flow` sets or offers; « je ne sais pas » is no answer here."""
    found = {fact: frozenset({value}) for fact, value in flow.sets}
    found.update({f.id: frozenset(v.id for v in f.values) for f in base.facts.values() if f.debate is not None})
    for state in flow.states:
        found[state.asks] = frozenset(state.only or (v.id for v in base.facts[state.asks].values))
    return found


def carried(base: KnowledgeBase, flows: Mapping[str, Flow]) -> tuple[Row, ...]:
    """Return the ledger of the doctrine: each rule, the norms that carry it, and the flows that reach them."""
    return ledger(base, {flow.id: offered(base, flow) for flow in flows.values()})
