"""
The closed language of conditions, three-valued.

`all`, `any`, `not`, and `fact: value`. True, False, or None where the facts do not say:
because the fact was not asked yet, or because the answer is "je ne sais pas".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from knowledge.model import INCONNU, All, Any, Condition, DerivedFact, Fact, Facts, Is, Not

UNREAD = Is("", frozenset())
"""A condition that nobody can answer: the law of that day was not read."""

_NOTHING: Mapping[str, frozenset[str]] = {}


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


Test = Callable[[Facts], bool | None]


def made_ready(condition: Condition) -> Test:
    """
    Return `holds` of one condition, made ready for many situations: it says the same, three times as fast.

    >>> made_ready(Not(Is("bound", frozenset({"oui"}))))({"bound": "oui"})
    False
    """
    if isinstance(condition, Is):
        fact, values = condition.fact, condition.values

        def atom(facts: Facts) -> bool | None:
            value = facts.get(fact, INCONNU)
            return None if value == INCONNU else value in values

        return atom
    if isinstance(condition, Not):
        inner = made_ready(condition.item)

        def denied(facts: Facts) -> bool | None:
            truth = inner(facts)
            return None if truth is None else not truth

        return denied
    tests, decisive = tuple(map(made_ready, condition.items)), isinstance(condition, Any)

    def joined(facts: Facts) -> bool | None:
        unknown = False
        for test in tests:
            truth = test(facts)
            if truth is decisive:
                return decisive
            unknown = unknown or truth is None
        return None if unknown else not decisive

    return joined


def open_facts(
    condition: Condition,
    facts: Facts,
    possible: Mapping[str, frozenset[str]] = _NOTHING,
    worth: tuple[bool, ...] = (True, False),
) -> Iterator[str]:
    """
    Yield the facts not asked yet on which the truth of `condition` still hangs.

    Beside a part that stays unknown, a part that could only be neutral changes nothing: it asks nothing.
    `possible` says which values the derived facts that are still open can take, `worth` which truths would count.

    >>> a, b, c, d = (Is(name, frozenset({"oui"})) for name in "abcd")
    >>> list(open_facts(All((a, Any((b, c)))), {"a": "inconnu", "b": "inconnu"}))
    []
    >>> list(open_facts(All((Any((a, b)), All((c, d)))), {"a": "inconnu", "d": "inconnu"}))
    ['c']
    """
    if isinstance(condition, Is):
        if condition.fact and condition.fact not in facts:
            yield condition.fact
    elif isinstance(condition, Not):
        yield from open_facts(condition.item, facts, possible, tuple(not truth for truth in worth))
    elif holds(condition, facts) is None:
        either = isinstance(condition, Any)
        for i, item in enumerate(condition.items):
            beside = condition.items[:i] + condition.items[i + 1 :]
            left = tuple(t for t in worth if _counts(t, item, beside, facts, possible, either=either))
            if left and holds(item, facts) is None:
                yield from open_facts(item, facts, possible, left)


def _counts(
    truth: bool,
    item: Condition,
    beside: tuple[Condition, ...],
    facts: Facts,
    possible: Mapping[str, frozenset[str]],
    *,
    either: bool,
) -> bool:
    """Tell whether a part can come to `truth`, and the whole with it: by itself, or if all the others do."""
    alone = truth is either
    return can_be(item, facts, possible, truth) and (alone or all(can_be(o, facts, possible, truth) for o in beside))


def can_be(condition: Condition, facts: Facts, possible: Mapping[str, frozenset[str]], truth: bool) -> bool:
    """Tell whether some answers to what was not asked yet would make `condition` true, or false."""
    settled = holds(condition, facts)
    if settled is not None:
        return settled is truth
    if isinstance(condition, Is):
        if not condition.fact or condition.fact in facts:
            return False
        values = possible.get(condition.fact)
        return values is None or bool(values & condition.values if truth else values - condition.values)
    if isinstance(condition, Not):
        return can_be(condition.item, facts, possible, not truth)
    parts = (can_be(i, facts, possible, truth) for i in condition.items)
    return any(parts) if truth is isinstance(condition, Any) else all(parts)


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
    return deciding(condition, facts, holds(condition, facts))


def deciding(condition: Condition, facts: Facts, truth: bool | None) -> Condition:
    """Return the same, where the truth of `condition` is known already."""
    while truth is not True and isinstance(condition, All):
        condition = next(item for item in condition.items if holds(item, facts) is truth)
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


def decided(condition: Condition, facts: Facts) -> Condition:
    """
    Return what is left of a condition once its decided parts are taken out; the whole where nothing is decided.

    >>> asks = All((Is("act", frozenset({"dire"})), Is("danger", frozenset({"peril"}))))
    >>> decided(asks, {"act": "dire", "danger": "inconnu"})
    Is(fact='danger', values=frozenset({'peril'}))
    """
    if isinstance(condition, Is):
        return condition
    if isinstance(condition, Not):
        return Not(decided(condition.item, facts))
    left = tuple(decided(item, facts) for item in condition.items if holds(item, facts) is None)
    if len(left) == 1:
        return left[0]
    return (All if isinstance(condition, All) else Any)(left) if left else condition
