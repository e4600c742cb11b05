"""
What a boundary says of a norm, worked out from a base: its calendar, an answer, the answers that keep it.

Everything is strings, lists and mappings, so that it compares with what a YAML file says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from knowledge import Advice, KnowledgeBase, evaluate
from knowledge.answering.citations import citations
from knowledge.answering.conditions import holds
from knowledge.answering.day import DatedLaw, in_force, law_of
from knowledge.answering.standing import Weighed, Weighing, weigh
from knowledge.model import InForce, Minimum, Norm
from knowledge.model.advice import NormState

Row = dict[str, Any]
_FORCE = {InForce.YES: "sure", InForce.UNKNOWN: "unread", InForce.NO: "none"}


def calendar(base: KnowledgeBase, norm: Norm) -> Row:
    """
    Return the days of a norm: when it is in force, and from which day each citation counts in which version.

    `sure` is in force, `unread` is perhaps in force since a text of that day was not read.
    `doubts` counts what is not sure, where that too depends on the day.
    """
    force: dict[str, str] = {}
    doubts: dict[str, str] = {}
    cites: dict[str, list[str]] = {}
    for day in days_of(base, norm):
        now = in_force(base, norm, day)
        _say(force, str(day), _FORCE[now], "none")
        _say(doubts, str(day), str(len(norm.doubts(day))), "0")
        cited = _versions(base, norm, day) if now is not InForce.NO else {}
        for name in {**cites, **cited}:
            written = cites.setdefault(name, [])
            version = cited.get(name, "none")
            if (written[-1].split()[-1] if written else "none") != version:
                written.append(version if version == str(day) else f"{day} {version}")
    return {"in_force": force, "cites": cites, **({"doubts": doubts} if norm.dated_doubts else {})}


def days_of(base: KnowledgeBase, norm: Norm) -> list[date]:
    """Return the days on which something of a norm or of its texts changes, and the day before them all."""
    spans: list[tuple[date | None, date | None]] = [(norm.since, norm.until)]
    spans += [(c.since, c.until) for c in norm.cites] + [(d.since, d.until) for d in norm.dated_doubts]
    days = {day for span in spans for day in span if day is not None}
    for cite in norm.cites:
        for version in base.articles[cite.article].versions:
            days.update(d for d in (version.start, version.end) if d is not None)
    return sorted({min(days, default=date(2000, 1, 1)) - timedelta(days=1)} | days)


def _say(days: dict[str, str], day: str, said: str, before: str) -> None:
    if (next(reversed(days.values())) if days else before) != said:
        days[day] = said


def _versions(base: KnowledgeBase, norm: Norm, day: date) -> dict[str, str]:
    """Return the first day of the version of each article cited; a number tells apart those cited twice."""
    found: dict[str, str] = {}
    for cited in citations(base, norm, day, NormState.APPLIES):
        name = _named(cited.article, cited.point)
        while name in found:
            name += " again"
        found[name] = str(cited.start) if cited.start else "unread"
    return found


def state(weighing: Weighing, norm: str) -> str:
    """Return what becomes of a norm: stands, set_aside, not_met, uncertain, or absent from the law of the day."""
    weighed = weighing.norms.get(norm)
    if weighed is None:
        return "absent"
    if weighed.stands:
        return "stands"
    if weighed.stands is None:
        return "uncertain"
    return "not_met" if weighed.set_aside_by is None else "set_aside"


def signature(weighing: Weighing, norm: str) -> tuple[str, ...]:
    """Return the state of a norm and of the conditions that the answers prove."""
    weighed = weighing.norms.get(norm)
    return (state(weighing, norm), *(_proofs(weighing, weighed) if weighed is not None else ()))


def _proofs(weighing: Weighing, weighed: Weighed) -> list[str]:
    said = {True: "met", False: "unmet", None: "unknown"}
    return [said[holds(r.met, weighing.facts)] for r in weighed.dated.norm.conditions if r.met is not None]


def around(law: DatedLaw, norm: str) -> DatedLaw:
    """Return the part of `law` that decides what becomes of one norm: what establishes facts, and what can beat it."""
    beaten_by = {d.norm.id: d.beaten_by for group in law.settling.values() for d in group}
    near, frontier = {norm}, {norm}
    while frontier:
        frontier = {b for i in frontier for b in beaten_by.get(i, ())} - near
        near |= frontier
    return replace(
        law,
        settling={m: tuple(d for d in group if d.norm.id in near) for m, group in law.settling.items()},
        requiring={m: tuple(d for d in group if d.norm.id in near) for m, group in law.requiring.items()},
        warning=tuple(d for d in law.warning if d.norm.id in near),
    )


def kept(base: KnowledgeBase, facts: Mapping[str, str], on: date, norm: str, fact: str) -> tuple[str, list[str]]:
    """
    Return the answers to `fact` that leave the norm as it is in this situation; any other changes it.

    They are said the shorter way: `only` lists them, `all_but` lists the others.
    """
    law = around(law_of(base, on), norm)
    here = signature(weigh(law, facts), norm)
    leaves = {v.id: signature(weigh(law, {**facts, fact: v.id}), norm) == here for v in base.facts[fact].values}
    others = [v for v, same in leaves.items() if not same]
    inside = [v for v, same in leaves.items() if same]
    return ("only", inside) if len(inside) <= len(others) else ("all_but", others)


def told(base: KnowledgeBase, facts: Mapping[str, str], on: date, norm_id: str) -> Row:
    """Return the answer in one situation, and what one norm brings to it. What is empty is left out."""
    advice = evaluate(base, facts, on)
    if not isinstance(advice, Advice):
        return {"asks": sorted(advice.facts)}
    weighing = weigh(law_of(base, on), facts)
    norm = base.norms.get(norm_id)
    row: Row = {"state": state(weighing, norm_id), "outcome": str(advice.outcome), "governing": advice.governing}
    if norm is None:
        return row
    row["set_aside"] = sorted(s.norm for s in advice.trace if s.by == norm_id)
    row["also"] = sorted(advice.also) if advice.governing == norm_id else []
    row["establishes"] = f"{norm.establishes} {weighing.facts.get(norm.establishes)}" if norm.establishes else ""
    if row["state"] != "not_met":
        row["articles"] = [_named(a.article, a.point) for a in advice.articles if a.norm == norm_id]
        row["conditions"] = [str(c.status) for c in advice.conditions if c.norm == norm_id]
        row.update(_minimum(base, advice, norm_id))
        doubts = sum(d in advice.doubt for d in norm.doubts(on))
        row["doubts"] = str(doubts or "")
        row["readings"] = str(len(advice.debate.readings)) if advice.debate and advice.governing == norm_id else ""
        row["sentences"] = _sentences(advice, norm)
    return {key: value for key, value in row.items() if value}


def _named(article: str, point: str | None) -> str:
    return article if point is None else f"{article} {point}"


def _minimum(base: KnowledgeBase, advice: Advice, norm: str) -> Row:
    """Return the minimum as it is shown; a category is `kept_because` where the norm itself says why."""
    limits = any(a.norm == norm and a.role is NormState.LIMITS for a in advice.articles)
    shown: Minimum | None = advice.minimum if advice.governing == norm else advice.instead if limits else None
    if shown is None:
        return {}
    usual = {(v.id, v.keep) for v in base.facts["information"].values}
    return {
        "share": [i.category for i in shown.share],
        "if_needed": [i.category for i in shown.if_needed],
        "kept_because": [i.category for i in shown.keep if (i.category, i.reason) not in usual],
    }


def _sentences(advice: Advice, norm: Norm) -> Row:
    """Return how many of the sentences of the norm are shown, by key."""
    shown = {
        key: sum(text in getattr(advice, key) for text in getattr(norm, key))
        for key in ("formalities", "first", "risks")
    }
    return {key: str(count) for key, count in shown.items() if count}
