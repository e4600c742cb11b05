"""What may be written as an answer in a flow, and, where something else was, what would be right. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from flows.model import Flow
from knowledge import INCONNU, Fact, KnowledgeBase

_LONGEST = 80


def wrong_answer(base: KnowledgeBase, flow: Flow, fact_id: str, value: object) -> str | None:
    """
    Say what is wrong with one answer written for a flow, and what would be right; None where it is right.

    Args:
        base: the law, for the ids.
        flow: the flow that the answer is for.
        fact_id: the fact, as written.
        value: what was read for it: a string, or anything else that a file can hold.

    """
    fact = base.facts.get(fact_id)
    if fact is None:
        return _no_such_fact(base, fact_id)
    if not isinstance(value, str):
        return f"« {fact_id} » attend une seule valeur, par exemple « {fact_id}: {fact.values[0].id} »"
    if value == INCONNU and fact.find_out is None:
        return f"« {fact_id} » n'admet pas « inconnu » ; valeurs : {either(admitted(fact))}"
    if value != INCONNU and fact.value(value) is None:
        near = get_close_matches(value, list(admitted(fact)), n=3, cutoff=0.4)
        known = f"peut-être {either(near)}" if near else f"valeurs : {either(admitted(fact))}"
        return f"valeur inconnue « {shown(value)} » pour « {fact_id} » ; {known}"
    fixed = dict(flow.sets).get(fact_id)
    if fixed is not None and fixed != value:
        return f"« {fact_id} » vaut « {fixed} » dans le parcours « {flow.id} » ; retirez cette ligne"
    return None


def not_offered(flow: Flow, fact_id: str, value: str) -> str | None:
    """Say that nobody can give this answer in this flow, and which can be given; None where it is offered."""
    state = next((s for s in flow.states if s.asks == fact_id), None)
    if state is None or not state.only or value == INCONNU or value in state.only:
        return None
    return f"le parcours « {flow.id} » ne propose pas « {value} » pour « {fact_id} » ; il propose {either(state.only)}"


def admitted(fact: Fact) -> Iterator[str]:
    """Yield the ids of the answers to a fact, « je ne sais pas » last where it is one."""
    yield from (v.id for v in fact.values)
    if fact.find_out is not None:
        yield INCONNU


def either(ids: Iterable[str]) -> str:
    """
    Say several ids, one of which would do.

    >>> either(["a", "b", "c"])
    '« a », « b » ou « c »'
    """
    words = [f"« {i} »" for i in ids]
    return " ou ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def shown(text: str) -> str:
    """Return what was written without what could drive a terminal or fill it."""
    return "".join(c for c in text if c.isprintable())[:_LONGEST]


def _no_such_fact(base: KnowledgeBase, fact_id: str) -> str:
    derived = base.derived.get(fact_id)
    if derived is not None:
        return f"« {fact_id} » ne se répond pas : l'outil le déduit ({derived.label}) ; retirez cette ligne"
    near = get_close_matches(fact_id, list(base.facts), n=3, cutoff=0.4)
    known = f"peut-être {either(near)}" if near else "les faits s'affichent avec « motus facts »"
    return f"fait inconnu « {shown(fact_id)} » ; {known}"
