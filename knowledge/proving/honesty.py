"""
Honest when ignorant: what is said where something is not known, proved both ways.

Unknown facts are joined one by one: `over_completions` is shown to be a join (whatever the order and the number of
facts, the same answer), which permits only what all permit and forbids only what all forbid. Then, for each fact and
each set of answers that its values can lead to, in every situation, the advisor itself is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from knowledge.answering.completions import reply_to
from knowledge.answering.day import DatedLaw
from knowledge.answering.outcomes import OPEN, over_completions
from knowledge.model import INCONNU, KnowledgeBase, Outcome
from knowledge.proving.diagrams import Set, Space

HONEST = "Ne pas savoir n'ouvre et ne ferme rien que tous les cas n'ouvrent ou ne ferment ; sinon la réponse dépend"


def unjoined() -> Iterator[str]:
    """Yield what breaks the promise in the table of answers itself: an order that counts, or a wrong common answer."""
    for a, b, c in product(Outcome, repeat=3):
        if over_completions({over_completions({a, b}), c}) is not over_completions({a, b, c}):
            yield f"l'ordre des questions compte : {a}, {b}, {c}"
    for size in range(1, len(Outcome) + 1):
        for many in combinations(Outcome, size):
            if not honest(frozenset(many), over_completions(many)):
                yield f"{', '.join(many)} donnent {over_completions(many)}"


def honest(possible: frozenset[Outcome], said: Outcome) -> bool:
    """
    Tell whether an answer is right where all of `possible` can be true.

    >>> honest(frozenset({Outcome.FORBIDDEN, Outcome.OBLIGED}), Outcome.FORBIDDEN)
    False
    """
    if said is Outcome.DEPENDS:
        return Outcome.DEPENDS in possible or not (len(possible) == 1 or possible <= OPEN)
    if said not in OPEN or said is Outcome.OBLIGED:
        return possible == {said}
    if said is Outcome.CONDITIONAL:
        return possible <= OPEN
    return possible <= OPEN - {Outcome.OBLIGED, Outcome.CONDITIONAL} and min(possible, key=list(Outcome).index) is said


class Ignorance:
    """Asks the advisor, in every situation, what it says where one fact is not known."""

    def __init__(self, space: Space, base: KnowledgeBase) -> None:
        self._space = space
        self._base = base
        self.asked = 0

    def breaches(
        self, law: DatedLaw, outcomes: Mapping[Outcome, Set], place: Mapping[str, str], fact: str
    ) -> Iterator[tuple[Set, str]]:
        """
        Yield the situations where the answer is not honest once `fact` is not known, and what is said instead.

        Args:
            law: the law of the day.
            outcomes: its answers where all is known, at one place.
            place: the facts that are the same there.
            fact: what is not known.

        """
        possible = {o: self._space.unsure(s, fact) for o, s in outcomes.items()}
        for answers, where in self._classes(possible):
            facts = self._space.any(where)
            if facts is None:
                continue
            self.asked += 1
            facts.update(place)
            reply = reply_to(self._base, {**facts, fact: INCONNU}, law)
            if reply is None or reply.outcome is not over_completions(answers):
                said = "rien" if reply is None else str(reply.outcome)
                told = self._space.every & where
                for name, value in place.items():
                    told &= self._space.is_(name, [value])
                yield told, f"{fact} inconnu : {said} ; les cas : {', '.join(self._cases(outcomes, facts, fact))}"

    def _classes(self, possible: Mapping[Outcome, Set]) -> list[tuple[frozenset[Outcome], Set]]:
        """Cut by the set of answers that can be true what can have several."""
        one = several = self._space.none
        for can in possible.values():
            several |= one & can
            one |= can
        classes: list[tuple[frozenset[Outcome], Set]] = [(frozenset(), several)]
        for outcome, can in possible.items():
            if can != self._space.none:
                cut = [((a | {outcome}, s & can), (a, s & ~can)) for a, s in classes]
                classes = [(a, s) for pair in cut for a, s in pair if s != self._space.none]
        return classes

    def _cases(self, outcomes: Mapping[Outcome, Set], facts: Mapping[str, str], fact: str) -> Iterator[str]:
        """Yield what each value of the unknown fact leads to."""
        for value in self._space.values(fact):
            here = {**facts, fact: value}
            found = [o for o, s in outcomes.items() if self._space.holds(s, here)]
            yield f"{value} → {', '.join(found)}"
