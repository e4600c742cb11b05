"""From the menu, a verdict comes soon: counted over every path, not sampled."""

from __future__ import annotations

from datetime import date

import pytest
from situations import BASE, FOUNDING_DAY, TODAY

from flows import load
from flows.exploring.graph import Graphs
from flows.exploring.paths import count_paths, within

FLOWS = load(BASE)
GRAPHS = Graphs(BASE)
MENU = 1
"""The choice in the entry menu is an answer too."""


@pytest.mark.xdist_group("paths")
@pytest.mark.parametrize("on", [FOUNDING_DAY, TODAY], ids=str)
@pytest.mark.parametrize("name", FLOWS)
def test_nine_situations_in_ten_need_ten_answers_and_none_needs_more_than_fourteen(name: str, on: date) -> None:
    """The menu included. A path that ends without a verdict would be a dead end: there is none."""
    paths = count_paths(GRAPHS, FLOWS[name], on)

    assert within(paths.by_situation, 0.9) + MENU <= 10
    assert max(paths.by_length) + MENU <= 14
    assert paths.dead_ends == 0
