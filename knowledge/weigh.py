"""
Weigh the norms of one day against the facts: which stand, which are set aside, which stay uncertain.

Three-valued all the way: True, False, or None where a fact is not asked, not known,
or where the law of that day was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.condition import can_be, holds, open_facts
from knowledge.dated import DatedLaw, DatedNorm
from knowledge.model import INCONNU, Any, Effect, Facts, Matter, Outcome

_OUTCOME = {
    Effect.FORBIDS: Outcome.FORBIDDEN,
    Effect.MAY_DECLINE: Outcome.MAY_DECLINE,
    Effect.DEBATED: Outcome.DEBATED,
    Effect.PERMITS: Outcome.PERMITTED,
    Effect.NOT_COVERED: Outcome.NOT_COVERED,
    Effect.OBLIGES: Outcome.OBLIGED,
}
_SETTLED = {True: "oui", False: "non", None: INCONNU}
_VALUES = (("oui", True), ("non", False))
PERMISSIVENESS = {outcome: rank for rank, outcome in enumerate(Outcome)}
"""The outcomes from the least to the most permissive, as `Outcome` lists them."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A norm and what the facts make of it."""

    dated: DatedNorm
    applies: bool | None
    stands: bool | None
    set_aside_by: str | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """
    Every norm of one day, weighed. `facts` includes the derived ones that are settled.

    `derived_open` says what each other one hangs on, `possible` which values it can still take.
    """

    law: DatedLaw
    facts: Mapping[str, str]
    derived_open: Mapping[str, frozenset[str]]
    possible: Mapping[str, frozenset[str]]
    norms: Mapping[str, Weighed]

    def of(self, matter: Matter) -> tuple[Weighed, ...]:
        """Return the norms that answer `matter`, weighed."""
        return tuple(self.norms[d.norm.id] for d in self.law.settling[matter])


def weigh(law: DatedLaw, facts: Facts) -> Weighing:
    """Weigh all the norms of `law` against `facts`."""
    known = dict(facts)
    derived_open: dict[str, frozenset[str]] = {}
    possible: dict[str, frozenset[str]] = {}
    norms: dict[str, Weighed] = {}
    for fact, items in law.establishing:
        for item in items:
            truth = holds(item.hangs, known)
            norms[item.norm.id] = Weighed(item, truth, truth, None)
        whole = Any(tuple(i.hangs for i in items))
        hanging = frozenset(expand(open_facts(whole, known, possible), derived_open))
        if hanging:
            derived_open[fact] = hanging
            possible[fact] = frozenset(v for v, truth in _VALUES if can_be(whole, known, possible, truth))
        else:
            known[fact] = _SETTLED[holds(whole, known)]
    for group in (law.settling, law.requiring):
        for dated_norms in group.values():
            for item in dated_norms:
                norms[item.norm.id] = _stand(item, known, norms)
    for item in law.warning:
        truth = holds(item.hangs, known)
        norms[item.norm.id] = Weighed(item, truth, truth, None)
    return Weighing(law, known, derived_open, possible, norms)


def expand(facts: Iterable[str], derived_open: Mapping[str, frozenset[str]]) -> set[str]:
    """Replace each derived fact by the facts to ask for it."""
    asked: set[str] = set()
    for fact in facts:
        asked |= derived_open.get(fact, frozenset({fact}))
    return asked


def _stand(item: DatedNorm, facts: Facts, norms: Mapping[str, Weighed]) -> Weighed:
    applies = holds(item.hangs, facts)
    if applies is False:
        return Weighed(item, False, False, None)
    uncertain = applies is None
    for beater in item.beaten_by:
        stands = norms[beater].stands
        if stands is True:
            return Weighed(item, applies, False, beater)
        uncertain = uncertain or stands is None
    return Weighed(item, applies, None if uncertain else True, None)


def possible_outcome(effect: Effect) -> Outcome:
    """Return the outcome that an effect leads to when nothing is missing."""
    return _OUTCOME[effect]
