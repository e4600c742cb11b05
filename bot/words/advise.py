"""Facts in, advice as data out: the one path of the command line, interactive or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.app import App
from bot.errors import DATA, Refused
from bot.words.advice_json import (
    SCHEMA,
    AdviceJson,
    Assumed,
    Bound,
    Check,
    Choice,
    Cited,
    Found,
    Leading,
    Least,
    Maybe,
    Named,
    Parting,
    PendingJson,
    Piece,
    Protecting,
    Readings,
    Shift,
    Step,
    Waiting,
)
from bot.words.french import OUTCOMES
from bot.words.freshness import freshness
from flows import Session, encode
from flows.machine import DeadEndError
from flows.token import MAX_ANSWERS
from knowledge import (
    INCONNU,
    Advice,
    KnowledgeBase,
    Pending,
    assume_unknown,
    changes,
    evaluate,
    phrases,
    protectors,
    record,
)
from knowledge.answering.citations import name_of
from knowledge.model import Item, Minimum
from knowledge.model.advice import Citation, Fork, NormState
from knowledge.model.errors import ConflictError, NoNormError
from knowledge.model.typography import french


def advise(app: App, session: Session, given: Mapping[str, str], key: bytes) -> AdviceJson | PendingJson:
    """
    Answer without asking.

    Args:
        app: the law and the flows.
        session: the flow and the day; its answers are read from `given` only.
        given: answers by fact id. What is missing and may honestly be unknown counts as « je ne sais pas ».
        key: signs the token.

    """
    base = app.base
    start = app.conversation.facts(Session(session.flow, session.on))
    facts, waiting = assume_unknown(base, {**start, **given}, session.on)
    assumed = tuple(
        Assumed(f, base.facts[f].question) for f in _in_order(app, session, facts.keys() - given.keys() - start.keys())
    )
    if waiting:
        return PendingJson(
            SCHEMA,
            "pending",
            session.flow,
            session.on,
            tuple(_waiting(base, f) for f in _in_order(app, session, waiting)),
            facts,
            assumed,
            base.digest,
        )
    return _advice_json(app, session, facts, assumed, key)


def answer(app: App, session: Session, key: bytes | None, *, why: bool = True, changing: bool = True) -> AdviceJson:
    """
    Return the advice of a session that stands at its verdict.

    Args:
        app: the law and the flows.
        session: every question that matters is answered.
        key: signs the token; None makes no token.
        why: with the trace, which is half of the work.
        changing: with what would change the answer, which is a third of it.

    """
    return _advice_json(app, session, app.conversation.facts(session), (), key, why=why, changing=changing)


def token_of(app: App, session: Session, facts: Mapping[str, str], key: bytes) -> str | None:
    """Return a session that asks these facts in the order of the flow, as a token; None where they do not fit."""
    given = dict(facts)
    while True:
        try:
            filled = app.conversation.fill(session, given)
            question = app.conversation.asked(filled)
        except DeadEndError:  # the flow lacks a question that these facts answer: the advice holds, not the token
            return None
        if len(filled.answers) > MAX_ANSWERS:
            return None
        if question is None:
            return encode(filled, app.base, app.flows, key)
        if question.find_out is None:
            return None
        given[question.id] = INCONNU


def _advice_json(
    app: App,
    session: Session,
    facts: Mapping[str, str],
    assumed: tuple[Assumed, ...],
    key: bytes | None,
    *,
    why: bool = True,
    changing: bool = True,
) -> AdviceJson:
    base = app.base
    advice = _evaluate(base, session, facts)
    fixed = dict(app.flows[session.flow].sets)
    debate = advice.debate
    return AdviceJson(
        schema_version=SCHEMA,
        status="advice",
        flow=session.flow,
        on=session.on,
        matter=advice.matter,
        outcome=advice.outcome,
        outcome_label=OUTCOMES[advice.outcome],
        governing=Named(advice.governing, advice.title),
        explanation=advice.explanation,
        bound_by=tuple(Bound(n, base.norms[n].title, base.norms[n].source) for n in advice.bound_by),
        also=tuple(_named(base, n) for n in advice.also),
        articles=tuple(_cited(c) for c in advice.articles),
        minimum=_least(base, advice.minimum),
        instead=_least(base, advice.instead) if advice.instead is not None else None,
        conditions=tuple(Check(c.text, c.status, c.norm) for c in advice.conditions),
        formalities=advice.formalities,
        first=advice.first,
        phrases=phrases(base, advice),
        record=record(base, advice),
        risks=advice.risks,
        changes=tuple(
            Shift(dict(c.facts), c.others, c.text, c.outcome, OUTCOMES[c.outcome], _named(base, c.governing))
            for c in (changes(base, advice, fixed) if changing else ())
        ),
        protection=_protection(base, advice),
        fresh=_fresh(advice),
        trace=tuple(Step(s.norm, s.title, s.effect, s.state, s.because, s.by) for s in (advice.trace if why else ())),
        doubt=advice.doubt,
        debate=Readings(debate.readings, debate.cautious, debate.consult) if debate else None,
        findings=tuple(
            Found(f.matter, f.outcome, OUTCOMES[f.outcome], f.norm, f.title, f.articles) for f in advice.findings
        ),
        forks=tuple(_parting(base, fork, session.on) for fork in advice.forks),
        perhaps=tuple(
            Maybe(_named(base, p.norm), p.when, p.governs, p.first, p.formalities, p.risks, p.doubt)
            for p in advice.perhaps
        ),
        unread=tuple(french(name_of(base, base.articles[a])) for a in advice.unread),
        facts={f: v for f, v in advice.facts.items() if f in base.facts},
        derived={f: v for f, v in advice.facts.items() if f in base.derived},
        assumed_unknown=assumed,
        token=token_of(app, session, facts, key) if key is not None else None,
        base_digest=advice.digest,
    )


def _evaluate(base: KnowledgeBase, session: Session, facts: Mapping[str, str]) -> Advice:
    try:
        result = evaluate(base, facts, session.on)
    except NoNormError:
        raise Refused(
            french("Aucune règle du recueil ne répond à cette situation ce jour-là : un manque, pas une permission."),
            DATA,
        ) from None
    except ConflictError as error:
        raise Refused(french(f"Le recueil se contredit : {error}. Ne concluez rien, et signalez-le."), DATA) from None
    if isinstance(result, Pending):
        raise TypeError(result)  # `assume_unknown` leaves nothing open
    return result


def _fresh(advice: Advice) -> str | None:
    """Say when the texts that decide were last read, and which to open where that is long ago."""
    found = freshness((c for c in advice.articles if c.role is NormState.GOVERNS), advice.on)
    if found is None:
        return None
    return found.line if found.article is None else french(f"{found.line} ({found.article})")


def _protection(base: KnowledgeBase, advice: Advice) -> tuple[Protecting, ...]:
    labels = {v.id: v.label for v in base.facts["recipient"].values} if "recipient" in base.facts else {}
    return tuple(
        Protecting(
            p.recipient,
            labels[p.recipient],
            p.outcome,
            OUTCOMES[p.outcome],
            _named(base, p.norm),
            tuple(map(french, p.articles)),
            p.at_once,
        )
        for p in protectors(base, advice.facts, advice.on)
    )


def _in_order(app: App, session: Session, facts: Iterable[str]) -> list[str]:
    order = [s.asks for s in app.flows[session.flow].states]
    return sorted(facts, key=lambda f: (order.index(f) if f in order else len(order), f))


def _waiting(base: KnowledgeBase, fact_id: str) -> Waiting:
    fact = base.facts[fact_id]
    return Waiting(fact_id, fact.question, tuple(Choice(v.id, v.label) for v in fact.values))


def _named(base: KnowledgeBase, norm: str) -> Named:
    return Named(norm, base.norms[norm].title)


def _parting(base: KnowledgeBase, fork: Fork, on: date) -> Parting:
    fact = base.facts[fork.fact]
    labels = {v.id: v.label for v in fact.values}
    branches = tuple(
        Leading(
            b.values,
            tuple(labels[v] for v in b.values),
            b.outcome,
            OUTCOMES[b.outcome],
            _named(base, b.norm),
            tuple(
                dict.fromkeys(
                    french(name_of(base, base.articles[c.article])) for c in base.norms[b.norm].cites if c.active(on)
                )
            ),
        )
        for b in fork.branches
    )
    return Parting(fact.id, fact.label, fact.question, fact.find_out or "", branches)


def _least(base: KnowledgeBase, minimum: Minimum) -> Least:
    return Least(
        minimum.purpose,
        _pieces(base, minimum.share),
        _pieces(base, minimum.if_needed),
        _pieces(base, minimum.keep),
    )


def _pieces(base: KnowledgeBase, items: tuple[Item, ...]) -> tuple[Piece, ...]:
    information = {v.id: v for v in base.facts["information"].values}
    found = []
    for item in items:
        value = information.get(item.category)
        default = value is not None and value.keep == item.reason
        found.append(Piece(item.category, value.label if value else item.category, item.reason, not default))
    return tuple(found)


def _cited(c: Citation) -> Cited:
    return Cited(
        id=c.article,
        name=french(c.name),
        code=c.code,
        number=c.number,
        point=c.point,
        title=c.title,
        role=c.role,
        norm=c.norm,
        version_start=c.start,
        version_end=c.end,
        address=c.url,
        provenance=c.provenance,
        checked_as_of=c.checked_as_of,
        vouched=c.vouched,
        certainty=c.certainty,
        partial=c.partial,
        in_force=c.in_force,
        excerpt=c.excerpt,
    )
