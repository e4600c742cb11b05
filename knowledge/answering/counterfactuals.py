"""What would change the answer: the smallest changes of fact that lead to another outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, product

from knowledge.answering.completions import reply_to
from knowledge.answering.conditions import facts_in, holds
from knowledge.answering.day import DatedLaw, law_of
from knowledge.answering.equivalence import Alike, Signature, signature, told_apart
from knowledge.answering.standing import Weighing, weigh
from knowledge.model import INCONNU, Condition, Fact, KnowledgeBase, Matter, Outcome
from knowledge.model.advice import Advice, Change
from knowledge.model.errors import ConflictError
from knowledge.model.typography import french

_LARGEST = 3
_NAMED = 2

Changed = dict[str, str]
"""Some facts and their new values."""

_Open = tuple[Condition, Mapping[str, list[str]], bool]


def changes(base: KnowledgeBase, advice: Advice, fixed: Collection[str] = ()) -> tuple[Change, ...]:
    """
    Find the smallest sets of changed facts that lead to another outcome.

    Only what a worker can still bring about is changed. What she does not know is no change: the forks say it.
    A set is left out where a smaller part of it already leads to the same outcome.

    Args:
        base: the law.
        advice: the advice to change; its facts are the situation.
        fixed: facts that nobody answered, since the flow sets them: they are never changed.

    """
    asked = {f: v for f, v in advice.facts.items() if f in base.facts}
    weighing = weigh(law_of(base, advice.on), asked)
    outcomes = _Outcomes(base, weighing.law, asked)
    open_to = _open(base, weighing, advice.matter, asked)
    found: list[tuple[Changed, Outcome, str]] = []
    for size in range(1, _LARGEST + 1):
        known = {outcome for _, outcome, _ in found}
        for change in _candidates(weighing, open_to, size):
            if not change.keys().isdisjoint(fixed):
                continue
            if any(smaller.items() <= change.items() for smaller, _, _ in found):
                continue
            reply = outcomes.after(change)
            if reply is None:
                continue
            outcome, governing = reply
            if outcome is not advice.outcome and (size == 1 or outcome not in known):
                found.append((change, outcome, governing))
    return tuple(_grouped(base, found))


def _grouped(base: KnowledgeBase, found: list[tuple[Changed, Outcome, str]]) -> Iterator[Change]:
    """Say once what several answers to the same question lead to."""
    groups: dict[tuple[frozenset[str], Outcome], list[tuple[Changed, str]]] = {}
    for change, outcome, governing in found:
        what = frozenset(change) if len(change) == 1 else frozenset(f"{f}: {v}" for f, v in change.items())
        groups.setdefault((what, outcome), []).append((change, governing))
    for (_, outcome), many in groups.items():
        change, governing = many[0]
        others = tuple(value for other, _ in many[1:] for value in other.values())
        yield Change(change, others, _say(base, change, others), outcome, governing)


def _candidates(weighing: Weighing, open_to: list[_Open], size: int) -> Iterator[Changed]:
    """Yield changes worth trying: values named by the conditions of norms that do not stand yet."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for applies, options, reachable in open_to:
        if len(options) < size or (size > 1 and not reachable):
            continue
        for facts in combinations(sorted(options), size):
            for values in product(*(options[f] for f in facts)):
                change = tuple(zip(facts, values, strict=True))
                if change not in seen and (size == 1 or holds(applies, {**weighing.facts, **dict(change)})):
                    seen.add(change)
                    yield dict(change)


def _open(base: KnowledgeBase, weighing: Weighing, matter: Matter, asked: Mapping[str, str]) -> list[_Open]:
    """Return, by norm of a matter, its condition, the answers it could be given instead, and if they could meet it."""
    changeable = {f: v for f, v in asked.items() if base.facts[f].changeable and v != INCONNU}
    other = {f: _others(base.facts[f], v) for f, v in changeable.items()}
    parts: dict[frozenset[str], tuple[dict[str, list[str]], dict[str, str]]] = {}
    found: list[_Open] = []
    for applies, named in _named_by(weighing.law, matter):
        changing = named.intersection(other)
        if changing not in parts:
            fixed = {f: v for f, v in weighing.facts.items() if f not in changing}
            parts[changing] = {f: other[f] for f in changing}, fixed
        options, fixed = parts[changing]
        found.append((applies, options, len(options) > 1 and holds(applies, fixed) is not False))
    return found


@lru_cache(maxsize=256)
def _named_by(law: DatedLaw, matter: Matter) -> tuple[tuple[Condition, frozenset[str]], ...]:
    """Return, by norm of a matter, its condition and the facts named by it and by what it asks besides."""
    found = []
    for dated in law.settling[matter]:
        met = [r.met for r in dated.norm.conditions if r.met is not None]
        found.append((dated.applies, frozenset(f for c in (dated.applies, *met) for f in facts_in(c))))
    return tuple(found)


def _others(fact: Fact, value: str) -> list[str]:
    """Return the answers other than `value`. Of the information, only that it could be anonymous."""
    return [v.id for v in fact.values if v.id != value and (fact.id != "information" or v.id == "anonyme")]


class _Outcomes:
    """What each change leads to: changes that no norm tells apart are weighed once."""

    def __init__(self, base: KnowledgeBase, law: DatedLaw, asked: Mapping[str, str]) -> None:
        self._base = base
        self._law = law
        self._asked = asked
        self._told: dict[tuple[str, ...], dict[str, list[frozenset[str]]]] = {}
        self._known: dict[tuple[tuple[str, Signature], ...], tuple[Outcome, str] | None] = {}

    def after(self, change: Changed) -> tuple[Outcome, str] | None:
        """Return the outcome once `change` is made, and the norm that governs; None where the law has a hole there."""
        facts = tuple(change)
        if facts not in self._told:
            self._told[facts] = told_apart(_alike(self._law), self._asked, facts)
        told = self._told[facts]
        key = tuple((f, signature(v, told[f])) for f, v in change.items())
        if key not in self._known:
            self._known[key] = self._reply({**self._asked, **change})
        return self._known[key]

    def _reply(self, facts: Mapping[str, str]) -> tuple[Outcome, str] | None:
        try:
            reply = reply_to(self._base, facts, self._law)
        except ConflictError:
            return None
        return None if reply is None else (reply.outcome, reply.norm)


@lru_cache(maxsize=128)
def _alike(law: DatedLaw) -> Alike:
    groups = (*law.settling.values(), *law.requiring.values(), *(items for _, items in law.establishing))
    return Alike(item for group in groups for item in group)


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
