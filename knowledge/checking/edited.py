"""Which norms an edit of the law touches: those it writes otherwise, and those that rest on a text it changes."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.model import KnowledgeBase


def edited(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str] | None:
    """
    Return the norms, by id, that differ between two bases or cite an article that does; any answer rests on the others.

    None stands for all of them: the questions themselves, or what norms establish, are no longer the same.
    """
    if before.facts != after.facts or before.derived != after.derived:
        return None
    texts = _differ(before.articles, after.articles)
    norms = _differ(before.norms, after.norms)
    for base in (before, after):
        norms.update(n.id for n in base.norms.values() if any(c.article in texts for c in n.cites))
    return frozenset(norms)


def _differ(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
