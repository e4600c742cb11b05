"""Which answers no norm can tell apart once other facts are known: they lead to the same outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from knowledge.answering.conditions import atoms
from knowledge.answering.day import DatedNorm
from knowledge.answering.screening import RuledOut
from knowledge.model import INCONNU, Facts, Is

Signature = tuple[bool, ...] | None
"""What the norms see of an answer: of each list of values that they name, whether it is one. None for `inconnu`."""


class Alike:
    """The lists of values that norms name, by fact."""

    def __init__(self, norms: Iterable[DatedNorm]) -> None:
        items = list(norms)
        self._ruled_out = RuledOut([item.hangs for item in items])
        self._named: dict[str, dict[frozenset[str], int]] = {}
        for rank, item in enumerate(items):
            for atom in _named(item):
                lists = self._named.setdefault(atom.fact, {})
                lists[atom.values] = lists.get(atom.values, 0) | 1 << rank

    def told_by(self, fact: str, fixed: Facts) -> list[frozenset[str]]:
        """Return the lists of values of `fact` that still count where `fixed` is known: others rule out the rest."""
        out = self._ruled_out.by_all(fixed)
        return [values for values, ranks in self._named.get(fact, {}).items() if ranks & ~out]


def _named(item: DatedNorm) -> Iterator[Is]:
    """Yield the lists that a norm compares answers with: in its condition, in what it asks besides, in its minimum."""
    yield from atoms(item.hangs)
    for required in item.norm.conditions:
        if required.met is not None:
            yield from atoms(required.met)
    if item.norm.minimum is not None:
        yield Is("information", frozenset(i.category for i in item.norm.minimum.if_needed))


def signature(value: str, told: Iterable[frozenset[str]]) -> Signature:
    """
    Return what `told` sees of an answer.

    >>> told = [frozenset({"maire", "prefet"}), frozenset({"maire"})]
    >>> signature("voisin", told), signature("prefet", told)
    ((False, False), (True, False))
    """
    return None if value == INCONNU else tuple([value in values for values in told])


def told_apart(alike: Alike, asked: Mapping[str, str], changing: Iterable[str]) -> dict[str, list[frozenset[str]]]:
    """Return, for each of the facts that change, the lists that tell its values apart; the others stay as `asked`."""
    names = set(changing)
    fixed = {f: v for f, v in asked.items() if f not in names}
    return {f: alike.told_by(f, fixed) for f in names}
