"""Facts and a day in, advice out: which norm governs, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.answering.citations import citations, text_doubts
from knowledge.answering.conditions import facts_in, holds, open_facts
from knowledge.answering.day import compatible, law_of
from knowledge.answering.explanation import Trace
from knowledge.answering.questions import pending_facts
from knowledge.answering.standing import PERMISSIVENESS, Weighed, Weighing, expand, possible_outcome, weigh
from knowledge.model import (
    INCONNU,
    Condition,
    Effect,
    Facts,
    Item,
    KnowledgeBase,
    Matter,
    Minimum,
    Norm,
    Outcome,
    Required,
    Status,
)
from knowledge.model.advice import Advice, Citation, ConditionStatus, Finding, NormState, Pending
from knowledge.model.errors import ConflictError, NoNormError
from knowledge.model.typography import french

_MET = {True: Status.MET, False: Status.UNMET, None: Status.TO_CHECK}
_NEEDED = {
    Matter.DISCLOSURE: "Sans cet élément, le destinataire ne pourrait pas faire sa tâche.",
    Matter.RECORDING: "Sans cet élément, l'aide demandée ne pourrait pas être menée.",
    Matter.STATUS: "À vérifier.",
}
_NOTHING = {
    Matter.DISCLOSURE: "Rien de nominatif ne part.",
    Matter.RECORDING: "Rien ne s'écrit.",
    Matter.STATUS: "Par défaut, rien de nominatif ne part.",
}
_SPEAKS = {Outcome.PERMITTED, Outcome.CONDITIONAL, Outcome.OBLIGED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What answers one matter: the norm that governs, the outcome, and its conditions."""

    matter: Matter
    outcome: Outcome
    governing: Weighed
    conditions: tuple[ConditionStatus, ...]
    requirements: tuple[tuple[Weighed, tuple[ConditionStatus, ...]], ...]


def evaluate(base: KnowledgeBase, facts: Facts, on: date) -> Advice | Pending:
    """
    Evaluate the law of one day over a situation.

    Args:
        base: the law.
        facts: answers by fact id; `inconnu` is an answer, an absent fact was not asked.
        on: the day of law.

    Returns:
        The advice, or the facts that can still change it.

    Raises:
        ConflictError: two norms apply with different effects and no order.
        NoNormError: no norm answers.

    """
    weighing = weigh(law_of(base, on), facts)
    waiting = pending_facts(weighing)
    return Pending(waiting) if waiting else conclude(base, weighing)


def open_questions(base: KnowledgeBase, facts: Facts, on: date) -> frozenset[str]:
    """Return the facts that can still change the advice; none once it is settled."""
    return pending_facts(weigh(law_of(base, on), facts))


def assume_unknown(base: KnowledgeBase, facts: Facts, on: date) -> tuple[dict[str, str], frozenset[str]]:
    """
    Answer `inconnu` for every open fact that allows it.

    Returns:
        The completed facts, and the facts still needed that allow no `inconnu`.

    """
    completed = dict(facts)
    while True:
        waiting = open_questions(base, completed, on)
        missing = [f for f in sorted(waiting) if base.facts[f].unknown is not None]
        if not missing:
            return completed, waiting
        completed.update(dict.fromkeys(missing, INCONNU))


def conclude(base: KnowledgeBase, weighing: Weighing) -> Advice:
    """Turn weighed norms into advice. Facts not asked count as unknown."""
    verdicts, main = answer(weighing)
    norm = main.governing.dated.norm
    limiting = _limiting(base, weighing, main)
    also = [w for w in weighing.of(main.matter) if w.stands and w is not main.governing]
    answered = {v.matter for v in verdicts}
    binding = _binding(weighing) if answered & {Matter.DISCLOSURE, Matter.STATUS} else []
    warnings = [
        w
        for d in weighing.law.warning
        if d.norm.matter in answered and _concerns(weighing, w := weighing.norms[d.norm.id])
    ]
    others = [v.governing for v in verdicts if v is not main]
    required = [w for v in verdicts for w, _ in v.requirements]
    groups: list[tuple[NormState, Iterable[Weighed]]] = [
        (NormState.GOVERNS, [main.governing, *others]),
        (NormState.LIMITS, limiting),
        (NormState.APPLIES, [*binding, *required, *also, *warnings]),
    ]
    articles = _cited(base, groups, weighing.law.on)
    used = [w for _, group in groups for w in group]
    speaking = [main.governing, *others, *required, *warnings]
    return Advice(
        outcome=main.outcome,
        matter=main.matter,
        governing=norm.id,
        title=norm.title,
        explanation=norm.explanation,
        on=weighing.law.on,
        facts=dict(weighing.facts),
        bound_by=tuple(w.dated.norm.id for w in binding),
        also=tuple(w.dated.norm.id for w in also),
        articles=articles,
        minimum=_complete(base, norm.minimum, main.matter),
        instead=limiting[0].dated.norm.minimum if limiting else None,
        conditions=tuple(
            c for v in verdicts for c in (*v.conditions, *(s for _, many in v.requirements for s in many))
        ),
        formalities=_unique(w.dated.norm.formalities for w in speaking),
        first=_unique(w.dated.norm.first for w in [*warnings, main.governing, *others, *required]),
        risks=_unique(w.dated.norm.risks for w in speaking),
        doubt=_doubts([*used, *_behind(weighing, used)], articles, weighing.law.on),
        debate=norm.debate,
        findings=_findings(verdicts, weighing.law.on, base),
        trace=Trace(base, weighing, main.governing.dated.norm.id, {w.dated.norm.id for w in limiting}),
        digest=base.digest,
    )


