"""
Mutants that say the same law in other words: no judge can catch them, and that is proven, not supposed.

A proof is a search that ran to its end, on every day on which the law changes, or the equality of two calendars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from knowledge import KnowledgeBase
from knowledge.answering.day import DatedLaw, DatedNorm, law_of
from knowledge.checking.clashes import eras
from knowledge.model import Condition, Not
from tests.mutation.mutants import Mutant
from tests.mutation.propose import every, whole
from tests.mutation.record import calendar
from tests.mutation.search import GivenUpError, Searcher

SAME_SITUATIONS = "aucune situation complète ne les distingue, à aucune date"
SAME_DAYS = "aucun jour ne les distingue : mêmes jours en vigueur, mêmes versions citées"
SAME_WORDS = "la raison écrite est mot pour mot celle que la catégorie donne d'elle-même"
NEVER_TOGETHER = "les deux normes ne s'appliquent jamais ensemble sans une troisième qui écarte déjà l'autre"


def proof(base: KnowledgeBase, mutant: Mutant, ordinary: Mapping[str, str]) -> str | None:
    """Return why no situation can tell `mutant` from the law, or None where that is not proven."""
    try:
        return next((said for said, holds in _PROOFS.items() if mutant.mutated and holds(base, mutant, ordinary)), None)
    except GivenUpError:
        return None


@cache
def _law(base: KnowledgeBase, on: date) -> DatedLaw:
    return law_of(base, on)


def _days(base: KnowledgeBase, norm: str) -> Iterator[tuple[date, dict[str, DatedNorm]]]:
    for on in eras(base):
        law = {d.norm.id: d for d in every(_law(base, on))}
        if norm in law:
            yield on, law


def _same_days(base: KnowledgeBase, mutant: Mutant, _: Mapping[str, str]) -> bool:
    changed = mutant.applied(base)
    shifted = mutant.kind == "date shifted"
    return shifted and calendar(base, base.norms[mutant.norm]) == calendar(changed, changed.norms[mutant.norm])


def _same_words(base: KnowledgeBase, mutant: Mutant, _: Mapping[str, str]) -> bool:
    minimum = base.norms[mutant.norm].minimum
    value = base.facts["information"].value(mutant.where.split(" ", 1)[0])
    if mutant.kind != "item dropped" or minimum is None or value is None:
        return False
    return (value.id, value.keep) in {(i.category, i.reason) for i in minimum.keep}


def _same_situations(base: KnowledgeBase, mutant: Mutant, ordinary: Mapping[str, str]) -> bool:
    if not mutant.kind.startswith(("when:", "met:")):
        return False
    one, other = whole(base.norms[mutant.norm]), whole(mutant.applied(base).norms[mutant.norm])
    for on, _ in _days(base, mutant.norm):
        searcher = Searcher(base, _law(base, on), ordinary)
        if searcher.find(one, Not(other)) is not None or searcher.find(other, Not(one)) is not None:
            return False
    return True


def _apart(base: KnowledgeBase, mutant: Mutant, ordinary: Mapping[str, str]) -> bool:
    if mutant.kind not in ("exception_to dropped", "prevails_over dropped"):
        return False
    target = mutant.where
    for on, law in _days(base, mutant.norm):
        if target not in law:
            continue
        third: list[Condition] = [
            Not(law[b].applies) for b in law[target].beaten_by if b != mutant.norm and law[b].sure
        ]
        searcher = Searcher(base, _law(base, on), ordinary)
        if searcher.find(law[mutant.norm].applies, law[target].applies, *third) is not None:
            return False
    return True


_PROOFS: dict[str, Callable[[KnowledgeBase, Mutant, Mapping[str, str]], bool]] = {
    SAME_DAYS: _same_days,
    SAME_WORDS: _same_words,
    SAME_SITUATIONS: _same_situations,
    NEVER_TOGETHER: _apart,
}
