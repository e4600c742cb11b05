"""Commands, free text, groups: what a person may type, and what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.telegram.core import COMMANDS
from bot.telegram.faces import Signer, bound
from bot.telegram.values import Command, Remove, Show, Tap, Unwanted
from tests.telegram.core_walk import APP, DESK, FLOWS, KEYS, TODAY, Reader, flat

CANARY = "Madame Zébulon-Canari"


def _said(reader: Reader) -> str:
    return " ".join(flat(c.text) for c in reader.calls if isinstance(c, Show))


def _removed(reader: Reader) -> list[int]:
    return [c.message for c in reader.calls if isinstance(c, Remove)]


def test_start_says_what_it_is_what_it_is_not_and_that_telegram_is_not_confidential() -> None:
    """The first screen warns, then offers each flow, danger first of all."""
    reader = Reader().sends("start")

    assert "il ne remplace ni un avocat, ni votre encadrement, ni Légifrance" in reader.text
    assert "Telegram n'est pas confidentiel" in reader.text
    assert "N'écrivez ni nom ni récit" in reader.text
    assert "motus ask" in reader.text
    assert reader.labels == [*(flat(f.title) for f in FLOWS.values()), "Danger immédiat"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_answers_with_a_way_on(command: str) -> None:
    """Even without words, even before any question."""
    reader = Reader().sends(command)

    assert reader.text
    assert {"Commencer", "Danger immédiat", "Retour"} & set(reader.labels)
    assert _removed(reader) == []


@pytest.mark.parametrize("typed", ["02/11/2009", "2/11/2009", "2009-11-02", " 02.11.2009 "])
def test_a_day_chosen_is_the_law_of_every_screen_after_it(typed: str) -> None:
    """The day is in the buttons: menu, question, danger and verdict say it, and one tap leaves it."""
    reader = Reader().sends("date", typed)
    assert "Droit du 2 novembre 2009" in reader.text
    assert "Droit du 2 novembre 2009" in reader.taps("Suis-je tenu").text
    assert "droit du 2 novembre 2009" in reader.taps("Danger immédiat").text
    assert "question 1" in reader.taps("Retour").text
    assert "Droit du 02/11/2009" in reader.taps("Travail social").taps("Assistante sociale").text.replace(
        "droit", "Droit"
    )
    assert "Oui : vous êtes tenu" in reader.text
    reader.taps("Tout voir")
    assert "Droit du 2 novembre 2009" in reader.taps("Recommencer").text
    assert "Droit du 23 novembre 2026" in reader.taps("Revenir au droit d'aujourd'hui").text
    assert "Revenir au droit d'aujourd'hui" not in reader.labels


@pytest.mark.parametrize("typed", ["hier", "31/02/2009", "01/01/1815", "2/11/09", f"02/11/2009 {CANARY}"])
def test_a_day_that_does_not_read_is_refused_deleted_and_not_repeated(typed: str) -> None:
    """The right way is shown; what was typed is not."""
    reader = Reader().sends("date", typed)

    assert "/date 02/11/2009" in reader.text
    assert typed not in _said(reader)
    assert _removed(reader) == [1]


@pytest.mark.parametrize(
    "typed", ["CP 226-13", "226-13", "code pénal 226-13", "c. pén. 226-13", "CP 226-13 23/11/2026"]
)
def test_an_article_is_shown_however_it_is_asked(typed: str) -> None:
    """With its version and its source; the code may be left out where only one article bears the number."""
    reader = Reader().sends("article", typed)

    assert reader.text.startswith("Droit du 23 novembre 2026 Code pénal, article 226-13")
    assert "un an d'emprisonnement" in reader.text
    assert _removed(reader) == []


def test_an_article_is_shown_as_it_was_on_a_day() -> None:
    """The day after the number; the flow's own day is not touched."""
    text = Reader().sends("article", "226-14 02/11/2009").text

    assert "Droit du 2 novembre 2009" in text
    assert "du 7 mars 2007 au 6 novembre 2015" in text


def test_the_slip_of_the_press_is_answered_with_the_right_number_and_command() -> None:
    """« L226-13 » is not how the code numbers it; the way to ask is this channel's."""
    reader = Reader().sends("article", "CP L226-13")

    assert "Le code pénal numérote cet article 226-13, sans L." in reader.text
    assert "Demandez : /article CP 226-13" in reader.text
    assert "motus article" not in reader.text


def test_a_number_of_several_codes_is_answered_with_each() -> None:
    """Code civil 9 and RGPD 9: both ways to ask are shown, nothing is guessed."""
    text = Reader().sends("article", "9").text

    assert text.count("Demandez : /article") >= 2


@pytest.mark.parametrize("typed", ["", CANARY, f"CP {CANARY}", f"{CANARY} 226-13", "x" * 5000, "CP", "<b>CP</b> 1"])
def test_an_article_that_does_not_exist_is_not_repeated(typed: str) -> None:
    """What was typed may be a name: it is deleted, and the codes are listed."""
    reader = Reader().sends("article", typed)

    assert "/article CP 226-14" in reader.text
    assert "CASF" in reader.text
    assert "Canari" not in _said(reader)
    assert _removed(reader) == ([1] if typed else [])


