"""
Answers that meet the condition of a norm, a few at a time: partial situations to try, none of them proven.

The condition is taken apart into ways, derived facts followed to what is asked. Whether the norm then counts
is for an evaluation to say: it may be set aside, or the flow may never ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.exploring.offered import offered
from flows.model import Flow
from knowledge import Condition, Effect, KnowledgeBase
from knowledge.answering.day import covered
from knowledge.model import All, Is, Not

_Allowed = Mapping[str, frozenset[str]]
"""By fact, the answers that one way allows."""

_YES = "oui"


class Meeting:
    """The ways to meet conditions with the answers that one flow offers."""

    def __init__(self, base: KnowledgeBase, flow: Flow) -> None:
        self._base = base
        self._offered = offered(base, flow)
        self._fixed = frozenset(dict(flow.sets))

    def ways(self, norm: str) -> Iterator[dict[str, str]]:
        """Yield answers that meet the condition of a norm, without those that the flow sets."""
        whole, covers = self._base.norms[norm].when, covered(self._base.norms[norm])
        condition = whole if covers is None else All((whole, covers))
        for allowed in self._met(condition, truth=True):
            order = {f: self._base.facts[f].values for f in allowed if f not in self._fixed}
            yield {f: next(v.id for v in values if v.id in allowed[f]) for f, values in order.items()}

    def _met(self, condition: Condition, *, truth: bool) -> Iterator[_Allowed]:
        if isinstance(condition, Not):
            yield from self._met(condition.item, truth=not truth)
        elif isinstance(condition, Is):
            yield from self._told(condition, truth=truth)
        elif isinstance(condition, All) is truth:
            yield from self._every(condition.items, truth=truth)
        else:
            for item in condition.items:
                yield from self._met(item, truth=truth)

    def _told(self, atom: Is, *, truth: bool) -> Iterator[_Allowed]:
        if atom.fact in self._base.derived:
            if (_YES in atom.values) is not truth:
                yield {}  # not established unless an answer of another part establishes it
                return
            for norm in self._base.norms.values():
                if norm.effect is Effect.ESTABLISHES and norm.establishes == atom.fact:
                    yield from self._met(norm.when, truth=True)
            return
        answers = self._offered.get(atom.fact, frozenset())
        left = answers & atom.values if truth else answers - atom.values
        if left:
            yield {atom.fact: left}

    def _every(self, items: tuple[Condition, ...], *, truth: bool) -> Iterator[_Allowed]:
        if not items:
            yield {}
            return
        for first in self._met(items[0], truth=truth):
            for rest in self._every(items[1:], truth=truth):
                both = {**first, **rest, **{f: first[f] & rest[f] for f in first.keys() & rest.keys()}}
                if all(both.values()):
                    yield both
