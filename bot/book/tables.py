"""The book: decision tables, computed by asking the law about each situation, all else unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.book.model import Link, anchor
from bot.book.norms import article_link, norm_link
from bot.book.views import Cell, DecisionTable, RecipientPage, Row, Share
from bot.words.french import EFFECTS, OUTCOMES
from knowledge import INCONNU, Effect, Fact, KnowledgeBase, Value, law_of
from knowledge.answering.conclude import Verdict, answer
from knowledge.answering.day import DatedLaw, DatedNorm
from knowledge.answering.standing import Weighing, weigh
from knowledge.model.errors import NoNormError
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
    law = narrowed(law_of(base, on), spec.given)
    values = [v for v in fact.values if (not spec.only or v.id in spec.only) and v.id not in spec.leaving]
    return DecisionTable(
        anchor("tableau", spec.id),
        spec.title,
        spec.caption,
        said(base, spec.given),
        fact.label,
        tuple(c.label for c in spec.columns),
        tuple(Row(v.group, v.label, _cells(base, law, spec, {**spec.given, fact.id: v.id})) for v in values),
    )


def _cells(base: KnowledgeBase, law: DatedLaw, spec: TableSpec, given: Given) -> tuple[Cell, ...]:
    here = narrowed(law, given)
    return tuple(cell(base, situation(base, here, {**given, **column.given})) for column in spec.columns)


def recipient_pages(base: KnowledgeBase, profile: Given, on: date) -> tuple[RecipientPage, ...]:
    """Return, for each recipient, the answer for every kind of information, the same answers together."""
    law = narrowed(law_of(base, on), profile)
    return tuple(
        RecipientPage(
            anchor("destinataire", v.id),
            v.group or "Autres",
            v.label,
            _shares(base, law, {**profile, "recipient": v.id}),
        )
        for v in base.facts["recipient"].values
        if v.id != "aucun"
    )


def said(base: KnowledgeBase, given: Given) -> tuple[str, ...]:
    """Say answers in French: « Destinataire : la CRIP »."""
    return tuple(f"{base.facts[f].label} : {_value(base.facts[f], v).label}" for f, v in given.items())


def narrowed(law: DatedLaw, given: Given) -> DatedLaw:
    """
    Return the norms of `law` that `given` does not already rule out, without the warnings.

    Every situation that holds `given` has the same answer under both: what surely falls now falls whatever follows.
    """
    norms = weigh(law, given).norms

    def alive(items: Iterable[DatedNorm]) -> tuple[DatedNorm, ...]:
        kept = (item for item in items if norms[item.norm.id].stands is not False)
        return tuple(
            replace(item, beaten_by=tuple(b for b in item.beaten_by if norms[b].stands is not False)) for item in kept
        )

    return DatedLaw(
        law.on,
        tuple((fact, alive(items)) for fact, items in law.establishing),
        {matter: alive(items) for matter, items in law.settling.items()},
        {matter: alive(items) for matter, items in law.requiring.items()},
        (),
    )


def situation(base: KnowledgeBase, law: DatedLaw, given: Given) -> Weighing:
    """Weigh the law of a day on a situation; every question left out is answered « je ne sais pas »."""
    return weigh(law, {**dict.fromkeys(base.facts, INCONNU), **given})


def cell(base: KnowledgeBase, weighing: Weighing) -> Cell:
    """Return the answer of the law to a weighed situation, the least permissive one, and what could open the way."""
    try:
        _, main = answer(weighing)
    except NoNormError:
        return _NO_ANSWER
    norm = main.governing.dated.norm
    cited = dict.fromkeys(c.article for c in norm.cites if c.active(weighing.law.on))
    return Cell(
        main.outcome,
        OUTCOMES[main.outcome],
        norm_link(norm),
        tuple(article_link(base, i) for i in cited),
        _openers(weighing, main),
    )


def _shares(base: KnowledgeBase, law: DatedLaw, given: Given) -> tuple[Share, ...]:
    here = narrowed(law, given)
    found: dict[Cell, list[str]] = {}
    for value in _single(base.facts["information"]):
        answered = cell(base, situation(base, here, {**given, "information": value.id}))
        found.setdefault(answered, []).append(value.label)
    return tuple(Share(tuple(labels), answered) for answered, labels in found.items())


def _single(fact: Fact) -> Iterable[Value]:
    """Leave out the answer that stands for a whole file: each kind of it has its own line."""
    return (v for v in fact.values if v.id != "ensemble")


def _openers(weighing: Weighing, main: Verdict) -> tuple[tuple[str, Link], ...]:
    """Return the norms that could answer otherwise, if the questions left open were answered."""
    found = [
        (EFFECTS[w.dated.norm.effect], norm_link(w.dated.norm))
        for w in weighing.of(main.matter)
        if w.stands is None and w.dated.norm.effect in _OPENS and w is not main.governing
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].label))


def _value(fact: Fact, id_: str) -> Value:
    value = fact.value(id_)
    if value is None:
        raise ValueError(f"{fact.id}: {id_}")
    return value
