"""Facts and a day in, advice out: which norm governs, and what follows from it in every completion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.answering.citations import citations, text_doubts
from knowledge.answering.completions import Completions, completions
from knowledge.answering.conditions import decided, describe, facts_in, holds, open_facts
from knowledge.answering.explanation import Trace
from knowledge.answering.minimum import common_ground, needed_item
from knowledge.answering.outcomes import SPEAKS, Reply
from knowledge.answering.replies import Piece, main, reply, together
from knowledge.answering.standing import Weighed, Weighing, expand, weigh
from knowledge.model import (
    INCONNU,
    Condition,
    Effect,
    Facts,
    InForce,
    KnowledgeBase,
    Matter,
    Norm,
    Outcome,
    Required,
    Status,
)
from knowledge.model.advice import Advice, Citation, ConditionStatus, Finding, Fork, NormState, Pending, Perhaps
from knowledge.model.errors import NoNormError
from knowledge.model.typography import french

_MET = {True: Status.MET, False: Status.UNMET, None: Status.TO_CHECK}
_NEEDED = {
    Matter.DISCLOSURE: "Sans cet élément, le destinataire ne pourrait pas faire sa tâche.",
    Matter.RECORDING: "Sans cet élément, l'aide demandée ne pourrait pas être menée.",
    Matter.STATUS: "À vérifier.",
}


def evaluate(base: KnowledgeBase, facts: Facts, on: date) -> Advice | Pending:
    """
    Evaluate the law of one day over a situation.

    Args:
        base: the law.
        facts: answers by fact id; `inconnu` is an answer and means every value, an absent fact was not asked.
        on: the day of law.

    Returns:
        The advice, or the facts that can still change it.

    Raises:
        ConflictError: two norms apply with different effects and no order.
        NoNormError: no norm answers.

    """
    possible = completions(base, facts, on)
    waiting = possible.waiting
    return Pending(waiting) if waiting else conclude(base, possible)


def open_questions(base: KnowledgeBase, facts: Facts, on: date) -> frozenset[str]:
    """Return the facts that can still change the advice; none once it is settled."""
    return completions(base, facts, on).waiting


def assume_unknown(base: KnowledgeBase, facts: Facts, on: date) -> tuple[dict[str, str], frozenset[str]]:
    """
    Answer `inconnu` for every open fact that allows it, once none is open that does not.

    What nobody can ignore comes first: who asks and to whom leave little else to know, and all that is unknown at once
    would be the whole law in every combination.

    Returns:
        The completed facts, and the facts still needed that allow no `inconnu`.

    """
    completed = dict(facts)
    while True:
        waiting = open_questions(base, completed, on)
        needed = frozenset(f for f in waiting if base.facts[f].find_out is None)
        if needed or not waiting:
            return completed, needed
        completed.update(dict.fromkeys(sorted(waiting), INCONNU))


@dataclass(frozen=True, slots=True)
class _Spoken:
    """
    The norms that say something of the situation.

    `sure` govern their matter in every completion, `perhaps` in some; `added` put conditions on a permission;
    `warning` apply surely, `warning_perhaps` in some completions. `weighing` is what is known of each.
    """

    weighing: Weighing
    main: Reply
    sure: tuple[Weighed, ...]
    perhaps: tuple[Weighed, ...]
    added: tuple[Weighed, ...]
    warning: tuple[Weighed, ...]
    warning_perhaps: tuple[Weighed, ...]


def conclude(base: KnowledgeBase, possible: Completions) -> Advice:
    """
    Turn what a situation can be into advice.

    Only what holds in every completion is said outright; the rest is in `forks` and `perhaps`.

    Raises:
        ConflictError: two norms apply with different effects and no order.
        NoNormError: no norm answers.

    """
    pieces = possible.pieces
    whole = reply(pieces)
    if whole is None:
        raise NoNormError(f"aucune norme ne répond le {possible.law.on}")
    weighing = weigh(possible.law, {**possible.facts, **dict.fromkeys(_debated(base), INCONNU)})
    spoken = _spoken(weighing, pieces, possible.governing, whole)
    norm = base.norms[whole.norm]
    matter = norm.matter
    debated = _open_debate(possible, norm, whole)
    forks = possible.forks() if len({main(p) for p in pieces}) > 1 else ()
    limiting = _limiting(base, weighing, whole, matter)
    also = [w for w in weighing.of(matter) if w.stands and w.dated.norm.id != whole.norm]
    binding = _binding(weighing) if {m for p in pieces for m in p.by_matter} & _ABOUT_SECRECY else []
    bound = [w for w in binding if _binds(base, weighing, w)]
    groups: list[tuple[NormState, list[Weighed]]] = [
        (NormState.GOVERNS, [*spoken.sure, *spoken.perhaps]),
        (NormState.LIMITS, limiting),
        (NormState.APPLIES, [*bound, *spoken.added, *also, *spoken.warning]),
    ]
    articles = _cited(base, groups, weighing.law.on)
    used = [*spoken.sure, *bound, *(w for _, group in groups[1:] for w in group if w.applies)]
    speaking = [*spoken.sure, *spoken.added, *spoken.warning]
    return Advice(
        outcome=whole.outcome,
        matter=matter,
        governing=norm.id,
        title=norm.title if debated is None else base.facts[debated].label,
        explanation=norm.explanation if debated is None else None,
        on=weighing.law.on,
        facts={f: v for f, v in weighing.facts.items() if f not in _debated(base)},
        bound_by=tuple(w.dated.norm.id for w in binding),
        also=tuple(w.dated.norm.id for w in also),
        articles=articles,
        minimum=common_ground(base, [r for p in pieces if (r := main(p)) is not None], whole),
        instead=limiting[0].dated.norm.minimum if limiting else None,
        conditions=tuple(c for w in (*spoken.sure, *spoken.added) for c in _conditions(weighing, w)),
        formalities=_unique(w.dated.norm.formalities for w in speaking),
        first=_unique(w.dated.norm.first for w in [*spoken.warning, *spoken.sure, *spoken.added]),
        risks=_unique(w.dated.norm.risks for w in speaking),
        doubt=_doubts([*used, *_behind(weighing, used)], articles, weighing.law.on),
        debate=norm.debate if debated is None else base.facts[debated].debate,
        findings=_findings(base, pieces, spoken, weighing),
        forks=forks,
        perhaps=tuple(_perhaps(base, spoken, forks)),
        unread=_unread(base, possible, weighing, whole),
        trace=Trace(base, weighing, whole.norm, {w.dated.norm.id for w in limiting}),
        digest=base.digest,
    )


_ABOUT_SECRECY = {Matter.DISCLOSURE, Matter.STATUS}


def _spoken(weighing: Weighing, pieces: Iterable[Piece], governing: frozenset[str], whole: Reply) -> _Spoken:
    """Tell apart the norms that count in every completion from those that count in some."""
    leading = [{r.norm for r in p.by_matter.values()} for p in pieces]
    matters = {m for p in pieces for m in p.by_matter}
    every, some = set.intersection(*leading), governing.union(*leading)
    order = sorted(some, key=lambda n: (n != whole.norm, n))
    found = {n: weighing.norms[n] for n in order}
    warning = [
        w
        for d in weighing.law.warning
        if d.norm.matter in matters and _concerns(weighing, w := weighing.norms[d.norm.id])
    ]
    return _Spoken(
        weighing,
        whole,
        tuple(w for n, w in found.items() if n in every),
        tuple(w for n, w in found.items() if n not in every),
        tuple(
            w
            for m in Matter
            if m in matters
            for d in weighing.law.requiring[m]
            if (w := weighing.norms[d.norm.id]).stands is not False
        ),
        tuple(w for w in warning if w.applies),
        tuple(w for w in warning if w.applies is None),
    )


def _perhaps(base: KnowledgeBase, spoken: _Spoken, forks: Iterable[Fork]) -> Iterable[Perhaps]:
    """Yield what norms say that count in some completions only: those that would govern first."""
    for weighed in (*spoken.perhaps, *spoken.warning_perhaps):
        norm, governs = weighed.dated.norm, weighed in spoken.perhaps
        left = decided(weighed.dated.applies, spoken.weighing.facts)
        fork = next((f for f in forks for b in f.branches if b.norm == norm.id), None) if governs else None
        if fork is not None:
            values = next(b.values for b in fork.branches if b.norm == norm.id)
            when = f"{base.facts[fork.fact].label} : {_listed([_label(base, fork.fact, v) for v in values])}"
        else:
            when = describe(left, base.facts, base.derived)
        said = Perhaps(
            norm.id,
            norm.title,
            french(when),
            governs,
            norm.first,
            norm.formalities,
            norm.risks,
            norm.doubts(spoken.weighing.law.on),
        )
        if governs or said.first or said.formalities or said.risks:
            yield said


def _label(base: KnowledgeBase, fact: str, value: str) -> str:
    found = base.facts[fact].value(value)
    return found.label if found is not None else value


def _listed(labels: list[str], most: int = 4) -> str:
    return " ; ou ".join(labels[:most]) + (" ; ou…" if len(labels) > most else "")


def _open_debate(possible: Completions, norm: Norm, whole: Reply) -> str | None:
    """Return the debated question on which the answer hangs, where it is that the law is debated."""
    if norm.debate is not None or whole.outcome is not Outcome.DEBATED:
        return None
    return min(possible.debated, default=None)


def _debated(base: KnowledgeBase) -> frozenset[str]:
    return frozenset(f.id for f in base.facts.values() if f.debate is not None)


def _unread(base: KnowledgeBase, possible: Completions, weighing: Weighing, whole: Reply) -> tuple[str, ...]:
    """
    Return the articles of which the text of that day was not read, where the answer hangs on it.

    A norm that may apply may do so by what others establish: the answer hangs on their texts too.
    """
    if whole.outcome is not Outcome.DEPENDS:
        return ()
    on, residuals = weighing.law.on, possible.engine.residuals
    read = [reading for residual in possible.belief for reading in residuals.readings(residual)]
    left = {n for reading in read for n in residuals.norms(reading)}
    resting = [weighing.norms[n] for n in sorted(left) if weighing.norms[n].applies is None]
    perhaps = [w for w in weighing.norms.values() if w.dated.norm.establishes and w.applies is None]
    for weighed in resting:  # it grows: what is established may rest on what is established
        named = set(facts_in(weighed.dated.applies))
        resting += [w for w in perhaps if w.dated.norm.establishes in named and w not in resting]
    unsure = [weighing.norms[n] for n in sorted(left)] + [w for w in resting if w.dated.norm.id not in left]
    cited = [c.article for w in unsure if not w.dated.sure for c in w.dated.norm.cites if c.active(on)]
    return tuple(dict.fromkeys(a for a in cited if base.articles[a].in_force(on) is InForce.UNKNOWN))


def _binding(weighing: Weighing) -> list[Weighed]:
    """Return what binds to secrecy: what surely does, else what may."""
    items = [w for w in weighing.norms.values() if w.dated.norm.establishes == "bound"]
    return [w for w in items if w.applies] or [w for w in items if _concerns(weighing, w)]


def _binds(base: KnowledgeBase, weighing: Weighing, weighed: Weighed) -> bool:
    """Tell whether a norm surely applies, if only under one reading of what is debated."""
    read = ({f: v.id} for f in _debated(base) for v in base.facts[f].values)
    return bool(weighed.applies) or any(holds(weighed.dated.hangs, {**weighing.facts, **one}) for one in read)


def _concerns(weighing: Weighing, weighed: Weighed) -> bool:
    """Tell whether a norm applies, or may apply for all that was answered. A fact never asked concerns nobody."""
    if weighed.applies is not None:
        return weighed.applies
    return not any(True for _ in open_facts(weighed.dated.hangs, weighing.facts, weighing.possible))


def _conditions(weighing: Weighing, weighed: Weighed) -> tuple[ConditionStatus, ...]:
    norm = weighed.dated.norm
    required = list(norm.conditions)
    needed = needed_item(norm, weighing.facts.get("information"))
    if needed is not None:
        required.append(Required(french(f"{_NEEDED[norm.matter]} {needed.reason}")))
    return tuple(
        ConditionStatus(r.text, Status.TO_CHECK if r.met is None else _MET[holds(r.met, weighing.facts)], norm.id)
        for r in required
    )


def _limiting(base: KnowledgeBase, weighing: Weighing, whole: Reply, matter: Matter) -> list[Weighed]:
    """
    Return the norms that would open the way, or may, but for this information.

    Where a trade, a service or another fact that cannot change was not asked, the norm is another's: it is left out.
    """
    if whole.outcome in SPEAKS:
        return []
    return [
        w
        for w in weighing.of(matter)
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


def _behind(weighing: Weighing, used: Iterable[Weighed]) -> list[Weighed]:
    """Return the norms that establish a fact, other than being bound, on which a used norm rests."""
    resting = {f for w in used for f in facts_in(w.dated.applies)} - {"bound"}
    return [w for w in weighing.norms.values() if w.applies and w.dated.norm.establishes in resting]


def _doubts(used: Iterable[Weighed], articles: Iterable[Citation], on: date) -> tuple[str, ...]:
    own = [w.dated.norm.doubts(on) for w in used]
    return _unique([*own, [d for a in articles for d in text_doubts(a)]])


def _findings(base: KnowledgeBase, pieces: Iterable[Piece], spoken: _Spoken, weighing: Weighing) -> tuple[Finding, ...]:
    on, found = weighing.law.on, []
    for matter in Matter:
        settled = together(p.by_matter[matter] for p in pieces if matter in p.by_matter)
        if settled is None:
            continue
        found.append(_finding(base, settled.norm, matter, settled.outcome, on))
        for weighed in spoken.added:
            if weighed.dated.norm.matter is matter:
                broken = any(c.status is not Status.MET for c in _conditions(weighing, weighed))
                outcome = Outcome.CONDITIONAL if broken else Outcome.PERMITTED
                found.append(_finding(base, weighed.dated.norm.id, matter, outcome, on))
    return tuple(found)


def _finding(base: KnowledgeBase, norm_id: str, matter: Matter, outcome: Outcome, on: date) -> Finding:
    norm = base.norms[norm_id]
    cited = tuple(c.article for c in citations(base, norm, on, NormState.APPLIES))
    return Finding(matter, outcome, norm.id, norm.title, cited)


def _unique(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in groups for text in group))
