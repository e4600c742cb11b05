"""
Mutants of the law: the base with one norm changed, as a slip of the pen would change it.

Pure and in a stable order. Only the values added to a list are drawn, from the seed, the
identity of the mutant and nothing else: a norm that changes leaves the mutants of the others alone.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from knowledge.answering.day import SETTLES
from knowledge.model import Cite, Condition, DatedDoubt, Effect, Is, KnowledgeBase, Minimum, Norm, Required
from tests.mutation.rewriting import dropped, places, replaced

T = TypeVar("T")
Changed = TypeVar("Changed", Norm, Cite, DatedDoubt, Minimum)

ADDED = 2
"""How many values are added to each list, each one alone."""

_LISTS = ("share", "if_needed", "keep")
_SENTENCES = ("formalities", "first", "risks")


@dataclass(frozen=True)
class Mutant:
    """One change of one norm. `mutated` is None where the whole norm is gone."""

    kind: str
    norm: str
    where: str
    mutated: Norm | None

    @property
    def id(self) -> str:
        """What names it in a report: stable as long as its norm does not change there."""
        return f"{self.norm} · {self.kind} · {self.where}" if self.where else f"{self.norm} · {self.kind}"

    def applied(self, base: KnowledgeBase) -> KnowledgeBase:
        """Return `base` with this change."""
        norms = dict(base.norms)
        if self.mutated is None:
            del norms[self.norm]
        else:
            norms[self.norm] = self.mutated
        return replace(base, norms=norms)


def mutants(base: KnowledgeBase, seed: int = 0) -> Iterator[Mutant]:
    """
    Yield every mutant of every norm.

    Args:
        base: the law.
        seed: draws the values that are added to the lists.

    """
    for norm in base.norms.values():
        yield from mutants_of(base, norm, seed)


def sampled(every: Iterable[Mutant], seed: int, one_in: int) -> Iterator[Mutant]:
    """Yield about one mutant in `one_in`: each is drawn by its own name, so that the others have no say."""
    for mutant in every:
        drawn = hashlib.blake2b(f"{seed} {mutant.id}".encode(), digest_size=8).digest()
        if int.from_bytes(drawn, "big") % one_in == 0:
            yield mutant


def mutants_of(base: KnowledgeBase, norm: Norm, seed: int = 0) -> Iterator[Mutant]:
    """Yield every mutant of one norm."""
    for kind, where, mutated in _changes(base, norm, seed):
        if mutated != norm:
            yield Mutant(kind, norm.id, where, mutated)


def _changes(base: KnowledgeBase, norm: Norm, seed: int) -> Iterator[tuple[str, str, Norm | None]]:
    yield ("rule dropped" if norm.effect is Effect.ESTABLISHES else "norm dropped"), "", None
    for where, condition in _conditions(base, norm.when, f"{seed} {norm.id}"):
        yield f"when: {where[0]}", where[1], replace(norm, when=condition)
    yield from _requirements(base, norm, seed)
    yield from _effects(base, norm)
    yield from _dates(norm)
    yield from _citations(norm)
    yield from _orders(norm)
    if norm.minimum is not None:
        for where, minimum in _minimum(norm.minimum):
            yield where[0], where[1], replace(norm, minimum=minimum)
    yield from _words(norm)


def _orders(norm: Norm) -> Iterator[tuple[str, str, Norm]]:
    for key in ("exception_to", "prevails_over"):
        targets: tuple[str, ...] = getattr(norm, key)
        for i, target in enumerate(targets):
            yield f"{key} dropped", target, _with(norm, key, _without(targets, i))


def _words(norm: Norm) -> Iterator[tuple[str, str, Norm]]:
    if norm.doubt is not None:
        yield "doubt dropped", "", replace(norm, doubt=None)
    for i in range(len(norm.dated_doubts)):
        yield "doubt dropped", f"{i + 1}", replace(norm, dated_doubts=_without(norm.dated_doubts, i))
    if norm.debate is not None:
        yield "debate dropped", "", replace(norm, debate=None)
        for i in range(len(norm.debate.readings)):
            debate = replace(norm.debate, readings=_without(norm.debate.readings, i))
            yield "debate dropped", f"reading {i + 1}", replace(norm, debate=debate)
    for key in _SENTENCES:
        for i in range(len(getattr(norm, key))):
            yield "sentence dropped", f"{key} {i + 1}", _with(norm, key, _without(getattr(norm, key), i))


def _conditions(base: KnowledgeBase, condition: Condition, seed: str) -> Iterator[tuple[tuple[str, str], Condition]]:
    for place, atom in places(condition):
        name = f"{atom.fact}@{'.'.join(map(str, place))}"
        yield ("condition dropped", name), dropped(condition, place)
        if len(atom.values) > 1:
            for value in sorted(atom.values):
                narrowed = Is(atom.fact, atom.values - {value})
                yield ("value removed", f"{name} -{value}"), replaced(condition, place, narrowed)
        domain = ["oui", "non"] if atom.fact in base.derived else [v.id for v in base.facts[atom.fact].values]
        absent = [v for v in domain if v not in atom.values]
        for value in random.Random(f"{seed} {name}").sample(absent, min(ADDED, len(absent))):
            widened = Is(atom.fact, atom.values | {value})
            yield ("value added", f"{name} +{value}"), replaced(condition, place, widened)


def _requirements(base: KnowledgeBase, norm: Norm, seed: int) -> Iterator[tuple[str, str, Norm]]:
    for i, required in enumerate(norm.conditions):
        yield "requirement dropped", f"{i + 1}", replace(norm, conditions=_without(norm.conditions, i))
        if required.met is None:
            continue
        yield "met: dropped", f"{i + 1}", _with_met(norm, i, None)
        for where, met in _conditions(base, required.met, f"{seed} {norm.id} {i}"):
            yield f"met: {where[0]}", f"{i + 1} {where[1]}", _with_met(norm, i, met)


def _with_met(norm: Norm, index: int, met: Condition | None) -> Norm:
    conditions = [Required(r.text, met) if i == index else r for i, r in enumerate(norm.conditions)]
    return replace(norm, conditions=tuple(conditions))


def _effects(base: KnowledgeBase, norm: Norm) -> Iterator[tuple[str, str, Norm]]:
    if norm.effect is Effect.ESTABLISHES:
        for fact in base.derived:
            if fact != norm.establishes:
                yield "effect swapped", fact, replace(norm, establishes=fact)
        return
    others = [e for e in Effect if e in SETTLES] if norm.effect in SETTLES else [Effect.PERMITS, Effect.FORBIDS]
    if norm.effect is Effect.REQUIRES:
        others = [*others, Effect.WARNS]
    for effect in others:
        if effect is not Effect.DEBATED:
            yield "effect swapped", effect.value, replace(norm, effect=effect, debate=None)


def _dates(norm: Norm) -> Iterator[tuple[str, str, Norm]]:
    for key in ("since", "until"):
        for says, moved in _moved(getattr(norm, key)):
            yield "date shifted", f"{key} {says}", _with(norm, key, moved)
        for i, cite in enumerate(norm.cites):
            for says, moved in _moved(getattr(cite, key)):
                changed = (*norm.cites[:i], _with(cite, key, moved), *norm.cites[i + 1 :])
                yield "date shifted", f"cite {i + 1} {cite.article} {key} {says}", replace(norm, cites=changed)
        for i, doubt in enumerate(norm.dated_doubts):
            for says, moved in _moved(getattr(doubt, key)):
                shifted = (*norm.dated_doubts[:i], _with(doubt, key, moved), *norm.dated_doubts[i + 1 :])
                yield "date shifted", f"doubt {i + 1} {key} {says}", replace(norm, dated_doubts=shifted)


def _moved(day: date | None) -> Iterator[tuple[str, date | None]]:
    if day is not None:
        for years in (-1, 1, 5):
            yield f"{years:+} y", day.replace(year=day.year + years, day=min(day.day, 28))
        yield "dropped", None


def _citations(norm: Norm) -> Iterator[tuple[str, str, Norm]]:
    for i, cite in enumerate(norm.cites):
        yield "article dropped", _cited(cite, i), replace(norm, cites=_without(norm.cites, i))


def _cited(cite: Cite, index: int) -> str:
    return f"{index + 1} {cite.article}{f' {cite.point}' if cite.point else ''}"


def _minimum(minimum: Minimum) -> Iterator[tuple[tuple[str, str], Minimum]]:
    for key in _LISTS:
        items = getattr(minimum, key)
        for i, item in enumerate(items):
            left = _with(minimum, key, _without(items, i))
            yield ("item dropped", f"{item.category} from {key}"), left
            for other in _LISTS:
                if other != key:
                    moved = _with(left, other, (*getattr(left, other), item))
                    yield ("item moved", f"{item.category} from {key} to {other}"), moved


def _with(item: Changed, key: str, value: object) -> Changed:
    changes: dict[str, Any] = {key: value}
    return replace(item, **changes)


def _without(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return items[:index] + items[index + 1 :]
