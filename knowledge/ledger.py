"""The ledger of the doctrine: rule → norms → articles → flows that can reach them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import KnowledgeBase, Rule
from knowledge.reach import Offered, reached

FAMILIES: Mapping[str, str] = {
    "Q": "Qui est tenu au secret",
    "C": "Ce que le secret couvre",
    "O": "Les obligations de parler",
    "A": "Les autorisations de parler",
    "J": "La justice et la police",
    "E": "L'employeur, le dossier, le numérique",
    "D": "Les destinataires",
    "X": "Les décisions de justice",
    "F": "Les erreurs fréquentes",
    "P": "Les points débattus",
}


@dataclass(frozen=True, slots=True)
class Row:
    """
    One rule and what carries it.

    `moved` are the old article numbers whose answer carries it. A row with neither norm nor
    old number has a `reason` in its rule.
    """

    rule: Rule
    norms: tuple[str, ...]
    moved: tuple[str, ...]
    articles: tuple[str, ...]
    flows: tuple[str, ...]

    @property
    def encoded(self) -> bool:
        """Whether the base carries the rule."""
        return bool(self.norms or self.moved)


def ledger(base: KnowledgeBase, offered: Mapping[str, Offered]) -> tuple[Row, ...]:
    """
    Return a row per rule, in the order of the doctrine.

    Args:
        base: the law.
        offered: by flow, the answers that each fact can receive there.

    """
    reach = {flow: reached(base, answers) for flow, answers in offered.items()}
    return tuple(_row(base, rule, reach) for rule in sorted(base.doctrine.values(), key=_order))


def silent(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the rules that nothing carries and that say no reason."""
    return tuple(row.rule.id for row in rows if not row.encoded and row.rule.reason is None)


def contradicted(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the rules that say why nothing carries them, though something does, or the reverse."""
    return tuple(
        row.rule.id
        for row in rows
        if (row.encoded and row.rule.reason is not None) or (not row.encoded and row.rule.partly is not None)
    )


def _row(base: KnowledgeBase, rule: Rule, reach: Mapping[str, frozenset[str]]) -> Row:
    norms = tuple(sorted(n.id for n in base.norms.values() if rule.id in n.rules))
    moved = tuple(sorted(m.id for m in base.moved.values() if rule.id in m.rules))
    cited = [c.article for n in norms for c in base.norms[n].cites] + [a for m in moved for a in base.moved[m].to]
    flows = tuple(flow for flow, ids in reach.items() if not ids.isdisjoint(norms))
    return Row(rule, norms, moved, tuple(dict.fromkeys(cited)), flows)


def _order(rule: Rule) -> tuple[int, str]:
    families = list(FAMILIES)
    return families.index(rule.id[0]) if rule.id[0] in families else len(families), rule.id
