"""What to say and what to note: ready phrases and blanks, chosen by the outcome and the recipient."""

from __future__ import annotations

from knowledge.answering.conditions import holds
from knowledge.model import KnowledgeBase, Matter, Outcome
from knowledge.model.advice import Advice

_MOST = 2
_GOES = {Outcome.OBLIGED, Outcome.CONDITIONAL, Outcome.PERMITTED}
_RECORD = {Matter.DISCLOSURE: "transmission", Matter.RECORDING: "ecrit"}


def phrases(base: KnowledgeBase, advice: Advice) -> tuple[str, ...]:
    """Return at most two sentences to say or send, the closest to the situation first."""
    if advice.matter is not Matter.DISCLOSURE:
        return ()
    fitting = (p.text for p in base.phrases if advice.outcome in p.outcomes and holds(p.when, advice.facts))
    return tuple(fitting)[:_MOST]


def record(base: KnowledgeBase, advice: Advice) -> tuple[str, ...]:
    """Return the blanks to fill by hand where something goes out or is written."""
    return base.record.get(_RECORD.get(advice.matter, ""), ()) if advice.outcome in _GOES else ()
