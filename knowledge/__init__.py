"""What the law says: articles, facts, norms, and their evaluation. Pure after loading."""

from knowledge.advice import Advice, Change, Citation, Pending
from knowledge.change import changes
from knowledge.cite import citation
from knowledge.condition import describe, holds
from knowledge.dated import in_force, law_of
from knowledge.errors import KnowledgeError, Problem
from knowledge.evaluate import assume_unknown, evaluate, open_questions
from knowledge.load import default_root, digest, load, sources
from knowledge.model import (
    INCONNU,
    INCONNU_CODE,
    Article,
    ArticleVersion,
    Condition,
    Effect,
    Fact,
    InForce,
    KnowledgeBase,
    Norm,
    Outcome,
    Value,
)
from knowledge.say import phrases, record

__all__ = [
    "INCONNU",
    "INCONNU_CODE",
    "Advice",
    "Article",
    "ArticleVersion",
    "Change",
    "Citation",
    "Condition",
    "Effect",
    "Fact",
    "InForce",
    "KnowledgeBase",
    "KnowledgeError",
    "Norm",
    "Outcome",
    "Pending",
    "Problem",
    "Value",
    "assume_unknown",
    "changes",
    "citation",
    "default_root",
    "describe",
    "digest",
    "evaluate",
    "holds",
    "in_force",
    "law_of",
    "load",
    "open_questions",
    "phrases",
    "record",
    "sources",
]
