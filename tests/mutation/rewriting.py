"""Conditions as trees: where each atom stands, and the same tree with one part changed or dropped."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.model import ALWAYS, Any, Condition, Is, Not

Place = tuple[int, ...]
"""The way from the root to one part: the index of the item at each step."""

NEVER = Any(())


def places(condition: Condition, at: Place = ()) -> Iterator[tuple[Place, Is]]:
    """Yield every atom with its place."""
    if isinstance(condition, Is):
        yield at, condition
    elif isinstance(condition, Not):
        yield from places(condition.item, (*at, 0))
    else:
        for i, item in enumerate(condition.items):
            yield from places(item, (*at, i))


def replaced(condition: Condition, place: Place, new: Condition) -> Condition:
    """Return `condition` with `new` at `place`."""
    if not place:
        return new
    if isinstance(condition, Not):
        return Not(replaced(condition.item, place[1:], new))
    if isinstance(condition, Is):
        raise TypeError(f"an atom has no part: {place}")
    items = tuple(replaced(item, place[1:], new) if i == place[0] else item for i, item in enumerate(condition.items))
    return type(condition)(items)


def dropped(condition: Condition, place: Place) -> Condition:
    """
    Return `condition` as if the line at `place` had not been written.

    A group left empty goes with its last line; nothing left means always.
    """
    left = _dropped(condition, place)
    return ALWAYS if left is None else left


def _dropped(condition: Condition, place: Place) -> Condition | None:
    if not place:
        return None
    if isinstance(condition, Not):
        inner = _dropped(condition.item, place[1:])
        return None if inner is None else Not(inner)
    if isinstance(condition, Is):
        raise TypeError(f"an atom has no part: {place}")
    kept = [_dropped(item, place[1:]) if i == place[0] else item for i, item in enumerate(condition.items)]
    items = tuple(item for item in kept if item is not None)
    return type(condition)(items) if items else None
