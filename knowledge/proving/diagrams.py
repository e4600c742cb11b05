"""
The law of one day as decision diagrams: every situation that the facts can say, at once.

It says the same as `weigh` and `settle`, for the whole space instead of one situation, flows or no flows.
A set of situations is one diagram (`Set`); needs the `verify` extra.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple, TypeAlias

from dd.cudd import BDD, Function

from knowledge.answering.conditions import UNREAD, facts_in
from knowledge.answering.day import DatedLaw, DatedNorm, compatible
from knowledge.answering.outcomes import PERMISSIVENESS, possible_outcome
from knowledge.model import INCONNU, All, Condition, Is, KnowledgeBase, Matter, Not, Outcome

Set: TypeAlias = Function
"""A set of situations."""


class Truth(NamedTuple):
    """Where a condition is true, and where it is false; it is unknown in between (Kleene)."""

    true: Set
    false: Set


class Space:
    """Every situation: one value for each fact that is asked, `inconnu` where a person may not know."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Lay out the bits: the facts that most norms name come first, which keeps the diagrams small."""
        self.base = base
        named = Counter(f for n in base.norms.values() for f in set(facts_in(n.when)))
        self.bdd = BDD()
        self.bdd.configure(reordering=False)  # the order below is good; looking for a better one takes a minute
        self.none: Set = self.bdd.false
        self.every: Set = self.bdd.true
        self._values: dict[str, tuple[str, ...]] = {}
        self._bits: dict[str, tuple[str, ...]] = {}
        for name in sorted(base.facts, key=lambda f: -named[f]):
            fact = base.facts[name]
            values = (*(v.id for v in fact.values), *((INCONNU,) if fact.find_out is not None else ()))
            self._values[name] = values
            self._bits[name] = tuple(f"{name}.{i}" for i in range((len(values) - 1).bit_length()))
            self.bdd.declare(*self._bits[name])
        self._one: dict[tuple[str, str], Set] = {}
        self._codes: dict[tuple[str, str], dict[str, bool]] = {}
        for name, values in self._values.items():
            for code, value in enumerate(values):
                bits = {bit: bool(code >> i & 1) for i, bit in enumerate(self._bits[name])}
                self._codes[name, value] = bits
                self._one[name, value] = self.bdd.cube(bits)
            self.every &= self._any(self._one[name, v] for v in values)

    def is_(self, fact: str, values: Iterable[str]) -> Set:
        """Return the situations where `fact` has one of `values`."""
        return self._any(self._one[fact, v] for v in values if (fact, v) in self._one)

    def values(self, fact: str) -> tuple[str, ...]:
        """Return every answer to `fact`, `inconnu` last where it is one."""
        return self._values[fact]

    def when(self, situations: Set, fact: str, value: str) -> Set:
        """Return the situations that would be in `situations` if `fact` were answered `value`."""
        return self.bdd.let(self._codes[fact, value], situations)

    def facts(self) -> Iterable[str]:
        """Return every fact of the space."""
        return self._values.keys()

    def some(self, situations: Set, fact: str, *, known: bool) -> Set:
        """Return the situations that some answer to `fact` puts in `situations`; `known` leaves `inconnu` out."""
        inside = situations & ~self.is_(fact, [INCONNU]) if known else situations
        return self.bdd.exist(self._bits[fact], inside)

    def first(self, situations: Set) -> str | None:
        """Return the first fact, in the order of the bits, on which being in a set depends; None where none does."""
        return None if situations.var is None else str(situations.var).rpartition(".")[0]

    def count(self, situations: Set) -> int:
        """Return how many situations there are in a set."""
        return int(self.bdd.count(situations & self.every, nvars=sum(map(len, self._bits.values()))))

    def one(self, situations: Set) -> dict[str, str] | None:
        """
        Return one situation of a set with as few facts as it takes, or None where the set is empty.

        Facts left out play no part: with any answer to them, the situation is in the set.
        """
        inside = situations & self.every
        if inside == self.none:
            return None
        found: dict[str, str] = {}
        for fact, values in self._values.items():
            value = next(v for v in reversed(values) if self.when(inside, fact, v) != self.none)
            inside = self.when(inside, fact, value)
            found[fact] = value
        for fact in list(found):
            rest = {k: v for k, v in found.items() if k != fact}
            if self._holds(situations, rest):
                found = rest
        return found

    def _holds(self, situations: Set, facts: Mapping[str, str]) -> bool:
        """Tell whether `facts` are enough to be in a set."""
        bits: dict[str, bool] = {}
        for fact, value in facts.items():
            bits |= self._codes[fact, value]
        return bool(self.bdd.let(bits, self.every & ~situations) == self.none)

    def _any(self, sets: Iterable[Set]) -> Set:
        return reduce(lambda a, b: a | b, sets, self.none)


