"""
What parts a situation from an answer that it does not get.

Walking through its answers, one of them is the first after which the expected answer cannot come any more, whatever
is answered later: that one parts them. Keeping all that was answered before it, the fewest other answers that do
lead there are looked for: they say what would have to be told otherwise.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from flows.exploring.ahead import Ahead, Answers, Spot
from flows.exploring.graph import Graphs
from flows.model import Flow
from knowledge import INCONNU
from knowledge.answering.day import DatedLaw
from knowledge.answering.outcomes import Reply

Wanted = Callable[[Reply | None], bool]
"""Tells whether an answer is the expected one."""


@dataclass(frozen=True, slots=True)
class Other:
    """An answer to give otherwise: `given` is None where the situation did not have to answer; any of `values` do."""

    fact: str
    given: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """
    Where a situation and its expected answer part.

    `step` counts the questions from 1; `others` are the fewest answers to change or add from there on.
    """

    step: int
    fact: str
    value: str
    others: tuple[Other, ...]


def part(
    graphs: Graphs, flow: Flow, law: DatedLaw, answers: Answers, *, told: Mapping[str, str], wanted: Wanted
) -> Parting | None:
    """
    Find where a situation parts from an answer.

    The walk is gone through backwards, so that only what follows its last answers is explored where that is enough.

    Args:
        graphs: the graphs to explore in; they may be shared.
        flow: the flow of the situation.
        law: the law of its day.
        answers: the questions that it is asked, in their order, each with its answer.
        told: all that the situation tells, asked or not.
        wanted: tells the expected answer.

    Returns:
        The answer that parts them, or None: under this law no answers at all lead there in this flow.

    """
    for kept in reversed(range(len(answers))):
        ahead = Ahead(graphs, replace(flow, sets=flow.sets + answers[:kept]), law)
        if any(map(wanted, ahead.replies(ahead.start))):
            fact, value = answers[kept]
            return Parting(kept + 1, fact, value, tuple(_fewest(ahead, told, wanted)))
    return None


def _fewest(ahead: Ahead, given: Mapping[str, str], wanted: Wanted) -> list[Other]:
    """Return the fewest changes to `given` that lead to the wanted answer: the cheapest first, no dead way tried."""
    turn = count()  # two ways of one cost: the first found goes first
    row: list[tuple[int, int, Spot, tuple[Other, ...]]] = [(0, next(turn), ahead.start, ())]
    seen: set[Spot] = set()
    while row:
        cost, _, spot, others = heapq.heappop(row)
        if spot in seen:
            continue
        seen.add(spot)
        asks = ahead.asks(spot)
        if asks is None:
            return list(others)
        for change, behind in _steps(ahead, spot, given.get(asks)):
            if behind not in seen and any(map(wanted, ahead.replies(behind))):
                more = others if change is None else (*others, change)
                heapq.heappush(row, (cost + (change is not None), next(turn), behind, more))
    raise TypeError(given)  # the wanted answer can follow


def _steps(ahead: Ahead, spot: Spot, given: str | None) -> Iterator[tuple[Other | None, Spot]]:
    """Yield each way on from a spot, with the change that it takes; what was answered, and what is known, first."""
    asks = ahead.asks(spot)
    if asks is None:
        return
    for branching in sorted(ahead.branchings(spot), key=lambda b: b.values == (INCONNU,)):
        if given in branching.values:
            yield None, branching.spot
        else:
            yield Other(asks, given, branching.values), branching.spot
