"""Every kind of verdict, reached by answering at random: it renders, it fits, and its token leads back to it."""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict
from datetime import date
from statistics import median

import jsonschema
import pytest

from bot.app import TOKEN_KEY, App, open_app
from bot.cli.terminal import renderer
from bot.words.advice_json import schema
from bot.words.advise import answer
from bot.words.verdict import verdict_text, why_text
from flows import Answer, Session, decode
from knowledge import INCONNU
from knowledge.model.typography import french

SITUATIONS = 5
USUAL_TOP, LONGEST_TOP = 40, 60
"""Lines of the essential part: half of the answers hold in the first, none goes past the second."""


@pytest.fixture(scope="module")
def app() -> App:
    """Open the law as the command line does."""
    return open_app()


def walk(app: App, flow: str, on: date, chance: random.Random) -> Session:
    """Answer at random up to the verdict."""
    session = app.conversation.start(flow, on)
    while (question := app.conversation.screen(session).question) is not None:
        values = [v.id for v in question.values] + ([INCONNU] if question.find_out else [])
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


@pytest.mark.parametrize("day", [date(2009, 11, 2), date(2026, 11, 23)])
@pytest.mark.parametrize("flow", ["partager", "alerter", "justice", "acces"])
def test_the_essential_comes_first_and_nothing_sure_or_unsure_is_dropped(app: App, flow: str, day: date) -> None:
    """Conditions, first steps, minimum and the text that decides come first; every article, doubt and reason shows."""
    chance = random.Random(f"top {flow} {day}")
    render = renderer(plain=True)
    lengths = []
    for _ in range(SITUATIONS * 2):
        advice = answer(app, walk(app, flow, day, chance), TOKEN_KEY)
        text = verdict_text(app, advice, render)
        top, _, rest = text.partition("LE DÉTAIL")
        lengths.append(len(top.splitlines()))
        said, shown = _one_line(text), _one_line(top)
        for essential in (*(c.text for c in advice.conditions), *advice.first):
            assert _one_line(french(essential)) in shown
        for piece in (*advice.minimum.share, *advice.minimum.if_needed):
            assert _one_line(french(piece.label)).lower() in shown.lower()
        for cited in advice.articles:
            assert re.search(rf"article {re.escape(_one_line(french(cited.number)))}(?!\w)", said), cited.id
        for kept in (*advice.doubt, *advice.formalities, *advice.risks):
            assert _one_line(french(kept)) in said
        for piece in (
            *advice.minimum.share,
            *advice.minimum.if_needed,
            *(i for i in advice.minimum.keep if i.specific),
        ):
            assert _one_line(french(piece.reason)) in said
        assert "LE TEXTE QUI DÉCIDE" in top
        assert rest
    assert median(lengths) <= USUAL_TOP
    assert max(lengths) <= LONGEST_TOP


def _one_line(text: str) -> str:
    return " ".join(text.split())
