"""
The flows as state machines: the only module that imports `transitions`.

One machine per flow, built once. The state lives outside it, in a small walker that is
thrown away after each step; a session is only its answers, and replaying them gives the state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, cast

from transitions import EventData, Machine, MachineError

from flows.load import VERDICT
from flows.model import Flow, State

START = "start"
_NEXT = "next"


class Waiting(Protocol):
    """Facts that can still change the answer; each is looked into when it is asked for."""

    def __contains__(self, fact: object, /) -> bool:
        """Tell whether a fact can still change the answer."""
        ...

    def __iter__(self) -> Iterator[str]:
        """Go through them all."""
        ...


@dataclass(slots=True)
class Walker:
    """Where one step begins, and the facts that can still change the advice there."""

    state: str = START
    waiting: Waiting = field(default_factory=frozenset)


class FlowMachine:
    """The transition table of one flow."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        names = [START, *(s.id for s in flow.states), VERDICT]
        self._machine = Machine(model=None, states=names, initial=START, auto_transitions=False, send_event=True)
        for i, source in enumerate(names[:-1]):
            for state in flow.states[i:]:
                self._machine.add_transition(_NEXT, source, state.id, conditions=[partial(_worth_asking, state)])
            self._machine.add_transition(_NEXT, source, VERDICT, conditions=[_settled])
        self._states = {s.id: s for s in flow.states}

    def advance(self, walker: Walker) -> State | None:
        """
        Move `walker` to the next state worth asking.

        Returns:
            The state, or None at the verdict.

        Raises:
            DeadEndError: a fact is still needed that no later state asks.

        """
        try:
            moved = self._machine.events[_NEXT].trigger(walker)
        except MachineError as error:
            raise DeadEndError(f"{self.flow.id} : rien après « {walker.state} »") from error
        if not moved:
            needed = ", ".join(sorted(walker.waiting))
            raise DeadEndError(f"{self.flow.id} : après « {walker.state} », personne ne demande {needed}")
        return self._states.get(walker.state)


class DeadEndError(Exception):
    """A flow stops before a verdict: its file lacks a state."""


def _worth_asking(state: State, event: EventData) -> bool:
    walker = cast(Walker, event.model)
    return state.asks in walker.waiting


def _settled(event: EventData) -> bool:
    return next(iter(cast(Walker, event.model).waiting), None) is None
