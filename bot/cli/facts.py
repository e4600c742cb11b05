"""`motus facts`: every question and every answer, so that a script can drive the advisor."""

from __future__ import annotations

import sys

from bot.app import App, open_app
from bot.cli.streams import write_json
from bot.cli.terminal import renderer
from bot.errors import Refused
from flows import Flow
from knowledge import Fact
from knowledge.model.typography import french


def show_facts(flow: str | None, *, as_json: bool, plain: bool) -> None:
    """
    Print the facts, those of one flow in its order, or all of them.

    Raises:
        Refused: there is no such flow.

    """
    app = open_app()
    if flow is not None and flow not in app.flows:
        raise Refused(french(f"parcours inconnu « {flow} » ; parcours : {', '.join(app.flows)}"))
    chosen = facts_of(app, app.flows[flow] if flow else None)
    if as_json:
        data = {"flows": [_flow(f) for f in app.flows.values()], "facts": [_fact(app, f) for f in chosen]}
        write_json(data)
        return
    flows = [app.flows[flow]] if flow else list(app.flows.values())
    sys.stdout.write(renderer(plain=plain)("facts", flows=flows, facts=chosen))


def facts_of(app: App, flow: Flow | None) -> list[Fact]:
    """Return the facts that a flow sets then asks, in its order; or all, by code."""
    if flow is None:
        return sorted(app.base.facts.values(), key=lambda f: f.code)
    ids = dict.fromkeys([*(f for f, _ in flow.sets), *(s.asks for s in flow.states)])
    return [app.base.facts[i] for i in ids]


def _flow(flow: Flow) -> dict[str, object]:
    return {
        "id": flow.id,
        "code": flow.code,
        "title": flow.title,
        "description": flow.description,
        "sets": dict(flow.sets),
        "asks": [s.asks for s in flow.states],
    }


def _fact(app: App, fact: Fact) -> dict[str, object]:
    return {
        "id": fact.id,
        "code": fact.code,
        "label": fact.label,
        "question": fact.question,
        "help": fact.help,
        "unknown": fact.find_out is not None,
        "find_out": fact.find_out,
        "changeable": fact.changeable,
        "set_by": {f.id: dict(f.sets)[fact.id] for f in app.flows.values() if fact.id in dict(f.sets)},
        "asked_by": [f.id for f in app.flows.values() if any(s.asks == fact.id for s in f.states)],
        "values": [
            {
                "id": v.id,
                "code": v.code,
                "label": v.label,
                "group": v.group,
                "help": v.help,
                "qualification": v.qualification,
            }
            for v in fact.values
        ],
    }
