"""
Two bases as one, so that their answers can be compared: what is equal is the same norm, what differs has a twin.

Only what decides an answer counts here; words that are only shown are listed apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from graphlib import CycleError, TopologicalSorter

from knowledge.model import Fact, KnowledgeBase, Norm, Value

_TWIN = "\0"
"""Ends the id of a twin: in no file name, and before every letter, so that ids keep their order."""


@dataclass(frozen=True)
class Merged:
    """
    Both bases in one space. `base` holds every norm, `before` and `after` those of each side under the ids of `base`.

    A fact that both sides have keeps the answers that both have.
    """

    base: KnowledgeBase
    before: KnowledgeBase
    after: KnowledgeBase


@dataclass(frozen=True, slots=True)
class Edits:
    """What differs in one kind of thing: ids added, removed, and changed with the names of what changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.removed or self.changed)


def merge(before: KnowledgeBase, after: KnowledgeBase) -> Merged:
    """Put two bases in one space; norms of `after` keep their ids, those of `before` that differ become twins."""
    differing = {i for i, n in before.norms.items() if i in after.norms and logic(n) != logic(after.norms[i])}
    found = _merged(before, after, differing)
    try:
        TopologicalSorter({n.id: n.beats for n in found.base.norms.values()}).prepare()
    except CycleError:  # each side is in order, but not both at once: then nothing is shared
        found = _merged(before, after, set(before.norms))
    return found


def own(norm: str) -> str:
    """Return the id of a norm in its own base."""
    return norm.removesuffix(_TWIN)


def logic(norm: Norm) -> tuple[object, ...]:
    """Return what decides of a norm, without the words that are only shown."""
    minimum = norm.minimum
    return (
        norm.effect,
        norm.matter,
        norm.when,
        norm.establishes,
        tuple((c.article, c.since, c.until) for c in norm.cites),
        norm.since,
        norm.until,
        norm.exception_to,
        norm.prevails_over,
        tuple(c.met for c in norm.conditions),
        minimum and tuple(frozenset(i.category for i in items) for items in (minimum.share, minimum.if_needed)),
    )


def norm_edits(before: KnowledgeBase, after: KnowledgeBase, *, decisive: bool) -> Edits:
    """Return the norms that differ: in what decides an answer, or else only in what is shown."""
    found = edits(before.norms, after.norms)
    kept = [(i, names) for i, names in found.changed if (logic(before.norms[i]) != logic(after.norms[i])) is decisive]
    return Edits(found.added if decisive else (), found.removed if decisive else (), tuple(kept))


def value_edits(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Edits:
    """Return the answers that differ, as `fact: value`, over the facts that both sides have."""
    one, two = ({f"{f.id}: {v.id}": v for f in side.values() for v in f.values} for side in (before, after))
    common = before.keys() & after.keys()
    both = ({k: v for k, v in side.items() if k.split(":")[0] in common} for side in (one, two))
    return edits(*both)


def edits(before: Mapping[str, object], after: Mapping[str, object], *, but: Iterable[str] = ()) -> Edits:
    """Compare values by id; dataclasses say which of their fields differ, except those named in `but`."""
    left_out = set(but)
    changed = []
    for name in before.keys() & after.keys():
        differing = tuple(f for f in _differing(before[name], after[name]) if f not in left_out)
        if differing:
            changed.append((name, differing))
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    return Edits(tuple(sorted(added)), tuple(sorted(removed)), tuple(sorted(changed)))


def _differing(one: object, other: object) -> Iterator[str]:
    for item in fields(one):  # type: ignore[arg-type]
        if getattr(one, item.name) != getattr(other, item.name):
            yield item.name


def _merged(before: KnowledgeBase, after: KnowledgeBase, twins: set[str]) -> Merged:
    twin = {i: i + _TWIN if i in twins else i for i in before.norms}
    own_norms = {twin[i]: _renamed(n, twin) for i, n in before.norms.items()}
    ours = dict(after.norms)
    for name, norm in own_norms.items():
        if name in ours:  # shared: it sets aside what either side knows under that name
            both = [tuple(dict.fromkeys(a + b)) for a, b in _relations(ours[name], norm)]
            ours[name] = own_norms[name] = replace(ours[name], exception_to=both[0], prevails_over=both[1])
    facts = {**before.facts, **after.facts}
    facts |= {i: _common(before.facts[i], after.facts[i]) for i in before.facts.keys() & after.facts.keys()}
    derived = {**before.derived, **after.derived}
    return Merged(
        replace(after, facts=facts, derived=derived, norms={**own_norms, **ours}),
        replace(before, facts=facts, norms=own_norms),
        replace(after, facts=facts, norms=ours),
    )


def _renamed(norm: Norm, names: Mapping[str, str]) -> Norm:
    exception_to, prevails_over = (tuple(names[t] for t in many) for many in (norm.exception_to, norm.prevails_over))
    return replace(norm, id=names[norm.id], exception_to=exception_to, prevails_over=prevails_over)


def _relations(one: Norm, other: Norm) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return (one.exception_to, other.exception_to), (one.prevails_over, other.prevails_over)


def _common(one: Fact, other: Fact) -> Fact:
    shared: tuple[Value, ...] = tuple(v for v in other.values if one.value(v.id) is not None)
    return replace(other, values=shared, find_out=other.find_out if one.find_out is not None else None)
