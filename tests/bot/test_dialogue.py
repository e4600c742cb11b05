"""The conversation, line by line through a pipe, and in a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import Advice, KnowledgeBase
from knowledge.answering.completions import Completions
from knowledge.answering.conclude import conclude
from tests.bot.conftest import ROOT, Motus

NEIGHBOUR = "1\nvoisin\nexistence du suivi\n"
"""An assistante de service social, to a neighbour, that someone is followed."""


def test_the_first_screen_says_what_motus_is_and_to_type_no_name(called: Motus) -> None:
    """Before any question: what it is, what it is not, no name, nothing kept, danger first."""
    said = called("ask", "--on", "2009-11-02").stdout
    assert "ne remplace" in said
    assert "ni nom ni récit" in said
    assert "Rien n'est gardé" in said
    assert said.index("danger") < said.index("Puis-je le dire")


def test_a_pipe_of_numbers_and_words_reaches_the_verdict(motus: Motus) -> None:
    """Three answers, then the verdict: outcome in words first, article, dates, address."""
    done = motus("ask", "--detail", "--on", "2009-11-02", stdin="1\n" + NEIGHBOUR)
    assert done.returncode == 0, done.stderr
    verdict = done.stdout.split("RÉPONSE", 1)[1]
    assert verdict.startswith("\u00a0: INTERDIT — ")
    assert "Code pénal, article 226-13" in verdict
    assert "1er janvier 2002" in verdict
    assert "https://www.legifrance.gouv.fr/" in verdict
    headings = ("LE MINIMUM", "LE TEXTE QUI DÉCIDE", "LE DÉTAIL", "LES AUTRES TEXTES")
    assert [verdict.index(h) for h in headings] == sorted(verdict.index(h) for h in headings)


def test_every_screen_says_the_day_of_law(called: Motus) -> None:
    """The menu, a question, the summary, the danger screen and the verdict all show the day asked."""
    said = called("ask", "--on", "2009-11-02", stdin="1\ns\n\nd\n" + NEIGHBOUR).stdout
    assert len(re.findall("[Dd]roit du 2 novembre 2009", said)) >= 7


def test_an_input_that_ends_before_the_verdict_names_the_pending_question(motus: Motus) -> None:
    """Exit code 3, and the question that has no answer yet."""
    done = motus("ask", "partager", stdin="1\n")
    assert done.returncode == 3
    assert "Il manque une réponse" in done.stderr
    assert "À qui voulez-vous" in done.stderr


def test_quitting_is_not_an_error(motus: Motus) -> None:
    """`q` leaves with 0, whatever was answered."""
    assert motus("ask", "partager", stdin="1\nq\n").returncode == 0


def test_back_drops_the_last_answer_then_returns_to_the_menu(called: Motus) -> None:
    """From question 2, `r` shows question 1 again; from question 1, the menu."""
    said = called("ask", stdin="1\n1\nr\nr\nq\n").stdout
    asked = re.findall(r"question (\d)|(Que voulez-vous savoir)", said)
    assert asked == [("", "Que voulez-vous savoir"), ("1", ""), ("2", ""), ("1", ""), ("", "Que voulez-vous savoir")]


def test_an_earlier_answer_changes_from_the_summary_and_later_ones_stay(called: Motus) -> None:
    """From the verdict, changing the profession leads to a verdict again without asking everything."""
    done = called("ask", "partager", "--on", "2009-11-02", stdin=NEIGHBOUR + "s\n1\n2\n")
    assert done.returncode == 0
    assert done.stdout.count("Non\u00a0: ne dites pas") == 2
    assert "Changer une réponse" in done.stdout


def test_the_summary_comes_back_unchanged_on_an_empty_line(called: Motus) -> None:
    """Looking is not changing."""
    said = called("ask", "partager", stdin="1\ns\n\nq\n").stdout
    assert "1. Métier" in said
    assert said.count("question 2") == 2


@pytest.mark.parametrize("before", ["", "1\n", "1\n1\n", "1\n" + NEIGHBOUR, "1\n1\ns\n", "1\n1\ns\n1\n"])
def test_danger_answers_from_everywhere_without_losing_the_place(called: Motus, before: str) -> None:
    """From the menu, a question, the verdict, the summary and a change: the numbers, and the duty to act of the day."""
    said = called("ask", "--on", "2009-11-02", stdin=before + "d\nq\n").stdout
    danger = said.split("DANGER IMMÉDIAT", 1)[1]
    for number in ("15", "17", "18", "112", "114", "119", "3919"):
        assert re.search(rf"\b{number}\b", danger)
    assert danger.index("appeler les secours") < danger.index("article 223-6")
    assert "du 1er janvier 2002 au 5 août 2018" in danger
    assert "75\u202f000" in danger.replace("75 000", "75\u202f000")


def test_the_duty_to_act_is_the_one_of_the_day(called: Motus) -> None:
    """Since 2018 the child under fifteen is in the text; in 2009 it was not."""
    then = called("ask", "--on", "2009-11-02", stdin="d\n").stdout
    now = called("ask", "--on", "2026-11-23", stdin="d\n").stdout
    assert "mineur de quinze ans" not in then
    assert "mineur de quinze ans" in re.sub(r"\s+", " ", now)


def test_help_gives_the_test_of_each_legal_notion(called: Motus) -> None:
    """`?` shows the help of the question, of each answer that is a legal notion, and what not knowing leads to."""
    said = called("ask", "partager", "--on", "2009-11-02", stdin="1\ncrip\nase\nla sante\n?\n?\n?\nq\n").stdout
    assert "Test\u00a0: " in said
    assert " j. Je ne sais pas. " in said


def test_a_wrong_line_says_what_is_accepted(called: Motus) -> None:
    """An unknown number is refused with the range; the question stays."""
    said = called("ask", "partager", stdin="99\nq\n").stdout
    assert re.search(r"«\s99\s» n'est pas une réponse ici", said)
    assert "tapez un nombre de 1 à" in said


def test_words_that_fit_several_answers_list_them(called: Motus) -> None:
    """« juge » is not enough: every judge is listed with its number."""
    said = re.sub("\u00a0", " ", called("ask", "partager", stdin="1\njuge\nq\n").stdout)
    assert "« juge » peut vouloir dire" in said


def test_what_is_typed_cannot_drive_the_terminal(called: Motus) -> None:
    """Control characters never come back out."""
    assert "\x1b" not in called("ask", "partager", stdin="\x1b[2Jabc\nq\n").stdout


def test_starting_again_erases_every_answer(called: Motus) -> None:
    """`e` returns to the menu, and the summary is empty."""
    said = called("ask", stdin="1\n1\ne\n1\ns\nq\n").stdout
    assert "On recommence" in said
    assert "Aucune réponse pour l'instant" in said


def test_why_shows_the_rules_that_counted(called: Motus) -> None:
    """`p` after the verdict: what decides, in plain words, with the id of its sheet."""
    said = called("ask", "partager", "--on", "2009-11-02", stdin=NEIGHBOUR + "p\n").stdout
    why = said.split("POURQUOI · ", 1)[1]
    assert "Ce qui décide" in why
    assert "base/cp-226-13" in why


def test_no_line_is_wider_than_80_columns(motus: Motus) -> None:
    """Screens are wrapped, in a pipe too."""
    said = motus("ask", "--on", "2009-11-02", stdin="1\n?\nd\ns\n\n" + NEIGHBOUR + "p\ns\n\n").stdout
    assert max(map(len, said.splitlines())) <= 80


def test_french_spaces_do_not_break(called: Motus) -> None:
    """No colon, question mark or closing quote is preceded by a space that can break."""
    said = called("ask", "--on", "2009-11-02", stdin="1\n?\nd\n" + NEIGHBOUR).stdout
    assert not re.findall(r"\w ([:;?!»]) ", said)


def in_terminal(tmp_path: Path, typed: str, *args: str, **env: str) -> str:
    """Run `motus` on a real pseudo-terminal and return what it shows."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *args],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", **env},
    )
    os.close(slave)
    os.write(master, typed.encode())
    shown = b""
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:
        pass  # Linux says EIO where the other side has closed
    finally:
        process.wait(timeout=30)
        os.close(master)
    return shown.decode()


