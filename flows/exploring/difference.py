"""
Two laws over one flow: every situation whose answer differs, and which answers lead there.

Both decision graphs are walked together. What they share is the same node and is not walked again, so the
work grows with what changed, not with what people can answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import NamedTuple

from flows.exploring.futures import INFORMATION, Amount, Futures, Ways, joined
from flows.exploring.graph import Graphs
from flows.model import Flow
from knowledge.answering.day import DatedLaw
from knowledge.answering.outcomes import Reply
from knowledge.answering.replies import NOTHING, Pieces, beside, reply

_NONE = frozenset[int]()

Answers = tuple[tuple[str, str], ...]


class End(NamedTuple):
    """
    Situations that end alike under both laws.

    `before` and `after` are the two answers, None where no norm answers. `paths` counts the sequences of answers to
    all that either law asks, `share` is the share of all situations, `ways` are some of the sequences.
    """

    before: Reply | None
    after: Reply | None
    paths: int
    share: float
    ways: Ways

    @property
    def answers(self) -> Answers:
        """One of the sequences."""
        return tuple((fact, values[0]) for fact, values in self.ways)

    def some(self, many: int) -> Iterator[Answers]:
        """Yield at most so many of the sequences."""
        facts = [fact for fact, _ in self.ways]
        for values in islice(product(*(v for _, v in self.ways)), many):
            yield tuple(zip(facts, values, strict=True))


class _Place(NamedTuple):
    """
    Where a person stands under both laws: what only one of them has left, and what both have.

    `needed` are the permissions that let the information of this situation go only if it is needed.
    """

    left: frozenset[int]
    right: frozenset[int]
    both: tuple[int, ...]
    needed: frozenset[str]


class Difference:
    """What changes in the answers of one flow from one law to another. Graphs are shared between differences."""

    def __init__(self, graphs: Graphs, flow: Flow) -> None:
        self._graphs = graphs
        self._flow = flow
        self._order = {state.asks: i for i, state in enumerate(flow.states)}
        self._futures = Futures(graphs)

    def ends(self, before: DatedLaw, after: DatedLaw) -> Iterator[End]:
        """
        Yield every end where something differs from one law to the other, even if the answer is the same.

        Raises:
            ConflictError: two norms stand together with different effects and no order.

        """
        one, two = (self._graphs.residuals.start(law, dict(self._flow.sets)) for law in (before, after))
        if one == two:
            return  # the graphs need not even be drawn
        start = self._start(before, after)
        rows: list[dict[_Place, Amount]] = [{} for _ in self._order]
        ended: dict[_Place, Amount] = {}
        self._arrive(rows, ended, start, Amount(1, 1.0, ()))
        for state, row in zip(self._flow.states, rows, strict=True):
            for place, amount in row.items():
                for values, behind, among in self._steps(place, state.asks):
                    share = amount.share * len(values) / among
                    ways = (*amount.ways, (state.asks, tuple(values)))
                    self._arrive(rows, ended, behind, Amount(amount.paths * len(values), share, ways))
            row.clear()
        for place, amount in ended.items():
            yield from self._conclude(place, amount)

    def replies(self, before: DatedLaw, after: DatedLaw, facts: Mapping[str, str]) -> tuple[Reply | None, Reply | None]:
        """Return both answers to one situation; `facts` answer every question of the flow."""
        given = self._futures.needed(dict(self._flow.sets).get(INFORMATION, ""))
        starts = (self._graphs.explore(self._flow, law) for law in (before, after))
        left, right = (reply(self._futures.followed(start, facts, given)) for start in starts)
        return left, right

    def _start(self, before: DatedLaw, after: DatedLaw) -> _Place:
        left, right = (self._flat([self._graphs.explore(self._flow, law)]) for law in (before, after))
        given = dict(self._flow.sets).get(INFORMATION, "")
        return self._place(left, right, (), self._futures.needed(given))

    def _place(
        self, left: frozenset[int], right: frozenset[int], both: tuple[int, ...], needed: frozenset[str]
    ) -> _Place:
        common = left & right
        if len(common) == len(left) == len(right):
            return _Place(_NONE, _NONE, (), frozenset())
        if needed:
            needed &= frozenset().union(*(self._futures.named(n) for n in (*left, *right, *both)))
        if common:
            both = tuple(sorted((*both, *(self._futures.alike(n) for n in common))))
        return _Place(left - common, right - common, both, needed)

    def _flat(self, nodes: Iterable[int]) -> frozenset[int]:
        """Return the parts that go on apart, down to what asks or ends."""
        found: set[int] = set()
        row = list(nodes)
        while row:
            node = row.pop()
            parts = self._graphs.nodes[node].parts
            row.extend(parts)
            if not parts:
                found.add(node)
        return frozenset(found)

    def _asks(self, place: _Place) -> str | None:
        asked = (self._graphs.nodes[n].asks for n in place.left | place.right)
        return min((a for a in asked if a is not None), key=self._order.__getitem__, default=None)

    def _arrive(
        self, rows: list[dict[_Place, Amount]], ended: dict[_Place, Amount], place: _Place, amount: Amount
    ) -> None:
        if not place.left and not place.right:
            return
        asks = self._asks(place)
        row = ended if asks is None else rows[self._order[asks]]
        known = row.get(place)
        if known is None:
            row[place] = amount
        else:
            known.paths += amount.paths
            known.share += amount.share

    def _steps(self, place: _Place, asks: str) -> Iterator[tuple[list[str], _Place, int]]:
        """Yield the answers to a question that lead to the same place, that place, and how many answers there are."""
        nodes = self._graphs.nodes
        left = [n for n in place.left if nodes[n].asks == asks]
        right = [n for n in place.right if nodes[n].asks == asks]
        behind = {n: {v: b.node for b in nodes[n].branches for v in b.values} for n in (*left, *right)}
        values = list(next(iter(behind.values())))
        groups: dict[tuple[tuple[int, ...], tuple[int, ...], frozenset[str]], list[str]] = {}
        for value in values:
            needed = self._futures.needed(value) if asks == INFORMATION else place.needed
            key = (tuple(behind[n][value] for n in left), tuple(behind[n][value] for n in right), needed)
            groups.setdefault(key, []).append(value)
        for (to_left, to_right, needed), alike in groups.items():
            to = self._place(
                (place.left - set(left)) | self._flat(to_left),
                (place.right - set(right)) | self._flat(to_right),
                place.both,
                needed,
            )
            yield alike, to, len(values)

    def _conclude(self, place: _Place, amount: Amount) -> Iterator[End]:
        futures = {NOTHING: Amount(1, 1.0, ())}
        for node in place.both:
            futures = joined(futures, self._futures.future(node, place.needed))
        for piece, besides in futures.items():
            whole = amount.times(besides)
            yield End(
                self._reply(place.left, place.needed, piece),
                self._reply(place.right, place.needed, piece),
                whole.paths,
                whole.share,
                whole.ways,
            )

    def _reply(self, ends: Iterable[int], needed: frozenset[str], besides: Pieces) -> Reply | None:
        whole = besides
        for node in ends:
            whole = beside(whole, self._futures.piece(node, needed))
        return reply(whole)
