"""
No silent choice: two norms that can both stand with different effects need a stated order.

The search is over the closed values of the facts: a pair is refused as soon as one
situation makes both stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import combinations

from knowledge.answering import DatedLaw, DatedNorm, atoms, compatible, holds, in_force, law_of, open_facts
from knowledge.checking.edited import edited
from knowledge.model import All, Any, Condition, Effect, InForce, Is, KnowledgeBase, Matter, Norm, Not
from knowledge.model.errors import Problem


def conflicts(base: KnowledgeBase, sound: KnowledgeBase | None = None) -> Iterator[Problem]:
    """
    Yield one problem per pair of norms that can contradict each other, with a situation where they do.

    Args:
        base: the law.
        sound: a law in which nothing clashes: only what an edit of it can make clash is searched.

    """
    among = _within_reach(base, sound) if sound is not None else None
    if among is not None and not among:
        return
    domains = {f.id: tuple(v.id for v in f.values) for f in base.facts.values()}
    domains.update(dict.fromkeys(base.derived, ("oui", "non")))
    together: dict[tuple[str, str], bool] = {}
    harmless: set[tuple[object, ...]] = set()
    seen: set[tuple[str, str]] = set()
    for on in _unlike(base):
        law = law_of(base, on)
        ties = tuple((fact, tuple((d.norm.id, d.sure) for d in items)) for fact, items in law.establishing)
        for matter in Matter:
            unbeaten = {d.norm.id: d for d in law.settling[matter] if not d.beaten_by and d.sure}
            for one, other in _pairs(law.settling[matter], among):
                if compatible(one.norm.effect, other.norm.effect) or _ordered(one, other):
                    continue
                pair = (min(one.norm.id, other.norm.id), max(one.norm.id, other.norm.id))
                if pair in seen:
                    continue
                above = sorted({b for d in (one, other) for b in d.beaten_by if b in unbeaten})
                if pair not in together:
                    together[pair] = witness(All((one.applies, other.applies)), domains) is not None
                key = (pair, *above, ties)
                if not together[pair] or key in harmless:
                    continue
                both = All((one.applies, other.applies, *(Not(unbeaten[b].applies) for b in above)))
                situation = witness(both, domains) and witness(All((both, *_established(law))), domains)
                if situation is None:
                    harmless.add(key)
                else:
                    seen.add(pair)
                    yield _problem(pair, on, situation)


def _pairs(norms: Sequence[DatedNorm], among: Set[str] | None) -> Iterator[tuple[DatedNorm, DatedNorm]]:
    """Yield each pair once, in order: all of them, or those of the norms in `among` and any other."""
    if among is None:
        yield from combinations(norms, 2)
        return
    near = [i for i, dated in enumerate(norms) if dated.norm.id in among]
    for i, one in enumerate(norms):
        others = range(i + 1, len(norms)) if one.norm.id in among else (j for j in near if j > i)
        yield from ((one, norms[j]) for j in others)


def _within_reach(base: KnowledgeBase, sound: KnowledgeBase) -> frozenset[str] | None:
    """
    Return norms one of which is in any new clash; None for all of them.

    A pair clashes by what its norms say, and by what sets them aside or no longer does: that is one step from a norm
    edited, or two, where it sets aside what set them aside.
    """
    first = edited(sound, base)
    if first is None:
        return None
    versions = [b.norms[i] for b in (sound, base) for i in first if i in b.norms]
    if any(n.effect is Effect.ESTABLISHES for n in versions):
        return None
    second = {i for n in versions for i in n.beats}
    third = {i for b in (sound, base) for s in second if s in b.norms for i in b.norms[s].beats}
    return first | second | third


def _unlike(base: KnowledgeBase) -> Iterator[date]:
    """Yield the first day of each set of norms in force: the other days clash alike."""
    days = eras(base)
    rows = [list(_states(base, norm, days)) for norm in base.norms.values()]
    seen: set[tuple[InForce, ...]] = set()
    for day, states in zip(days, zip(*rows, strict=True), strict=False):  # no norm, no states
        if states not in seen:
            seen.add(states)
            yield day


def _states(base: KnowledgeBase, norm: Norm, days: list[date]) -> Iterator[InForce]:
    """Yield whether a norm is in force on each of some days, in their order."""
    gaps = (g for cite in norm.cites for g in base.articles[cite.article].gaps)
    own = sorted(_days_of(base, norm) | {day for g in gaps for day in (g.start, g.end) if day is not None})
    passed, state = -1, InForce.NO
    for day in days:
        if passed != (passed := bisect_right(own, day)):
            state = in_force(base, norm, day)
        yield state


def _established(law: DatedLaw) -> Iterator[Condition]:
    """Yield what ties each derived fact to the norms that establish it."""
    for fact, items in law.establishing:
        yields = tuple(d.applies for d in items)
        yield Any((Is(fact, frozenset({"non"})), *yields))
        for dated in items:
            if dated.sure:
                yield Any((Is(fact, frozenset({"oui"})), Not(dated.applies)))


def _problem(pair: tuple[str, str], on: date, situation: Mapping[str, str]) -> Problem:
    told = ", ".join(f"{k} = {v}" for k, v in sorted(situation.items()))
    return Problem(
        f"norms/{pair[0]}.yaml",
        1,
        f"contredit norms/{pair[1]}.yaml le {on}, sans ordre entre elles, par exemple si {told} ; "
        "ajoutez prevails_over ou exception_to à l'une des deux",
    )


def eras(base: KnowledgeBase) -> list[date]:
    """Return the first day of every span in which the law does not change."""
    return sorted({day for norm in base.norms.values() for day in _days_of(base, norm)})


def _days_of(base: KnowledgeBase, norm: Norm) -> set[date]:
    """Return the days on which a norm, or a text that it cites, can begin or end."""
    spans = [(norm.since, norm.until), *((c.since, c.until) for c in norm.cites)]
    spans += [(v.start, v.end) for cite in norm.cites for v in base.articles[cite.article].versions]
    return {day for span in spans for day in span if day is not None}


def _ordered(one: DatedNorm, other: DatedNorm) -> bool:
    return one.norm.id in other.beaten_by or other.norm.id in one.beaten_by


def witness(condition: Condition, domains: Mapping[str, tuple[str, ...]]) -> dict[str, str] | None:
    """
    Return facts that make `condition` true, or None where there are none.

    Values that no part of the condition tells apart are tried once.
    """
    return _search(condition, {}, _classes(condition, domains))


def _classes(condition: Condition, domains: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    named: dict[str, list[frozenset[str]]] = {}
    for atom in atoms(condition):
        named.setdefault(atom.fact, []).append(atom.values)
    classes: dict[str, tuple[str, ...]] = {}
    for fact, sets in named.items():
        by_signature: dict[tuple[bool, ...], str] = {}
        for value in domains[fact]:
            by_signature.setdefault(tuple(value in s for s in sets), value)
        classes[fact] = tuple(by_signature.values())
    return classes


def _search(
    condition: Condition, chosen: dict[str, str], classes: Mapping[str, tuple[str, ...]]
) -> dict[str, str] | None:
    truth = holds(condition, chosen)
    if truth is not None:
        return dict(chosen) if truth else None
    fact = next(iter(open_facts(condition, chosen)))
    for value in classes[fact]:
        found = _search(condition, {**chosen, fact: value}, classes)
        if found is not None:
            return found
    return None
