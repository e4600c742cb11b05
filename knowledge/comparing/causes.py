"""Why two laws answer a situation differently: which norms make the difference, and which text made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering import DatedLaw, DatedNorm, Reply, facts_in, holds, in_force, weigh
from knowledge.model import ArticleVersion, Cite, Condition, Effect, Facts, InForce, KnowledgeBase, Matter, Norm


@dataclass(frozen=True, slots=True)
class Turn:
    """
    The day from which a norm is in force, or no longer is, and the text that decided it.

    `version` is the wording that starts (`begins`) or ends that day; None where the norm itself says the day.
    `read` is False where the law did not change: its text was not read for one of the two days.
    """

    norm: str
    on: date
    begins: bool
    cite: Cite
    version: ArticleVersion | None
    read: bool = True


class Causes:
    """The norms that make two laws differ. Facts are answers to what a flow asks."""

    def __init__(self, before: DatedLaw, after: DatedLaw) -> None:
        self._laws = (before, after)
        one, two = ({(d.norm.id, d.sure): d for d in _dated(law)} for law in (before, after))
        self._changed = tuple(
            {k: d for k, d in mine.items() if k not in theirs} for mine, theirs in ((one, two), (two, one))
        )
        self.norms = frozenset(name for changed in self._changed for name, _ in changed)
        self._behind = sorted(
            {f for law in self._laws for _, items in law.establishing for d in items for f in facts_in(d.applies)}
        )
        self._establishing: dict[str, list[Condition]] = {}
        for law in self._laws:
            for fact, items in law.establishing:
                self._establishing.setdefault(fact, []).extend(d.applies for d in items)
        self._resting: dict[str, frozenset[str]] = {}
        self._derived: dict[tuple[str | None, ...], tuple[Facts, Facts]] = {}

    def of(self, before: Reply | None, after: Reply | None, facts: Facts) -> tuple[str, ...]:
        """
        Return the norms that make the answer differ, by id.

        Those that govern on one side only come first; else those that settle who one is, where the governing norms
        rest on it; else all that apply.
        """
        governing = [r.norm for r in (before, after) if r is not None and r.norm in self.norms]
        if governing:
            return tuple(dict.fromkeys(governing))
        derived = self._settled(facts)
        shifted = {f for f in derived[0].keys() | derived[1].keys() if derived[0].get(f) != derived[1].get(f)}
        applying = [
            d for side, known in zip(self._changed, derived, strict=True) for d in _applying(side, facts, known)
        ]
        named = {f for r in (before, after) if r is not None for f in self._rests_on(r.norm)}
        who = {d.norm.id: d.norm.establishes for d in applying if d.norm.establishes in shifted}
        telling = [i for i, fact in who.items() if fact in named]
        others = [d.norm.id for d in applying if d.norm.effect not in (Effect.ESTABLISHES, Effect.WARNS)]
        return tuple(sorted(telling or set(others) or who))

    def _rests_on(self, norm: str) -> frozenset[str]:
        """Return the derived facts on which a norm rests, and those behind them."""
        found = self._resting.get(norm)
        if found is None:
            row = [d.applies for law in self._laws for d in _dated(law) if d.norm.id == norm]
            seen: set[str] = set()
            while row:
                fresh = {f for f in facts_in(row.pop()) if f in self._establishing} - seen
                seen |= fresh
                row += [a for f in fresh for a in self._establishing[f]]
            found = self._resting[norm] = frozenset(seen)
        return found

    def _settled(self, facts: Facts) -> tuple[Facts, Facts]:
        """Return what each law makes of who one is."""
        key = tuple(facts.get(f) for f in self._behind)
        found = self._derived.get(key)
        if found is None:
            known = {f: v for f, v in zip(self._behind, key, strict=True) if v is not None}
            one, two = (_derived(law, known) for law in self._laws)
            found = self._derived[key] = (one, two)
        return found


def turn(base: KnowledgeBase, norm: Norm, before: date, after: date) -> Turn | None:
    """Return when and by which text a norm came into force, or left it, between two days; None if it did neither."""
    was, now = (in_force(base, norm, on) for on in (before, after))
    if was is now:
        return None
    first, last = sorted((before, after))
    days = [d for d in sorted(set(_days(base, norm))) if first < d <= last]
    states = [in_force(base, norm, d) for d in (first, *days)]
    changes = [d for d, old, new in zip(days, states, states[1:], strict=False) if old is not new]
    begins = now is not InForce.NO and (was is InForce.NO or now is InForce.YES)
    return _told(base, norm, changes[-1], begins=begins, read=InForce.UNKNOWN not in (was, now))


def spans(base: KnowledgeBase, norm: Norm) -> Iterator[tuple[date, date | None]]:
    """Yield the days on which a norm is in force, as `(first, first day after)`; None where it still is."""
    start: date | None = None
    for on in sorted(set(_days(base, norm))):
        alive = in_force(base, norm, on) is InForce.YES
        if alive and start is None:
            start = on
        elif not alive and start is not None:
            yield start, on
            start = None
    if start is not None:
        yield start, None


def _told(base: KnowledgeBase, norm: Norm, on: date, *, begins: bool, read: bool) -> Turn:
    for cite in norm.cites:
        for version in base.articles[cite.article].versions:
            if (version.start if begins else version.end) == on and version.text is not None:
                return Turn(norm.id, on, begins, cite, version, read)
    cite = next((c for c in norm.cites if on in (c.since, c.until)), norm.cites[0])
    return Turn(norm.id, on, begins, cite, None, read)


def _days(base: KnowledgeBase, norm: Norm) -> Iterator[date]:
    """Yield every day on which the force of a norm can change."""
    ends: list[date | None] = [norm.since, norm.until]
    for cite in norm.cites:
        article = base.articles[cite.article]
        ends += [cite.since, cite.until]
        ends += [d for v in article.versions for d in (v.start, v.end)]
        ends += [d for g in article.gaps for d in (g.start, g.end)]
    yield from (d for d in ends if d is not None)


def _dated(law: DatedLaw) -> Iterator[DatedNorm]:
    for _, items in law.establishing:
        yield from items
    for group in (law.settling, law.requiring):
        for dated in group.values():
            yield from dated


def _derived(law: DatedLaw, facts: Facts) -> Facts:
    nothing: dict[Matter, tuple[DatedNorm, ...]] = dict.fromkeys(Matter, ())
    whole = weigh(replace(law, settling=nothing, requiring=nothing, warning=()), facts).facts
    return {fact: whole[fact] for fact, _ in law.establishing if fact in whole}


def _applying(side: Mapping[tuple[str, bool], DatedNorm], facts: Facts, derived: Facts) -> Iterable[DatedNorm]:
    known = {**facts, **derived}
    return (d for d in side.values() if holds(d.applies, known) is not False)
