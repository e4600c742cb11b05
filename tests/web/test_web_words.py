"""The web says what the command line says, word for word: walks of every flow, and a spread of the cases."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from depth import spread

from bot.app import TOKEN_KEY
from bot.cli.terminal import renderer
from bot.words.advise import answer
from bot.words.article import article_text, danger_text
from bot.words.card import card_text
from bot.words.choices import groups_of
from bot.words.verdict import verdict_text, why_text
from flows import Session
from flows.exploring.case_file import read_cases
from knowledge import INCONNU
from tests.web.browser_walk import APP, FLOWS, SHELF, TODAY, Reader, at, flat, parsed, text_of

TERMINAL = renderer(plain=True)
DAYS = (date(2009, 11, 2), TODAY)
ADDRESS = (r"https://\S+",)
ONLY_TERMINAL = (
    *ADDRESS,
    r"Une règle se lit en entier avec « motus fiche » et son identifiant\.",
    r"et \d+ autres, avec « motus ask --json »",
)
ONLY_WEB = (r"et \d+ autres : « Mes réponses » permet d'en essayer une autre",)
CASES = [
    case
    for path in sorted((Path(__file__).parents[1] / "cases").rglob("*.yaml"))
    for case in read_cases(APP.base, FLOWS, path.name, path.read_text(encoding="utf-8")).cases
]


def words(text: str, dropped: tuple[str, ...] = ()) -> list[str]:
    """Return the words of a text, without the marks of lists, the rules, and what one channel alone says."""
    text = flat(text)
    for pattern in dropped:
        text = re.sub(pattern, " ", text)
    return re.findall(r"[^\W_]+", text)


def _session(flow: str, on: date, seed: int) -> Session:
    chance = random.Random(seed)
    session = Session(flow, on)
    while (fact := APP.conversation.asked(session)) is not None:
        ids = [*(v.id for v in fact.values), *([INCONNU] if fact.find_out is not None else [])]
        session = replace(session, answers=(*session.answers, (fact.id, chance.choice(ids))))
    return session


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("flow", FLOWS)
def test_an_answer_is_said_in_the_same_words(flow: str, on: date) -> None:
    """The card, all that there is to say, and the reasons: none more, none less."""
    for seed in range(3):
        session = _session(flow, on, seed)
        advice = answer(APP, session, TOKEN_KEY)
        reader = at(session)
        named = why_text(APP, advice, TERMINAL).splitlines()
        why = "\n".join(line for line in named if not re.fullmatch(r" {4}[a-z0-9/-]+", line))

        assert words(reader.text) == words(card_text(APP, advice, TERMINAL, TODAY))
        assert words(reader.presses("Tout voir").text, ONLY_WEB) == words(
            verdict_text(APP, advice, TERMINAL, today=TODAY), ONLY_TERMINAL
        )
        assert words(reader.presses("Pourquoi").text) == words(why, ONLY_TERMINAL)


def test_every_case_is_answered_in_the_same_words() -> None:
    """The cards of a spread of the cases that a flow can say: those a lawyer has read."""
    read = 0
    for case in spread(CASES, 60):
        session = APP.conversation.fill(Session(case.flow, case.on), case.facts)
        if APP.conversation.asked(session) is None:
            read += 1
            said = card_text(APP, answer(APP, session, TOKEN_KEY, why=False, changing=False), TERMINAL, TODAY)

            assert words(at(session).text) == words(said), case.id
    assert read > 40


@pytest.mark.parametrize("flow", FLOWS)
def test_every_question_offers_the_answers_of_the_terminal(flow: str) -> None:
    """The same question, the same plan, the same help, the same answers in the same words and order."""
    session = _session(flow, DAYS[1], 3)
    for n in range(len(session.answers)):
        here = replace(session, answers=session.answers[:n])
        fact = APP.conversation.asked(here)
        assert fact is not None
        reader = at(here)

        assert flat(fact.question) in reader.text
        assert reader.answers == [flat(c.label) for g in groups_of(fact) for c in g.choices]
        assert ("Je ne sais pas" in reader.labels) is (fact.find_out is not None)
        if fact.help:
            assert flat(fact.help) in reader.text


def test_danger_is_said_in_the_same_words() -> None:
    """Numbers, what to say, the duty to act with its text of the day; in a conversation and by its address."""
    said = words(danger_text(APP.base, TODAY, TERMINAL))

    assert words(Reader().presses("Danger immédiat").text) == said
    assert words(_said(SHELF.danger(TODAY).html)) == said


@pytest.mark.parametrize("name", ["code-penal/226-13", "code-penal/226-14", "casf/L226-2-2", "cpce/L412-5"])
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_text_of_an_article_is_the_same(name: str, on: date) -> None:
    """Version, dates, certainty, source and text, of the day asked."""
    terminal = article_text(APP.base, APP.base.articles[name], on, TERMINAL)
    code, number = name.split("/")

    shown = _said(SHELF.article(code, number, on.isoformat(), TODAY).html)

    assert words(shown) == words(terminal)


def _said(html: str) -> str:
    return " ".join(text_of(e) for e in parsed(html).iter() if "said" in e.get("class", "").split())