def answer(weighing: Weighing) -> tuple[list[Verdict], Verdict]:
    """
    Return the verdict on every matter, and the one that decides: the least permissive.

    Raises:
        ConflictError: two norms apply with different effects and no order.
        NoNormError: no norm answers.

    """
    verdicts = [v for m in Matter if (v := settle(weighing, m)) is not None]
    if not verdicts:
        raise NoNormError(f"aucune norme ne répond à {dict(weighing.facts)} le {weighing.law.on}")
    return verdicts, min(verdicts, key=lambda v: PERMISSIVENESS[v.outcome])


def _binding(weighing: Weighing) -> list[Weighed]:
    """Return what binds to secrecy: what surely does, else what may."""
    items = [w for w in weighing.norms.values() if w.dated.norm.establishes == "bound"]
    return [w for w in items if w.applies] or [w for w in items if _concerns(weighing, w)]


def _concerns(weighing: Weighing, weighed: Weighed) -> bool:
    """Tell whether a norm applies, or may apply for all that was answered. A fact never asked concerns nobody."""
    if weighed.applies is not None:
        return weighed.applies
    return not any(True for _ in open_facts(weighed.dated.applies, weighing.facts, weighing.possible))


def settle(weighing: Weighing, matter: Matter) -> Verdict | None:
    """
    Answer one matter, or None where no norm of it applies.

    Where a norm stays uncertain, the least permissive possible answer is given.
    """
    norms = weighing.of(matter)
    standing = [w for w in norms if w.stands]
    for one in standing:
        for other in standing:
            if not compatible(one.dated.norm.effect, other.dated.norm.effect):
                raise ConflictError(f"{one.dated.norm.id} et {other.dated.norm.id} s'appliquent ensemble sans ordre")
    if standing:
        candidates = [(w, _conditions(weighing, w)) for w in standing]
        governing, conditions = max(candidates, key=lambda c: _weight(c[0], c[1], standing))
    else:
        possible = [w for w in norms if w.stands is None]
        if not possible:
            return None
        governing = min(
            possible, key=lambda w: (PERMISSIVENESS[possible_outcome(w.dated.norm.effect)], w.dated.norm.id)
        )
        conditions = _conditions(weighing, governing)
    requirements = tuple(
        (w, _conditions(weighing, w))
        for d in weighing.law.requiring[matter]
        if (w := weighing.norms[d.norm.id]).stands is not False
    )
    unmet = [s for _, many in requirements for s in many if s.status is not Status.MET]
    outcome = _outcome(governing.dated.norm.effect, conditions, unmet)
    if governing.stands is None and outcome in _SPEAKS:
        outcome = Outcome.CONDITIONAL if outcome is not Outcome.OBLIGED else outcome
    return Verdict(matter, outcome, governing, conditions, requirements)


def _weight(
    one: Weighed, conditions: tuple[ConditionStatus, ...], standing: list[Weighed]
) -> tuple[bool, bool, int, str]:
    outcome = _outcome(one.dated.norm.effect, conditions, [])
    yields = any(other.dated.norm.id in one.dated.yields_to for other in standing)
    return outcome is Outcome.OBLIGED, not yields, PERMISSIVENESS[outcome], one.dated.norm.id


