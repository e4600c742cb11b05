"""What differs in a case, as a person reads it: expected, got, why, and the answer that parts the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.app import App
from bot.words.french import OUTCOMES
from flows import UNKNOWN_LABEL
from flows.exploring.ahead import Answers
from flows.exploring.cases import Case, Mismatch, Played, What, walked
from flows.exploring.graph import Graphs
from flows.exploring.parting import Other, Parting, part
from flows.machine import DeadEndError
from knowledge import Advice, Outcome, law_of
from knowledge.answering.outcomes import Reply
from knowledge.model.advice import NormState
from knowledge.model.typography import french

_NAMED = 3
"""How many values of one answer are named; the others are counted."""

_NEVER = "aucune suite de réponses de ce parcours ne mène, ce jour-là, à :"
_STATES = {
    NormState.GOVERNS: "décide",
    NormState.APPLIES: "s'applique, sans décider",
    NormState.LIMITS: "aurait ouvert la voie pour une autre information",
    NormState.SET_ASIDE: "est écartée",
    NormState.NOT_MET: "ne s'applique pas",
    NormState.UNCERTAIN: "reste incertaine",
}
_LACKING = {
    What.ARTICLES: "n'est pas cité",
    What.FINDINGS: "n'est pas un point de la réponse",
    What.WARNS: "ne se fait pas entendre",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """
    A case whose answer is not the expected one, in French.

    `why` says, of each rule or article that was expected, why it does not count; `parted` and `instead` say which
    answer parts the two, and which other answers would lead to what was expected.
    """

    case: Case
    expected: str
    got: str
    why: tuple[str, ...]
    parted: str | None
    instead: tuple[str, ...]

    @property
    def place(self) -> str:
        """The file and the line."""
        return f"{self.case.file}:{self.case.line}"


def failure(app: App, played: Played, graphs: Graphs | None) -> Failure:
    """Say what differs; with no `graphs`, not which answer parts the two, which takes a while to find."""
    case, advice = played.case, played.advice
    parted, instead = _parted(app, played, graphs) if graphs is not None else (None, ())
    return Failure(
        case,
        french("".join((_answer(case.expected.outcome, case.expected.governing), *map(_lacking, played.mismatches)))),
        french(_got(app, played)),
        tuple(french(line) for m in played.mismatches if advice for line in _why(app, advice, m)),
        parted and french(parted),
        tuple(map(french, instead)),
    )


def _answer(outcome: Outcome | None, norm: str | None) -> str:
    label = "une réponse" if outcome is None else OUTCOMES[outcome]
    return f"{label}, par {norm}" if norm else label


def _lacking(mismatch: Mismatch) -> str:
    """Name what was expected beside the outcome and the rule that decides, and is not there."""
    named = {What.ARTICLES: "citant", What.FINDINGS: "avec", What.WARNS: "en alertant par"}
    said = named.get(mismatch.what)
    return f", {said} {', '.join(mismatch.expected)}" if said else ""


def _got(app: App, played: Played) -> str:
    if played.advice is not None:
        norm = played.advice.governing
        return f"{_answer(played.advice.outcome, norm)} ({app.base.norms[norm].title})"
    if played.missing:
        asked = " ; ".join(f"{f} ({app.base.facts[f].question})" for f in played.missing)
        return f"pas de réponse : il faut encore dire {asked}"
    return f"pas de réponse : {played.silent}"


def _why(app: App, advice: Advice, mismatch: Mismatch) -> Iterator[str]:
    """Say why what was expected does not count."""
    if mismatch.what is What.OUTCOME:
        return
    if mismatch.what is What.GOVERNING:
        yield from (_state(advice, norm) for norm in mismatch.expected)
        return
    for name in mismatch.expected:
        if mismatch.what is not What.ARTICLES:
            yield f"{name} {_LACKING[mismatch.what]} : {_state(advice, name)}"
            continue
        norms = [n.id for n in app.base.norms.values() if any(c.article == name for c in n.cites)]
        yield f"l'article {name} {_LACKING[mismatch.what]}" + (". Aucune règle ne le cite." if not norms else " :")
        yield from (_state(advice, norm) for norm in norms[:_NAMED])


def _state(advice: Advice, norm: str) -> str:
    step = next((s for s in advice.trace if s.norm == norm), None)
    if step is None:
        return f"{norm} n'est pas en vigueur ce jour-là."
    return f"{norm} {_STATES[step.state]}. {step.because}"


def _parted(app: App, played: Played, graphs: Graphs) -> tuple[str | None, tuple[str, ...]]:
    """Find the answer that parts a case from what it expects, where another outcome or another rule answers."""
    case, expected = played.case, played.case.expected
    if played.advice is None or not any(m.what in (What.OUTCOME, What.GOVERNING) for m in played.mismatches):
        return None, ()
    try:
        answers = walked(app.conversation, played)
    except DeadEndError as error:
        return f"le parcours s'arrête sans réponse : {error}.", ()
    found, never = _find(app, played, answers, graphs, expected.governing), ""
    if found is None and expected.governing is not None and expected.outcome is not played.advice.outcome:
        never = f"{_NEVER} {_answer(expected.outcome, expected.governing)}. Par une autre règle : "
        found = _find(app, played, answers, graphs, None)
    if found is None:
        return f"{_NEVER} {_answer(expected.outcome, None if never else expected.governing)}.", ()
    return never + _step(app, case, found), tuple(_other(app, case, o) for o in found.others)


def _find(app: App, played: Played, answers: Answers, graphs: Graphs, norm: str | None) -> Parting | None:
    case, outcome = played.case, played.case.expected.outcome
    law = law_of(app.base, case.on)

    def wanted(reply: Reply | None) -> bool:
        return reply is not None and outcome in (None, reply.outcome) and norm in (None, reply.norm)

    return part(graphs, app.flows[case.flow], law, answers, told=played.facts, wanted=wanted)


def _step(app: App, case: Case, found: Parting) -> str:
    said = _said(app, case, found.fact, found.value)
    return f"question {found.step}, « {said} ». Après cette réponse, rien ne mène plus à ce qui est attendu."


def _other(app: App, case: Case, other: Other) -> str:
    fact = app.conversation.question(case.flow, other.fact)
    labels = [_label(app, case, other.fact, v) for v in other.values]
    more = len(labels) - _NAMED
    rest = f", ou {more} autre{'s' if more > 1 else ''}" if more > 0 else ""
    named = " ou ".join(f"« {label} »" for label in labels[:_NAMED])
    given = f", au lieu de « {_label(app, case, other.fact, other.given)} »" if other.given is not None else ""
    return f"{fact.label} : {named}{rest}{given}"


def _said(app: App, case: Case, fact: str, value: str) -> str:
    return f"{app.conversation.question(case.flow, fact).label} : {_label(app, case, fact, value)}"


def _label(app: App, case: Case, fact: str, value: str) -> str:
    known = app.conversation.question(case.flow, fact).value(value)
    return known.label if known is not None else UNKNOWN_LABEL
