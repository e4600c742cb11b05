"""
No silent choice: two norms that can both stand with different effects need a stated order.

The search is over the closed values of the facts: a pair is refused as soon as one
situation makes both stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from knowledge.answering import DatedLaw, DatedNorm, atoms, compatible, holds, law_of, open_facts
from knowledge.model import All, Any, Condition, Is, KnowledgeBase, Matter, Not
from knowledge.model.errors import Problem


def conflicts(base: KnowledgeBase) -> Iterator[Problem]:
    """Yield one problem per pair of norms that can contradict each other, with a situation where they do."""
    domains = {f.id: tuple(v.id for v in f.values) for f in base.facts.values()}
    domains.update(dict.fromkeys(base.derived, ("oui", "non")))
    together: dict[tuple[str, str], bool] = {}
    harmless: set[tuple[object, ...]] = set()
    seen: set[tuple[str, str]] = set()
    for on in eras(base):
        law = law_of(base, on)
        ties = tuple((fact, tuple((d.norm.id, d.sure) for d in items)) for fact, items in law.establishing)
        for matter in Matter:
            unbeaten = {d.norm.id: d for d in law.settling[matter] if not d.beaten_by and d.sure}
            for one, other in combinations(law.settling[matter], 2):
                pair = (min(one.norm.id, other.norm.id), max(one.norm.id, other.norm.id))
                if pair in seen or compatible(one.norm.effect, other.norm.effect) or _ordered(one, other):
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
    days: set[date] = set()
    for norm in base.norms.values():
        days.update(d for d in (norm.since, norm.until) if d is not None)
        for cite in norm.cites:
            days.update(d for d in (cite.since, cite.until) if d is not None)
            for version in base.articles[cite.article].versions:
                days.update(d for d in (version.start, version.end) if d is not None)
    return sorted(days)


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
