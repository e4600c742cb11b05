"""
What the schema cannot see: texts in order, citations that quote, codes that never change, norms that never clash.

Also what can be reached and which rule of the doctrine each norm carries. Every problem names its file and line.
"""

from knowledge.checking.articles import check_articles
from knowledge.checking.clashes import eras
from knowledge.checking.codes import check_codes, flow_codes
from knowledge.checking.edited import edited
from knowledge.checking.freshness import months_before, old_articles, old_norms, resting_on
from knowledge.checking.ledger import FAMILIES, Row
from knowledge.checking.meaning import check
from knowledge.checking.reach import reached

__all__ = [
    "FAMILIES",
    "Row",
    "check",
    "check_articles",
    "check_codes",
    "edited",
    "eras",
    "flow_codes",
    "months_before",
    "old_articles",
    "old_norms",
    "reached",
    "resting_on",
]
