"""
An advice as a certificate: what a separate checker can derive again from the law alone.

A certificate holds the hash of the base, the day, the answers, the articles with the SHA-256 of their texts, and the
substance of the advice. It holds no name, no story, no moment of writing: the same facts give the same bytes.
What the program words itself is left out, so that a certificate depends on the law and not on the program.
"""

from __future__ import annotations

import hashlib

from knowledge.answering.citations import text_doubts
from knowledge.answering.day import law_of
from knowledge.answering.standing import weigh
from knowledge.certifying.checker import FORMAT, Tree, sealed
from knowledge.model import INCONNU, KnowledgeBase
from knowledge.model.advice import Advice, Citation, ConditionStatus, Fork, NormState

_STANDS = {True: "stands", None: "uncertain", False: "set aside"}


def certificate(base: KnowledgeBase, advice: Advice) -> str:
    """
    Return the text of the certificate of an advice.

    Lists are sorted by fact, norm, article or text: their order says nothing. Only the conditions of one norm keep the
    order of the law. `norms` says what became of each norm whose conditions may be met; every other norm of the day
    does not apply.

    Args:
        base: the base that gave the advice.
        advice: what to certify.

    """
    worded = {d for cited in advice.articles for d in text_doubts(cited)}
    tree: Tree = {
        "format": FORMAT,
        "base": advice.digest,
        "on": advice.on.isoformat(),
        "facts": {f: v for f, v in sorted(advice.facts.items()) if f in base.facts},
        "derived": {f: advice.facts.get(f, INCONNU) for f in sorted(base.derived)},
        "outcome": advice.outcome,
        "matter": advice.matter,
        "governing": advice.governing,
        "findings": sorted(
            ({"matter": f.matter, "norm": f.norm, "outcome": f.outcome} for f in advice.findings),
            key=lambda f: (f["matter"], f["norm"]),
        ),
        "forks": [_fork(f) for f in sorted(advice.forks, key=lambda f: f.fact)],
        "perhaps": sorted(p.norm for p in advice.perhaps if p.governs),
        "unread": sorted(advice.unread),
        "also": sorted(advice.also),
        "bound_by": sorted(advice.bound_by),
        "limits": sorted(s.norm for s in advice.trace if s.state is NormState.LIMITS),
        "conditions": [
            {"norm": c.norm, "text": _condition(base, advice, c), "status": c.status}
            for c in sorted(advice.conditions, key=lambda c: c.norm)
        ],
        "share": sorted(i.category for i in advice.minimum.share),
        "if_needed": sorted(i.category for i in advice.minimum.if_needed),
        "keep": sorted(i.category for i in advice.minimum.keep),
        "formalities": sorted(advice.formalities),
        "first": sorted(advice.first),
        "risks": sorted(advice.risks),
        "doubt": sorted(d for d in advice.doubt if d not in worded),
        "articles": [
            _article(base, c, advice) for c in sorted(advice.articles, key=lambda c: (c.article, c.point or ""))
        ],
        "norms": _norms(base, advice),
    }
    return sealed(tree)


def _condition(base: KnowledgeBase, advice: Advice, condition: ConditionStatus) -> str:
    """Return the words of the law for a condition: for an item that goes only if needed, its reason."""
    norm = base.norms[condition.norm]
    if norm.minimum is None or any(r.text == condition.text for r in norm.conditions):
        return condition.text
    needed = (i.reason for i in norm.minimum.if_needed if i.category == advice.facts.get("information"))
    return next(needed, condition.text)


def _fork(fork: Fork) -> Tree:
    branches = sorted((sorted(b.values), b.outcome, b.norm) for b in fork.branches)
    return {"fact": fork.fact, "branches": [{"values": v, "outcome": o, "norm": n} for v, o, n in branches]}


def _article(base: KnowledgeBase, cited: Citation, advice: Advice) -> Tree:
    version = base.articles[cited.article].at(advice.on)
    text = version.text if version is not None else None
    return {
        "article": cited.article,
        "point": cited.point,
        "role": cited.role,
        "in_force": cited.in_force,
        "start": cited.start.isoformat() if cited.start is not None else None,
        "end": cited.end.isoformat() if cited.end is not None else None,
        "certainty": cited.certainty,
        "partial": cited.partial,
        "sha256": hashlib.sha256(text.encode()).hexdigest() if text is not None else None,
    }


def _norms(base: KnowledgeBase, advice: Advice) -> Tree:
    """Return what became of each norm as the answers stand; that which governs may well be uncertain."""
    weighed = weigh(law_of(base, advice.on), {f: v for f, v in advice.facts.items() if f in base.facts}).norms
    said = {
        i: _STANDS[w.stands] if w.set_aside_by is None else f"set aside by {w.set_aside_by}" for i, w in weighed.items()
    }
    return {i: said[i] for i in sorted(weighed) if weighed[i].applies is not False}
