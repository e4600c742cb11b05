"""`motus diff`: the situations whose answer differs from one day of law to another, and the text that changed it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from bot.app import App, open_app
from bot.cli.diff_words import Case, Change, Report, Row, Side, Text, count, percent, replay, said, say_answers
from bot.cli.streams import write_json
from bot.cli.terminal import renderer
from bot.errors import Refused
from bot.words.french import day as write_day
from bot.words.french import parse_day, printable, whole_number
from knowledge import law_of
from knowledge.answering import address
from knowledge.model.typography import french

if TYPE_CHECKING:
    from flows.exploring.grouping import Example, Group, Grouped
    from knowledge.comparing import Turn


def show_diff(before: str, after: str, flow: str | None, top: str, *, as_json: bool, plain: bool) -> None:
    """
    Print the situations whose answer differs between two days, grouped by the rule and the text that changed it.

    Raises:
        Refused: a day, a flow or a number is wrong.

    """
    days = parse_day(before), parse_day(after)
    limit = read_top(top)
    app = open_app()
    chosen = chosen_flows(app, flow)
    with uncollected():
        report = diff(app, *days, chosen, limit)
    if as_json:
        write_json(asdict(report))
    else:
        sys.stdout.write(renderer(plain=plain)("diff", r=report, count=count, percent=percent))


@contextmanager
def uncollected() -> Iterator[None]:
    """Make no search for garbage: decision graphs are millions of small objects, none of them garbage."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_top(text: str) -> int:
    """
    Read how many groups to show.

    Raises:
        Refused: it is not a number from 1 to 1000.

    """
    found = whole_number(text, 1, 1000)
    if found is None:
        raise Refused(french(f"« {printable(text)} » n'est pas un nombre de groupes : écrivez par exemple --top 10"))
    return found


def chosen_flows(app: App, flow: str | None) -> list[str]:
    """
    Return the flows to walk: the one that is named, or all.

    Raises:
        Refused: there is no such flow.

    """
    if flow is None:
        return list(app.flows)
    if flow not in app.flows:
        raise Refused(french(f"parcours inconnu « {printable(flow)} » ; parcours : {', '.join(app.flows)}"))
    return [flow]


def diff(app: App, before: date, after: date, flows: Iterable[str], top: int) -> Report:
    """Return what changes in the answers of these flows from the law of `before` to the law of `after`."""
    from flows.exploring.difference import Difference
    from flows.exploring.graph import Graphs
    from flows.exploring.grouping import group
    from knowledge.comparing import Causes

    laws = law_of(app.base, before), law_of(app.base, after)
    graphs = Graphs(app.base)
    causes = Causes(*laws)
    chosen = list(flows)
    grouped = group(
        {flow: Difference(graphs, app.flows[flow]).ends(*laws) for flow in chosen},
        lambda end: causes.of(end.before, end.after, dict(end.answers)),
    )
    return _report(app, (before, after), grouped, top)


def _report(app: App, days: tuple[date, date], grouped: Grouped, top: int) -> Report:
    shown = grouped.groups[:top]
    return Report(
        sides=(Side(days[0], f"le {write_day(days[0])}"), Side(days[1], f"le {write_day(days[1])}")),
        flows=tuple(Row(f, app.flows[f].title, asdict(t)) for f, t in grouped.tallies.items()),
        groups=len(grouped.groups),
        paths=sum(g.paths for g in grouped.groups),
        changes=tuple(_change(app, days, g, len(grouped.tallies)) for g in shown),
    )


def _change(app: App, days: tuple[date, date], one: Group, flows: int) -> Change:
    titles = {n.id: n.title for n in app.base.norms.values()}
    return Change(
        before=said(one.key.before, titles),
        after=said(one.key.after, titles),
        share=sum(one.shares.values()) / flows,
        shares=dict(one.shares),
        paths=one.paths,
        because=tuple(_texts(app, days, one.key.causes)),
        examples=tuple(_case(app, days, e) for e in one.examples),
    )


def _texts(app: App, days: tuple[date, date], norms: Iterable[str]) -> Iterator[Text]:
    from knowledge.comparing import turn

    for name in norms:
        norm = app.base.norms[name]
        found = turn(app.base, norm, *days)
        if found is not None:
            yield _text(app, found, norm.title)


def _text(app: App, found: Turn, title: str) -> Text:
    article = app.base.articles[found.cite.article]
    version = found.version
    return Text(
        norm=found.norm,
        title=title,
        on=found.on,
        begins=found.begins,
        read=found.read,
        article=f"{article.code}, article {article.number}",
        article_id=article.id,
        modified_by=version.modified_by if version is not None and found.begins else None,
        address=address(article, version or article.at(found.on), found.on),
    )


def _case(app: App, days: tuple[date, date], example: Example) -> Case:
    return Case(
        example.flow,
        dict(example.answers),
        say_answers(app.conversation, example),
        tuple(replay(app, example, on) for on in days),
    )
