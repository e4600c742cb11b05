"""The book: one page per norm, in plain French, beside the texts it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.app import App
from bot.book.law import cut, named, origin, warnings_of
from bot.book.model import Clause, DebatePage, Link, Needed, NormChapter, NormPage, Sorted, Source, anchor
from bot.words.french import EFFECTS, IN_FORCE, MATTERS, SOURCES, day, span
from flows.exploring.offered import offered
from knowledge import Condition, KnowledgeBase, Norm, citation, describe, in_force
from knowledge.checking import reached
from knowledge.model import Any as AnyOf
from knowledge.model import Cite, DerivedFact, Fact, Is, Minimum, Not
from knowledge.model.advice import NormState

_SHORT = 900
_SAYABLE = 4


def norm_link(norm: Norm) -> Link:
    """Return the way to a norm, by its title."""
    return Link(anchor("norme", norm.id), norm.title)


def article_link(base: KnowledgeBase, id_: str) -> Link:
    """Return the way to an article, by the name that a lawyer gives it."""
    return Link(anchor("texte", id_), named(base, base.articles[id_]))


def reach_of(app: App) -> Mapping[str, frozenset[str]]:
    """Return, by flow, the norms that its questions can make apply."""
    return {f.id: reached(app.base, offered(app.base, f)) for f in app.flows.values()}


def chapters(
    app: App, on: date, titles: Mapping[str, str], reach: Mapping[str, frozenset[str]]
) -> tuple[NormChapter, ...]:
    """Return the norms by folder, in the order of `titles`; a folder without a title keeps its name, at the end."""
    found: dict[str, list[Norm]] = {folder: [] for folder in titles}
    for norm in sorted(app.base.norms.values(), key=lambda n: n.id):
        found.setdefault(norm.id.split("/")[0], []).append(norm)
    return tuple(
        NormChapter(
            anchor("regles", folder),
            titles.get(folder, folder.capitalize()),
            tuple(_page(app, norm, on, reach) for norm in norms),
        )
        for folder, norms in found.items()
        if norms
    )


def debates(base: KnowledgeBase, on: date) -> tuple[DebatePage, ...]:
    """Return the debated points, with their readings."""
    return tuple(
        DebatePage(
            anchor("debat", n.id),
            norm_link(n),
            n.debate.readings,
            n.debate.cautious,
            n.debate.consult,
            tuple(article_link(base, i) for i in dict.fromkeys(c.article for c in n.cites if c.active(on))),
            n.doubts(on),
        )
        for n in sorted(base.norms.values(), key=lambda n: n.id)
        if n.debate is not None
    )


def clause(condition: Condition, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact]) -> Clause:
    """Say a condition in French, whole: one line per fact, and no label left out."""
    return _clause(condition, facts, derived, positive=True)


def _clause(
    condition: Condition, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact], *, positive: bool
) -> Clause:
    if isinstance(condition, Not):
        return _clause(condition.item, facts, derived, positive=not positive)
    if isinstance(condition, Is):
        whole = condition if positive else Not(condition)
        if condition.fact in derived or len(condition.values) <= _SAYABLE:
            return Clause(_upper(describe(whole, facts, derived)))
        fact = facts[condition.fact]
        labels = " ; ".join(v.label for v in fact.values if v.id in condition.values)
        head = "l'une de ces réponses" if positive else "aucune de ces réponses"
        return Clause(f"{fact.label} : {head}", (Clause(labels),))
    if not condition.items:
        return Clause("Toujours" if positive else "Jamais")
    under = tuple(_clause(item, facts, derived, positive=positive) for item in condition.items)
    if len(under) == 1:
        return under[0]
    return Clause(
        "Au moins une de ces conditions" if isinstance(condition, AnyOf) is positive else "Toutes ces conditions", under
    )


def _page(app: App, norm: Norm, on: date, reach: Mapping[str, frozenset[str]]) -> NormPage:
    base = app.base
    force = in_force(base, norm, on)
    return NormPage(
        anchor=anchor("norme", norm.id),
        id=norm.id,
        title=norm.title,
        effect=norm.effect,
        effect_label=f"{EFFECTS[norm.effect]}{f', {SOURCES[norm.source]}' if norm.source else ''}",
        matter=MATTERS.get(norm.matter, "Être tenu au secret"),
        force=force,
        force_label=IN_FORCE[force],
        lifetime=_lifetime(norm),
        explanation=norm.explanation,
        when=clause(norm.when, base.facts, base.derived),
        establishes=base.derived[norm.establishes].label if norm.establishes else None,
        needed=tuple(_needed(base, c.text, c.met) for c in norm.conditions),
        sources=_sources(base, norm, on),
        other_days=tuple(article_link(base, c.article) for c in norm.cites if not c.active(on)),
        purpose=norm.minimum.purpose if norm.minimum else None,
        minimum=_minimum(base, norm.minimum),
        lists=tuple(
            (title, texts)
            for title, texts in (
                ("À faire d'abord", norm.first),
                ("Les formes à respecter", norm.formalities),
                ("Les risques", norm.risks),
            )
            if texts
        ),
        doubts=norm.doubts(on),
        debate=anchor("debat", norm.id) if norm.debate else None,
        beats=tuple(norm_link(base.norms[i]) for i in norm.beats),
        beaten_by=tuple(norm_link(n) for n in base.norms.values() if norm.id in n.beats),
        flows=tuple(Link(anchor("parcours", f.id), f.title) for f in app.flows.values() if norm.id in reach[f.id]),
        rules=norm.rules,
        checked=f"Relue le {day(norm.checked.on)}. {norm.checked.found}" if norm.checked else "Jamais relue.",
    )


def _lifetime(norm: Norm) -> str | None:
    parts = [f"depuis le {day(norm.since)}"] if norm.since else []
    parts += [f"jusqu'au {day(norm.until)} exclu"] if norm.until else []
    return f"Règle valable {' '.join(parts)}." if parts else None


def _needed(base: KnowledgeBase, text: str, met: Condition | None) -> Needed:
    if met is None:
        return Needed(text, "À vérifier par le professionnel lui-même.")
    return Needed(text, f"Rempli si : {describe(met, base.facts, base.derived)}.")


def _minimum(base: KnowledgeBase, minimum: Minimum | None) -> tuple[Sorted, ...]:
    if minimum is None:
        return ()
    labels = {v.id: v.label for v in base.facts["information"].values}
    lists = (
        ("+", "Peut partir", minimum.share),
        ("?", "Seulement si c'est nécessaire", minimum.if_needed),
        ("×", "Reste", minimum.keep),
    )
    return tuple(
        Sorted(mark, label, tuple((labels[i.category], i.reason) for i in found))
        for mark, label, found in lists
        if found
    )


def _sources(base: KnowledgeBase, norm: Norm, on: date) -> tuple[Source, ...]:
    """Return the articles cited on that day, one entry each, with every passage marked."""
    by_article: dict[str, list[Cite]] = {}
    for cite in norm.cites:
        if cite.active(on):
            by_article.setdefault(cite.article, []).append(cite)
    return tuple(_source(base, norm, cites, on) for cites in by_article.values())


def _source(base: KnowledgeBase, norm: Norm, cites: Iterable[Cite], on: date) -> Source:
    cites = list(cites)
    article = base.articles[cites[0].article]
    cited = citation(base, article, on, NormState.APPLIES, norm=norm.id, cite=cites[0])
    version = article.at(on)
    text = version.text if version is not None and version.text is not None else ""
    passages = [c.passage for c in cites if c.passage is not None]
    whole = cut(text, passages)
    holding = tuple(p for p in whole if any(piece.marked for piece in p))
    short = len(text) <= _SHORT or (not holding and len(whole) == 1)
    return Source(
        article=article_link(base, article.id),
        point=", ".join(dict.fromkeys(c.point for c in cites if c.point is not None)) or None,
        title=article.title,
        span=span(cited.start, cited.end),
        url=cited.url,
        origin=origin(article, version),
        warnings=warnings_of(article, version, on),
        excerpt=whole if short else holding,
        whole=() if short or len(holding) == len(whole) else whole,
        words=len(text.split()),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
