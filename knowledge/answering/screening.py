"""
Which norms one answer rules out by itself, so that the others alone need be weighed.

Most conditions ask first for an act, a trade or a recipient: one answer settles that hundreds of norms are not met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.model import INCONNU, All, Condition, Is, Not


class RuledOut:
    """The conditions ruled out by each answer, as bits: bit `i` stands for the condition of rank `i`."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._asking: dict[str, list[tuple[int, frozenset[str], bool]]] = {}
        for rank, condition in enumerate(conditions):
            for atom, wanted in _required(condition):
                self._asking.setdefault(atom.fact, []).append((1 << rank, atom.values, wanted))
        self._known: dict[tuple[str, str], int] = {}

    def by(self, fact: str, value: str) -> int:
        """
        Return the conditions that are false once `fact` is answered `value`.

        >>> asks = All((Is("act", frozenset({"ecrire"})), Not(Is("danger", frozenset({"aucun"})))))
        >>> out = RuledOut([asks])
        >>> out.by("act", "transmettre"), out.by("act", "ecrire"), out.by("danger", "aucun")
        (1, 0, 1)
        """
        key = (fact, value)
        found = self._known.get(key)
        if found is None:
            found = 0
            for bit, values, wanted in self._asking.get(fact, ()) if value != INCONNU else ():
                if (value in values) is not wanted:
                    found |= bit
            self._known[key] = found
        return found

    def by_all(self, facts: Mapping[str, str]) -> int:
        """Return the conditions that one of `facts` makes false."""
        found = 0
        for fact, value in facts.items():
            found |= self.by(fact, value)
        return found


def _required(condition: Condition) -> Iterator[tuple[Is, bool]]:
    """Yield each `fact: values` that must hold, or must not, for `condition` to hold."""
    if isinstance(condition, Is):
        yield condition, True
    elif isinstance(condition, Not) and isinstance(condition.item, Is):
        yield condition.item, False
    elif isinstance(condition, All):
        for item in condition.items:
            yield from _required(item)
