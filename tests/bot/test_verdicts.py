"""Every kind of verdict, reached by answering at random: it renders, it fits, and its token leads back to it."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from datetime import date

import jsonschema
import pytest

from bot.advice_json import schema
from bot.advise import answer
from bot.app import TOKEN_KEY, App, open_app
from bot.render import renderer
from bot.verdict import verdict_text, why_text
from flows import Answer, Session, decode
from knowledge import INCONNU

SITUATIONS = 5


@pytest.fixture(scope="module")
def app() -> App:
    """Open the law as the command line does."""
    return open_app()


def walk(app: App, flow: str, on: date, chance: random.Random) -> Session:
    """Answer at random up to the verdict."""
    session = app.conversation.start(flow, on)
    while (question := app.conversation.screen(session).question) is not None:
        values = [v.id for v in question.values] + ([INCONNU] if question.unknown else [])
        session, _ = app.conversation.step(session, Answer(chance.choice(values)))
    return session


@pytest.mark.parametrize("day", [date(2009, 11, 2), date(2026, 11, 23)])
@pytest.mark.parametrize("flow", ["partager", "dossier"])
def test_a_verdict_reached_at_random_renders_validates_and_replays(app: App, flow: str, day: date) -> None:
    """80 columns, the published schema, and a token that gives the same answers again."""
    chance = random.Random(f"{flow} {day}")
    render = renderer(plain=True)
    validator = jsonschema.Draft202012Validator(schema())
    for _ in range(SITUATIONS):
        session = walk(app, flow, day, chance)
        advice = answer(app, session, TOKEN_KEY)
        validator.validate(json.loads(json.dumps(asdict(advice), default=str)))
        text = verdict_text(app, advice, render) + why_text(app, advice, render)
        addresses = {a.address for a in advice.articles}
        assert all(len(line) <= 80 or line.strip() in addresses for line in text.splitlines()), session
        assert advice.outcome_label.upper().split(" ")[0] in text
        if advice.token is not None:
            assert decode(advice.token, app.base, app.flows, [TOKEN_KEY])[0] == session
