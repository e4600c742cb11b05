"""
What « je ne sais pas » means: every value that the fact can really have.

A situation with unknown facts stands for all its completions. They are never listed one by one: those that cannot
differ are one residual law, and a belief is the set of the residual laws that are still possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.answering.day import DatedLaw, law_of
from knowledge.answering.outcomes import PERMISSIVENESS, Reply
from knowledge.answering.questions import Questions
from knowledge.answering.replies import Pieces, Settler, hinges, reply
from knowledge.answering.residual import Belief, Residuals
from knowledge.model import INCONNU, Facts, KnowledgeBase, Outcome
from knowledge.model.advice import Branch, Fork

MOST = 200_000
"""Residual laws and answers put in them that are kept at most: then all are forgotten, and made again as needed."""


class Engine:
    """
    Residual laws and their answers for one base, remembered.

    They are facts of the law, the same for everyone; but which of them were made says what somebody answered, so that
    whoever answers many people calls `forget`.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        self.residuals = Residuals(base)
        self.questions = Questions(self.residuals)
        self.settler = Settler(base, self.residuals)
        self._hinges = hinges(base)

    @property
    def full(self) -> bool:
        """Tell whether it is time to begin anew."""
        return self.residuals.size + self.questions.size > MOST

    def needed(self, facts: Facts) -> frozenset[str]:
        """Return the permissions that let the information of a situation go only if it is needed."""
        return self._hinges.get(facts.get("information", ""), frozenset())


@dataclass(frozen=True, slots=True)
class Completions:
    """
    A situation and all that it can really be.

    `waiting` are the facts not asked yet that can still change the answer in one of its completions.
    """

    engine: Engine
    law: DatedLaw
    facts: Facts
    belief: Belief

    @property
    def waiting(self) -> frozenset[str]:
        """The facts not asked yet that can still change the answer."""
        return frozenset(self.engine.questions.worth(self.belief))

    @property
    def pieces(self) -> Pieces:
        """What the law answers, over all completions."""
        return self.engine.settler.pieces(self._ended, self.engine.needed(self.facts))

    @property
    def governing(self) -> frozenset[str]:
        """The norms that govern a matter in some completion, under one reading at least."""
        return self.engine.settler.governing(self._ended, self.engine.needed(self.facts))

    @property
    def _ended(self) -> Belief:
        return self.engine.questions.ended(self.belief)

    @property
    def debated(self) -> frozenset[str]:
        """The debated readings on which the answer hangs."""
        return frozenset().union(*(self.engine.residuals.debated(residual) for residual in self.belief))

    def forks(self) -> tuple[Fork, ...]:
        """
        Return, for each unknown fact that decides, which values lead where; what settles most comes first.

        A fact is left out where learning it alone would change nothing.
        """
        found = [fork for fact, value in self.facts.items() if value == INCONNU and (fork := self._fork(fact))]
        return tuple(sorted(found, key=lambda f: f.unsettled))

    def _fork(self, fact: str) -> Fork | None:
        residuals, settler = self.engine.residuals, self.engine.settler
        known = {f: v for f, v in self.facts.items() if v != INCONNU}
        others = [f for f, v in self.facts.items() if v == INCONNU and f != fact]
        (start,) = residuals.start(self.law, known)
        leads: dict[Reply, list[str]] = {}
        for values in residuals.alike(frozenset({start}), fact, residuals.possible(fact)):
            belief: Belief = frozenset({residuals.put(start, fact, values[0])})
            for other in others:
                belief = residuals.answered(belief, other, INCONNU)
            lead = reply(settler.pieces(self.engine.questions.ended(belief), self.engine.needed(self.facts)))
            if lead is not None:
                leads.setdefault(lead, []).extend(values)
        if len({lead.outcome for lead in leads}) < 2:
            return None
        order = {value: i for i, value in enumerate(residuals.values(fact))}
        branches = [
            Branch(tuple(sorted(values, key=order.__getitem__)), lead.outcome, lead.norm)
            for lead, values in leads.items()
        ]
        return Fork(fact, tuple(sorted(branches, key=_urgency)))


def _urgency(branch: Branch) -> tuple[bool, int, int]:
    """Order what a fact leads to: an order first, then the answer of most values, then the most closed."""
    return branch.outcome is not Outcome.OBLIGED, -len(branch.values), PERMISSIVENESS[branch.outcome]


def completions(base: KnowledgeBase, facts: Facts, on: date) -> Completions:
    """Return all that a situation can really be under the law of one day."""
    engine, law, asked = engine_of(base), law_of(base, on), _asked(base, facts)
    return Completions(engine, law, asked, engine.residuals.start(law, asked))


def reply_to(base: KnowledgeBase, facts: Facts, law: DatedLaw) -> Reply | None:
    """Return the bare answer to a situation whose questions are all answered; None where no norm answers."""
    engine, asked = engine_of(base), _asked(base, facts)
    ended = engine.questions.ended(engine.residuals.start(law, asked))
    return reply(engine.settler.pieces(ended, engine.needed(asked)))


def _asked(base: KnowledgeBase, facts: Facts) -> dict[str, str]:
    """Return the answers to what can be asked: nobody answers what norms establish, nor what lawyers debate."""
    return {f: v for f, v in facts.items() if f in base.facts and base.facts[f].debate is None}


def engine_of(base: KnowledgeBase) -> Engine:
    """Return the engine of a base; from time to time, a clean one."""
    kept = _kept(base)
    if not kept or kept[0].full:
        kept[:] = [Engine(base)]
    return kept[0]


def forget() -> None:
    """Forget every residual law: which were made says which answers were given, by whoever came by."""
    _kept.cache_clear()


@lru_cache(maxsize=8)
def _kept(_base: KnowledgeBase) -> list[Engine]:
    return []