@pytest.mark.parametrize("flow", FLOWS)
def test_a_link_opens_a_flow_at_its_first_question(flow: str) -> None:
    """t.me/…?start=partager."""
    assert "question 1" in Reader().sends("start", flow).text


def test_a_link_opens_an_article() -> None:
    """t.me/…?start=article_CP_226-14."""
    assert "Code pénal, article 226-14" in _said(Reader().sends("start", "article_CP_226-14"))


def test_a_link_to_a_scenario_is_answered_kindly() -> None:
    """Reserved: it says so, and the menu follows."""
    reader = Reader().sends("start", "scenario_12")

    assert "exercices ne sont pas encore ouverts" in reader.text
    assert "Puis-je le dire à quelqu'un ?" in reader.labels


@pytest.mark.parametrize("payload", [CANARY, "AAAA" * 20, "article_<b>_1"])
def test_any_other_link_starts_and_forgets(payload: str) -> None:
    """What nobody made is deleted and not repeated."""
    reader = Reader().sends("start", payload)

    assert reader.text.startswith("MOTUS")
    assert payload not in _said(reader)
    assert _removed(reader) == [1]


def test_anything_typed_is_deleted_and_refused_in_one_sentence() -> None:
    """Text, photo, voice, file, contact, place: one value for all, which holds nothing of them."""
    reader = Reader().types()

    assert _removed(reader) == [2]
    assert reader.text == "Motus ne lit pas les messages : touchez les boutons, sans écrire ni nom ni récit."
    assert reader.labels == ["Commencer", "Danger immédiat"]
    assert set(Unwanted.__slots__) == {"chat", "message", "private", "more"}


@pytest.mark.parametrize("words", ["", CANARY])
@pytest.mark.parametrize("command", ["help", "dossier", "stop"])
def test_an_unknown_command_is_free_text(command: str, words: str) -> None:
    """Deleted, refused, not repeated."""
    reader = Reader().sends(command, words)

    assert _removed(reader) == [1]
    assert "Canari" not in _said(reader)


@pytest.mark.parametrize("command", ["danger", "aide", "oublier"])
def test_words_after_a_command_that_takes_none_are_deleted(command: str) -> None:
    """« /danger Madame … » is answered, and leaves no name in the chat."""
    reader = Reader().sends(command, CANARY)

    assert _removed(reader) == [1]
    assert "Canari" not in _said(reader)


def test_in_a_group_a_command_gets_only_the_way_to_the_private_chat() -> None:
    """No question, no answer, no button that acts."""
    calls = DESK.handle(Command(-100, 3, "start", "", private=False), TODAY)

    assert [type(c) for c in calls] == [Show]
    assert isinstance(calls[0], Show)
    assert flat(calls[0].text) == "Motus répond seulement en privé."
    assert [b.url for row in calls[0].rows for b in row] == ["https://t.me/motus_bot?start=groupe"]
    assert [b.data for row in calls[0].rows for b in row] == [None]


def test_in_a_group_nothing_else_is_heard_nor_deleted() -> None:
    """The conversation of a group is not the bot's."""
    assert DESK.handle(Unwanted(-100, 3, private=False), TODAY) == []


def test_a_button_pressed_in_a_group_does_not_open_a_question() -> None:
    """No button is ever sent there: one that is pressed was carried from elsewhere."""
    calls = DESK.handle(Tap(-100, 3, "q", "x", private=False), TODAY)

    assert [flat(c.text) for c in calls if isinstance(c, Show)] == ["Motus répond seulement en privé."]


def test_erasing_starts_again_in_place_on_the_same_day() -> None:
    """Every answer is gone: the menu of that day, in the words of the terminal."""
    reader = (
        Reader()
        .sends("date", "02/11/2009")
        .taps("Puis-je le dire")
        .taps("Santé")
        .taps("Psychologue")
        .taps("Recommencer")
    )

    assert reader.text.startswith("On recommence. Rien n'a été gardé. Droit du 2 novembre 2009")
    assert reader.screen is not None
    assert reader.screen.message == 5
    signer = Signer(APP.base, APP.flows, bound(KEYS, 7))
    tokens = [b.data for row in reader.screen.rows for b in row if b.data]
    assert tokens
    assert all(signer.read(token)[0].answers == () for token in tokens)


def test_the_day_of_the_clock_is_only_read_where_no_day_was_chosen() -> None:
    """A button keeps its day of law; a fresh start takes today's."""
    reader = Reader(today=date(2027, 3, 1)).sends("start")
    token = reader.button("Puis-je le dire").data
    later = Reader(today=date(2027, 3, 9)).does(Tap(7, 5, "q", token))

    assert "Droit du 1er mars 2027" in later.text
    assert "Droit du 9 mars 2027" in Reader(today=date(2027, 3, 9)).sends("start").text
