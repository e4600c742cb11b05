"""The ledger of the doctrine: rule → norms → articles → flows that can reach them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.checking.reach import Offered, reached
from knowledge.model import KnowledgeBase, Norm, Rule

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
_ADDRESS = re.compile(r"https://[^\s()«»]+[^\s()«».,;:]")


@dataclass(frozen=True, slots=True)
class Row:
    """
    One rule and what carries it.

    `moved` are the old article numbers whose answer carries it. A row with neither norm nor
    old number has a `reason` in its rule. Where the rule is to be checked, `doubted` are its norms
    that say so to the worker, and `checked` the addresses where the others were verified.
    """

    rule: Rule
    norms: tuple[str, ...]
    moved: tuple[str, ...]
    articles: tuple[str, ...]
    flows: tuple[str, ...]
    doubted: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()

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


def unchecked(base: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Return each rule to be checked with each of its norms that neither shows a doubt nor names a page."""
    return tuple(
        (rule.id, norm.id)
        for rule in base.doctrine.values()
        if rule.to_check is not None
        for norm in base.norms.values()
        if rule.id in norm.rules and not doubtful(norm) and not addresses(norm)
    )


def doubtful(norm: Norm) -> bool:
    """Tell whether the norm says, on every day, that something is not sure."""
    return norm.doubt is not None or norm.debate is not None


def addresses(norm: Norm) -> tuple[str, ...]:
    """Return the public pages where the norm was checked."""
    return tuple(_ADDRESS.findall(norm.checked.found)) if norm.checked is not None else ()


def _row(base: KnowledgeBase, rule: Rule, reach: Mapping[str, frozenset[str]]) -> Row:
    norms = tuple(sorted(n.id for n in base.norms.values() if rule.id in n.rules))
    moved = tuple(sorted(m.id for m in base.moved.values() if rule.id in m.rules))
    cited = [c.article for n in norms for c in base.norms[n].cites] + [a for m in moved for a in base.moved[m].to]
    flows = tuple(flow for flow, ids in reach.items() if not ids.isdisjoint(norms))
    carrying = [base.norms[n] for n in norms] if rule.to_check is not None else []
    doubted = tuple(n.id for n in carrying if doubtful(n))
    checked = tuple(dict.fromkeys(a for n in carrying if n.id not in doubted for a in addresses(n)))
    return Row(rule, norms, moved, tuple(dict.fromkeys(cited)), flows, doubted, checked)


def _order(rule: Rule) -> tuple[int, str]:
    families = list(FAMILIES)
    return families.index(rule.id[0]) if rule.id[0] in families else len(families), rule.id
