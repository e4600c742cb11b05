"""The bot says what the command line says, word for word, over walks of every flow."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.app import TOKEN_KEY
from bot.cli.articles import article_text
from bot.cli.terminal import renderer
from bot.telegram.keyboard import SOMEONE
from bot.telegram.values import Tap
from bot.words.advise import answer
from bot.words.article import danger_text
from bot.words.card import card_text
from bot.words.choices import groups_of
from bot.words.plan import plan_lines
from bot.words.verdict import verdict_text, why_text
from flows import UNKNOWN_LABEL, Session
from knowledge import INCONNU
from tests.telegram.core_walk import APP, FLOWS, Reader, flat
from tests.telegram.test_core_buttons import SIGNER

TERMINAL = renderer(plain=True)
DAYS = (date(2009, 11, 2), date(2026, 11, 23))
ONLY_TERMINAL = (
    r"https://\S+",
    r"Une règle se lit en entier avec « motus fiche » et son identifiant\.",
    r"et \d+ autres, avec « motus ask --json »",
)
ONLY_TELEGRAM = (r"et \d+ autres : le résumé permet d'essayer une autre réponse",)


def words(text: str, dropped: tuple[str, ...] = ()) -> list[str]:
    """Return the words of a text, without the marks of lists, the rules, and what one channel alone says."""
    text = flat(text)
    for pattern in dropped:
        text = re.sub(pattern, " ", text)
    return re.findall(r"[^\W_]+", text)


def _session(flow: str, on: date, seed: int) -> Session:
    chance = random.Random(seed)
    session = Session(flow, on)
    while (fact := APP.conversation.screen(session).question) is not None:
        ids = [*(v.id for v in fact.values), *([INCONNU] if fact.find_out is not None else [])]
        session = replace(session, answers=(*session.answers, (fact.id, chance.choice(ids))))
    return session


def _at(session: Session) -> Reader:
    reader = Reader()
    return reader.does(Tap(reader.chat, 5, "query", SIGNER.sign(session)))


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("flow", FLOWS)
def test_a_card_says_the_same_words_on_both_channels(flow: str, on: date) -> None:
    """The first screen of an answer is the last one of the terminal."""
    for seed in range(3):
        session = _session(flow, on, seed)
        said = card_text(APP, answer(APP, session, TOKEN_KEY), TERMINAL)

        assert words(_at(session).text) == words(said)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("flow", FLOWS)
def test_all_that_there_is_to_say_is_said_in_the_same_words_on_both_channels(flow: str, on: date) -> None:
    """All its pages, with the sentences behind their button, are the words of the terminal, none more, none less."""
    for seed in range(3):
        session = _session(flow, on, seed)
        advice = answer(APP, session, TOKEN_KEY)
        said = words(verdict_text(APP, advice, TERMINAL), ONLY_TERMINAL)
        shown = _at(session).taps("Tout voir").pages()
        aside = _at(session).taps("Quoi dire").pages() if advice.phrases or advice.record else ""
        rest = aside.split(flat(FLOWS[flow].title), 1)[1] if aside else ""

        assert sorted(words(shown + " " + rest, ONLY_TELEGRAM)) == sorted(said)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("flow", FLOWS)
def test_the_reasons_are_the_same_words(flow: str, on: date) -> None:
    """The trace, without the identifiers that only the command line can use."""
    session = _session(flow, on, 1)
    terminal = why_text(APP, answer(APP, session, TOKEN_KEY), TERMINAL)
    named = "\n".join(line for line in terminal.splitlines() if not re.fullmatch(r" {4}[a-z0-9/-]+", line))

    assert words(_at(session).taps("Tout voir").taps("Pourquoi").pages()) == words(named, ONLY_TERMINAL)


def _everybody(here: Session) -> Reader:
    """Go past those whom a plan names."""
    reader = _at(here)
    return reader.taps(SOMEONE) if SOMEONE in reader.labels else reader


@pytest.mark.parametrize("flow", FLOWS)
def test_every_question_offers_the_answers_of_the_terminal(flow: str) -> None:
    """The same question, the same help, the same answers in the same words and order, on both channels."""
    session = _session(flow, DAYS[1], 3)
    for n in range(len(session.answers)):
        here = replace(session, answers=session.answers[:n])
        screen = APP.conversation.screen(here)
        fact = screen.question
        assert fact is not None
        reader = _at(here)
        asked = TERMINAL(
            "question",
            on=here.on,
            title=screen.title,
            step=screen.step,
            fact=fact,
            groups=groups_of(fact),
            plan=plan_lines(APP, screen.plan),
        )
        offered = []
        said = {flat(v.short or v.label) for v in fact.values}
        for name in [g.name for g in groups_of(fact)] if "famille de la réponse" in _everybody(here).text else [None]:
            shown = _everybody(here).taps(flat(name)) if name else reader
            offered += [label for label in shown.labels if label in said]
            while "Autres réponses…" in shown.labels:
                offered += [label for label in shown.taps("Autres réponses…").labels if label in said]

        assert flat(fact.question) in reader.text
        assert " ".join(words(reader.text))[:40] == " ".join(words(asked))[:40]
        assert offered == [flat(c.short) for g in groups_of(fact) for c in g.choices]
        assert (UNKNOWN_LABEL in reader.labels) is (fact.find_out is not None)
        if fact.help:
            assert flat(fact.help) in _at(here).taps("Aide").pages()


def test_danger_is_said_in_the_same_words() -> None:
    """Numbers, what to say, the duty to act with its text of the day."""
    terminal = danger_text(APP.base, DAYS[1], TERMINAL)

    assert words(Reader().sends("danger").text) == words(terminal)


def test_the_text_of_an_article_is_the_same() -> None:
    """Version, dates, certainty, source and text, of the day asked."""
    terminal = article_text(APP.base, APP.base.articles["code-penal/226-14"], DAYS[0], TERMINAL)
    reader = Reader().sends("article", "CP 226-14 02/11/2009")

    assert words(reader.text, ONLY_TERMINAL) == words(terminal, ONLY_TERMINAL)
