"""Sessions and steps: `(session, event) → (session, screen)`, by replaying the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from flows.errors import UnknownAnswerError
from flows.load import VERDICT
from flows.machine import FlowMachine, Walker
from flows.model import Back, Change, Event, Flow, Restart, Screen, Session, State, SummaryLine
from knowledge import INCONNU, Advice, Fact, KnowledgeBase, evaluate
from knowledge.typography import french

UNKNOWN_LABEL = "Je ne sais pas"


class Conversation:
    """Everything needed to hold conversations: the law, the flows, and their machines. It keeps no state."""

    def __init__(self, base: KnowledgeBase, flows: Mapping[str, Flow]) -> None:
        self.base = base
        self.flows = dict(flows)
        self._machines = {flow_id: FlowMachine(flow) for flow_id, flow in self.flows.items()}

    def start(self, flow: str, on: date) -> Session:
        """
        Open a session.

        Raises:
            UnknownAnswerError: there is no such flow.

        """
        if flow not in self.flows:
            near = tuple(get_close_matches(flow, list(self.flows), n=3, cutoff=0.3)) or tuple(self.flows)
            raise UnknownAnswerError(french(f"parcours inconnu « {flow} » ; parcours : {', '.join(near)}"), near)
        return Session(flow, on)

    def step(self, session: Session, event: Event) -> tuple[Session, Screen]:
        """
        Apply one event.

        Returns:
            The new session and what to show.

        Raises:
            UnknownAnswerError: the answer is not one of the current question's.

        """
        moved = self._apply(session, event)
        return moved, self.screen(moved)

    def screen(self, session: Session) -> Screen:
        """Return what a session shows: its next question, or its verdict."""
        state, fact, facts = self._replay(session)
        flow = self.flows[session.flow]
        advice = None
        if fact is None:
            result = evaluate(self.base, facts, session.on)
            advice = result if isinstance(result, Advice) else None
        return Screen(
            flow=flow.id,
            title=flow.title,
            on=session.on,
            state=state,
            step=len(session.answers) + 1,
            question=fact,
            advice=advice,
            summary=tuple(self._line(f, v) for f, v in session.answers),
        )

    def facts(self, session: Session) -> dict[str, str]:
        """Return the facts of a session: its answers and what its flow sets."""
        return {**dict(self.flows[session.flow].sets), **dict(session.answers)}

    def fill(self, session: Session, given: Mapping[str, str]) -> Session:
        """
        Ask the questions of a session again from the first, answering from `given`.

        Args:
            session: its flow and its day; its own answers are not read.
            given: value ids by fact id; what the flow does not ask is left out.

        Returns:
            The session at its verdict, or at the first question that `given` does not answer.

        """
        machine = self._machines[session.flow]
        walker = Walker(self.base, self.facts(Session(session.flow, session.on)), session.on)
        answers: list[tuple[str, str]] = []
        state = machine.advance(walker)
        while state is not None and state.asks in given:
            answers.append((state.asks, given[state.asks]))
            walker.facts[state.asks] = given[state.asks]
            state = machine.advance(walker)
        return Session(session.flow, session.on, tuple(answers))

    def _apply(self, session: Session, event: Event) -> Session:
        if isinstance(event, Restart):
            return Session(session.flow, session.on)
        if isinstance(event, Back):
            return Session(session.flow, session.on, session.answers[:-1])
        if isinstance(event, Change):
            _check_value(self.question(session.flow, event.fact), event.value)
            given = {**dict(session.answers), event.fact: event.value}
            return self.fill(session, given)
        _, fact, _ = self._replay(session)
        if fact is None:
            raise UnknownAnswerError(french("la réponse est déjà donnée : revenez en arrière ou recommencez"))
        _check_value(fact, event.value)
        return Session(session.flow, session.on, (*session.answers, (fact.id, event.value)))

    def question(self, flow: str, fact_id: str) -> Fact:
        """
        Return a fact in the words, and with the answers, of a flow.

        Raises:
            UnknownAnswerError: there is no such fact.

        """
        fact = self.base.facts.get(fact_id)
        if fact is None:
            near = tuple(get_close_matches(fact_id, list(self.base.facts), n=3, cutoff=0.4))
            raise UnknownAnswerError(french(f"fait inconnu « {fact_id} »"), near)
        state = next((s for s in self.flows[flow].states if s.asks == fact_id), None)
        return fact if state is None else _worded(fact, state)

    def _replay(self, session: Session) -> tuple[str, Fact | None, dict[str, str]]:
        """Walk the machine through the answers given, in their order."""
        machine = self._machines[session.flow]
        walker = Walker(self.base, self.facts(Session(session.flow, session.on)), session.on)
        state = machine.advance(walker)
        for fact_id, value in session.answers:
            if state is None or state.asks != fact_id:
                raise UnknownAnswerError(french(f"la question « {fact_id} » n'est pas posée à cet endroit"))
            walker.facts[fact_id] = value
            state = machine.advance(walker)
        if state is None:
            return VERDICT, None, walker.facts
        return state.id, _worded(self.base.facts[state.asks], state), walker.facts

    def _line(self, fact_id: str, value_id: str) -> SummaryLine:
        fact = self.base.facts[fact_id]
        value = fact.value(value_id)
        return SummaryLine(fact_id, fact.label, value_id, value.label if value is not None else UNKNOWN_LABEL)


def _worded(fact: Fact, state: State) -> Fact:
    """Put the flow's own words on a fact, and keep the answers that the flow is about."""
    values = tuple(v for v in fact.values if not state.only or v.id in state.only)
    return replace(fact, question=state.question or fact.question, help=state.help or fact.help, values=values)


def _check_value(fact: Fact, value_id: str) -> None:
    """Refuse a value that is not an answer to `fact`, with the nearest ones."""
    ids = [v.id for v in fact.values] + ([INCONNU] if fact.unknown is not None else [])
    if value_id not in ids:
        near = tuple(get_close_matches(value_id, ids, n=3, cutoff=0.4)) or tuple(ids[:12])
        raise UnknownAnswerError(french(f"valeur inconnue « {value_id} » pour « {fact.id} »"), near)
