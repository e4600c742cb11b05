"""
Weigh the norms of one day against the facts: which stand, which are set aside, which stay uncertain.

Three-valued all the way: True, False, or None where a fact is not asked, not known,
or where the law of that day was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.conditions import Test, can_be, made_ready, open_facts
from knowledge.answering.day import DatedLaw, DatedNorm
from knowledge.answering.screening import RuledOut
from knowledge.model import INCONNU, Any, Facts, Matter

_SETTLED = {True: "oui", False: "non", None: INCONNU}
_VALUES = (("oui", True), ("non", False))


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


class _Ready:
    """A norm made ready to be weighed many times; its condition is, the first time it is needed."""

    __slots__ = ("_test", "bit", "item")

    def __init__(self, rank: int, item: DatedNorm) -> None:
        self.bit = 1 << rank
        self.item = item
        self._test: Test | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether the norm applies."""
        if self._test is None:
            self._test = made_ready(self.item.hangs)
        return self._test(facts)


@dataclass(frozen=True, slots=True)
class _Index:
    """A law made ready. `unmet` is what becomes of each norm where nothing speaks for it."""

    ruled_out: RuledOut
    unmet: Mapping[str, Weighed]
    establishing: tuple[tuple[str, tuple[_Ready, ...]], ...]
    ranked: tuple[_Ready, ...]
    warning: tuple[_Ready, ...]


def weigh(law: DatedLaw, facts: Facts) -> Weighing:
    """Weigh all the norms of `law` against `facts`."""
    index = _index(law)
    known = dict(facts)
    derived_open: dict[str, frozenset[str]] = {}
    possible: dict[str, frozenset[str]] = {}
    norms = dict(index.unmet)
    out = index.ruled_out.by_all(known)
    for fact, establishing in index.establishing:
        left = [Weighed(r.item, t := r.holds(known), t, None) for r in establishing if not out & r.bit]
        norms.update((w.dated.norm.id, w) for w in left)
        truth = _either(w.applies for w in left)
        whole = Any(tuple(w.dated.hangs for w in left))
        asked = open_facts(whole, known, possible) if truth is None else ()
        hanging = frozenset(expand(asked, derived_open))
        if hanging:
            derived_open[fact] = hanging
            possible[fact] = frozenset(v for v, is_so in _VALUES if can_be(whole, known, possible, is_so))
        else:
            known[fact] = _SETTLED[truth]
            out |= index.ruled_out.by(fact, known[fact])
    for ready in index.ranked:
        if not out & ready.bit:
            norms[ready.item.norm.id] = _stand(ready, known, norms)
    for ready in index.warning:
        if not out & ready.bit:
            truth = ready.holds(known)
            norms[ready.item.norm.id] = Weighed(ready.item, truth, truth, None)
    return Weighing(law, known, derived_open, possible, norms)


@lru_cache(maxsize=128)
def _index(law: DatedLaw) -> _Index:
    """Make a law ready. Same law, same index, so the result is remembered."""
    establishing = [item for _, items in law.establishing for item in items]
    ranked = [item for group in (law.settling, law.requiring) for items in group.values() for item in items]
    order = [*establishing, *ranked, *law.warning]
    ready = [_Ready(rank, item) for rank, item in enumerate(order)]
    of = {each.item.norm.id: each for each in ready}
    first, last = len(establishing), len(order) - len(law.warning)
    return _Index(
        RuledOut([item.hangs for item in order]),
        {item.norm.id: Weighed(item, False, False, None) for item in order},
        tuple((fact, tuple(of[item.norm.id] for item in items)) for fact, items in law.establishing),
        tuple(ready[first:last]),
        tuple(ready[last:]),
    )


def expand(facts: Iterable[str], derived_open: Mapping[str, frozenset[str]]) -> set[str]:
    """Replace each derived fact by the facts to ask for it."""
    asked: set[str] = set()
    for fact in facts:
        asked |= derived_open.get(fact, frozenset({fact}))
    return asked


def _either(truths: Iterable[bool | None]) -> bool | None:
    found = set(truths)
    return True if True in found else None if None in found else False


def _stand(ready: _Ready, facts: Facts, norms: Mapping[str, Weighed]) -> Weighed:
    item, applies = ready.item, ready.holds(facts)
    if applies is False:
        return Weighed(item, False, False, None)
    uncertain = applies is None
    for beater in item.beaten_by:
        stands = norms[beater].stands
        if stands is True:
            return Weighed(item, applies, False, beater)
        uncertain = uncertain or stands is None
    return Weighed(item, applies, None if uncertain else True, None)