def test_a_terminal_is_coloured(tmp_path: Path) -> None:
    """On a terminal, headings stand out."""
    assert "\x1b[1m" in in_terminal(tmp_path, "q\n", "ask")


@pytest.mark.parametrize(("args", "env"), [(("ask", "--plain"), {}), (("ask",), {"NO_COLOR": "1"})])
def test_no_colour_where_it_is_refused(tmp_path: Path, args: tuple[str, ...], env: dict[str, str]) -> None:
    """`--plain` and NO_COLOR both give plain text on a terminal."""
    assert "\x1b" not in in_terminal(tmp_path, "1\nd\nq\n", *args, **env)


def test_erasing_clears_the_terminal_and_what_was_scrolled(tmp_path: Path) -> None:
    """Whoever sits down next finds neither the answers nor the way back to them."""
    shown = in_terminal(tmp_path, "1\n1\ne\ns\nq\n", "ask")

    assert shown.count("\x1b[2J\x1b[3J\x1b[H") == 1


def test_an_answer_is_reasoned_once(called: Motus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Asked question by question or all at once, the law is weighed once for the answer that is shown."""
    weighed: list[object] = []

    def counted(base: KnowledgeBase, possible: Completions) -> Advice:
        weighed.append(possible)
        return conclude(base, possible)

    monkeypatch.setattr("knowledge.answering.conclude.conclude", counted)
    said = tmp_path / "reponses.yaml"
    said.write_text("profession: assistant_service_social\nrecipient: voisin\ninformation: sante\n", encoding="utf-8")
    token = json.loads(called("ask", "partager", "--answers", str(said), "--json").stdout)["token"]
    assert len(weighed) == 1
    assert called("ask", "--token", token, stdin="q\n").returncode == 0
    assert len(weighed) == 2
