"""How deep the tests go: a spread of what there is on every change, all of it where `HYPOTHESIS_PROFILE=thorough`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def spread(items: Sequence[T], most: int) -> list[T]:
    """
    Return `most` of the items, evenly spread, the first and the last among them; all of them when thorough.

    >>> spread(range(10), 4)
    [0, 3, 6, 9]
    """
    if THOROUGH or len(items) <= most:
        return list(items)
    return [items[i * (len(items) - 1) // (most - 1)] for i in range(most)]
