"""The situations whose answer differs, in groups that a lawyer can read: same answers, same reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.exploring.difference import Answers, End
from knowledge.answering.outcomes import Reply
from knowledge.model import INCONNU

Why = Callable[[End], tuple[str, ...]]
"""Says which norms make an end differ."""


class Example(NamedTuple):
    """One situation: a flow and the answers to all that it asks."""

    flow: str
    answers: Answers


class Key(NamedTuple):
    """What the situations of a group share: both answers, and the norms that make the difference."""

    before: Reply | None
    after: Reply | None
    causes: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """
    Situations that go from one same answer to another for the same reason.

    `paths` are sequences of answers. `shares` are, by flow, shares of all its situations.
    """

    key: Key
    paths: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What a flow shows: sequences and share of situations whose answer differs, and those that only rest elsewhere."""

    paths: int = 0
    share: float = 0.0
    same_paths: int = 0
    same_share: float = 0.0


@dataclass(slots=True)
class Grouped:
    """
    Every group, and the tally of each flow.

    The groups whose outcome differs come first, then those where only the norm that governs does; the largest first.
    """

    groups: list[Group]
    tallies: dict[str, Tally]


def group(ends: Mapping[str, Iterable[End]], why: Why, examples: int = 1) -> Grouped:
    """
    Group the ends of each flow.

    Args:
        ends: by flow id, in the order to show.
        why: which norms make an end differ.
        examples: how many to keep in each group; the plainest come first.

    """
    found: dict[Key, Group] = {}
    tallies: dict[str, Tally] = {}
    for flow, many in ends.items():
        tally = tallies[flow] = Tally()
        for end in many:
            if end.before == end.after:
                tally.same_paths += end.paths
                tally.same_share += end.share
                continue
            tally.paths += end.paths
            tally.share += end.share
            key = Key(end.before, end.after, why(end))
            one = found.setdefault(key, Group(key))
            one.paths += end.paths
            one.shares[flow] = one.shares.get(flow, 0.0) + end.share
            one.examples = sorted([*one.examples, *(Example(flow, a) for a in end.some(examples))], key=_plain)[
                :examples
            ]
    ordered = sorted(found.values(), key=lambda g: (same_outcome(g.key), -sum(g.shares.values()), -g.paths, str(g.key)))
    return Grouped(ordered, tallies)


def same_outcome(key: Key) -> bool:
    """Tell whether only the norm that governs differs."""
    return key.before is not None and key.after is not None and key.before.outcome is key.after.outcome


def _plain(example: Example) -> tuple[int, int]:
    """Put first what is easiest to picture: nothing unknown, few answers."""
    unknown = sum(value == INCONNU for _, value in example.answers)
    return unknown, len(example.answers)
