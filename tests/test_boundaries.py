"""The boundaries of every norm: just inside, just outside, its days, its texts, its minimum."""

from __future__ import annotations

import pytest
from situations import BASE

from tests.mutation.boundary import Boundary, read_boundaries, read_ordinary

BOUNDARIES = read_boundaries()


@pytest.mark.parametrize("boundary", [pytest.param(b, id=b.norm) for b in BOUNDARIES])
def test_a_norm_answers_inside_its_boundaries_and_nowhere_else(boundary: Boundary) -> None:
    """Each situation has its answer, and each other answer to a question leaves the norm or not, as written."""
    assert [str(p) for p in boundary.differences(BASE)] == []


def test_every_norm_has_its_boundaries() -> None:
    """No norm is left out, and none is told twice."""
    assert sorted(b.norm for b in BOUNDARIES) == sorted(BASE.norms)


def test_the_ordinary_situation_answers_every_question() -> None:
    """A boundary says only what departs from it: nothing may be left open."""
    ordinary = read_ordinary()

    assert ordinary.keys() == BASE.facts.keys()
    for fact, value in ordinary.items():
        assert BASE.facts[fact].value(value) is not None
