"""
Count every path of a flow: each answer to each question that is asked, `inconnu` included.

Situations that can no longer differ are merged, so the count is exact without walking each path.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flows.model import Flow
from knowledge import INCONNU, KnowledgeBase, law_of
from knowledge.pending import pending_facts
from knowledge.residual import Residual, residual
from knowledge.weigh import weigh


@dataclass(frozen=True, slots=True)
class Paths:
    """How many paths end after how many questions, and how many merged situations stand for them."""

    by_length: Counter[int]
    situations: int
    dead_ends: int

    @property
    def total(self) -> int:
        """The number of paths."""
        return sum(self.by_length.values())

    def quantile(self, share: float) -> int:
        """Return the least number of questions that at least `share` of the paths do not pass."""
        seen = 0
        for length, count in sorted(self.by_length.items()):
            seen += count
            if seen >= share * self.total:
                return length
        return 0


def count_paths(base: KnowledgeBase, flow: Flow, on: date, *, skipping: bool = True) -> Paths:
    """
    Count the paths of `flow` under the law of `on`.

    Args:
        base: the law.
        flow: the flow.
        on: the day of law.
        skipping: False counts as if every question of the flow were asked.

    """
    law = law_of(base, on)
    memo: dict[tuple[int, Residual], Counter[int]] = {}
    dead: set[tuple[int, Residual]] = set()

    def walk(position: int, facts: dict[str, str]) -> Counter[int]:
        weighing = weigh(law, facts)
        waiting = pending_facts(weighing)
        if not waiting and skipping:
            return Counter({0: 1})
        key = (position, residual(weighing))
        if key in memo:
            return memo[key]
        later = (i for i in range(position, len(flow.states)) if not skipping or flow.states[i].asks in waiting)
        index = next(later, None)
        found: Counter[int] = Counter()
        if index is None:
            if waiting:
                dead.add(key)
            found[0] = 1
        else:
            state = flow.states[index]
            fact = base.facts[state.asks]
            values = list(state.only or (v.id for v in fact.values)) + ([INCONNU] if fact.unknown is not None else [])
            for value in values:
                for length, count in walk(index + 1, {**facts, fact.id: value}).items():
                    found[length + 1] += count
        memo[key] = found
        return found

    return Paths(walk(0, dict(flow.sets)), len(memo), len(dead))
