"""The decision graph is the flow: wherever a person walks, both ask the same, and nothing is asked in vain."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, answers

from flows import Answer, Conversation, load
from flows.exploring.graph import Graphs
from knowledge import law_of

FLOWS = load(BASE)
CONVERSATION = Conversation(BASE, FLOWS)
GRAPHS = Graphs(BASE)


def _pieces(nodes: list[int]) -> list[int]:
    """Every part that goes on apart, down to what asks or ends."""
    return [p for n in nodes for p in (_pieces(list(GRAPHS.nodes[n].parts)) if GRAPHS.nodes[n].parts else [n])]


@pytest.mark.xdist_group("paths")
@given(
    name=st.sampled_from([f for f in FLOWS if f != "dossier"]),
    on=st.sampled_from([FOUNDING_DAY, TODAY]),
    picks=st.lists(st.integers(0, 1000), min_size=20, max_size=20),
)
def test_the_graph_and_the_conversation_ask_the_same_questions(name: str, on: date, picks: list[int]) -> None:
    """Step by step, with any answers, to the verdict."""
    nodes = _pieces([GRAPHS.explore(FLOWS[name], law_of(BASE, on))])
    session = CONVERSATION.start(name, on)
    screen = CONVERSATION.screen(session)
    for pick in picks:
        asking = {GRAPHS.nodes[n].asks: n for n in nodes if GRAPHS.nodes[n].asks is not None}
        first = next((s.asks for s in FLOWS[name].states if s.asks in asking), None)
        assert (screen.question.id if screen.question else None) == first
        if screen.question is None or first is None:
            break
        offered = answers(screen.question)
        value = offered[pick % len(offered)]
        node = asking[first]
        behind = [b.node for b in GRAPHS.nodes[node].branches if value in b.values]
        nodes = _pieces([n for n in nodes if n != node] + behind)
        session, screen = CONVERSATION.step(session, Answer(value))
    assert screen.advice is not None
