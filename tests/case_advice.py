"""What the product answers to a case written in YAML: facts, a flow and a day in, the advice out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows import Conversation
from knowledge import Advice, KnowledgeBase, Pending, assume_unknown, evaluate


def advice_of(case: dict[str, Any], base: KnowledgeBase, conversation: Conversation) -> Advice:
    """
    Evaluate the facts of a case, with those that its flow already knows, on its day.

    A case that leaves open a question which can still change the advice is badly told, and fails here.
    """
    facts = {**dict(conversation.flows[case["flow"]].sets), **case["facts"]}
    on = date.fromisoformat(case["on"])
    completed, missing = assume_unknown(base, facts, on)
    assert not missing, f"the case must also say: {sorted(missing)}"
    result = evaluate(base, completed, on)
    assert not isinstance(result, Pending)
    return result
