"""What an edit cannot touch is not played again: none of those answers may have changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from flows import Conversation
from flows.exploring.case_file import read_cases
from flows.exploring.cases import Played, play
from flows.exploring.touched import Law, Touch, said
from knowledge import Effect, KnowledgeBase, Norm
from knowledge.model import Not

CASES = Path(__file__).parents[1] / "cases"
EDITS = 9


@pytest.fixture(scope="module")
def played(base: KnowledgeBase, conversation: Conversation) -> list[Played]:
    """Give the answers to some of our own cases, of every file."""
    files = sorted(CASES.glob("*.yaml"))
    read = [read_cases(base, conversation.flows, p.name, p.read_text(encoding="utf-8")) for p in files]
    return [play(conversation, case) for file in read for case in file.cases[::20]]


def _edited(base: KnowledgeBase, norm: Norm, kind: int) -> KnowledgeBase:
    """Return the law without a norm, or with one that says the contrary, or where it did not."""
    kept = {i: n for i, n in base.norms.items() if i != norm.id}
    if kind == 0:
        return replace(base, norms={i: _forgetting(n, norm.id) for i, n in kept.items()})
    turned = {Effect.PERMITS: Effect.OBLIGES, Effect.OBLIGES: Effect.PERMITS}.get(norm.effect, norm.effect)
    other = replace(norm, effect=turned, cites=norm.cites[:1]) if kind == 1 else replace(norm, when=Not(norm.when))
    return replace(base, norms={**kept, norm.id: other})


def _forgetting(norm: Norm, gone: str) -> Norm:
    """Return a norm without what it says of one that is gone: else the law is refused."""
    if gone not in norm.beats:
        return norm
    kept = (tuple(i for i in ids if i != gone) for ids in (norm.exception_to, norm.prevails_over))
    return replace(norm, **dict(zip(("exception_to", "prevails_over"), kept, strict=True)))


def test_what_an_edit_does_not_touch_answers_as_before(conversation: Conversation, played: list[Played]) -> None:
    """Norms drawn at random, edited in three ways: no situation is forgotten, and most are not played again."""
    base, flows = conversation.base, conversation.flows
    draw = Random(3)
    touched = changed = whole = 0
    for i, norm in enumerate(draw.sample(list(base.norms.values()), EDITS)):
        after = _edited(base, norm, i % 3)
        touch, there = Touch(Law(base, flows), Law(after, flows)), Conversation(after, flows)
        for one in draw.sample(played, 10):
            again = said(play(there, one.case))
            touches = touch.touches(one.case, one.facts)
            whole, touched = whole + 1, touched + touches
            if again != said(one):
                changed += 1
                assert touches, f"{norm.id}: {one.case.id}"

    assert 0 < changed <= touched < whole


def test_a_flow_edited_touches_its_own_situations_alone(conversation: Conversation, played: list[Played]) -> None:
    """The others ask what they asked."""
    base, flows = conversation.base, conversation.flows
    edited = played[0].case.flow
    other = {**flows, edited: replace(flows[edited], states=flows[edited].states[:-1])}
    touch = Touch(Law(base, flows), Law(base, other))

    assert {p.case.flow for p in played if touch.touches(p.case, p.facts)} == {edited}
    assert len({p.case.flow for p in played}) > 1


def test_a_question_edited_touches_everything(conversation: Conversation, played: list[Played]) -> None:
    """Its answers are what every norm speaks of."""
    base, flows = conversation.base, conversation.flows
    fact = base.facts["danger"]
    after = replace(base, facts={**base.facts, fact.id: replace(fact, values=fact.values[:-1])})
    touch = Touch(Law(base, flows), Law(after, flows))

    assert all(touch.touches(p.case, p.facts) for p in played)
