"""The engine is used the way that was measured: one machine per flow, no model kept."""

from __future__ import annotations

import gc

from situations import BASE, TODAY
from transitions import Machine

from flows import Answer, Conversation, load


def test_no_session_stays_in_the_machine() -> None:
    """After a conversation, no machine holds a model: nothing of a person is kept."""
    conversation = Conversation(BASE, load(BASE))
    conversation.step(conversation.start("partager", TODAY), Answer("assistant_service_social"))
    machines = [m for m in gc.get_objects() if isinstance(m, Machine)]

    assert machines
    assert all(m.models == [] for m in machines)


def test_the_table_goes_forward_only() -> None:
    """Every transition leads to a later state or to the verdict: no loop is possible."""
    conversation = Conversation(BASE, load(BASE))
    for flow in conversation.flows.values():
        names = ["start", *(s.id for s in flow.states), "verdict"]
        machine = conversation._machines[flow.id]._machine
        transitions = machine.get_transitions()

        assert transitions
        assert all(names.index(t.source) < names.index(t.dest) for t in transitions)
