"""What is still ahead from any place of one flow under one law: what is asked, and every answer that can follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flows.exploring.futures import INFORMATION, Amount, Futures, joined
from flows.exploring.graph import Graphs
from flows.model import Flow
from knowledge import INCONNU
from knowledge.answering.day import DatedLaw
from knowledge.answering.outcomes import Reply
from knowledge.answering.replies import NOTHING, reply

Answers = tuple[tuple[str, str], ...]


class Spot(NamedTuple):
    """
    Where a person stands: the nodes that go on apart, each asking or ended, sorted.

    `needed` are the permissions that let the information of this situation go only if it is needed.
    """

    nodes: tuple[int, ...]
    needed: frozenset[str]


class Branching(NamedTuple):
    """The answers to a question that lead to the same spot, and that spot."""

    values: tuple[str, ...]
    spot: Spot


class Ahead:
    """One flow under the law of one day, explored whole. Graphs may be shared between flows and days."""

    def __init__(self, graphs: Graphs, flow: Flow, law: DatedLaw, futures: Futures | None = None) -> None:
        self.flow = flow
        self.graphs = graphs
        self.node = graphs.explore(flow, law)
        self._futures = futures or Futures(graphs)
        self._order = {state.asks: i for i, state in enumerate(flow.states)}
        self._replies: dict[Spot, dict[Reply | None, Amount]] = {}
        self.start = self._spot([self.node], self._futures.needed(dict(flow.sets).get(INFORMATION, "")))

    def asks(self, spot: Spot) -> str | None:
        """Return the question asked at a spot, the first of the flow; None at an end."""
        asked = (self.graphs.nodes[n].asks for n in spot.nodes)
        return min((a for a in asked if a is not None), key=self._order.__getitem__, default=None)

    def after(self, spot: Spot, value: str) -> Spot | None:
        """Return where `value`, answered to the question of a spot, leads; None where it is not one of its answers."""
        return next((b.spot for b in self.branchings(spot) if value in b.values), None)

    def branchings(self, spot: Spot) -> list[Branching]:
        """Return every answer to the question of a spot, those that lead to the same spot together."""
        asks = self.asks(spot)
        if asks is None:
            return []
        node = next(n for n in spot.nodes if self.graphs.nodes[n].asks == asks)
        rest = [n for n in spot.nodes if n != node]
        found: dict[Spot, list[str]] = {}
        for branch in self.graphs.nodes[node].branches:
            for value in branch.values:
                needed = self._futures.needed(value) if asks == INFORMATION else spot.needed
                found.setdefault(self._spot([*rest, branch.node], needed), []).append(value)
        return [Branching(tuple(values), behind) for behind, values in found.items()]

    def replies(self, spot: Spot) -> Mapping[Reply | None, Amount]:
        """
        Return every answer that can follow from a spot, with how many situations lead to it and its shortest way.

        None stands for situations that no norm answers.
        """
        found = self._replies.get(spot)
        if found is None:
            pieces = {NOTHING: Amount(1, 1.0, ())}
            for node in spot.nodes:
                pieces = joined(pieces, self._futures.future(node, spot.needed))
            found = self._replies[spot] = {}
            for piece, amount in pieces.items():
                said = reply(piece)
                known = found.get(said)
                found[said] = amount if known is None else known.beside(amount)
        return found

    def settling(self) -> dict[str, Answers]:
        """Return, for each norm that can answer a matter in this flow, even beside the one that decides, its way."""
        pieces = {NOTHING: Amount(1, 1.0, ())}
        for node in self.start.nodes:
            pieces = joined(pieces, self._futures.future(node, self.start.needed))
        found: dict[str, Amount] = {}
        for many, amount in pieces.items():
            for said in (r for piece in many for _, r in piece.replies):
                known = found.get(said.norm)
                found[said.norm] = amount if known is None else known.beside(amount)
        return {norm: self._told(amount.ways) for norm, amount in found.items()}

    def left(self, spot: Spot) -> int:
        """Return how many questions are still asked from a spot, at least."""
        return sum(min(self.graphs.lengths(n)) for n in spot.nodes)

    def shortest(self, spot: Spot, wanted: Reply | None) -> Answers:
        """Return the fewest answers that lead from a spot to an answer that can follow, in the order of the flow."""
        return self._told(self.replies(spot)[wanted].ways)

    def _told(self, ways: Iterable[tuple[str, tuple[str, ...]]]) -> Answers:
        told = ((fact, next((v for v in values if v != INCONNU), values[0])) for fact, values in ways)
        return tuple(sorted(told, key=lambda answer: self._order[answer[0]]))

    def _spot(self, nodes: Iterable[int], needed: frozenset[str]) -> Spot:
        found: set[int] = set()
        row = list(nodes)
        while row:
            parts = self.graphs.nodes[node := row.pop()].parts
            row.extend(parts)
            if not parts:
                found.add(node)
        return Spot(tuple(sorted(found)), needed)
