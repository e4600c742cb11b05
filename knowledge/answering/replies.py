"""
What the law answers once nothing more is asked, from what is left of it: one piece for each part that went on apart.

This is where norms are weighed against each other. The advice, the graphs and the comparisons all read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.answering.day import compatible, sets_aside
from knowledge.answering.outcomes import (
    PERMISSIVENESS,
    Reply,
    joined,
    over_completions,
    over_readings,
    possible_outcome,
)
from knowledge.answering.residual import Belief, Left, Residual, Residuals
from knowledge.answering.terms import TRUE
from knowledge.model import Effect, KnowledgeBase, Matter, Norm, Outcome
from knowledge.model.errors import ConflictError

_NOBODY = frozenset[str]()


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

    @property
    def by_matter(self) -> dict[Matter, Reply]:
        """The answer to each matter, in the order of `Matter`."""
        found = dict(self.replies)
        return {m: self._held(m, found[m]) for m in Matter if m in found}

    def _held(self, matter: Matter, reply: Reply) -> Reply:
        held = reply.outcome is Outcome.PERMITTED and matter in self.unmet
        return Reply(Outcome.CONDITIONAL, reply.norm) if held else reply


Pieces = frozenset[Piece]
"""What a part of the law may answer, whatever the value of what nobody knows."""

NOTHING: Pieces = frozenset({Piece()})


def beside(one: Pieces, other: Pieces) -> Pieces:
    """Put together what two parts may answer: each of one with each of the other."""
    return frozenset(p.beside(q) for p in one for q in other)


def main(piece: Piece) -> Reply | None:
    """Return the answer that leads: the least permissive over the matters; None where no norm answers."""
    return min(piece.by_matter.values(), key=lambda r: PERMISSIVENESS[r.outcome], default=None)


def reply(pieces: Pieces) -> Reply | None:
    """Return the whole answer over all that it may be; None where no norm answers."""
    return together(r for p in pieces if (r := main(p)) is not None)


def together(replies: Iterable[Reply]) -> Reply | None:
    """Return the one answer that several come to; None of none."""
    found = set(replies)
    return joined(found, over_completions({r.outcome for r in found})) if found else None


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


class _Standing(NamedTuple):
    """A norm that stands, surely or perhaps (its text was not read), and the outcome it gives."""

    norm: Norm
    sure: bool
    outcome: Outcome


class Settler:
    """Says what residuals of one base answer once nothing more is asked."""

    def __init__(self, base: KnowledgeBase, residuals: Residuals) -> None:
        self._residuals = residuals
        self._aside: dict[str, list[str]] = {}
        self._yields: dict[str, set[str]] = {}
        for norm in base.norms.values():
            for name in norm.beats:
                if sets_aside(norm, base.norms[name]):
                    self._aside.setdefault(name, []).append(norm.id)
                else:
                    self._yields.setdefault(name, set()).add(norm.id)
        self._pieces: dict[tuple[Residual, frozenset[str]], Piece] = {}

    def pieces(self, belief: Belief, needed: frozenset[str] = _NOBODY) -> Pieces:
        """Return what a belief may answer: one piece for each residual law that is still possible."""
        return frozenset(self.piece(residual, needed) for residual in belief)

    def governing(self, belief: Belief, needed: frozenset[str] = _NOBODY) -> frozenset[str]:
        """Return the norms that govern a matter somewhere in a belief, under one reading at least."""
        read = (r for residual in belief for r in self._residuals.readings(residual))
        return frozenset(reply.norm for r in read for _, reply in self._read(r, needed).replies)

    def piece(self, residual: Residual, needed: frozenset[str] = _NOBODY) -> Piece:
        """
        Return what a residual law answers.

        Args:
            residual: what is left at the end.
            needed: the permissions that let the information of this situation go only if it is needed.

        Raises:
            ConflictError: two norms stand together with different effects and no order.

        """
        key = (residual, needed)
        found = self._pieces.get(key)
        if found is None:
            read = [self._read(r, needed) for r in self._residuals.readings(residual)]
            replies = []
            for matter in Matter:
                given = {dict(p.replies)[matter] for p in read if matter in dict(p.replies)}
                if given:
                    replies.append((matter, joined(given, over_readings({r.outcome for r in given}))))
            found = self._pieces[key] = Piece(tuple(replies), frozenset().union(*(p.unmet for p in read)))
        return found

    def _read(self, residual: Residual, needed: frozenset[str]) -> Piece:
        """Return what one reading of the law answers."""
        standing: dict[Matter, list[_Standing]] = {}
        unmet: set[Matter] = set()
        alive: set[str] = set()
        for norm, left in sorted(self._residuals.lefts(residual), key=lambda pair: pair[1].norm):
            proven = _proven(norm, left) and norm.id not in needed
            sure = left.applies == TRUE and not any(name in alive for name in self._aside.get(norm.id, ()))
            alive.add(norm.id)
            if norm.effect is Effect.REQUIRES:
                unmet |= set() if proven else {norm.matter}
                continue
            outcome = possible_outcome(norm.effect)
            if outcome is Outcome.PERMITTED and not (proven and sure):
                outcome = Outcome.CONDITIONAL
            standing.setdefault(norm.matter, []).append(_Standing(norm, sure, outcome))
        return Piece(tuple((m, self._settled(standing[m])) for m in Matter if m in standing), frozenset(unmet))

    def _settled(self, norms: Sequence[_Standing]) -> Reply:
        """Settle one matter. Where a text of the day was not read, nothing is firm that hangs on it."""
        sure = [s for s in norms if s.sure]
        for one in sure:
            for other in sure:
                if not compatible(one.norm.effect, other.norm.effect):
                    raise ConflictError(f"{one.norm.id} et {other.norm.id} s'appliquent ensemble sans ordre")
        perhaps = [Reply(s.outcome, s.norm.id) for s in norms if not s.sure]
        if not sure:
            return joined(perhaps, Outcome.DEPENDS)
        first = max(sure, key=lambda s: self._weight(s, sure))
        governs = Reply(first.outcome, first.norm.id)
        given = {governs, *perhaps}
        return governs if len(given) == 1 else joined(given, over_completions({r.outcome for r in given}))

    def _weight(self, one: _Standing, standing: Sequence[_Standing]) -> tuple[bool, bool, int, str]:
        """Say what governs first: an order, then what yields to nothing, then the most permissive, then the last id."""
        yields = any(other.norm.id in self._yields.get(one.norm.id, ()) for other in standing)
        return one.outcome is Outcome.OBLIGED, not yields, PERMISSIVENESS[one.outcome], one.norm.id


def _proven(norm: Norm, left: Left) -> bool:
    """Tell whether every condition of a norm is proven by the answers."""
    terms = iter(left.met)
    return all(r.met is not None and next(terms, None) == TRUE for r in norm.conditions)
