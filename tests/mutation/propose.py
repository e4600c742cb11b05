"""
Propose the boundaries of a norm: situations just inside, the answers that leave them, situations just outside.

Each atom of the condition is made decisive once: in some situation, it alone makes the norm
apply or not. There, every other answer to its question is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from knowledge import KnowledgeBase
from knowledge.answering.conditions import facts_in, holds
from knowledge.answering.day import SETTLES, DatedLaw, DatedNorm, covered, in_force, law_of
from knowledge.answering.standing import weigh
from knowledge.model import ALWAYS, All, Condition, Effect, InForce, Matter, Norm, Not
from knowledge.model.typography import french
from tests.mutation.mutants import mutants_of
from tests.mutation.record import Row, calendar, days_of, kept, told
from tests.mutation.rewriting import NEVER, places, replaced
from tests.mutation.search import GivenUpError, Searcher

TODAY = date(2026, 11, 23)
ELSEWHERE = 12
"""How many other days are tried where a day tells nothing."""

_DAY = timedelta(days=1)


def entry(base: KnowledgeBase, norm: Norm, ordinary: Mapping[str, str]) -> Row:
    """Return the boundaries of one norm, as they are written in a file."""
    day = best_day(base, norm)
    row: Row = {"norm": norm.id, "title": norm.title, **calendar(base, norm)}
    if day is None:
        return row
    return {**row, "day": str(day), "situations": _Proposer(base, norm, day, ordinary).situations()}


def best_day(base: KnowledgeBase, norm: Norm) -> date | None:
    """Return the last day, today included, when the norm is surely in force, else when it may be."""
    days = [*(d for d in days_of(base, norm) if d <= TODAY), TODAY + _DAY]
    for wanted in (InForce.YES, InForce.UNKNOWN):
        for start, following in reversed(list(pairwise(days))):
            if in_force(base, norm, start) is wanted:
                return following - _DAY
    return None


@dataclass
class _Proposer:
    base: KnowledgeBase
    norm: Norm
    on: date
    ordinary: Mapping[str, str]
    found: list[Row] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.law: DatedLaw = law_of(self.base, self.on)
        self.all = {d.norm.id: d for d in every(self.law)}
        self.dated = self.all[self.norm.id]
        self.searcher = Searcher(self.base, self.law, self.ordinary)
        self.whole = whole(self.norm)
        self.unbeaten = [Not(self.all[b].applies) for b in self.dated.beaten_by]

    def situations(self) -> list[Row]:
        """Return one situation where the norm counts most, one per atom it left undecided, one per norm beaten."""
        silent = [Not(d.applies) for d in self.all.values() if self._speaks_of_else(d)]
        first = self._search(
            [self.whole, *self.unbeaten, *silent, *self._alone()],
            [self.whole, *self.unbeaten, *silent],
            [self.whole, *self.unbeaten],
            [self.whole],
            [self.dated.applies],
        )
        if first is None:
            return []
        self._add(first, sweeps=list(dict.fromkeys(a.fact for _, a in places(self.whole) if a.fact in self.base.facts)))
        self._resting()
        self._atoms()
        for target in self.norm.beats:
            self._beaten(target)
        self._differing()
        return self.found

    def _alone(self) -> Iterator[Condition]:
        """Yield what makes the norm the one that decides: no other that would do."""
        for other in self.all.values():
            one, two = self.norm.effect, other.norm.effect
            if other is self.dated:
                continue
            if one is Effect.ESTABLISHES:
                if two is one and other.norm.establishes == self.norm.establishes:
                    yield Not(other.applies)
            elif other.norm.matter is self.norm.matter and (
                other.norm.id in self.dated.yields_to or (one is Effect.PERMITS and two in (Effect.OBLIGES, one))
            ):
                yield Not(other.applies)

    def _speaks_of_else(self, other: DatedNorm) -> bool:
        """Tell whether `other` answers another matter, that one does without: writing alone, for a norm on writing."""
        own = self.norm.matter
        return own is not Matter.DISCLOSURE and other.norm.matter is not own and other.norm.effect in SETTLES

    def _search(self, *tries: list[Condition]) -> dict[str, str] | None:
        for conditions in tries:
            try:
                facts = self.searcher.find(*conditions)
            except GivenUpError:
                continue
            if facts is not None:
                return facts
        return None

    def _resting(self) -> None:
        """Show the doubt of a norm that establishes a fact: it is told where an answer rests on that fact."""
        fact = self.norm.establishes
        if fact is None or not self.norm.doubts(self.on) or self.found[0]["answer"].get("doubts"):
            return
        for other in self.all.values():
            if other.norm.effect in SETTLES and other.sure and fact in facts_in(other.applies):
                beaters = [Not(self.all[b].applies) for b in other.beaten_by]
                facts = self._search([self.whole, other.applies, *beaters])
                if facts is not None and told(self.base, facts, self.on, self.norm.id).get("doubts"):
                    self._add(facts)
                    return

    def _atoms(self) -> None:
        """Make decisive each atom that no situation found so far made decisive."""
        for place, atom in places(self.whole):
            yes, no = replaced(self.whole, place, ALWAYS), replaced(self.whole, place, NEVER)
            if atom.fact in self.base.derived:
                if not any(holds(self.whole, s) is False and holds(yes, s) is not holds(no, s) for s in self.seen):
                    outside = self._search([Not(self.whole), yes], [Not(self.whole), no])
                    if outside is not None:
                        self._add(outside)
            elif not any(_tries(row, atom.fact) and self._decides(row, yes, no) for row in self.found):
                inside = [self.whole, Not(no)], [self.whole, Not(yes)]
                facts = self._search(*([*i, *self.unbeaten] for i in inside), *inside)
                if facts is not None:
                    self._add(facts, sweeps=[atom.fact])

    def _decides(self, row: Row, yes: Condition, no: Condition) -> bool:
        facts = weigh(self.law, {**self.ordinary, **row["facts"]}).facts
        return holds(yes, facts) is not holds(no, facts)

    def _beaten(self, target: str) -> None:
        """Show the norm that this one sets aside, or governs before, with no other to do it."""
        if any(target in row["answer"].get("set_aside", ()) for row in self.found):
            return
        for there in self._days(target):
            other = there.all.get(target)
            if other is None:
                continue
            both = [there.dated.applies, other.applies]
            alone = [Not(there.all[b].applies) for b in (*other.beaten_by, *other.yields_to) if b != self.norm.id]
            facts = there._search([*both, *alone, *there.unbeaten], [*both, *alone], [*both, *there.unbeaten])
            if facts is not None:
                self._add(facts, there=there)
                return

    def _differing(self) -> None:
        """Add a situation for each other way of writing the condition that nothing found so far tells apart."""
        for mutant in mutants_of(self.base, self.norm):
            if mutant.mutated is None or not mutant.kind.startswith(("when:", "met:", "item")):
                continue
            other = whole(mutant.mutated)
            if other != self.whole and not any(holds(other, s) is not holds(self.whole, s) for s in self.seen):
                any(self._found_apart(other, there) for there in self._days())

    def _found_apart(self, other: Condition, there: _Proposer) -> bool:
        facts = there._search([self.whole, Not(other)], [other, Not(self.whole)])
        if facts is not None:
            self._add(facts, there=there)
        return facts is not None

    def _days(self, *others: str) -> Iterator[_Proposer]:
        """Yield the same work on the days when this norm or one of `others` changes: its own, then the last first."""
        yield self
        days = {d for i in (self.norm.id, *others) for d in days_of(self.base, self.base.norms[i])}
        for on in sorted(days, reverse=True)[:ELSEWHERE]:
            if on <= TODAY and in_force(self.base, self.norm, on) is InForce.YES:
                yield _Proposer(self.base, self.norm, on, self.ordinary)

    def _add(self, facts: dict[str, str], sweeps: list[str] | None = None, there: _Proposer | None = None) -> None:
        on = self.on if there is None else there.on
        day = {} if on == self.on else {"day": str(on)}
        shown = {f: v for f, v in facts.items() if self.ordinary[f] != v}
        row = next((r for r in self.found if r["facts"] == shown and r.get("day", str(self.on)) == str(on)), None)
        if row is None:
            answer = told(self.base, facts, on, self.norm.id)
            row = {"says": _in_words(self.base, shown), **day, "facts": shown, "answer": answer}
            self.found.append(row)
            self.seen.append(dict(weigh(law_of(self.base, on), facts).facts))
        for fact in sweeps or ():
            how, values = kept(self.base, facts, self.on, self.norm.id, fact)
            row.setdefault(how, {})[fact] = values
            others = ({**facts, fact: v.id} for v in self.base.facts[fact].values)
            self.seen.extend(dict(weigh(self.law, other).facts) for other in others)


def _tries(row: Row, fact: str) -> bool:
    return fact in row.get("only", ()) or fact in row.get("all_but", ())


def _in_words(base: KnowledgeBase, facts: Mapping[str, str]) -> str:
    """Say a situation by what is not ordinary in it."""
    said = [(base.facts[f].label, base.facts[f].value(v)) for f, v in facts.items()]
    return french(" ; ".join(f"{label} : {value.label}" for label, value in said if value) or "Situation ordinaire")


def whole(norm: Norm) -> Condition:
    """Return the condition of a norm, on the information that its minimum covers, with what the answers must prove."""
    covers = covered(norm)
    met = (r.met for r in norm.conditions if r.met is not None)
    return All((norm.when, *([] if covers is None else [covers]), *met))


def every(law: DatedLaw) -> Iterator[DatedNorm]:
    """Yield every norm of one day."""
    for group in (*law.settling.values(), *law.requiring.values(), law.warning):
        yield from group
    for _, items in law.establishing:
        yield from items


__all__ = ["TODAY", "best_day", "entry", "every", "whole"]
