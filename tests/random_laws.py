"""
Small laws drawn at random, in the two forms that the two engines read: what the law that ships happens not to say.

They hold a debated question, a value that nobody has without knowing it, texts that nobody read, conditions of one
norm on the permissions of another, and minimums of every shape. They say nothing; only their form counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

import naive

from knowledge.model import (
    All,
    Article,
    ArticleVersion,
    Certainty,
    Cite,
    Collection,
    Condition,
    Debate,
    DerivedFact,
    Effect,
    Fact,
    Is,
    Item,
    KnowledgeBase,
    Matter,
    Minimum,
    Norm,
    Not,
    Required,
    Value,
)
from knowledge.model import Any as Either

ON = date(2020, 1, 1)
SIZES = {"a": 3, "b": 2, "d": 3, "e": 2, "lecture": 2, "information": 4}
ERASABLE, DEBATED, OBVIOUS, CHANGEABLE = ("a", "b", "d"), "lecture", ("d", "3"), ("a", "information")
CATEGORIES = ["2", "3", "4"]
EFFECTS = ["establishes", "warns", "requires", "permits", "permits", "forbids", "forbids"]
EFFECTS += ["obliges", "not_covered", "debated", "may_decline"]
_DEBATE = Debate(("Une.", "L'autre."), "Se taire.", "Un avocat.")


@dataclass(frozen=True)
class Drawn:
    """One law, as each engine reads it."""

    base: KnowledgeBase
    naive: naive.Law


def situation(draw: Random) -> dict[str, str]:
    """Draw answers: what may be unknown often is, and some questions were never asked."""
    facts: dict[str, str] = {}
    for fact, size in SIZES.items():
        if fact != DEBATED and draw.random() < 0.9:
            unknown = fact in ERASABLE and draw.random() < 0.55
            facts[fact] = "inconnu" if unknown else str(draw.randint(1, size))
    return facts


def law(draw: Random) -> Drawn:
    """Draw a law where norms of contrary effects are ordered, as `motus check` asks."""
    norms: dict[str, naive.Node] = {}
    for i in range(draw.randint(2, 7)):
        norms[f"n{i}"] = _norm(draw, norms)
    read = {"start": "2000-01-01", "end": "null", "text": "Texte.", "certainty": "official-mirror"}
    articles: dict[str, naive.Node] = {"c/lu": {"versions": [read]}, "c/non-lu": {"gaps": [{"start": "1900-01-01"}]}}
    questions = {fact: _question(fact) for fact in SIZES}
    known = ArticleVersion(date(2000, 1, 1), None, "essai", Certainty.OFFICIAL_MIRROR, "essai", "Texte.")
    base = KnowledgeBase(
        articles={i: Article(i, "c", "c", i, i, None, (known,) if i == "c/lu" else ()) for i in articles},
        facts={fact: _fact(fact, code) for code, fact in enumerate(SIZES, 1)},
        derived={"bound": DerivedFact("bound", "Tenu")},
        norms={i: _as_value(i, norm) for i, norm in norms.items()},
        collections={"c": Collection("c", "Code", ("C",))},
        digest="essai",
    )
    return Drawn(base, naive.Law(articles, norms, questions, ["bound"]))


def _norm(draw: Random, before: dict[str, naive.Node]) -> naive.Node:
    effect, matter = draw.choice(EFFECTS), draw.choice(["disclosure", "disclosure", "recording"])
    if draw.random() < 0.1:
        effect, matter = draw.choice(["binds", "does_not_bind", "debated"]), "status"
    norm: naive.Node = {"effect": effect, "matter": matter, "when": _condition(draw, bound=effect != "establishes")}
    norm["cites"] = [{"article": draw.choice(["c/lu", "c/lu", "c/lu", "c/non-lu"])}]
    if effect == "establishes":
        norm["establishes"] = "bound"
    if effect in ("permits", "requires") and draw.random() < 0.4:
        met = {"met": _condition(draw)} if draw.random() < 0.7 else {}
        norm["conditions"] = [{"text": "Une condition.", **met}]
    if effect in naive.ANSWER:
        norm |= _order(draw, norm, before)
        if draw.random() < 0.5:
            norm["minimum"] = _minimum(draw)
    return norm


def _order(draw: Random, norm: naive.Node, before: dict[str, naive.Node]) -> dict[str, list[str]]:
    order: dict[str, list[str]] = {"exception_to": [], "prevails_over": []}
    for i, other in before.items():
        if other["matter"] != norm["matter"] or other["effect"] not in (*naive.ANSWER, "requires"):
            continue
        contrary = other["effect"] != "requires" and not naive.together(norm["effect"], other["effect"])
        if contrary or draw.random() < 0.4:
            word = "exception_to" if other["effect"] == "requires" or draw.random() < 0.6 else "prevails_over"
            order[word].append(i)
    return order


def _minimum(draw: Random) -> naive.Node:
    listed = draw.sample(CATEGORIES, len(CATEGORIES))
    first, second = sorted(draw.randint(0, 3) for _ in range(2))
    parts = {"share": listed[:first], "if_needed": listed[first:second], "keep": listed[second:]}
    return {part: [{"category": c, "reason": f"{part} {c}"} for c in items] for part, items in parts.items()}


def _condition(draw: Random, depth: int = 2, *, bound: bool = True) -> naive.Node:
    kind = draw.random()
    if depth == 0 or kind < 0.5:
        fact = draw.choice([*ERASABLE, *ERASABLE, "e", DEBATED, DEBATED])
        return {fact: draw.sample(_values(fact), draw.randint(1, SIZES[fact] - 1))}
    if bound and kind < 0.6:
        return {"bound": draw.choice(["oui", "non"])}
    if kind < 0.7:
        return {"not": _condition(draw, depth - 1, bound=bound)}
    return {draw.choice(["all", "any"]): [_condition(draw, depth - 1, bound=bound) for _ in range(2)]}


def _values(fact: str) -> list[str]:
    return [str(value) for value in range(1, SIZES[fact] + 1)]


def _described(fact: str) -> Iterator[tuple[str, dict[str, str]]]:
    for value in _values(fact):
        keep = {"keep": "Rien."} if fact == "information" and value in CATEGORIES[:2] else {}
        yield value, keep | ({"obvious": "Cela se voit."} if (fact, value) == OBVIOUS else {})


def _question(fact: str) -> naive.Node:
    said: naive.Node = {"values": [{"id": value, **marks} for value, marks in _described(fact)]}
    said |= {"changeable": "true"} if fact in CHANGEABLE else {}
    return said | ({"debate": {}} if fact == DEBATED else {})


def _fact(fact: str, code: int) -> Fact:
    values = tuple(Value(value, int(value), value, **marks) for value, marks in _described(fact))
    find_out, debate = "Demandez." if fact in ERASABLE else None, _DEBATE if fact == DEBATED else None
    return Fact(fact, code, fact, fact, values, None, find_out, fact in CHANGEABLE, debate)


def _as_value(norm_id: str, norm: naive.Node) -> Norm:
    effect, minimum = Effect(norm["effect"]), norm.get("minimum")
    listed = [tuple(Item(**i) for i in minimum[part]) for part in ("share", "if_needed", "keep")] if minimum else []
    conditions = [
        Required(c["text"], _as_condition(c["met"]) if "met" in c else None) for c in norm.get("conditions", [])
    ]
    return Norm(
        norm_id,
        norm_id,
        effect,
        Matter(norm["matter"]),
        _as_condition(norm["when"]),
        tuple(Cite(**c) for c in norm["cites"]),
        establishes=norm.get("establishes"),
        exception_to=tuple(norm.get("exception_to", ())),
        prevails_over=tuple(norm.get("prevails_over", ())),
        conditions=tuple(conditions),
        minimum=Minimum("Un but.", *listed) if minimum else None,
        formalities=(f"Forme de {norm_id}.",),
        first=(f"D'abord {norm_id}.",),
        risks=(f"Risque de {norm_id}.",),
        doubt=f"Doute de {norm_id}.",
        debate=_DEBATE if effect is Effect.DEBATED else None,
    )


def _as_condition(node: naive.Node) -> Condition:
    key, value = next(iter(node.items()))
    if key in ("all", "any"):
        parts = tuple(_as_condition(item) for item in value)
        return All(parts) if key == "all" else Either(parts)
    return (
        Not(_as_condition(value)) if key == "not" else Is(key, frozenset([value] if isinstance(value, str) else value))
    )
