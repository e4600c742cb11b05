"""`motus norms` and `motus fiche`: one rule or one article on one page, in plain French."""

from __future__ import annotations

import sys
from datetime import date
from difflib import get_close_matches

from bot.app import App, open_app
from bot.cli.tables import print_table
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import Refused
from bot.words.french import EFFECTS, IN_FORCE, parse_day, printable
from bot.words.french import day as write_day
from bot.words.templating import Render
from knowledge import Article, InForce, KnowledgeBase, Norm, citation, describe, holds, in_force
from knowledge.answering import address
from knowledge.model.advice import NormState
from knowledge.model.typography import french


def show_norms(on: str | None, *, plain: bool) -> None:
    """
    List every rule: its id, its effect, its title, and whether it is in force.

    Raises:
        Refused: the day is wrong.

    """
    day = parse_day(on) if on is not None else today()
    base = open_app().base
    norms = sorted(base.norms.values(), key=lambda n: n.id)
    print_table(
        french(f"Droit du {write_day(day)} : {len(norms)} règles"),
        (("Règle", 0), ("Effet, et phrase qui la résume", 1)),
        ((n.id, f"[{EFFECTS[n.effect]}, {IN_FORCE[in_force(base, n, day)]}] {n.title}") for n in norms),
        plain=plain,
    )


def show_sheet(id_: str, on: str | None, *, plain: bool) -> None:
    """
    Print the sheet of a rule or of an article.

    Raises:
        Refused: with the nearest right ids.

    """
    day = parse_day(on) if on is not None else today()
    app = open_app()
    render = renderer(plain=plain)
    if id_ in app.base.norms:
        sys.stdout.write(norm_sheet(app, app.base.norms[id_], day, render))
    elif id_ in app.base.articles:
        sys.stdout.write(article_sheet(app.base, app.base.articles[id_], day, render))
    else:
        ids = [*app.base.norms, *app.base.articles]
        near = get_close_matches(id_, ids, n=3, cutoff=0.4) or [i for i in ids if i.endswith(f"/{id_}")][:3]
        said = f"peut-être {', '.join(near)}" if near else "les listes : « motus norms » et « motus articles »"
        raise Refused(french(f"fiche inconnue « {printable(id_)} » ; {said}"))


def norm_sheet(app: App, norm: Norm, on: date, render: Render) -> str:
    """Return the sheet of a rule."""
    base = app.base
    active = [c for c in norm.cites if c.active(on)]
    return render(
        "norm",
        on=on,
        n=norm,
        force=in_force(base, norm, on),
        when=describe(norm.when, base.facts, base.derived),
        conditions=[(c.text, describe(c.met, base.facts, base.derived) if c.met else None) for c in norm.conditions],
        establishes=base.derived[norm.establishes].label if norm.establishes else None,
        cited=[
            (citation(base, base.articles[c.article], on, NormState.APPLIES, norm=norm.id, cite=c), c.passage)
            for c in active
        ],
        other_days=[base.articles[c.article] for c in norm.cites if not c.active(on)],
        beats=[base.norms[i] for i in norm.beats],
        beaten_by=[n for n in base.norms.values() if norm.id in n.beats],
        flows=[f for f in app.flows.values() if holds(norm.when, dict(f.sets)) is not False],
        labels={v.id: v.label for v in base.facts["information"].values},
    )


def article_sheet(base: KnowledgeBase, article: Article, on: date, render: Render) -> str:
    """Return the sheet of an article: its versions, and the rules that rest on it."""
    norms = [n for n in base.norms.values() if any(c.article == article.id for c in n.cites)]
    return render(
        "article_sheet",
        on=on,
        a=article,
        force=article.in_force(on),
        current=(version := article.at(on)),
        link=address(article, version, on),
        norms=[(n, in_force(base, n, on) is not InForce.NO) for n in norms],
    )
