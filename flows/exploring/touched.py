"""Which situations an edit of the law can answer otherwise, and what it did change in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.exploring.cases import HEARD, Case, Played
from flows.model import Flow
from knowledge import InForce, KnowledgeBase, Outcome, holds, in_force
from knowledge.checking import edited


@dataclass(frozen=True, slots=True)
class Law:
    """The law and the flows of one moment."""

    base: KnowledgeBase
    flows: Mapping[str, Flow]


@dataclass(frozen=True, slots=True)
class Said:
    """
    What an answer comes to, its words apart: two answers that say this alike are the same for a worker.

    `articles` are those cited; `norms` those that they are cited for and that count, warnings too; `goes` the
    information of the minimum, each with the part of it where it stands. `outcome` is None where there is no answer.
    """

    outcome: Outcome | None
    governing: str | None = None
    articles: frozenset[str] = frozenset()
    norms: frozenset[str] = frozenset()
    goes: frozenset[tuple[str, str]] = frozenset()


def said(played: Played) -> Said:
    """Return what the answer to a case comes to."""
    advice = played.advice
    if advice is None:
        return Said(None)
    least = advice.minimum
    parts = (("share", least.share), ("if_needed", least.if_needed), ("keep", least.keep))
    return Said(
        advice.outcome,
        advice.governing,
        frozenset(c.article for c in advice.articles),
        frozenset(c.norm for c in advice.articles if c.role in HEARD),
        frozenset((part, item.category) for part, items in parts for item in items),
    )


class Touch:
    """
    What an edit can touch, from one law to another.

    A norm whose condition surely does not hold in a situation, before and after, has no part in its answer; one that
    another information would open is still cited. What a norm establishes counts as not known here, so that a
    situation may be played again for nothing, and none is forgotten.
    """

    def __init__(self, before: Law, after: Law) -> None:
        self._flows = {f for f in before.flows.keys() | after.flows.keys() if before.flows.get(f) != after.flows.get(f)}
        ids = edited(before.base, after.base)
        self._all = ids is None
        laws = (before.base, after.base)
        self._norms = [(b, b.norms[i]) for b in laws for i in ids or () if i in b.norms]

    @property
    def nothing(self) -> bool:
        """Tell whether no situation can be touched."""
        return not (self._all or self._flows or self._norms)

    def touches(self, case: Case, facts: Mapping[str, str]) -> bool:
        """
        Tell whether a case can be answered otherwise.

        Args:
            case: the case.
            facts: those with which it was played before the edit.

        """
        if self._all or case.flow in self._flows:
            return True
        return any(
            holds(norm.when, facts) is not False and in_force(base, norm, case.on) is not InForce.NO
            for base, norm in self._norms
        )
