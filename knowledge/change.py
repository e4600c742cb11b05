"""What would change the answer: the smallest changes of fact that lead to another outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations, product

from knowledge.advice import Advice, Change
from knowledge.condition import atoms, holds
from knowledge.dated import SETTLES, law_of
from knowledge.evaluate import answer
from knowledge.model import Condition, Fact, KnowledgeBase, Outcome, Required
from knowledge.typography import french
from knowledge.weigh import weigh

_LARGEST = 3
_NAMED = 2


def changes(base: KnowledgeBase, advice: Advice, fixed: Collection[str] = ()) -> tuple[Change, ...]:
    """
    Find the smallest sets of changed facts that lead to another outcome.

    Only facts a worker can still find out or bring about are changed.
    A set is left out where a smaller part of it already leads to the same outcome.

    Args:
        base: the law.
        advice: the advice to change; its facts are the situation.
        fixed: facts that nobody answered, since the flow sets them: they are never changed.

    """
    asked = {f: v for f, v in advice.facts.items() if f in base.facts}
    found: list[tuple[dict[str, str], Outcome, str]] = []
    for size in range(1, _LARGEST + 1):
        known = {outcome for _, outcome, _ in found}
        for change in _candidates(base, asked, advice, size):
            if not change.keys().isdisjoint(fixed):
                continue
            if any(smaller.items() <= change.items() for smaller, _, _ in found):
                continue
            outcome, governing = _outcome(base, {**asked, **change}, advice.on)
            if outcome is not advice.outcome and (size == 1 or outcome not in known):
                found.append((change, outcome, governing))
    return tuple(_grouped(base, found))


def _grouped(base: KnowledgeBase, found: list[tuple[dict[str, str], Outcome, str]]) -> Iterator[Change]:
    """Say once what several answers to the same question lead to."""
    groups: dict[tuple[frozenset[str], Outcome], list[tuple[dict[str, str], str]]] = {}
    for change, outcome, governing in found:
        what = frozenset(change) if len(change) == 1 else frozenset(f"{f}: {v}" for f, v in change.items())
        groups.setdefault((what, outcome), []).append((change, governing))
    for (_, outcome), many in groups.items():
        change, governing = many[0]
        others = tuple(value for other, _ in many[1:] for value in other.values())
        yield Change(change, others, _say(base, change, others), outcome, governing)


def _candidates(base: KnowledgeBase, asked: Mapping[str, str], advice: Advice, size: int) -> Iterator[dict[str, str]]:
    """Yield changes worth trying: values named by the conditions of norms that do not stand yet."""
    law = law_of(base, advice.on)
    weighing = weigh(law, asked)
    seen: set[tuple[tuple[str, str], ...]] = set()
    for weighed in weighing.norms.values():
        norm = weighed.dated.norm
        if norm.effect not in SETTLES or norm.matter is not advice.matter:
            continue
        options = _options(base.facts, asked, weighed.dated.applies, norm.conditions)
        for facts in combinations(sorted(options), size):
            for values in product(*(options[f] for f in facts)):
                change = tuple(zip(facts, values, strict=True))
                trial = {**weighing.facts, **dict(change)}
                if change not in seen and (size == 1 or holds(weighed.dated.applies, trial)):
                    seen.add(change)
                    yield dict(change)


def _options(
    facts: Mapping[str, Fact], asked: Mapping[str, str], applies: Condition, conditions: tuple[Required, ...]
) -> dict[str, list[str]]:
    options: dict[str, list[str]] = {}
    named = [*atoms(applies), *(atom for r in conditions if r.met is not None for atom in atoms(r.met))]
    for atom in named:
        fact = facts.get(atom.fact)
        if fact is None or not fact.changeable or fact.id not in asked:
            continue
        ids = [v.id for v in fact.values if v.id != asked.get(fact.id)]
        if fact.id == "information":
            ids = [i for i in ids if i == "anonyme"]
        options[fact.id] = ids
    return options


def _outcome(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> tuple[Outcome, str]:
    _, main = answer(weigh(law_of(base, on), facts))
    return main.outcome, main.governing.dated.norm.id


def _say(base: KnowledgeBase, change: Mapping[str, str], others: tuple[str, ...]) -> str:
    parts = []
    for fact_id, value_id in change.items():
        labels = [_label(base.facts[fact_id], v) for v in (value_id, *others)]
        named = " ou ".join(f"« {label} »" for label in labels[:_NAMED])
        rest = " ou une autre réponse" if len(labels) > _NAMED else ""
        parts.append(f"« {base.facts[fact_id].label} » devient {named}{rest}")
    return french(" et ".join(parts))


def _label(fact: Fact, value_id: str) -> str:
    value = fact.value(value_id)
    return value.label if value is not None else value_id
