"""
The closed language of conditions, three-valued.

`all`, `any`, `not`, and `fact: value`. True, False, or None where the facts do not say:
because the fact was not asked yet, or because the answer is "je ne sais pas".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.model import INCONNU, All, Any, Condition, DerivedFact, Fact, Facts, Is, Not

ALWAYS = All(())


def holds(condition: Condition, facts: Facts) -> bool | None:
    """
    Evaluate a condition, three-valued (Kleene).

    >>> holds(Is("bound", frozenset({"oui"})), {"bound": "oui"})
    True
    >>> holds(Is("danger", frozenset({"aucun"})), {"danger": "inconnu"}) is None
    True
    """
    if isinstance(condition, Is):
        value = facts.get(condition.fact, INCONNU)
        return None if value == INCONNU else value in condition.values
    if isinstance(condition, Not):
        inner = holds(condition.item, facts)
        return None if inner is None else not inner
    decisive = isinstance(condition, Any)
    unknown = False
    for item in condition.items:
        truth = holds(item, facts)
        if truth is decisive:
            return decisive
        unknown = unknown or truth is None
    return None if unknown else not decisive


def open_facts(condition: Condition, facts: Facts) -> Iterator[str]:
    """Yield the facts not asked yet on which the truth of `condition` still hangs."""
    if isinstance(condition, Is):
        if condition.fact not in facts:
            yield condition.fact
    elif isinstance(condition, Not):
        yield from open_facts(condition.item, facts)
    elif holds(condition, facts) is None:
        for item in condition.items:
            if holds(item, facts) is None:
                yield from open_facts(item, facts)


def facts_in(condition: Condition) -> Iterator[str]:
    """Yield every fact that `condition` names."""
    for atom in atoms(condition):
        yield atom.fact


def atoms(condition: Condition) -> Iterator[Is]:
    """Yield every `fact: values` in `condition`."""
    if isinstance(condition, Is):
        yield condition
    elif isinstance(condition, Not):
        yield from atoms(condition.item)
    else:
        for item in condition.items:
            yield from atoms(item)


def decisive(condition: Condition, facts: Facts) -> Condition:
    """Return the smallest part of `condition` that decides its truth: the first false or unknown one, or the whole."""
    if isinstance(condition, All):
        truth = holds(condition, facts)
        for item in condition.items:
            if truth is not True and holds(item, facts) is truth:
                return decisive(item, facts)
    return condition


def describe(condition: Condition, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact]) -> str:
    """Say a condition in French, with the labels of the facts."""
    return _say(condition, facts, derived, positive=True)


def _say(condition: Condition, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact], *, positive: bool) -> str:
    if isinstance(condition, Not):
        return _say(condition.item, facts, derived, positive=not positive)
    if isinstance(condition, Is):
        if condition.fact in derived:
            yes = ("oui" in condition.values) is positive
            label = derived[condition.fact].label
            return label if yes else f"pas ceci : {label}"
        fact = facts[condition.fact]
        labels = [v.label for v in fact.values if v.id in condition.values]
        words = labels[0] if len(labels) == 1 else " ; ou ".join(labels[:4]) + (" ; ou…" if len(labels) > 4 else "")
        return f"{fact.label} : {'' if positive else 'autre que '}{words}"
    conjunction = isinstance(condition, All) is positive
    parts = [_say(item, facts, derived, positive=positive) for item in condition.items]
    return (", et " if conjunction else ", ou ").join(parts) if parts else "toujours"
