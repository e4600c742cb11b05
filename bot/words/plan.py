"""The plan of an alert: who must be told, who may be, in order, each on its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.app import App
from bot.words.sentence import who_of
from knowledge import Outcome, Protector
from knowledge.model.typography import french

MOST = 4
"""Lines of a plan: more would be a list to read while someone waits."""


def plan_lines(app: App, plan: Sequence[Protector]) -> tuple[str, ...]:
    """Say who must and who may be told, those whom one text names in one line, orders first."""
    by_norm: dict[tuple[str, Outcome], list[Protector]] = {}
    for one in plan:
        by_norm.setdefault((one.norm, one.outcome), []).append(one)
    return tuple(_line(app, group) for group in list(by_norm.values())[:MOST])


def _line(app: App, group: Sequence[Protector]) -> str:
    first = group[0]
    verb = "Vous devez" if first.outcome is Outcome.OBLIGED else "Vous pouvez"
    at_once = " sans délai" if first.at_once and first.outcome is Outcome.OBLIGED else ""
    on = f" ({first.articles[0]})" if first.articles else ""
    return french(f"{verb} alerter{at_once} {_either(app, group)}{on}.")


def _either(app: App, group: Iterable[Protector]) -> str:
    who = [who_of(v) for p in group if (v := app.base.facts["recipient"].value(p.recipient)) is not None]
    return who[0] if len(who) == 1 else ", ".join(who[:-1]) + " ou " + who[-1]
