"""
The law of one day as decision diagrams: every situation that the facts can say, at once.

It says the same as `replies`, for the whole space instead of one situation, flows or no flows. Every fact is known
there: what is unknown stands for its completions, and `outcomes.over_completions` says what these come to.
A set of situations is one diagram (`Set`); needs the `verify` extra.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple, TypeAlias

from dd.cudd import BDD, Function

from knowledge.answering.conditions import UNREAD, facts_in
from knowledge.answering.day import DatedLaw, DatedNorm, compatible, outranks
from knowledge.answering.outcomes import OPEN, PERMISSIVENESS, possible_outcome
from knowledge.model import All, Condition, Is, KnowledgeBase, Matter, Not, Outcome

Set: TypeAlias = Function
"""A set of situations."""


Sets: TypeAlias = dict[Outcome, Set]
"""Sets of situations by outcome."""


class Truth(NamedTuple):
    """Where a condition is true, and where it is false; it is unknown in between (Kleene)."""

    true: Set
    false: Set


class Space:
    """Every situation: one value for each fact."""

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
            values = tuple(v.id for v in fact.values)
            self._values[name] = values
            self._bits[name] = tuple(f"{name}.{i}" for i in range((len(values) - 1).bit_length()))
            self.bdd.declare(*self._bits[name])
        self.debated = frozenset(f.id for f in base.facts.values() if f.debate is not None)
        self.unknowable = tuple(f.id for f in base.facts.values() if f.find_out is not None)
        self._obvious = {f.id: [v.id for v in f.values if v.obvious is not None] for f in base.facts.values()}
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
        """Return every value of `fact`."""
        return self._values[fact]

    def when(self, situations: Set, fact: str, value: str) -> Set:
        """Return the situations that would be in `situations` if `fact` were answered `value`."""
        return self.bdd.let(self._codes[fact, value], situations)

    def facts(self) -> Iterable[str]:
        """Return every fact of the space."""
        return self._values.keys()

    def read(self, situations: Set) -> Set:
        """Return the situations that some reading of what is debated puts in a set."""
        bits = [bit for fact in self.debated for bit in self._bits[fact]]
        return self.bdd.exist(bits, situations & self.every) if bits else situations

    def unsure(self, situations: Set, fact: str) -> Set:
        """Return the situations that some value of `fact`, which a person may not know, puts in a set."""
        values = [v for v in self._values[fact] if v not in self._obvious[fact]]
        return self.bdd.exist(self._bits[fact], situations & self.is_(fact, values))

    def count(self, situations: Set) -> int:
        """Return how many situations there are in a set."""
        return int(self.bdd.count(situations & self.every, nvars=sum(map(len, self._bits.values()))))

    def named(self, situations: Iterable[Set]) -> frozenset[str]:
        """Return the facts on which being in one of some sets depends."""
        return frozenset(str(bit).rpartition(".")[0] for s in situations for bit in self.bdd.support(s))

    def any(self, situations: Set) -> dict[str, str] | None:
        """Return one situation of a set, every fact told, or None where the set is empty: the fastest to find."""
        found = self.bdd.pick(situations & self.every)
        if found is None:
            return None
        bits = {str(bit): bool(value) for bit, value in found.items()}
        codes = {f: sum(bits.get(bit, False) << i for i, bit in enumerate(names)) for f, names in self._bits.items()}
        return {fact: self._values[fact][code] for fact, code in codes.items()}

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
            if self.holds(situations, rest):
                found = rest
        return found

    def holds(self, situations: Set, facts: Mapping[str, str]) -> bool:
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
            return Truth(true, ~true)
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
        """Join the matters: the least permissive leads."""
        final: Sets = dict.fromkeys(Outcome, self.space.none)
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

    def _settle(self, matter: Matter) -> Sets:
        """Answer one matter, whatever the reading."""
        read = {o: self.space.read(s) for o, s in self._settled(matter).items()}
        found = self._over_readings(read) if self.space.debated else read
        unmet = self.space.read(self._any(self._unmet(i) for i in self.law.requiring[matter]))
        held = found[Outcome.PERMITTED] & unmet
        found[Outcome.PERMITTED] &= ~unmet
        found[Outcome.CONDITIONAL] |= held
        return found

    def _settled(self, matter: Matter) -> Sets:
        """Answer one matter under each reading: the most permissive of what stands and yields to nothing."""
        items = self.law.settling[matter]
        surely: Sets = dict.fromkeys(Outcome, self.space.none)
        for item in items:
            true = self.stands[item.norm.id].true
            possible = possible_outcome(item.norm.effect)
            met = self._met(item) if possible is Outcome.PERMITTED else self.space.bdd.true
            governs = true & ~self._any(self.stands[other].true for other in item.yields_to)
            surely[possible] |= governs & met
            surely[Outcome.CONDITIONAL] |= governs & ~met
        found: Sets = {}
        above = self.space.none
        for outcome in sorted(Outcome, key=_rank, reverse=True):
            found[outcome] = surely[outcome] & ~above
            above |= surely[outcome]
        perhaps = self._perhaps(matter)
        any_perhaps = self._any(perhaps.values())
        if any_perhaps == self.space.none:
            return found
        joined = self._over_completions({o: s | (perhaps[o] & above) for o, s in found.items()})
        joined[Outcome.DEPENDS] |= any_perhaps & ~above
        return joined

    def _perhaps(self, matter: Matter) -> Sets:
        """Return what norms give that may stand, their text of the day unread, where nothing sure outranks them."""
        items = {i.norm.id: i for i in self.law.settling[matter]}
        found: Sets = dict.fromkeys(Outcome, self.space.none)
        alive = {i: ~self.stands[i].false for i in items}
        maybe = {i: alive[i] & ~self.stands[i].true for i in items}
        if all(s == self.space.none for s in maybe.values()):
            return found
        counts = {
            i: alive[i] & ~self._any(self.stands[s].true for s in items if _outranks(items[s], items[i])) for i in items
        }
        for i in reversed(items):
            for above in items[i].beaten_by:
                counts[above] |= counts[i] & alive[above]
        for i, item in items.items():
            outcome = possible_outcome(item.norm.effect)
            found[Outcome.CONDITIONAL if outcome is Outcome.PERMITTED else outcome] |= maybe[i] & counts[i]
        return found

    def _over_completions(self, possible: Sets) -> Sets:
        """Say what several possible answers come to: the rule of `outcomes.over_completions`, everywhere at once."""
        closed = self._any(s for o, s in possible.items() if o not in OPEN)
        found = {o: s & ~self._any(t for p, t in possible.items() if p is not o) for o, s in possible.items()}
        several = self._any(possible.values()) & ~self._any(found.values())
        found[Outcome.DEPENDS] |= several & closed
        return self._freest(found, possible, several & ~closed, Outcome.CONDITIONAL)

    def _over_readings(self, possible: Sets) -> Sets:
        """Say what several readings come to: the rule of `outcomes.over_readings`, everywhere at once."""
        depends = possible[Outcome.DEPENDS]
        closed = self._any(s for o, s in possible.items() if o not in OPEN)
        found = {o: s & ~self._any(t for p, t in possible.items() if p is not o) for o, s in possible.items()}
        several = self._any(possible.values()) & ~self._any(found.values())
        found[Outcome.DEPENDS] |= several & depends
        silence = (Outcome.FORBIDDEN, Outcome.NOT_COVERED)
        others = self._any(s for o, s in possible.items() if o not in silence)
        found[Outcome.FORBIDDEN] |= several & ~others
        found[Outcome.DEBATED] |= several & closed & others & ~depends
        return self._freest(found, possible, several & ~closed, Outcome.OBLIGED)

    def _freest(self, found: Sets, possible: Sets, several: Set, ordered: Outcome) -> Sets:
        """Add what several answers come to where all let one speak; `ordered` where one of them is an order."""
        found[ordered] |= several & possible[Outcome.OBLIGED]
        left = several & ~possible[Outcome.OBLIGED]
        for outcome in sorted(OPEN - {Outcome.OBLIGED}, key=_rank):
            found[outcome] |= left & possible[outcome]
            left &= ~possible[outcome]
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


def _outranks(sure: DatedNorm, other: DatedNorm) -> bool:
    """Tell whether `other` can never govern where `sure` stands."""
    ordered = sure.norm.id in other.yields_to
    return sure is not other and outranks(sure.norm.effect, other.norm.effect, ordered=ordered)
