"""What would change the answer: the smallest changes of fact that lead to another outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product

from knowledge.condition import atoms, holds
from knowledge.dated import law_of
from knowledge.evaluate import answer
from knowledge.model import Advice, Change, Condition, Fact, KnowledgeBase, Outcome, Required
from knowledge.typography import french
from knowledge.weigh import settles, weigh

_LARGEST = 3


def changes(base: KnowledgeBase, advice: Advice) -> tuple[Change, ...]:
    """
    Find the smallest sets of changed facts that lead to another outcome.

    Only facts a worker can still find out or bring about are changed.
    A set is left out where a smaller part of it already leads to the same outcome.

    Args:
        base: the law.
        advice: the advice to change; its facts are the situation.
    """
    found: list[Change] = []
    asked = {f: v for f, v in advice.facts.items() if f in base.facts}
    for size in range(1, _LARGEST + 1):
        for change in _candidates(base, asked, advice, size):
            if any(set(c.facts.items()) <= set(change.items()) for c in found):
                continue
            reached = _outcome(base, {**asked, **change}, advice.on)
            if reached[0] is not advice.outcome:
                known = {c.outcome for c in found}
                if size > 1 and reached[0] in known:
                    continue
                found.append(Change(change, _say(base, change), reached[0], reached[1]))
    return tuple(found)


def _candidates(base: KnowledgeBase, asked: Mapping[str, str], advice: Advice, size: int) -> Iterator[dict[str, str]]:
    """Yield changes worth trying: values named by the conditions of norms that do not stand yet."""
    law = law_of(base, advice.on)
    weighing = weigh(law, asked)
    seen: set[tuple[tuple[str, str], ...]] = set()
    for weighed in weighing.norms.values():
        norm = weighed.dated.norm
        if not settles(norm.effect) or norm.matter is not advice.matter:
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


def _say(base: KnowledgeBase, change: Mapping[str, str]) -> str:
    parts = []
    for fact_id, value_id in change.items():
        fact = base.facts[fact_id]
        value = fact.value(value_id)
        label = value.label if value is not None else value_id
        parts.append(f"« {fact.label} » devient « {label} »")
    return french(" et ".join(parts))
