"""The closed language of conditions, as values: `all`, `any`, `not`, and `fact: value`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Is:
    """The atom of the condition language: the fact has one of these values."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    item: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds; an empty one always does."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    items: tuple[Condition, ...]


Condition = Is | Not | All | Any

ALWAYS = All(())
"""The condition that always holds."""
