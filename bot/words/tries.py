"""What would change the answer, to be tried: each change in a few words, and the conversation that it makes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import App
from bot.words.advice_json import AdviceJson, Shift
from bot.words.grammar import cut
from flows import Session
from knowledge.answering import PERMISSIVENESS
from knowledge.model.typography import french

_LABEL = 38
_NEVER = "danger"
"""A danger is there or is not: making it graver is no way to open a door."""


def tries(app: App, session: Session, advice: AdviceJson) -> Iterator[tuple[str, Session]]:
    """
    Yield what would change the answer: what opens most comes first, then what can still be asked.

    Args:
        app: the law and the flows.
        session: it stands at its verdict.
        advice: its answer, with its changes.

    """
    given = dict(session.answers)
    seen = {session.answers}
    for change in sorted(advice.changes, key=lambda c: (len(c.facts), -PERMISSIVENESS[c.outcome])):
        if _NEVER in change.facts:
            continue
        changed = app.conversation.fill(session, {**given, **change.facts})
        if changed.answers not in seen:
            seen.add(changed.answers)
            yield _said(app, change), changed


def _said(app: App, change: Shift) -> str:
    parts = []
    for fact_id, value_id in change.facts.items():
        fact = app.base.facts[fact_id]
        value = fact.value(value_id)
        label = (value.short or value.label) if value is not None else value_id
        parts.append(label if len(fact.values) > _SMALL else f"{fact.label} : {label[:1].lower() + label[1:]}")
    return french(cut("Si " + " + ".join(parts), _LABEL))


_SMALL = 4
"""With so few values, a value is a « oui » that says nothing without its question."""
