"""`motus compare`: what a change of the law's files changes in the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.app import App, open_app
from bot.cli.diff import read_top, uncollected
from bot.cli.diff_words import Case, Change, Edit, Report, Row, Side, count, percent, replay, said, say_answers
from bot.cli.other_base import open_other
from bot.cli.streams import write_json
from bot.cli.terminal import renderer
from bot.clock import today
from bot.words.french import parse_day
from flows import Flow
from knowledge import KnowledgeBase, law_of
from knowledge.answering import Reply
from knowledge.comparing import Edits, Merged, edits, merge, norm_edits, own, value_edits

if TYPE_CHECKING:
    from flows.exploring.difference import End
    from flows.exploring.grouping import Example, Group, Grouped

_EXAMPLES = 3
WORDS = "règles, dans leurs mots seulement"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs in the answers, and in the files behind them: by kind of thing, in French."""

    on: date
    report: Report
    files: Mapping[str, Edits]


def show_compare(other: str, on: str | None, top: str, *, as_json: bool, plain: bool) -> None:
    """
    Print what changes from another base to this one: the situations, then the files.

    Raises:
        Refused: the other base, the day or the number is wrong.

    """
    day = parse_day(on) if on is not None else today()
    limit = read_top(top)
    app = open_app()
    with open_other(other, app) as (base, flows), uncollected():
        comparison = compare(app, base, flows, day, top=limit, name=other)
    if as_json:
        write_json(asdict(comparison))
    else:
        render = renderer(plain=plain)
        sys.stdout.write(render("compare", c=comparison, r=comparison.report, count=count, percent=percent))


def compare(
    app: App, base: KnowledgeBase, flows: Mapping[str, Flow], on: date, *, top: int = 10, name: str = "l'autre"
) -> Comparison:
    """
    Compare the answers of another base with those of this one.

    Args:
        app: this base, what it says now.
        base: the other one, what it said before.
        flows: those of the other one.
        on: the day of law.
        top: how many groups to detail.
        name: of the other base, to show.

    """
    from flows.exploring.difference import Difference
    from flows.exploring.graph import Graphs
    from flows.exploring.grouping import group
    from knowledge.comparing import Causes

    merged = merge(base, app.base)
    laws = law_of(merged.before, on), law_of(merged.after, on)
    causes = Causes(*laws)
    graphs = Graphs(merged.base)
    shared = [_joined(flow, flows[i], merged) for i, flow in app.flows.items() if i in flows]
    grouped = group(
        {flow.id: map(_owned, Difference(graphs, flow).ends(*laws)) for flow in shared},
        lambda end: tuple(dict.fromkeys(map(own, causes.of(end.before, end.after, dict(end.answers))))),
        _EXAMPLES,
    )
    files = {kind: found for kind, found in _files(app, base, flows) if found}
    return Comparison(on, _report(app, base, (on, name), grouped, top), files)


def _owned(end: End) -> End:
    """Name the norms as their own base does: a norm that was only edited is the same norm."""
    before, after = (r and Reply(r.outcome, own(r.norm)) for r in (end.before, end.after))
    return end._replace(before=before, after=after)


def _joined(flow: Flow, before: Flow, merged: Merged) -> Flow:
    """Return a flow that asks what either side asks, with the answers that both have."""
    asked = {s.asks for s in flow.states} | dict(flow.sets).keys()
    states = (*flow.states, *(s for s in before.states if s.asks not in asked))
    facts = merged.base.facts
    return replace(
        flow,
        states=tuple(replace(s, only=tuple(v for v in s.only if facts[s.asks].value(v) is not None)) for s in states),
    )


def _report(app: App, base: KnowledgeBase, about: tuple[date, str], grouped: Grouped, top: int) -> Report:
    on, name = about
    return Report(
        sides=(Side(on, f"avant ({name})"), Side(on, "maintenant")),
        flows=tuple(Row(f, app.flows[f].title, asdict(t)) for f, t in grouped.tallies.items()),
        groups=len(grouped.groups),
        paths=sum(g.paths for g in grouped.groups),
        changes=tuple(_change(app, base, on, g, len(grouped.tallies)) for g in grouped.groups[:top]),
    )


def _change(app: App, base: KnowledgeBase, on: date, one: Group, flows: int) -> Change:
    return Change(
        before=said(one.key.before, {n.id: n.title for n in base.norms.values()}),
        after=said(one.key.after, {n.id: n.title for n in app.base.norms.values()}),
        share=sum(one.shares.values()) / flows,
        shares=dict(one.shares),
        paths=one.paths,
        because=tuple(_edit(app.base, base, name) for name in one.key.causes),
        examples=tuple(_case(app, on, e) for e in one.examples),
    )


def _edit(after: KnowledgeBase, before: KnowledgeBase, norm: str) -> Edit:
    one, two = before.norms.get(norm), after.norms.get(norm)
    if one is None or two is None:
        known = one or two
        return Edit(norm, known.title if known else norm, "règle nouvelle" if one is None else "règle retirée", ())
    keys = next((names for name, names in edits({norm: one}, {norm: two}).changed), ())
    texts = [c.article for c in two.cites if before.articles.get(c.article) != after.articles.get(c.article)]
    how = "règle changée" if keys else "un texte cité a changé"
    return Edit(norm, two.title, how, keys or tuple(dict.fromkeys(texts)))


def _case(app: App, on: date, example: Example) -> Case:
    known = [(f, v) for f, v in example.answers if f in app.base.facts]
    kept = example._replace(answers=tuple(known))
    return Case(example.flow, dict(example.answers), say_answers(app.conversation, kept), (replay(app, kept, on),))


def _files(app: App, base: KnowledgeBase, flows: Mapping[str, Flow]) -> Iterator[tuple[str, Edits]]:
    """Yield, by kind, what differs in the files."""
    after = app.base
    states = [{f"{f.id}: {s.id}": s for f in many.values() for s in f.states} for many in (flows, app.flows)]
    yield "règles", norm_edits(base, after, decisive=True)
    yield WORDS, norm_edits(base, after, decisive=False)
    yield "articles", edits(base.articles, after.articles)
    yield "questions", edits(base.facts, after.facts, but=("values",))
    yield "réponses", value_edits(base.facts, after.facts)
    yield "parcours", edits(flows, app.flows, but=("states",))
    yield "étapes", edits(*states)
    yield "phrases", edits({p.id: p for p in base.phrases}, {p.id: p for p in after.phrases})
    yield "renvois d'un ancien numéro", edits(base.moved, after.moved)
    yield "règles de la doctrine", edits(base.doctrine, after.doctrine)
