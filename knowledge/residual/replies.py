"""
What the end of a path answers, from what is left of the law there: one piece for each part that went on apart.

A piece is settled by the same code as an advice; `reply` only puts pieces together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from knowledge.answering.conclude import settle
from knowledge.answering.conditions import UNREAD
from knowledge.answering.day import DatedLaw, DatedNorm, compatible
from knowledge.answering.standing import PERMISSIVENESS, Weighed, Weighing
from knowledge.model import ALWAYS, Effect, KnowledgeBase, Matter, Norm, Outcome, Required
from knowledge.residual.law import Left, Residual, Residuals
from knowledge.residual.terms import TRUE

_NOBODY = frozenset[str]()


class Reply(NamedTuple):
    """An answer, as far as two of them can be told apart: the outcome and the norm that governs."""

    outcome: Outcome
    norm: str


@dataclass(frozen=True, slots=True)
class Piece:
    """
    The part of an answer that one part of the law gives.

    `replies` are by matter, before the conditions that other norms add; `unmet` are the matters with such a condition.
    """

    replies: tuple[tuple[Matter, Reply], ...] = ()
    unmet: frozenset[Matter] = frozenset()

    def beside(self, other: Piece) -> Piece:
        """Put two pieces together: a matter is settled in one part only."""
        return Piece(tuple(sorted(self.replies + other.replies)), self.unmet | other.unmet)


def reply(piece: Piece) -> Reply | None:
    """Return the whole answer: the least permissive over the matters; None where no norm answers."""
    found = [
        Reply(Outcome.CONDITIONAL, r.norm) if r.outcome is Outcome.PERMITTED and m in piece.unmet else r
        for matter in Matter
        for m, r in piece.replies
        if m is matter
    ]
    return min(found, key=lambda r: PERMISSIVENESS[r.outcome], default=None)


def hinges(base: KnowledgeBase) -> Mapping[str, frozenset[str]]:
    """
    Return, by category of information, the permissions that let it go only if it is needed.

    Left out: those that have something to check anyway, where that changes nothing.
    """
    found: dict[str, set[str]] = {}
    for norm in base.norms.values():
        if norm.effect is Effect.PERMITS and norm.minimum and all(r.met is not None for r in norm.conditions):
            for item in norm.minimum.if_needed:
                found.setdefault(item.category, set()).add(norm.id)
    return {category: frozenset(norms) for category, norms in found.items()}


class Settler:
    """Says what residuals of one base answer once nothing more is asked."""

    def __init__(self, base: KnowledgeBase, residuals: Residuals) -> None:
        self._residuals = residuals
        self._aside: dict[str, list[str]] = {}
        self._yields: dict[str, set[str]] = {}
        for norm in base.norms.values():
            for name in norm.beats:
                if name in norm.exception_to or not compatible(norm.effect, base.norms[name].effect):
                    self._aside.setdefault(name, []).append(norm.id)
                else:
                    self._yields.setdefault(name, set()).add(norm.id)
        self._dated: dict[tuple[Left, bool], DatedNorm] = {}

    def piece(self, residual: Residual, needed: frozenset[str] = _NOBODY) -> Piece:
        """
        Return what a residual answers.

        Args:
            residual: what is left at the end.
            needed: the permissions that let the information of this situation go only if it is needed.

        Raises:
            ConflictError: two norms stand together with different effects and no order.

        """
        norms: dict[str, Weighed] = {}
        unmet: set[Matter] = set()
        of: dict[Matter, tuple[DatedNorm, ...]] = dict.fromkeys(Matter, ())
        for norm, left in sorted(self._residuals.lefts(residual), key=lambda pair: pair[1].norm):
            dated = self._answered(norm, left, needed=norm.id in needed)
            norms[norm.id] = self._weighed(dated, norms)
            if norm.effect is not Effect.REQUIRES:
                of[norm.matter] += (dated,)
            elif any(c.met is not ALWAYS for c in dated.norm.conditions):
                unmet.add(norm.matter)
        weighing = Weighing(DatedLaw(date.min, (), of, dict.fromkeys(Matter, ()), ()), {}, {}, {}, norms)
        verdicts = [(m, v) for m in Matter if of[m] and (v := settle(weighing, m)) is not None]
        return Piece(tuple((m, Reply(v.outcome, v.governing.dated.norm.id)) for m, v in verdicts), frozenset(unmet))

    def _answered(self, norm: Norm, left: Left, *, needed: bool) -> DatedNorm:
        """Return a norm with each condition said as always met, or as unread where it is not proven."""
        found = self._dated.get((left, needed))
        if found is None:
            terms = iter(left.met)
            proven = [r.met is not None and next(terms, None) == TRUE for r in norm.conditions]
            conditions = tuple(Required("", ALWAYS if p else UNREAD) for p in [*proven, *([False] if needed else [])])
            said = replace(norm, conditions=conditions, minimum=None)
            aside, yields = tuple(self._aside.get(norm.id, ())), frozenset(self._yields.get(norm.id, ()))
            found = DatedNorm(said, left.applies == TRUE, ALWAYS, ALWAYS, None, aside, yields)
            self._dated[left, needed] = found
        return found

    def _weighed(self, dated: DatedNorm, norms: Mapping[str, Weighed]) -> Weighed:
        """Weigh one norm: a residual holds none that is surely set aside, only some that may be."""
        applies = True if dated.sure else None
        doubtful = any(name in norms for name in dated.beaten_by)
        return Weighed(dated, applies, None if doubtful else applies, None)
