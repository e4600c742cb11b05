"""
Meaning: what the schema cannot see.

Citations exist and say what is quoted, facts are known, norms know each other,
and no two norms can both answer with different effects and no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from knowledge.checking.articles import check_articles
from knowledge.checking.clashes import conflicts
from knowledge.checking.doctrine import check_doctrine
from knowledge.checking.norms import check_norm
from knowledge.model import KnowledgeBase
from knowledge.model.errors import Problem
from knowledge.reading import YamlFile


def check(base: KnowledgeBase, files: Mapping[str, YamlFile], sound: KnowledgeBase | None = None) -> list[Problem]:
    """
    Return everything wrong with the meaning of the base.

    Args:
        base: the parsed base.
        files: the parsed files by name, for the lines.
        sound: a base found right before an edit, with which contradictions are looked for in less time.

    """
    problems = list(check_articles(base, files))
    for norm in base.norms.values():
        problems.extend(check_norm(base, norm, files[f"norms/{norm.id}.yaml"]))
    problems.extend(check_doctrine(base, files))
    if not problems:
        problems.extend(_cycles(base))
    if not problems:
        problems.extend(conflicts(base, sound))
    return problems


def _cycles(base: KnowledgeBase) -> Iterator[Problem]:
    try:
        TopologicalSorter({n.id: n.beats for n in base.norms.values()}).prepare()
    except CycleError as error:
        ring = " → ".join(error.args[1])
        yield Problem(f"norms/{error.args[1][0]}.yaml", 1, f"des normes s'écartent en rond : {ring}")
