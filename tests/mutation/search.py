"""
Find situations of real answers, or show that there are none.

A condition is first put in a plain form: derived facts are followed to what is asked, and
« not » goes down to the lists, so that only `all`, `any` and lists of answers are left.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.answering.conditions import atoms, facts_in
from knowledge.answering.day import DatedLaw
from knowledge.model import ALWAYS, All, Any, Condition, Is, KnowledgeBase, Not
from tests.mutation.rewriting import NEVER

LIMIT = 100_000
"""How many partial situations one search may look at."""


class GivenUpError(Exception):
    """The search reached its limit: neither a situation nor a proof that there is none."""


class Searcher:
    """Looks for situations under the law of one day, trying ordinary answers first."""

    def __init__(self, base: KnowledgeBase, law: DatedLaw, ordinary: Mapping[str, str]) -> None:
        self.law = law
        self.ordinary = ordinary
        self._domains = {f.id: frozenset(v.id for v in f.values) for f in base.facts.values()}
        self._derived: dict[tuple[str, bool], Condition] = {}
        for fact, items in law.establishing:
            whole = Any(tuple(d.applies for d in items if d.sure))
            for truth in (True, False):
                self._derived[fact, truth] = self.plain(whole, truth=truth)

    def plain(self, condition: Condition, *, truth: bool = True) -> Condition:
        """Return a plain condition that holds where `condition` is `truth`, for whole situations."""
        if isinstance(condition, Not):
            return self.plain(condition.item, truth=not truth)
        if isinstance(condition, Is):
            if condition.fact in self._domains:
                domain = self._domains[condition.fact]
                return _of(condition.fact, condition.values if truth else domain - condition.values, domain)
            if {"oui", "non"} <= condition.values:
                return ALWAYS if truth else NEVER
            return self._derived.get((condition.fact, truth is ("oui" in condition.values)), NEVER)
        kind = All if isinstance(condition, All) is truth else Any
        return self._joined(kind, [self.plain(item, truth=truth) for item in condition.items])

    def find(self, *conditions: Condition) -> dict[str, str] | None:
        """
        Return a whole situation where all `conditions` hold, or None where there is none.

        Raises:
            GivenUpError: the limit was reached first.

        """
        self._looked = 0
        whole = self.plain(All(conditions))
        found = self._run(whole, {}, self._classes(whole))
        return None if found is None else {**self.ordinary, **found}

    def _classes(self, condition: Condition) -> dict[str, tuple[str, ...]]:
        """Return, by fact, one answer of each group that `condition` does not tell apart, the ordinary one first."""
        sets: dict[str, set[frozenset[str]]] = {}
        for atom in atoms(condition):
            sets.setdefault(atom.fact, set()).add(atom.values)
        classes: dict[str, tuple[str, ...]] = {}
        for fact, groups in sets.items():
            by_signature: dict[tuple[bool, ...], str] = {}
            for value in [self.ordinary[fact], *sorted(self._domains[fact])]:
                by_signature.setdefault(tuple(value in g for g in groups), value)
            classes[fact] = tuple(by_signature.values())
        return classes

    def _run(
        self, condition: Condition, chosen: dict[str, str], classes: Mapping[str, tuple[str, ...]]
    ) -> dict[str, str] | None:
        self._looked += 1
        if self._looked > LIMIT:
            raise GivenUpError
        if condition == ALWAYS:
            return chosen
        if condition == NEVER:
            return None
        fact = _next(condition)
        for value in classes[fact]:
            found = self._run(self._given(condition, fact, value), {**chosen, fact: value}, classes)
            if found is not None:
                return found
        return None

    def _given(self, condition: Condition, fact: str, value: str) -> Condition:
        if isinstance(condition, Is):
            if condition.fact != fact:
                return condition
            return ALWAYS if value in condition.values else NEVER
        if isinstance(condition, Not):
            raise TypeError("a plain condition has no « not »")
        return self._joined(type(condition), [self._given(item, fact, value) for item in condition.items])

    def _joined(self, kind: type[All] | type[Any], items: list[Condition]) -> Condition:
        """Join plain conditions: groups of one kind are merged, and so are the lists of one fact."""
        neutral, absorbing = (ALWAYS, NEVER) if kind is All else (NEVER, ALWAYS)
        lists: dict[str, frozenset[str]] = {}
        groups: dict[Condition, None] = {}
        for item in _flat(kind, items):
            if item == absorbing:
                return absorbing
            if not isinstance(item, Is):
                groups[item] = None
            elif item.fact not in lists:
                lists[item.fact] = item.values
            elif kind is All:
                lists[item.fact] &= item.values
            else:
                lists[item.fact] |= item.values
        joined = [_of(fact, values, self._domains[fact]) for fact, values in lists.items()]
        if absorbing in joined:
            return absorbing
        parts = [*(j for j in joined if j != neutral), *(g for g in groups if g != neutral)]
        if not parts:
            return neutral
        return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _flat(kind: type[All] | type[Any], items: list[Condition]) -> list[Condition]:
    flat: list[Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else [item])
    return flat


def _of(fact: str, values: frozenset[str], domain: frozenset[str]) -> Condition:
    if not values:
        return NEVER
    return ALWAYS if values == domain else Is(fact, values)


def _next(condition: Condition) -> str:
    """Return the fact to try first: one that alone must hold, else the one most named."""
    if isinstance(condition, All):
        for item in condition.items:
            if isinstance(item, Is):
                return item.fact
    names = list(facts_in(condition))
    return max(dict.fromkeys(names), key=names.count)