def _outcome(effect: Effect, conditions: Iterable[ConditionStatus], unmet: Iterable[ConditionStatus]) -> Outcome:
    outcome = possible_outcome(effect)
    if outcome is Outcome.PERMITTED and (list(unmet) or any(c.status is not Status.MET for c in conditions)):
        return Outcome.CONDITIONAL
    return outcome


def _conditions(weighing: Weighing, weighed: Weighed) -> tuple[ConditionStatus, ...]:
    norm = weighed.dated.norm
    required = list(norm.conditions)
    needed = _needed_item(norm, weighing.facts.get("information"))
    if needed is not None:
        required.append(Required(french(f"{_NEEDED[norm.matter]} {needed.reason}")))
    return tuple(
        ConditionStatus(r.text, Status.TO_CHECK if r.met is None else _MET[holds(r.met, weighing.facts)], norm.id)
        for r in required
    )


def _needed_item(norm: Norm, category: str | None) -> Item | None:
    if norm.minimum is None or norm.effect not in (Effect.PERMITS, Effect.OBLIGES):
        return None
    return next((i for i in norm.minimum.if_needed if i.category == category), None)


def _limiting(base: KnowledgeBase, weighing: Weighing, main: Verdict) -> list[Weighed]:
    """
    Return the norms that would open the way, or may, but for this information.

    Where a trade, a service or another fact that cannot change was not asked, the norm is another's: it is left out.
    """
    if main.outcome in _SPEAKS:
        return []
    return [
        w
        for w in weighing.of(main.matter)
        if w.dated.covers is not None
        and holds(w.dated.covers, weighing.facts) is False
        and w.dated.sure
        and w.dated.norm.effect in (Effect.PERMITS, Effect.OBLIGES)
        and w.dated.norm.minimum is not None
        and holds(w.dated.norm.when, weighing.facts) is not False
        and all(base.facts[f].changeable for f in _asked(weighing, w.dated.norm.when))
    ]


def _asked(weighing: Weighing, condition: Condition) -> set[str]:
    """Return the questions not asked on which a condition hangs, through derived facts too."""
    return expand(open_facts(condition, weighing.facts, weighing.possible), weighing.derived_open)


def _cited(
    base: KnowledgeBase, groups: Iterable[tuple[NormState, Iterable[Weighed]]], on: date
) -> tuple[Citation, ...]:
    seen: dict[tuple[str, str | None], Citation] = {}
    for role, group in groups:
        for weighed in group:
            for cited in citations(base, weighed.dated.norm, on, role):
                seen.setdefault((cited.article, cited.point), cited)
    return tuple(seen.values())


def _complete(base: KnowledgeBase, minimum: Minimum | None, matter: Matter) -> Minimum:
    """List every category: what is neither shared nor shared if needed is kept, with its reason."""
    given = minimum or Minimum(french(_NOTHING[matter]))
    listed = {i.category for i in (*given.share, *given.if_needed, *given.keep)}
    rest = tuple(
        Item(v.id, v.keep) for v in base.facts["information"].values if v.keep is not None and v.id not in listed
    )
    return Minimum(given.purpose, given.share, given.if_needed, given.keep + rest)


def _behind(weighing: Weighing, used: Iterable[Weighed]) -> list[Weighed]:
    """Return the norms that establish a fact, other than being bound, on which a used norm rests."""
    resting = {f for w in used for f in facts_in(w.dated.applies)} - {"bound"}
    return [w for w in weighing.norms.values() if w.applies and w.dated.norm.establishes in resting]


def _doubts(used: Iterable[Weighed], articles: Iterable[Citation], on: date) -> tuple[str, ...]:
    own = [w.dated.norm.doubts(on) for w in used]
    return _unique([*own, [d for a in articles for d in text_doubts(a)]])


def _findings(verdicts: Iterable[Verdict], on: date, base: KnowledgeBase) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for verdict in verdicts:
        found.append(_finding(base, verdict.governing, verdict.matter, verdict.outcome, on))
        for weighed, statuses in verdict.requirements:
            broken = any(s.status is not Status.MET for s in statuses)
            found.append(
                _finding(base, weighed, verdict.matter, Outcome.CONDITIONAL if broken else Outcome.PERMITTED, on)
            )
    return tuple(found)


def _finding(base: KnowledgeBase, weighed: Weighed, matter: Matter, outcome: Outcome, on: date) -> Finding:
    norm = weighed.dated.norm
    cited = tuple(c.article for c in citations(base, norm, on, NormState.APPLIES))
    return Finding(matter, outcome, norm.id, norm.title, cited)


def _unique(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in groups for text in group))
