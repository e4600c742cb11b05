"""
Conditions as shared terms: the same condition, with the same answers put in, is the same number.

Putting an answer in costs one lookup once it has been done before, so that millions of situations can be
told apart, or merged, without weighing each of them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.answering.conditions import UNREAD
from knowledge.model import All, Condition, Is, Not

FALSE, TRUE, UNKNOWN = 0, 1, 2
"""The terms that are settled: false, true, or what the law says is unread and may be either (Kleene)."""

_EITHER = frozenset({FALSE, TRUE})


class _Asks(NamedTuple):
    fact: str
    values: frozenset[str]


class _Denies(NamedTuple):
    item: int


class _Joins(NamedTuple):
    every: bool
    items: tuple[int, ...]


_Shape = _Asks | _Denies | _Joins


class Terms:
    """A store of terms. A term is an `int`; two terms are equal if and only if they are the same shape."""

    def __init__(self) -> None:
        self._shapes: list[_Shape] = [_Joins(every=False, items=()), _Joins(every=True, items=()), _Denies(UNKNOWN)]
        self._ids: dict[_Shape, int] = {}
        self._open: list[frozenset[str]] = [frozenset()] * len(self._shapes)
        self._can_be: list[frozenset[int]] = [frozenset({FALSE}), frozenset({TRUE}), frozenset()]
        self._put: dict[tuple[int, str, str], int] = {}
        self._told: dict[tuple[int, str], frozenset[frozenset[str]]] = {}

    def term(self, condition: Condition, derived: Mapping[str, int]) -> int:
        """
        Return the term of `condition`, nothing answered yet.

        Args:
            condition: it may name facts that nobody is asked.
            derived: the term that establishes each of these, which takes its place.

        """
        if condition is UNREAD:
            return UNKNOWN
        if isinstance(condition, Is):
            held = derived.get(condition.fact)
            if held is not None:
                return held if "oui" in condition.values else self._denied(held)
            return self._store(_Asks(condition.fact, condition.values), frozenset({condition.fact}))
        if isinstance(condition, Not):
            return self._denied(self.term(condition.item, derived))
        return self._joined(isinstance(condition, All), [self.term(i, derived) for i in condition.items])

    def open(self, term: int) -> frozenset[str]:
        """Return the facts on which `term` still hangs."""
        return self._open[term]

    def put(self, term: int, fact: str, value: str) -> int:
        """Return `term` once the value of `fact` is known."""
        if fact not in self._open[term]:
            return term
        key = (term, fact, value)
        found = self._put.get(key)
        if found is None:
            found = self._put[key] = self._answered(self._shapes[term], fact, value)
        return found

    def told_apart(self, term: int, fact: str) -> frozenset[frozenset[str]]:
        """Return every set of values that `term` compares `fact` with: values in the same sets cannot differ."""
        if fact not in self._open[term]:
            return frozenset()
        key = (term, fact)
        found = self._told.get(key)
        if found is None:
            shape = self._shapes[term]
            if isinstance(shape, _Asks):
                found = frozenset({shape.values})
            else:
                items = (shape.item,) if isinstance(shape, _Denies) else shape.items
                found = frozenset().union(*(self.told_apart(i, fact) for i in items))
            self._told[key] = found
        return found

    def _answered(self, shape: _Shape, fact: str, value: str) -> int:
        if isinstance(shape, _Asks):
            return TRUE if value in shape.values else FALSE
        if isinstance(shape, _Denies):
            return self._denied(self.put(shape.item, fact, value))
        return self._joined(shape.every, [self.put(i, fact, value) for i in shape.items])

    def _denied(self, term: int) -> int:
        if term <= UNKNOWN:
            return (TRUE, FALSE, UNKNOWN)[term]
        shape = self._shapes[term]
        if isinstance(shape, _Denies):
            return shape.item
        return self._store(_Denies(term), self._open[term], frozenset(1 - t for t in self._can_be[term]))

    def _joined(self, every: bool, items: Iterable[int]) -> int:
        """Join terms, flat; beside an unknown one, what could only be neutral changes nothing and is dropped."""
        neutral, decisive = (TRUE, FALSE) if every else (FALSE, TRUE)
        left: set[int] = set()
        for item in items:
            shape = self._shapes[item]
            left.update(shape.items if isinstance(shape, _Joins) and shape.every is every else (item,))
        left.discard(neutral)
        if decisive in left:
            return decisive
        if UNKNOWN in left:
            left = {i for i in left if i == UNKNOWN or decisive in self._can_be[i]}
        if len(left) <= 1:
            return left.pop() if left else neutral
        can = [self._can_be[i] for i in left]
        can_be = (frozenset({decisive}) & frozenset().union(*can)) | (
            frozenset({neutral}) & frozenset.intersection(*can)
        )
        shape = _Joins(every, tuple(sorted(left)))
        return self._store(shape, frozenset().union(*(self._open[i] for i in left)), can_be)

    def _store(self, shape: _Shape, facts: frozenset[str], can_be: frozenset[int] = _EITHER) -> int:
        found = self._ids.get(shape)
        if found is None:
            found = self._ids[shape] = len(self._shapes)
            self._shapes.append(shape)
            self._open.append(facts)
            self._can_be.append(can_be)
        return found
