"""What can still be answered from one place of a flow: each answer, and how many situations lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flows.exploring.graph import Graphs
from knowledge import INCONNU
from knowledge.answering.replies import NOTHING, Pieces, Settler, beside, hinges

INFORMATION = "information"
"""The fact that says what would go: some permissions let a part of it go only if it is needed."""

_UNKNOWN = (INCONNU,)

Ways = tuple[tuple[str, tuple[str, ...]], ...]
"""Questions in their order, each with answers that lead to the same place: any of them will do."""


@dataclass(slots=True)
class Amount:
    """How many situations come by, and the shortest of their ways."""

    paths: int
    share: float
    ways: Ways

    def times(self, other: Amount) -> Amount:
        """Return how many situations go by both of two places that are reached apart."""
        return Amount(self.paths * other.paths, self.share * other.share, self.ways + other.ways)

    def beside(self, other: Amount) -> Amount:
        """Return how many situations go by one or the other of two places."""
        ways = min(self.ways, other.ways, key=_effort)
        return Amount(self.paths + other.paths, self.share + other.share, ways)


def _effort(ways: Ways) -> tuple[int, int]:
    """Put first the fewest questions, then those that a person can answer without « je ne sais pas »."""
    return len(ways), sum(values == _UNKNOWN for _, values in ways)


class Futures:
    """The futures of the nodes of some graphs, each found once."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs
        self._settler = Settler(graphs.base, graphs.residuals)
        self._hinges = hinges(graphs.base)
        self._hinging = frozenset().union(*self._hinges.values())
        self._first: dict[frozenset[tuple[Pieces, int, float]], int] = {}
        self._norms: dict[int, frozenset[str]] = {}
        self._pieces: dict[tuple[int, frozenset[str]], Pieces] = {}
        self._futures: dict[tuple[int, frozenset[str]], dict[Pieces, Amount]] = {}

    def needed(self, information: str) -> frozenset[str]:
        """Return the permissions that let this information go only if it is needed."""
        return self._hinges.get(information, frozenset())

    def named(self, node: int) -> frozenset[str]:
        """Return the norms that can still count from `node`."""
        found = self._norms.get(node)
        if found is None:
            residuals = self._graphs.residuals
            found = self._norms[node] = frozenset(
                n for r in self._graphs.nodes[node].belief for n in residuals.norms(r)
            )
        return found

    def alike(self, node: int) -> int:
        """Return the first node from which the same answers follow as often, so that equal places are one."""
        if self.named(node) & self._hinging:
            return node
        future = frozenset((p, a.paths, a.share) for p, a in self.future(node, frozenset()).items())
        return self._first.setdefault(future, node)

    def piece(self, node: int, needed: frozenset[str]) -> Pieces:
        """Return what an end answers."""
        key = (node, needed & self.named(node) if needed else needed)
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = self._settler.pieces(self._graphs.nodes[node].belief, needed)
        return found

    def future(self, node: int, needed: frozenset[str]) -> dict[Pieces, Amount]:
        """Return every piece that can follow from `node`, with how many situations lead to it."""
        key = (node, needed & self.named(node) if needed else needed)
        found = self._futures.get(key)
        if found is not None:
            return found
        here = self._graphs.nodes[node]
        if here.parts:
            found = {NOTHING: Amount(1, 1.0, ())}
            for part in here.parts:
                found = joined(found, self.future(part, needed))
        elif here.asks is None:
            found = {self.piece(node, needed): Amount(1, 1.0, ())}
        else:
            found = {}
            among = sum(len(b.values) for b in here.branches)
            for branch in here.branches:
                for values, hinged in self._told(here.asks, branch.values, needed):
                    step = Amount(len(values), len(values) / among, ((here.asks, tuple(values)),))
                    _add(found, ((p, step.times(a)) for p, a in self.future(branch.node, hinged).items()))
        self._futures[key] = found
        return found

    def _told(
        self, asks: str, values: tuple[str, ...], needed: frozenset[str]
    ) -> Iterator[tuple[list[str], frozenset[str]]]:
        """Tell apart the answers that permissions let go only if needed, where the question is what goes."""
        groups: dict[frozenset[str], list[str]] = {}
        for value in values:
            hinged = self.needed(value) if asks == INFORMATION else needed
            groups.setdefault(hinged, []).append(value)
        yield from ((alike, hinged) for hinged, alike in groups.items())

    def followed(self, node: int, facts: Mapping[str, str], needed: frozenset[str]) -> Pieces:
        """Return what follows from `node` for one situation."""
        here = self._graphs.nodes[node]
        whole = NOTHING
        for part in here.parts:
            whole = beside(whole, self.followed(part, facts, needed))
        if here.parts:
            return whole
        if here.asks is None:
            return self.piece(node, needed)
        value = facts[here.asks]
        hinged = self.needed(value) if here.asks == INFORMATION else needed
        return self.followed(next(b.node for b in here.branches if value in b.values), facts, hinged)


def joined(one: Mapping[Pieces, Amount], other: Mapping[Pieces, Amount]) -> dict[Pieces, Amount]:
    """Put together the pieces of two parts that go on apart: each of one with each of the other."""
    found: dict[Pieces, Amount] = {}
    pairs = product(one.items(), other.items())
    _add(found, ((beside(p, q), a.times(b)) for (p, a), (q, b) in pairs))
    return found


def _add(found: dict[Pieces, Amount], more: Iterable[tuple[Pieces, Amount]]) -> None:
    for piece, amount in more:
        known = found.get(piece)
        found[piece] = amount if known is None else known.beside(amount)
