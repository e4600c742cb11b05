"""
The model answer of a decision, computed from the law; and what differs from what its author expects of it.

So a scenario can never contradict the law: a change of law that changes its answer is said, by `motus check` too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flows.conversation import Conversation
from flows.exploring.cases import Played, play, walked
from flows.machine import DeadEndError
from flows.training.model import Decision, Pack, Scenario
from knowledge import Advice, Norm, Problem
from knowledge.answering import OPEN
from knowledge.model import Minimum
from knowledge.model.advice import NormState
from knowledge.model.typography import french

DAY = "on"
"""Stands for the day of law among the facts of a pair: between 2009 and today, it is the decisive one."""


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """
    What the law answers at a decision.

    `deciding` are the articles that govern, the first before the others. `goes` and `stays` are categories of
    information: what the same recipient may have instead goes too. `first` are the sentences that say what is done
    first or in which form, those of the expected norm before the others.
    """

    advice: Advice
    deciding: tuple[str, ...]
    goes: frozenset[str]
    stays: frozenset[str]
    first: tuple[str, ...]


def answered(conversation: Conversation, decision: Decision) -> tuple[Played, ModelAnswer | None]:
    """Play a decision. There is no answer where a fact is missing, or no norm answers."""
    played = play(conversation, decision.case)
    advice = played.advice
    if advice is None:
        return played, None
    deciding = dict.fromkeys(c.article for c in advice.articles if c.role is NormState.GOVERNS)
    goes = _goes(advice.minimum) | frozenset(_instead(conversation, decision, advice))
    steps = (*advice.first, *advice.formalities)
    expected = decision.expected.first
    own = _steps(conversation.base.norms[expected]) if expected is not None else ()
    return played, ModelAnswer(
        advice,
        tuple(deciding),
        goes,
        frozenset(i.category for i in advice.minimum.keep) - goes,
        (*(s for s in own if s in steps), *(s for s in steps if s not in own)),
    )


def problems(
    conversation: Conversation, packs: Iterable[Pack], only: Collection[str] | None = None
) -> Iterator[Problem]:
    """
    Yield all that differs, of every decision and every pair, each with its file and the line of the decision.

    Args:
        conversation: the law and the flows.
        packs: every scenario that a pair can name.
        only: the ids of those to check; all of them by default.

    """
    known = {s.id: s for pack in packs for s in pack.scenarios}
    for scenario in (s for s in known.values() if only is None or s.id in only):
        for decision in scenario.decisions:
            for said in differences(conversation, decision):
                yield _problem(scenario, decision, said)
        if scenario.pair is not None:
            for said in _pair(conversation, scenario, known):
                yield _problem(scenario, scenario.decisions[-1], said)


def differences(conversation: Conversation, decision: Decision) -> Iterator[str]:
    """Yield, in French, what differs between the answer of the law and the one expected, and what would be right."""
    played, model = answered(conversation, decision)
    if model is None:
        facts = conversation.base.facts
        missing = " ; ".join(f"{f} ({facts[f].question})" for f in played.missing)
        yield f"pas de réponse : il faut dire {missing}" if missing else f"pas de réponse : {played.silent}"
        return
    yield from (f"il faut dire « {f}: … », ou « {f}: inconnu »" for f in _unsaid(conversation, decision, played))
    for mismatch in played.mismatches:
        if mismatch.what not in _ARTICLES:
            yield f"{mismatch.what} attend {', '.join(mismatch.expected)} ; le droit répond {', '.join(mismatch.got)}"
    expected = decision.expected
    if expected.article not in model.deciding:
        yield f"article attend {expected.article} ; ce qui décide : {', '.join(model.deciding)}"
    for key, wanted, there in (("goes", expected.goes, model.goes), ("stays", expected.stays, model.stays)):
        for category in (c for c in wanted if c not in there):
            other = "peut partir" if category in model.goes else "doit rester"
            yield f"{key} attend {category} ; d'après le droit, cette information {other}"
    if expected.first is not None:
        own = _steps(conversation.base.norms[expected.first])
        if not any(step in own for step in model.first):
            yield f"first attend {expected.first} ; cette règle ne dit ici rien à faire"


_ARTICLES = frozenset({"articles"})
"""Left to the check of the article that decides, which is stricter than its being cited."""


def _unsaid(conversation: Conversation, decision: Decision, played: Played) -> Iterator[str]:
    """Yield the facts that a person would be asked and that the author left unsaid."""
    try:
        asked = walked(conversation, played)
    except DeadEndError:
        return  # the graph of the flows is checked elsewhere
    yield from (fact for fact, _ in asked if fact not in decision.case.facts)


def _goes(minimum: Minimum) -> frozenset[str]:
    return frozenset(i.category for i in (*minimum.share, *minimum.if_needed))


def _instead(conversation: Conversation, decision: Decision, advice: Advice) -> Iterator[str]:
    """
    Yield, of the information to sort, what the same recipient may have in place of what was asked about.

    The law is asked about each: what a norm lets go, a stronger one may hold back.
    """
    offered = _goes(advice.instead) if advice.instead is not None else frozenset()
    for category in (c for c in (*decision.expected.goes, *decision.expected.stays) if c in offered):
        case = replace(decision.case, facts={**decision.case.facts, "information": category})
        other = play(conversation, case).advice
        if other is not None and other.outcome in OPEN:
            yield category


def _steps(norm: Norm) -> tuple[str, ...]:
    return (*norm.first, *norm.formalities)


def _pair(conversation: Conversation, scenario: Scenario, known: Mapping[str, Scenario]) -> Iterator[str]:
    """Check that the last decisions of two scenarios differ by one fact, and in their outcome."""
    other = known.get(scenario.pair or "")
    if other is None or other is scenario:
        yield f"pair : il n'y a pas d'autre scénario « {scenario.pair} »"
        return
    apart = decisive(scenario, other)
    if len(apart) != 1:
        named = ", ".join(apart) if apart else "aucun"
        yield f"pair : un seul fait doit changer entre ce scénario et « {other.id} » ; ceux qui changent : {named}"
    outcomes = {_outcome(conversation, s) for s in (scenario, other)}
    if len(outcomes) == 1:
        yield f"pair : la réponse ne change pas entre ce scénario et « {other.id} »"


def decisive(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """Return the facts in which the last decisions of two scenarios differ, the day of law (`DAY`) among them."""
    mine, theirs = one.decisions[-1].case, other.decisions[-1].case
    left = {**mine.facts, DAY: str(mine.on), "flow": mine.flow}
    right = {**theirs.facts, DAY: str(theirs.on), "flow": theirs.flow}
    return tuple(fact for fact in {**left, **right} if left.get(fact) != right.get(fact))


def _outcome(conversation: Conversation, scenario: Scenario) -> str | None:
    advice = play(conversation, scenario.decisions[-1].case).advice
    return advice.outcome if advice is not None else None


def _problem(scenario: Scenario, decision: Decision, said: str) -> Problem:
    return Problem(decision.case.file, decision.case.line, french(f"scénario « {scenario.id} » : {said}"))
