"""The book: decision tables, computed by asking the law about each situation, all else unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.book.model import Link, anchor
from bot.book.norms import article_link, norm_link
from bot.book.views import Cell, DecisionTable, RecipientPage, Row, Share
from bot.words.french import EFFECTS, OUTCOMES
from knowledge import INCONNU, Effect, Fact, KnowledgeBase, Norm, Value, law_of
from knowledge.answering import Weighing, reply_to, weigh
from knowledge.model.law import Strict

_OPENS = {Effect.PERMITS, Effect.OBLIGES, Effect.DEBATED, Effect.MAY_DECLINE}
_NO_ANSWER = Cell("none", "Aucune règle", None, (), ())

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column(Strict):
    """A column: its heading and the answers that make it."""

    label: str
    given: Given = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableSpec(Strict):
    """A table as `contents.yaml` asks for it. An empty `only` keeps every answer of the fact `rows`."""

    id: str
    title: str
    caption: str
    given: Given
    rows: str
    columns: tuple[Column, ...]
    only: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()


def decision_table(base: KnowledgeBase, spec: TableSpec, on: date) -> DecisionTable:
    """Ask the law about every cell of one table."""
    fact = base.facts[spec.rows]
    values = [v for v in fact.values if (not spec.only or v.id in spec.only) and v.id not in spec.leaving]
    return DecisionTable(
        anchor("tableau", spec.id),
        spec.title,
        spec.caption,
        said(base, spec.given),
        fact.label,
        tuple(c.label for c in spec.columns),
        tuple(Row(v.group, v.label, _cells(base, on, spec, {**spec.given, fact.id: v.id})) for v in values),
    )


def _cells(base: KnowledgeBase, on: date, spec: TableSpec, given: Given) -> tuple[Cell, ...]:
    return tuple(cell(base, {**given, **column.given}, on) for column in spec.columns)


def recipient_pages(base: KnowledgeBase, profile: Given, on: date) -> tuple[RecipientPage, ...]:
    """Return, for each recipient, the answer for every kind of information, the same answers together."""
    return tuple(
        RecipientPage(
            anchor("destinataire", v.id),
            v.group or "Autres",
            v.label,
            _shares(base, on, {**profile, "recipient": v.id}),
        )
        for v in base.facts["recipient"].values
        if v.id != "aucun"
    )


def said(base: KnowledgeBase, given: Given) -> tuple[str, ...]:
    """Say answers in French: « Destinataire : la CRIP »."""
    return tuple(f"{base.facts[f].label} : {_value(base.facts[f], v).label}" for f, v in given.items())


def all_else_unknown(base: KnowledgeBase, given: Given) -> dict[str, str]:
    """Return a situation where every question left out is answered « je ne sais pas »."""
    return {**dict.fromkeys(base.facts, INCONNU), **given}


def cell(base: KnowledgeBase, given: Given, on: date) -> Cell:
    """Return the answer of the law to a situation, all else unknown, and the norms that more answers may bring in."""
    facts = all_else_unknown(base, given)
    law = law_of(base, on)
    reply = reply_to(base, facts, law)
    if reply is None:
        return _NO_ANSWER
    norm = base.norms[reply.norm]
    cited = dict.fromkeys(c.article for c in norm.cites if c.active(on))
    return Cell(
        reply.outcome,
        OUTCOMES[reply.outcome],
        norm_link(norm),
        tuple(article_link(base, i) for i in cited),
        _openers(weigh(law, facts), norm),
    )


def _shares(base: KnowledgeBase, on: date, given: Given) -> tuple[Share, ...]:
    found: dict[Cell, list[str]] = {}
    for value in _single(base.facts["information"]):
        answered = cell(base, {**given, "information": value.id}, on)
        found.setdefault(answered, []).append(value.label)
    return tuple(Share(tuple(labels), answered) for answered, labels in found.items())


def _single(fact: Fact) -> Iterable[Value]:
    """Leave out the answer that stands for a whole file: each kind of it has its own line."""
    return (v for v in fact.values if v.id != "ensemble")


def _openers(weighing: Weighing, governing: Norm) -> tuple[tuple[str, Link], ...]:
    """Return the norms that could answer otherwise, if the questions left open were answered."""
    found = [
        (EFFECTS[w.dated.norm.effect], norm_link(w.dated.norm))
        for w in weighing.of(governing.matter)
        if w.stands is None and w.dated.norm.effect in _OPENS and w.dated.norm is not governing
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].label))


def _value(fact: Fact, id_: str) -> Value:
    value = fact.value(id_)
    if value is None:
        raise ValueError(f"{fact.id}: {id_}")
    return value
