"""The shortest situations that reach what no case reached, as cases to add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from flows.conversation import UNKNOWN_LABEL, Conversation
from flows.exploring.ahead import Ahead, Answers, Branching
from flows.exploring.cases import Case, expecting, play
from flows.exploring.coverage import Coverage, Given, Tally
from flows.exploring.meeting import Meeting
from knowledge import INCONNU
from knowledge.model.typography import french

_TRIED = 400
"""How many ways of meeting one condition are tried."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case to add, and what it is the first to reach, by ids."""

    case: Case
    answers: tuple[Given, ...]
    outcomes: tuple[str, ...]
    norms: tuple[str, ...]

    @property
    def new(self) -> bool:
        """Tell whether it reaches anything."""
        return bool(self.answers or self.outcomes or self.norms)


@dataclass(frozen=True, slots=True)
class Missing:
    """Cases that reach all that is missing in one flow but `norms`, for which no situation was found."""

    flow: str
    proposals: tuple[Proposal, ...]
    norms: tuple[str, ...]


def propose(conversation: Conversation, ahead: Ahead, coverage: Coverage, on: date, *, origin: str) -> Missing:
    """
    Propose cases for one flow. Each expects the answer that it gets: whoever adds it says if that is right.

    Args:
        conversation: the law and the flows.
        ahead: the flow, explored under the law of `on`.
        coverage: what is reached already.
        on: the day of the cases.
        origin: what the cases say of where they come from.

    """
    proposer = _Proposer(conversation, ahead, coverage, on)
    proposer.run(coverage)
    cases = (replace(p, case=replace(p.case, origin=origin)) for p in proposer.found)
    return Missing(ahead.flow.id, tuple(cases), tuple(n for n in coverage.norms if n in proposer.norms))


class _Proposer:
    """`answers`, `outcomes` and `norms` are still to be reached."""

    def __init__(self, conversation: Conversation, ahead: Ahead, coverage: Coverage, on: date) -> None:
        self._conversation = conversation
        self._ahead = ahead
        self._on = on
        self.answers = set(coverage.answers)
        self.outcomes = set(coverage.outcomes)
        self.norms = set(coverage.norms)
        self.found: list[Proposal] = []

    def run(self, coverage: Coverage) -> None:
        """Reach what can be."""
        ways = self._to_questions()
        for fact, value in coverage.answers:
            if (fact, value) in self.answers:
                self._try(self._completed({fact: value}, dict(ways[fact])))
        start = self._ahead.start
        replies = self._ahead.replies(start)
        for outcome in coverage.outcomes:
            if outcome in self.outcomes:
                said = min((r for r in replies if r and r.outcome == outcome), key=lambda r: len(replies[r].ways))
                self._try(self._ahead.shortest(start, said))
        settling = self._ahead.settling()
        meeting = Meeting(self._conversation.base, self._ahead.flow)
        for norm in coverage.norms:
            if norm in self.norms and norm in settling:
                self._try(settling[norm])
            for met in islice(meeting.ways(norm), _TRIED) if norm in self.norms else ():
                if self._try(self._ordered({**met, **dict(self._completed(met, {}))}), norm):
                    break

    def _to_questions(self) -> dict[str, Answers]:
        """Return the fewest answers after which each question is asked."""
        found: dict[str, Answers] = {}
        nodes = self._ahead.graphs.nodes
        for node, answers in self._ahead.graphs.reached(self._ahead.node).items():
            asks = nodes[node].asks
            if asks is not None and (asks not in found or len(answers) < len(found[asks])):
                found[asks] = answers
        return found

    def _completed(self, must: Mapping[str, str], like: Mapping[str, str]) -> Answers:
        """
        Walk through the flow to an end, soon, by answers still to reach where that is as short.

        Args:
            must: answers to give where their question is asked.
            like: answers for which any other that leads to the same place will do.

        """
        spot = self._ahead.start
        answers: list[Given] = []
        while (fact := self._ahead.asks(spot)) is not None:
            ways = self._ahead.branchings(spot)
            said = must.get(fact, like.get(fact))
            costs = {id(w): self._cost(fact, w) for w in ways}
            way = next((w for w in ways if said in w.values), min(ways, key=lambda w: costs[id(w)]))
            value = said if said is not None and fact in must and said in way.values else self._pick(fact, way.values)
            answers.append((fact, value))
            spot = way.spot
        return tuple(answers)

    def _cost(self, fact: str, way: Branching) -> tuple[int, bool, bool]:
        fresh = any((fact, v) in self.answers for v in way.values)
        return self._ahead.left(way.spot), not fresh, way.values == (INCONNU,)

    def _pick(self, fact: str, values: Iterable[str]) -> str:
        """Choose among answers that lead to the same place: one still to reach, and known."""
        known = {v: ((fact, v) not in self.answers, v == INCONNU) for v in values}
        return min(known, key=known.__getitem__)

    def _ordered(self, answers: Mapping[str, str]) -> Answers:
        """Put answers in the order of the flow; what it does not ask comes last."""
        order = {s.asks: i for i, s in enumerate(self._ahead.flow.states)}
        return tuple(sorted(answers.items(), key=lambda a: (order.get(a[0], len(order)), a[0])))

    def _try(self, answers: Answers, norm: str | None = None) -> bool:
        """Keep a situation that reaches something new: this norm, where one is looked for."""
        flow = self._ahead.flow.id
        says = french(" ; ".join(self._say(*answer) for answer in answers) + ".")
        case = Case(f"a-verifier-{flow}-{len(self.found) + 1}", says, flow, self._on, dict(answers))
        played = play(self._conversation, case)
        if played.advice is None:
            return False
        tally = Tally()
        tally.add(self._conversation, played)
        proposal = Proposal(
            replace(case, expected=expecting(played.advice)),
            tuple(a for a in tally.answers if a in self.answers),
            tuple(o for o in tally.outcomes if o in self.outcomes),
            tuple(sorted(n for n in tally.norms if n in self.norms)),
        )
        if not proposal.new or (norm is not None and norm not in proposal.norms):
            return False
        self.answers.difference_update(proposal.answers)
        self.outcomes.difference_update(proposal.outcomes)
        self.norms.difference_update(proposal.norms)
        self.found.append(proposal)
        return True

    def _say(self, fact_id: str, value_id: str) -> str:
        fact = self._conversation.question(self._ahead.flow.id, fact_id)
        value = fact.value(value_id)
        return f"{fact.label} : {value.label if value is not None else UNKNOWN_LABEL}"