class SymbolicLaw:
    """
    The law of one day over a whole space.

    `stands` says where each norm stands, `outcomes` where each outcome is the answer, `gap` where none answers,
    `conflicts` where two norms stand that contradict each other.
    """

    def __init__(self, space: Space, law: DatedLaw) -> None:
        self.space = space
        self.law = law
        self._derived: dict[str, Truth] = {}
        self._seen: dict[int, tuple[Condition, Truth]] = {}
        self.applies: dict[str, Truth] = {}
        for fact, items in law.establishing:
            for item in items:
                self.applies[item.norm.id] = self.truth(item.hangs)
            truths = [self.applies[i.norm.id] for i in items]
            self._derived[fact] = self._joined(truths, every=False)
        self.stands: dict[str, Truth] = {}
        for group in (law.settling, law.requiring):
            for items in group.values():
                for item in items:
                    self.stands[item.norm.id] = self._stand(item)
        self.conflicts: dict[tuple[str, str], Set] = dict(self._conflicts())
        self.outcomes, self.gap = self._answer()

    def truth(self, condition: Condition) -> Truth:
        """Return where `condition` holds, and where it does not."""
        key = id(condition)
        if key not in self._seen:
            self._seen[key] = (condition, self._truth(condition))
        return self._seen[key][1]

    def at_least(self, outcome: Outcome) -> Set:
        """Return the situations whose answer is at least as permissive as `outcome`."""
        rank = PERMISSIVENESS[outcome]
        return self._any(s for o, s in self.outcomes.items() if PERMISSIVENESS[o] >= rank)

    def _truth(self, condition: Condition) -> Truth:
        space = self.space
        if condition is UNREAD:
            return Truth(space.none, space.none)
        if isinstance(condition, Is):
            if condition.fact in self._derived:
                yes = self._derived[condition.fact]
                return yes if "oui" in condition.values else Truth(yes.false, yes.true)
            true = space.is_(condition.fact, condition.values)
            known = ~space.is_(condition.fact, [INCONNU])
            return Truth(true, ~true & known)
        if isinstance(condition, Not):
            inner = self.truth(condition.item)
            return Truth(inner.false, inner.true)
        return self._joined([self.truth(i) for i in condition.items], every=isinstance(condition, All))

    def _joined(self, truths: Iterable[Truth], *, every: bool) -> Truth:
        true, false = (self.space.bdd.true, self.space.none) if every else (self.space.none, self.space.bdd.true)
        for one in truths:
            true = true & one.true if every else true | one.true
            false = false | one.false if every else false & one.false
        return Truth(true, false)

    def _stand(self, item: DatedNorm) -> Truth:
        applies = self.applies[item.norm.id] = self.truth(item.hangs)
        true, false = applies
        for beater in item.beaten_by:
            above = self.stands[beater]
            true, false = true & above.false, false | above.true
        return Truth(true, false)

    def _conflicts(self) -> Iterable[tuple[tuple[str, str], Set]]:
        for items in self.law.settling.values():
            for i, one in enumerate(items):
                for other in items[i + 1 :]:
                    if not compatible(one.norm.effect, other.norm.effect):
                        both = self.stands[one.norm.id].true & self.stands[other.norm.id].true
                        if both != self.space.none:
                            yield (one.norm.id, other.norm.id), both

    def _answer(self) -> tuple[dict[Outcome, Set], Set]:
        """Join the matters: the least permissive answer is the answer."""
        final = dict.fromkeys(Outcome, self.space.none)
        silent = self.space.every
        for matter in Matter:
            found = self._settle(matter)
            mute = ~self._any(found.values())
            final = {
                o: (final[o] & (mute | self._any(s for p, s in found.items() if _rank(p) >= _rank(o))))
                | (found[o] & (silent | self._any(s for p, s in final.items() if _rank(p) >= _rank(o))))
                for o in Outcome
            }
            silent &= mute
        return final, silent

    def _settle(self, matter: Matter) -> dict[Outcome, Set]:
        """Answer one matter everywhere: the most permissive of what stands and yields to nothing, else the least."""
        items = self.law.settling[matter]
        standing = self._any(self.stands[i.norm.id].true for i in items)
        surely: dict[Outcome, Set] = dict.fromkeys(Outcome, self.space.none)
        maybe: dict[Outcome, Set] = dict.fromkeys(Outcome, self.space.none)
        for item in items:
            true, false = self.stands[item.norm.id]
            possible = possible_outcome(item.norm.effect)
            met = self._met(item) if possible is Outcome.PERMITTED else self.space.bdd.true
            governs = true & ~self._any(self.stands[other].true for other in item.yields_to)
            surely[possible] |= governs & met
            surely[Outcome.CONDITIONAL] |= governs & ~met
            maybe[possible] |= ~true & ~false
        unmet = self._any(self._unmet(i) for i in self.law.requiring[matter])
        found: dict[Outcome, Set] = dict.fromkeys(Outcome, self.space.none)
        above = self.space.none
        for outcome in sorted(Outcome, key=_rank, reverse=True):
            found[outcome] = surely[outcome] & ~above
            above |= surely[outcome]
        below = standing
        for outcome in sorted(Outcome, key=_rank):
            given = Outcome.CONDITIONAL if outcome is Outcome.PERMITTED else outcome
            found[given] |= maybe[outcome] & ~below
            below |= maybe[outcome]
        held = found[Outcome.PERMITTED] & unmet
        found[Outcome.PERMITTED] &= ~unmet
        found[Outcome.CONDITIONAL] |= held
        return found

    def _met(self, item: DatedNorm) -> Set:
        """Return where every condition of a permission is met, and nothing goes only if needed."""
        met = self.space.bdd.true
        for required in item.norm.conditions:
            met &= self.space.none if required.met is None else self.truth(required.met).true
        if item.norm.minimum is not None:
            met &= ~self.space.is_("information", [i.category for i in item.norm.minimum.if_needed])
        return met

    def _unmet(self, item: DatedNorm) -> Set:
        met = self.space.bdd.true
        for required in item.norm.conditions:
            met &= self.space.none if required.met is None else self.truth(required.met).true
        return ~self.stands[item.norm.id].false & ~met

    def _any(self, sets: Iterable[Set]) -> Set:
        return reduce(lambda a, b: a | b, sets, self.space.none)


def _rank(outcome: Outcome) -> int:
    return PERMISSIVENESS[outcome]
