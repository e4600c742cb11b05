"""A law changed by a slip of the pen is caught: a sample of what `bench.mutation` judges in full."""

from __future__ import annotations

from functools import cache

import pytest
from situations import BASE

import flows
from tests.mutation.boundary import read_boundaries, read_ordinary
from tests.mutation.judge import Jury, read_survivors
from tests.mutation.mutants import Mutant, mutants, sampled

SEED = 2009
ONE_IN = 60
SHARES = 4


@cache
def _jury() -> Jury:
    return Jury(
        BASE, flows.Conversation(BASE, flows.load(BASE)), {b.norm: b for b in read_boundaries()}, read_ordinary()
    )


@cache
def _sample() -> list[Mutant]:
    return list(sampled(mutants(BASE), SEED, ONE_IN))


def test_the_sample_has_every_main_kind_of_slip() -> None:
    """What is judged below is not a handful of one kind."""
    kinds = {m.kind for m in _sample()}

    assert {"when: condition dropped", "when: value added", "when: value removed", "effect swapped"} <= kinds
    assert {"date shifted", "article dropped", "item dropped", "item moved", "exception_to dropped"} <= kinds


@pytest.mark.parametrize("share", range(SHARES))
def test_every_slip_is_caught_but_those_listed(share: int) -> None:
    """Each mutant is caught, or proven to say the same law, or listed as a survivor with its reason: exactly those."""
    judged = _sample()[share::SHARES]
    free = [m for m in judged if _jury().judged(m) == (None, None)]

    assert {m.id for m in free} == {m.id for m in judged} & read_survivors().keys()


def test_a_survivor_is_a_mutant_that_exists() -> None:
    """A reason whose mutant is gone is taken off the list."""
    assert read_survivors().keys() <= {m.id for m in mutants(BASE)}
    assert all(read_survivors().values())
