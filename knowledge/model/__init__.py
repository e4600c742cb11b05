"""
The words of the law as frozen values: texts, facts, conditions, norms, and the advice they lead to.

Nothing here reads a file, a clock or the network; nothing here reasons. Everything else builds on it.
`advice`, `errors` and `typography` are opened by name: the checker of certificates does without the first and the last.
"""

from knowledge.model.base import FlowCode, KnowledgeBase, Phrase, Rule
from knowledge.model.conditions import ALWAYS, All, Any, Condition, Is, Not
from knowledge.model.facts import INCONNU, INCONNU_CODE, Debate, DerivedFact, Fact, Facts, Value
from knowledge.model.law import Article, ArticleVersion, Certainty, Collection, Gap, InForce, Moved, Strict
from knowledge.model.norms import (
    Cite,
    DatedDoubt,
    Effect,
    Item,
    Matter,
    Minimum,
    Norm,
    Outcome,
    Required,
    Review,
    Status,
)

__all__ = [
    "ALWAYS",
    "INCONNU",
    "INCONNU_CODE",
    "All",
    "Any",
    "Article",
    "ArticleVersion",
    "Certainty",
    "Cite",
    "Collection",
    "Condition",
    "DatedDoubt",
    "Debate",
    "DerivedFact",
    "Effect",
    "Fact",
    "Facts",
    "FlowCode",
    "Gap",
    "InForce",
    "Is",
    "Item",
    "KnowledgeBase",
    "Matter",
    "Minimum",
    "Moved",
    "Norm",
    "Not",
    "Outcome",
    "Phrase",
    "Required",
    "Review",
    "Rule",
    "Status",
    "Strict",
    "Value",
]
