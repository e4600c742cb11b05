"""The promises that hold for any situation, tried around one norm: its own situations, and some drawn from the seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from functools import cache

from knowledge import (
    INCONNU,
    Advice,
    Condition,
    InForce,
    KnowledgeBase,
    Outcome,
    default_root,
    evaluate,
    holds,
)
from knowledge.answering.completions import reply_to
from knowledge.answering.day import law_of
from knowledge.answering.outcomes import over_completions
from knowledge.proving.promises import FILE, Never, read_promises
from tests.mutation.boundary import Boundary
from tests.mutation.propose import TODAY

DRAWN = 10
_SPEAKS = {Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED}
_GOODWILL = {
    "act": ["transmettre"],
    "profession": ["assistant_service_social", "etudiant_service_social"],
    "danger": ["aucun"],
    "purpose": ["autre"],
    "request": ["spontane", "demande_orale", "demande_ecrite", "reunion"],
    "same_case": ["non"],
    "mandate": ["aucun"],
    "collective_needed": ["non"],
    "consent": ["accord", "non_demande", "impossible"],
    "recipient_bound": ["oui"],
}


def broken(base: KnowledgeBase, norm: str, boundary: Boundary) -> bool:
    """Tell whether a promise fails in a situation of `boundary`, or in one drawn from the name of `norm`."""
    draw = random.Random(norm)
    on = date.fromisoformat(boundary.row["day"]) if "day" in boundary.row else TODAY
    near = [{**boundary.ordinary, **s["facts"]} for s in boundary.row.get("situations", ())]
    far = [_drawn(base, draw, {}) for _ in range(DRAWN)]
    good = [_drawn(base, draw, _GOODWILL) for _ in range(DRAWN)]
    return (
        any(_fails(base, facts, on) for facts in (*near, *far))
        or any(_trusts(base, facts, on) for facts in near)
        or any(_opens(base, facts, on) for facts in good)
    )


def _drawn(base: KnowledgeBase, draw: random.Random, fixed: Mapping[str, list[str]]) -> dict[str, str]:
    return {f.id: draw.choice(fixed.get(f.id) or [v.id for v in f.values]) for f in base.facts.values()}


def _advice(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> Advice:
    found = evaluate(base, facts, on)
    assert isinstance(found, Advice)
    return found


def _opens(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> bool:
    """Tell whether an agreement or a fellow bound by secrecy, alone, lets a social worker speak."""
    return holds(_goodwill(base), facts) is True and _advice(base, facts, on).outcome in _SPEAKS


@cache
def _goodwill(base: KnowledgeBase) -> Condition:
    """Return where goodwill is all there is, as the promise says it."""
    promises = read_promises(base, (default_root() / FILE).read_bytes())
    return next(p.when for p in promises if isinstance(p, Never))


def _fails(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> bool:
    advice = _advice(base, facts, on)
    if not any(a.in_force is InForce.YES for a in advice.articles):
        return True
    items = [i.category for i in (*advice.minimum.share, *advice.minimum.if_needed, *advice.minimum.keep)]
    return len(items) != len(set(items))


def _trusts(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> bool:
    """Tell whether not knowing one answer says more than its values do."""
    law = law_of(base, on)
    for fact in (f for f in base.facts.values() if f.find_out is not None):
        replies = [reply_to(base, {**facts, fact.id: v.id}, law) for v in fact.values if v.obvious is None]
        said = reply_to(base, {**facts, fact.id: INCONNU}, law)
        if said is None or said.outcome is not over_completions({r.outcome for r in replies if r is not None}):
            return True
    return False
