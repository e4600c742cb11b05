"""
Which questions are worth asking: those with two answers that can still end differently.

A condition may name a fact that no longer decides anything, because whatever is answered something stronger governs:
such a fact is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.answering.residual import Belief, Residuals
from knowledge.model import INCONNU

FAR = 7
"""With more open facts than this, each is taken to matter: looking through all that can follow would not end."""


Offered = Mapping[str, tuple[str, ...]]
"""By fact, the values that a flow offers; a fact that is absent, or has none, offers all."""

_ALL: Offered = {}


class Questions:
    """Says which facts can still change the answer, from what is left of the law. It remembers what it found."""

    def __init__(self, residuals: Residuals) -> None:
        self._residuals = residuals
        self._known: dict[tuple[Belief, str, tuple[str, ...]], bool] = {}
        self._differ: dict[tuple[Belief, Belief], bool] = {}

    @property
    def size(self) -> int:
        """Return how much is remembered, to be bounded by whoever lives long."""
        return len(self._known) + len(self._differ)

    def open(self, belief: Belief) -> frozenset[str]:
        """Return the facts that what is left still names: those that matter are among them."""
        return self._residuals.open(belief)

    def worth(self, belief: Belief, offered: Offered = _ALL) -> Iterator[str]:
        """Yield the facts not asked yet that can still change the answer, where only `offered` values are answered."""
        asked = sorted(self._residuals.open(belief))
        yield from (fact for fact in asked if self.matters(belief, fact, offered.get(fact, ())))

    def matters(self, belief: Belief, fact: str, offered: tuple[str, ...] = ()) -> bool:
        """Tell whether two values of a fact not asked yet, among those offered, can lead to different ends."""
        residuals = self._residuals
        hanging = residuals.open(belief)
        if fact not in hanging or len(hanging) > FAR:
            return fact in hanging
        key = (belief, fact, offered)
        found = self._known.get(key)
        if found is None:
            first, *others = residuals.alike(belief, fact, offered or residuals.values(fact))
            led = residuals.answered(belief, fact, first[0])
            rest = [*(values[0] for values in others), *([INCONNU] if offered else [])]
            found = any(self._part(led, residuals.answered(belief, fact, value)) for value in rest)
            self._known[key] = found
        return found

    def ended(self, belief: Belief) -> Belief:
        """Return where a belief ends once nothing is worth asking: what is still open stays unknown."""
        while asked := sorted(self._residuals.open(belief)):
            belief = self._residuals.answered(belief, asked[0], INCONNU)
        return belief

    def _part(self, one: Belief, other: Belief) -> bool:
        """Tell whether the same answers can lead two beliefs to different ends."""
        if one == other:
            return False
        key = (one, other)
        found = self._differ.get(key)
        if found is None:
            residuals = self._residuals
            asked = min(residuals.open(one) | residuals.open(other), default=None)
            if asked is None:
                found = True
            else:
                groups = residuals.alike(one | other, asked, residuals.values(asked))
                found = any(
                    self._part(residuals.answered(one, asked, v[0]), residuals.answered(other, asked, v[0]))
                    for v in groups
                )
            self._differ[key] = found
        return found
