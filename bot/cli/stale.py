"""`motus stale`: what was not read again for a while, and what rests on it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

from bot.app import App, open_app
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import Refused
from bot.words.french import parse_day, printable, whole_number
from knowledge import holds
from knowledge.checking import months_before, old_articles, old_norms, resting_on
from knowledge.model.typography import french


def show_stale(on: str | None, months: str, *, every: bool, plain: bool) -> None:
    """
    Print the articles and the rules whose last reading is older than `months`, and what rests on them.

    Args:
        on: the day from which to count; today by default.
        months: their number.
        every: list every text and every rule, however late they were read.
        plain: no colour.

    Raises:
        Refused: the day or the number of months is wrong.

    """
    number = whole_number(months, 1, 1200)
    if number is None:
        raise Refused(french(f"« {printable(months)} » n'est pas un nombre de mois : écrivez par exemple --months 6"))
    day = parse_day(on) if on is not None else today()
    app = open_app()
    base = app.base
    limit = months_before(day, number)
    shown = date.max if every else limit
    articles = old_articles(base, shown)
    sys.stdout.write(
        renderer(plain=plain)(
            "stale",
            on=day,
            months=number,
            limit=limit,
            every=every,
            articles=[(a, norms := resting_on(base, a), flows_of(app, norms)) for a in articles],
            norms=[(n, flows_of(app, [n.id])) for n in old_norms(base.norms.values(), shown)],
        )
    )


def flows_of(app: App, norms: Iterable[str]) -> list[str]:
    """Return the flows where one of these rules can count."""
    conditions = [app.base.norms[n].when for n in norms]
    return [f.id for f in app.flows.values() if any(holds(c, dict(f.sets)) is not False for c in conditions)]
