"""Count the paths of a flow: each answer to each question that is asked, `inconnu` included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.exploring.graph import Graphs
from flows.model import Flow
from knowledge import law_of


@dataclass(frozen=True, slots=True)
class Paths:
    """
    The paths of a flow, by their number of questions.

    `by_length` counts paths, `by_situation` gives the share of situations that follow them (they sum to 1);
    `merged` is how many merged situations stand for them, `dead_ends` how many of these lack a question.
    """

    by_length: Mapping[int, int]
    by_situation: Mapping[int, float]
    merged: int
    dead_ends: int

    @property
    def total(self) -> int:
        """The number of paths."""
        return sum(self.by_length.values())


def count_paths(graphs: Graphs, flow: Flow, on: date) -> Paths:
    """Count the paths of `flow` under the law of `on`."""
    start = graphs.explore(flow, law_of(graphs.base, on))
    nodes = graphs.reached(start)
    dead = sum(bool(graphs.nodes[n].open) for n in nodes)
    return Paths(graphs.lengths(start), graphs.shares(start), len(nodes), dead)


def within(amounts: Mapping[int, float], share: float) -> int:
    """Return the least number of questions that at least `share` of `amounts` do not pass."""
    total = sum(amounts.values())
    seen = 0.0
    for length, amount in sorted(amounts.items()):
        seen += amount
        if seen >= share * total:
            return length
    return max(amounts)
