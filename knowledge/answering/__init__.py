"""
Facts and a day in, advice out: the law of the day, which norms stand, what is worth asking, and why.

This is the reasoning itself. It reads nothing and knows no flow and no channel.
"""

from knowledge.answering import completions as _completions
from knowledge.answering import explanation as _explanation
from knowledge.answering.citations import address, citation, name_of, own_page, text_doubts
from knowledge.answering.completions import reply_to
from knowledge.answering.conclude import assume_unknown, evaluate, open_questions
from knowledge.answering.conditions import UNREAD, atoms, describe, facts_in, holds, open_facts
from knowledge.answering.counterfactuals import changes
from knowledge.answering.day import SETTLES, DatedLaw, DatedNorm, compatible, covered, in_force, law_of, outranks
from knowledge.answering.outcomes import OPEN, PERMISSIVENESS, Reply, over_completions, possible_outcome
from knowledge.answering.phrases import record
from knowledge.answering.protection import protectors
from knowledge.answering.questions import Offered, Questions
from knowledge.answering.replies import NOTHING, Pieces, Settler, beside, hinges, reply
from knowledge.answering.residual import Belief, Residuals
from knowledge.answering.standing import Weighing, weigh

__all__ = [
    "NOTHING",
    "OPEN",
    "PERMISSIVENESS",
    "SETTLES",
    "UNREAD",
    "Belief",
    "DatedLaw",
    "DatedNorm",
    "Offered",
    "Pieces",
    "Questions",
    "Reply",
    "Residuals",
    "Settler",
    "Weighing",
    "address",
    "assume_unknown",
    "atoms",
    "beside",
    "changes",
    "citation",
    "compatible",
    "covered",
    "describe",
    "evaluate",
    "facts_in",
    "forget",
    "hinges",
    "holds",
    "in_force",
    "law_of",
    "name_of",
    "open_facts",
    "open_questions",
    "outranks",
    "over_completions",
    "own_page",
    "possible_outcome",
    "protectors",
    "record",
    "reply",
    "reply_to",
    "text_doubts",
    "weigh",
]


def forget() -> None:
    """Forget all that was made to answer somebody; what depends on the law and the day alone is kept."""
    _completions.forget()
    _explanation.forget()
