"""`motus walk`: walks through a flow, drawn at random or all at once, and what they meet."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable

from bot.app import App, open_app
from bot.cli.diff import chosen_flows, uncollected
from bot.cli.diff_words import count, percent
from bot.cli.progress import progress
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import Refused
from bot.words.french import OUTCOMES, parse_day, printable, whole_number
from flows import UNKNOWN_LABEL, Flow, Session
from flows.exploring.ahead import Ahead, Answers
from flows.exploring.graph import Graphs
from flows.exploring.walks import every, stroll
from flows.vocabulary import admitted
from knowledge import law_of
from knowledge.model import Outcome
from knowledge.model.typography import french

DEAD_END = 1
_MANY = 1000
_MOST = 1_000_000
_SHOWN = 5


def show_walk(flow: str, many: str | None, seed: str | None, on: str | None, *, whole: bool, plain: bool) -> int:
    """
    Take walks and print what they met.

    Args:
        flow: its id.
        many: how many walks to draw; 1000 by default.
        seed: takes the same walks again; drawn, and said, by default.
        on: the day of law; today by default.
        whole: all the walks instead, counted exactly.
        plain: no colour.

    Returns:
        0, or 1 where a walk ends without an answer.

    Raises:
        Refused: the flow, a number or the day is wrong.

    """
    day = parse_day(on) if on is not None else today()
    if whole and (many is not None or seed is not None):
        raise Refused(french("--all compte tous les parcours : retirez --random et --seed"))
    number = _number("--random", many, _MOST) if many is not None else _MANY
    start = _number("--seed", seed, 2**63) if seed is not None else random.SystemRandom().randrange(1_000_000)
    app = open_app()
    chosen = app.flows[chosen_flows(app, flow)[0]]
    render = renderer(plain=plain)
    with uncollected():
        if whole:
            found = every(Ahead(Graphs(app.base), chosen, law_of(app.base, day)))
            dead = [(_said(app, chosen, a), f"personne ne demande {', '.join(o)}") for a, o in found.dead_ends]
            replies = sorted(found.replies.items(), key=lambda pair: -pair[1][1])
            rows: dict[Outcome | None, tuple[int, float]] = {}
            for reply, (paths, share) in replies:
                outcome = reply.outcome if reply is not None else None
                before = rows.get(outcome, (0, 0.0))
                rows[outcome] = before[0] + paths, before[1] + share
            text = render(
                "walk_all",
                flow=chosen,
                on=day,
                w=found,
                dead=dead[:_SHOWN],
                longest=_said(app, chosen, found.longest),
                outcomes=[(OUTCOMES[o] if o else "Aucune règle ne répond", *n) for o, n in rows.items()],
                count=count,
                percent=percent,
            )
            silent = None in found.replies
        else:
            with progress("Parcours", number) as tick:
                walks = stroll(app.conversation, Session(chosen.id, day), number, start, tick)
            dead = [(_said(app, chosen, a), why) for a, why in walks.dead_ends]
            text = render(
                "walk",
                flow=chosen,
                on=day,
                w=walks,
                seed=start,
                dead=list(dict.fromkeys(dead))[:_SHOWN],
                longest=_said(app, chosen, walks.longest),
                never=_never(app, chosen, walks.given),
                unasked=[s.asks for s in chosen.states if not walks.asked[s.asks]],
                outcomes=[(OUTCOMES[Outcome(o)], n, n / number) for o, n in walks.outcomes.most_common()],
                count=count,
                percent=percent,
            )
            silent = False
    sys.stdout.write(text)
    return DEAD_END if dead or silent else 0


def _number(option: str, text: str, most: int) -> int:
    found = whole_number(text, 1, most)
    if found is None:
        raise Refused(french(f"« {printable(text)} » n'est pas un nombre : écrivez par exemple {option} 1000"))
    return found


def _said(app: App, flow: Flow, answers: Answers) -> str:
    told = []
    for fact_id, value_id in answers:
        fact = app.conversation.question(flow.id, fact_id)
        value = fact.value(value_id)
        told.append(f"{fact.label} : {value.label if value is not None else UNKNOWN_LABEL}")
    return french(" ; ".join(told)) or french("aucune réponse")


def _never(app: App, flow: Flow, given: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return, by question that was asked, the answers never given."""
    seen = set(given)
    asked = {fact for fact, _ in seen}
    rows = []
    for state in flow.states:
        fact = app.conversation.question(flow.id, state.asks)
        missing = [v for v in admitted(fact) if (fact.id, v) not in seen]
        if fact.id in asked and missing:
            rows.append((fact.id, missing))
    return rows
