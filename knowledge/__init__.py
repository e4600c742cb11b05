"""What the law says: articles, facts, norms, and their evaluation. Pure after loading."""

from knowledge.answering import (
    assume_unknown,
    changes,
    citation,
    describe,
    evaluate,
    holds,
    in_force,
    law_of,
    open_questions,
)
from knowledge.answering.phrases import phrases, record
from knowledge.load import default_root, digest, load, load_from, sources
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
from knowledge.model.advice import Advice, Change, Citation, Pending
from knowledge.model.errors import KnowledgeError, Problem

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
    "load_from",
    "open_questions",
    "phrases",
    "record",
    "sources",
]
