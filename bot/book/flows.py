"""The book: each flow drawn as a column of questions, each of which may lead straight to the answer."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.app import App
from bot.book.html import TEMPLATES
from bot.book.model import anchor
from bot.book.tables import said
from bot.book.views import FlowPage, Step
from flows import Flow
from knowledge import KnowledgeBase
from knowledge.answering import SETTLES, covered, facts_in
from knowledge.model import Effect
from knowledge.model.typography import french

_EDGE = 6
_LINE = 17
_PAD = 9
_GAP = 24
_CHARACTERS = 33
_ENV = Environment(
    loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Box:
    """A question drawn: where it stands, its lines, and how many answers it has."""

    y: int
    height: int
    lines: tuple[str, ...]
    answers: int


def flow_pages(app: App, reach: Mapping[str, frozenset[str]]) -> tuple[FlowPage, ...]:
    """Return every flow, with the norms of `reach` that each of its questions decides."""
    return tuple(_page(app.base, flow, reach[flow.id]) for flow in app.flows.values())


def _page(base: KnowledgeBase, flow: Flow, norms: frozenset[str]) -> FlowPage:
    hanging = _hanging(base, norms)
    steps = tuple(
        Step(
            question=state.question or base.facts[state.asks].question,
            label=base.facts[state.asks].label,
            answers=tuple(v.label for v in base.facts[state.asks].values if not state.only or v.id in state.only),
            find_out=base.facts[state.asks].find_out,
            norms=len(hanging.get(state.asks, ())),
        )
        for state in flow.states
    )
    return FlowPage(
        anchor("parcours", flow.id),
        flow.title,
        flow.description,
        said(base, dict(flow.sets)),
        steps,
        drawing(flow.title, steps),
        sum(base.norms[i].effect in SETTLES for i in norms),
    )


def _hanging(base: KnowledgeBase, norms: frozenset[str]) -> dict[str, set[str]]:
    """Return, by fact, the norms that need it, through the derived facts too."""
    behind: dict[str, set[str]] = {fact: set() for fact in base.derived}
    for _ in base.derived:  # as many rounds as the longest chain of derived facts
        for norm in base.norms.values():
            if norm.effect is Effect.ESTABLISHES and norm.establishes is not None:
                behind[norm.establishes] |= {f for fact in facts_in(norm.when) for f in behind.get(fact, {fact})}
    found: dict[str, set[str]] = {}
    for id_ in norms:
        norm = base.norms[id_]
        conditions = [norm.when, *(c.met for c in norm.conditions if c.met is not None)]
        conditions += [limit] if (limit := covered(norm)) is not None else []
        for fact in {f for c in conditions for name in facts_in(c) for f in behind.get(name, {name})}:
            found.setdefault(fact, set()).add(id_)
    return found


def drawing(title: str, steps: tuple[Step, ...]) -> str:
    """Draw the flow as SVG, 340 units wide, so that a phone shows it whole; the list beside it says the same."""
    boxes: list[Box] = []
    y = _EDGE
    for step in steps:
        lines = tuple(textwrap.wrap(french(step.question), _CHARACTERS))
        boxes.append(
            Box(y, _PAD * 2 + _LINE * (len(lines) + 1), lines, len(step.answers) + (step.find_out is not None))
        )
        y += boxes[-1].height + _GAP
    return _ENV.get_template("flow.svg.j2").render(
        title=title, boxes=boxes, end=y, edge=_EDGE, gap=_GAP, line=_LINE, pad=_PAD
    )
