"""Who can be told of a danger: what the law answers about each recipient who can protect, all else being as it is."""

from __future__ import annotations

from datetime import date

from knowledge.answering.citations import citations
from knowledge.answering.completions import reply_to
from knowledge.answering.day import law_of
from knowledge.model import INCONNU, Facts, KnowledgeBase, Outcome
from knowledge.model.advice import NormState, Protector

_DIFFERS = frozenset({"purpose", "request", "recipient_bound", "same_case", "person_informed", "consent", "support"})
"""What is true of one recipient only: towards another it is not known."""
_OPEN = {Outcome.OBLIGED: 0, Outcome.PERMITTED: 1, Outcome.CONDITIONAL: 1}
_AT_ONCE = "sans délai"


def protectors(base: KnowledgeBase, facts: Facts, on: date) -> tuple[Protector, ...]:
    """
    Return who must, then who may, be told of the danger that `facts` say; none where they say none.

    Each recipient who can protect is answered as if she spoke to it, of her own accord, of what she has to say. So the
    plan cannot disagree with the answer about that recipient.
    """
    recipient = base.facts.get("recipient")
    if recipient is None or facts.get("danger", "aucun") in ("aucun", INCONNU) or facts.get("act") == "situer":
        return ()
    law = law_of(base, on)
    kept = {f: v for f, v in facts.items() if f in base.facts and f not in _DIFFERS}
    told = {"act": "transmettre", "information": "ensemble", "request": "spontane"}
    unknown = {f.id: INCONNU for f in base.facts.values() if f.find_out is not None}
    ranked = sorted((v.protects, v.id) for v in recipient.values if v.protects is not None)
    found = []
    for _, who in ranked:
        reply = reply_to(base, {**unknown, **kept, **told, "recipient": who}, law)
        if reply is not None and reply.outcome in _OPEN:
            cited = tuple(citations(base, base.norms[reply.norm], on, NormState.GOVERNS))
            at_once = any(_AT_ONCE in (c.excerpt or "") for c in cited)
            found.append(Protector(who, reply.outcome, reply.norm, tuple(c.name for c in cited), at_once))
    return tuple(sorted(found, key=lambda p: _OPEN[p.outcome]))
