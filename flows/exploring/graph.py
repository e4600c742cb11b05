"""
A flow as a decision graph: every question, every answer, every verdict, situations that cannot differ merged.

The graph is what a person can live through, whole: counting paths, checking promises and comparing
two days are walks over it. Graphs of one base share their parts, whatever the flow and the day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple, TypeVar

from flows.model import Flow, State
from knowledge import INCONNU, KnowledgeBase
from knowledge.answering.day import DatedLaw
from knowledge.answering.questions import Questions
from knowledge.answering.residual import Belief, Residuals

_Amount = TypeVar("_Amount", int, float)


class Branch(NamedTuple):
    """The answers that lead to the same place, and its node."""

    values: tuple[str, ...]
    node: int


@dataclass(frozen=True, slots=True)
class Node:
    """
    A place in a flow: it asks, or its parts go on apart, or it is an end.

    `open` are facts still needed at an end: then it is a dead end, else a verdict (or one part of it).
    """

    belief: Belief
    asks: str | None = None
    branches: tuple[Branch, ...] = ()
    parts: tuple[int, ...] = ()
    open: frozenset[str] = field(default_factory=frozenset)


class Graphs:
    """The decision graphs of one base. `nodes` grows as flows and days are explored."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.residuals = Residuals(base)
        self._questions = Questions(self.residuals)
        self.nodes: list[Node] = []
        self._ids: dict[tuple[str, Belief], int] = {}
        self._lengths: dict[int, dict[int, int]] = {}
        self._futures: dict[int, int] = {}
        self._shapes: dict[tuple[object, ...], int] = {}
        self._shares: dict[int, dict[int, float]] = {}

    def explore(self, flow: Flow, law: DatedLaw) -> int:
        """Return the node where `flow` starts under `law`, everything behind it explored."""
        return self._node(flow, self.residuals.start(law, dict(flow.sets)))

    def lengths(self, node: int) -> dict[int, int]:
        """Return how many paths from `node` end after how many questions. Exact: each answer counts."""
        found = self._lengths.get(node)
        if found is None:
            here = self.nodes[node]
            found = reduce(_both, (self.lengths(p) for p in here.parts), {0: 1})
            if here.branches:
                found = {}
            for branch in here.branches:
                for length, count in self.lengths(branch.node).items():
                    found[length + 1] = found.get(length + 1, 0) + count * len(branch.values)
            self._lengths[node] = found
        return found

    def shares(self, node: int) -> dict[int, float]:
        """
        Return which share of situations ends after how many questions from `node`.

        A situation answers every fact, each answer as likely as another; it follows one path, and
        many situations follow a short one. `lengths` counts each path once instead.
        """
        found = self._shares.get(node)
        if found is None:
            here = self.nodes[node]
            found = reduce(_both, (self.shares(p) for p in here.parts), {0: 1.0})
            if here.branches:
                found = {}
            answers = sum(len(b.values) for b in here.branches)
            for branch in here.branches:
                for length, share in self.shares(branch.node).items():
                    found[length + 1] = found.get(length + 1, 0.0) + share * len(branch.values) / answers
            self._shares[node] = found
        return found

    def in_vain(self, start: int) -> list[int]:
        """Return the nodes behind `start` whose question changes nothing, whatever is answered to it and after."""
        return [n for n in self.reached(start) if len({self._future(b.node) for b in self.nodes[n].branches}) == 1]

    def _future(self, node: int) -> int:
        """Return a number that two nodes share if and only if all that can follow is the same."""
        found = self._futures.get(node)
        if found is None:
            here = self.nodes[node]
            kinds = {self._future(b.node) for b in here.branches}
            if len(kinds) == 1:
                found = kinds.pop()
            else:
                told = sorted((v, self._future(b.node)) for b in here.branches for v in b.values)
                parts = sorted(self._future(p) for p in here.parts)
                shape = (here.asks, tuple(told), tuple(parts), () if told or parts else here.belief)
                found = self._shapes.setdefault(shape, len(self._shapes))
            self._futures[node] = found
        return found

    def reached(self, start: int) -> dict[int, tuple[tuple[str, str], ...]]:
        """Return every node behind `start`, each with the fewest answers that lead to it."""
        found: dict[int, tuple[tuple[str, str], ...]] = {start: ()}
        row = [start]
        while row:
            following = []
            for node in row:
                here = self.nodes[node]
                steps = [((here.asks, b.values[0]), b.node) for b in here.branches if here.asks is not None]
                for answers, behind in [*(((s,), n) for s, n in steps), *(((), p) for p in here.parts)]:
                    if behind not in found:
                        found[behind] = found[node] + answers
                        following.append(behind)
            row = following
        return found

    def _node(self, flow: Flow, belief: Belief) -> int:
        key = (flow.id, belief)
        found = self._ids.get(key)
        if found is None:
            node = self._explored(flow, belief)
            found = self._ids[key] = len(self.nodes)
            self.nodes.append(node)
        return found

    def _explored(self, flow: Flow, belief: Belief) -> Node:
        needed = self.residuals.open(belief)
        state = next((s for s in flow.states if s.asks in needed and self._matters(belief, s)), None)
        if state is None:
            left = frozenset(self._questions.worth(belief, {s.asks: s.only for s in flow.states}))
            return Node(belief if left else self._questions.ended(belief), open=left)
        parts = self.residuals.parts(belief)
        if len(parts) > 1:
            return Node(belief, parts=tuple(self._node(flow, p) for p in parts))
        return Node(belief, state.asks, tuple(self._branches(flow, state, belief)))

    def _matters(self, belief: Belief, state: State) -> bool:
        return self._questions.matters(belief, state.asks, state.only)

    def _branches(self, flow: Flow, state: State, belief: Belief) -> list[Branch]:
        fact = self.base.facts[state.asks]
        known = state.only or tuple(v.id for v in fact.values)
        merged: dict[int, list[str]] = {}
        for alike in [
            *self.residuals.alike(belief, fact.id, known),
            *([[INCONNU]] if fact.find_out is not None else []),
        ]:
            node = self._node(flow, self.residuals.answered(belief, fact.id, alike[0]))
            merged.setdefault(node, []).extend(alike)
        return [Branch(tuple(v), n) for n, v in merged.items()]


def _both(one: dict[int, _Amount], other: dict[int, _Amount]) -> dict[int, _Amount]:
    """Join the lengths of two parts that go on apart: each path of one with each of the other."""
    both: dict[int, _Amount] = {}
    for length, amount in one.items():
        for more, times in other.items():
            both[length + more] = both.get(length + more, 0) + amount * times
    return both
