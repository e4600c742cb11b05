"""Sessions and steps: `(session, event) → (session, screen)`, by replaying the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from flows.errors import UnknownAnswerError
from flows.machine import FlowMachine
from flows.model import Back, Change, Event, Flow, Restart, Screen, Session, SummaryLine
from flows.places import Place, Places, worded
from knowledge import INCONNU, Advice, Fact, KnowledgeBase, Protector, evaluate, protectors
from knowledge.model.typography import french

UNKNOWN_LABEL = "Je ne sais pas"


class Conversation:
    """
    Everything needed to hold conversations: the law, the flows, and their machines. It keeps no session.

    It keeps the places of the flows that it has drawn, which are the same for everyone.
    """

    def __init__(self, base: KnowledgeBase, flows: Mapping[str, Flow]) -> None:
        self.base = base
        self.flows = dict(flows)
        self._machines = {flow_id: FlowMachine(flow) for flow_id, flow in self.flows.items()}
        self._drawn: Places | None = None

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
        moved = self.moved(session, event)
        return moved, self.screen(moved)

    def screen(self, session: Session) -> Screen:
        """Return what a session shows: its next question, or its verdict."""
        place = self._replay(session)
        flow = self.flows[session.flow]
        advice = None
        if place.question is None:
            result = evaluate(self.base, self.facts(session), session.on)
            advice = result if isinstance(result, Advice) else None
        return Screen(
            flow=flow.id,
            title=flow.title,
            on=session.on,
            state=place.state,
            step=len(session.answers) + 1,
            question=place.question,
            advice=advice,
            summary=self.summary(session),
            plan=self._plan(session, place.state),
        )

    def plan(self, session: Session) -> tuple[Protector, ...]:
        """Return who must, then who may, be told of the danger, where the next question is to whom she would speak."""
        return self._plan(session, self._replay(session).state)

    def _plan(self, session: Session, state: str) -> tuple[Protector, ...]:
        flow = self.flows[session.flow]
        if not any(s.id == state and s.plan for s in flow.states):
            return ()
        return protectors(self.base, {**dict(flow.sets), **dict(session.answers)}, session.on)

    def asked(self, session: Session) -> Fact | None:
        """
        Return the next question of a session, in the words of its flow; None at its verdict.

        Raises:
            UnknownAnswerError: its flow does not ask these questions in this order.

        """
        return self._replay(session).question

    def summary(self, session: Session) -> tuple[SummaryLine, ...]:
        """Return the answers of a session, in words."""
        return tuple(self._line(f, v) for f, v in session.answers)

    def facts(self, session: Session) -> dict[str, str]:
        """
        Return the facts of a session: its answers, what its flow sets and, at its verdict, what it need not ask.

        A flow offers only the answers that it is about: a question that none of them changes is not asked, and counts
        as not known.
        """
        given = {**dict(self.flows[session.flow].sets), **dict(session.answers)}
        places = self._places()  # one sheet for both: a place means nothing on another
        place = _reached(places, self.flows[session.flow], session)
        left = places.left(place) if place.question is None else frozenset()
        return {**dict.fromkeys(sorted(left), INCONNU), **given}

    def fill(self, session: Session, given: Mapping[str, str]) -> Session:
        """
        Ask the questions of a session again from the first, answering from `given`.

        Args:
            session: its flow and its day; its own answers are not read.
            given: value ids by fact id; what the flow does not ask is left out.

        Returns:
            The session at its verdict, or at the first question that `given` does not answer.

        """
        places = self._places()
        place = places.start(self.flows[session.flow], session.on)
        answers: list[tuple[str, str]] = []
        while place.question is not None and place.question.id in given:
            value = given[place.question.id]
            answers.append((place.question.id, value))
            place = places.after(place, value)
        return Session(session.flow, session.on, tuple(answers))

    def moved(self, session: Session, event: Event) -> Session:
        """
        Apply one event, and answer nothing yet.

        Raises:
            UnknownAnswerError: the answer is not one of the current question's.

        """
        if isinstance(event, Restart):
            return Session(session.flow, session.on)
        if isinstance(event, Back):
            return Session(session.flow, session.on, session.answers[:-1])
        if isinstance(event, Change):
            _check_value(self.question(session.flow, event.fact), event.value)
            given = {**dict(session.answers), event.fact: event.value}
            return self.fill(session, given)
        fact = self.asked(session)
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
        return fact if state is None else worded(fact, state)

    def _replay(self, session: Session) -> Place:
        return _reached(self._places(), self.flows[session.flow], session)

    def _places(self) -> Places:
        """Return the places drawn so far; from time to time, a clean sheet."""
        if self._drawn is None or self._drawn.full:
            self._drawn = Places(self.base, self._machines)
        return self._drawn

    def _line(self, fact_id: str, value_id: str) -> SummaryLine:
        fact = self.base.facts[fact_id]
        value = fact.value(value_id)
        return SummaryLine(fact_id, fact.label, value_id, value.label if value is not None else UNKNOWN_LABEL)


def _reached(places: Places, flow: Flow, session: Session) -> Place:
    """Walk through the answers given, in their order."""
    place = places.start(flow, session.on)
    for fact_id, value in session.answers:
        if place.question is None or place.question.id != fact_id:
            raise UnknownAnswerError(french(f"la question « {fact_id} » n'est pas posée à cet endroit"))
        place = places.after(place, value)
    return place


def _check_value(fact: Fact, value_id: str) -> None:
    """Refuse a value that is not an answer to `fact`, with the nearest ones."""
    ids = [v.id for v in fact.values] + ([INCONNU] if fact.find_out is not None else [])
    if value_id not in ids:
        near = tuple(get_close_matches(value_id, ids, n=3, cutoff=0.4)) or tuple(ids[:12])
        raise UnknownAnswerError(french(f"valeur inconnue « {value_id} » pour « {fact.id} »"), near)
