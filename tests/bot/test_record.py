"""`motus ask --record`: the walk just taken joins a file of situations, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.conftest import Motus, plain

ANSWERS = "profession: assistant_service_social\nrecipient: voisin\ninformation: existence_suivi\n"
ASKED = ("partager", "--on", "2026-11-23")


@pytest.fixture
def said(tmp_path: Path) -> str:
    """Write the answers of a worker whom a neighbour questions, and return their file."""
    path = tmp_path / "reponses.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return str(path)


def test_a_script_records_its_situation_and_it_plays(called: Motus, said: str, tmp_path: Path) -> None:
    """The file is made; a second walk joins it under the next neutral name, or its own."""
    one = called("ask", *ASKED, "--answers", said, "--record", "s.yaml")
    two = called("ask", *ASKED, "--answers", said, "--record", "s.yaml", "--name", "voisin")
    called("ask", *ASKED, "--answers", said, "--record", "s.yaml")
    text = (tmp_path / "s.yaml").read_text(encoding="utf-8")

    assert (one.returncode, two.returncode) == (0, 0)
    assert "Situation ajoutée : s.yaml (situation-1)" in plain(one.stderr)
    assert [line for line in text.splitlines() if line.startswith("- id")] == [
        "- id: situation-1",
        "- id: voisin",
        "- id: situation-2",
    ]
    assert "outcome: forbidden" in text
    assert "(3 situations, 1 fichier" in plain(called("test", "s.yaml").stdout)


def test_a_person_records_the_answer_at_which_she_leaves(called: Motus, tmp_path: Path) -> None:
    """She goes back and changes her mind: the walk that stands is recorded, and she is told so, before and after."""
    lines = "educateur\nassociation\nr\nprevention_specialisee\nq\n"
    done = called("ask", "tenu", "--record", "s.yaml", stdin=lines)
    text = (tmp_path / "s.yaml").read_text(encoding="utf-8")

    assert "vos réponses, et elles seules, seront ajoutées à s.yaml" in plain(done.stdout)
    assert "Rien d'autre n'a été gardé" in done.stdout
    assert text.count("- id:") == 1
    assert "{profession: educateur, service: prevention_specialisee}" in text


@pytest.mark.parametrize("lines", ["educateur\nq\n", "educateur\nprevention_specialisee\ne\nq\n", "q\n"])
def test_nothing_is_recorded_of_a_walk_left_or_erased(lines: str, called: Motus, tmp_path: Path) -> None:
    """Leaving before the answer, or erasing after it, keeps nothing."""
    done = called("ask", "tenu", "--record", "s.yaml", stdin=lines)

    assert "Rien n'a été gardé" in done.stdout
    assert not (tmp_path / "s.yaml").exists()


BAD = {
    "the answers of a script": (ANSWERS, (":1 :", "clé inconnue « profession »", "commence par « - id: »")),
    "not YAML": ("- id: [\n", ("s.yaml:", "ce n'est pas du YAML lisible")),
    "a case with a wrong value": (
        "- id: a\n  says: Un essai.\n  flow: tenu\n  on: 2026-11-23\n"
        "  facts: {profession: educatuer}\n  outcome: bound\n",
        ("s.yaml:5 :", "valeur inconnue « educatuer »", "peut-être « educateur »"),
    ),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=list(BAD))
def test_a_file_of_something_else_is_refused_before_a_question(
    text: str, words: tuple[str, ...], called: Motus, tmp_path: Path
) -> None:
    """The line, what is wrong, what would be right; the file is as it was."""
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    done = called("ask", "tenu", "--record", "s.yaml", stdin="educateur\nprevention_specialisee\nq\n")

    assert done.returncode == 2
    assert done.stdout == ""
    for word in (*words, "rien n'y est ajouté"):
        assert word in plain(done.stderr)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--name", "deux mots"), "attend un nom sans espace"),
        (("--name", "pris"), "a déjà une situation « pris », ligne 1"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused(
    options: tuple[str, ...], words: str, called: Motus, said: str, tmp_path: Path
) -> None:
    """A name is one word, and names one case of its file."""
    called("ask", *ASKED, "--answers", said, "--record", "s.yaml", "--name", "pris")
    before = (tmp_path / "s.yaml").read_bytes()
    done = called("ask", *ASKED, "--answers", said, "--record", "s.yaml", *options)

    assert done.returncode == 2
    assert words in plain(done.stderr)
    assert (tmp_path / "s.yaml").read_bytes() == before


def test_a_situation_without_an_answer_is_not_recorded(called: Motus, tmp_path: Path) -> None:
    """Like a certificate, it waits for what nobody may ignore."""
    (tmp_path / "r.yaml").write_text("recipient: voisin\n", encoding="utf-8")
    done = called("ask", *ASKED, "--answers", "r.yaml", "--record", "s.yaml")

    assert done.returncode == 3
    assert "il manque d'abord : profession" in plain(done.stderr)
    assert not (tmp_path / "s.yaml").exists()


def test_a_place_that_cannot_be_written_keeps_the_file(called: Motus, said: str, tmp_path: Path) -> None:
    """A folder that is not one is named; the standard input is no file."""
    (tmp_path / "plat").write_text("", encoding="utf-8")
    done = called("ask", *ASKED, "--answers", said, "--record", "plat/s.yaml")

    assert done.returncode in (1, 2)
    assert "plat/s.yaml" in done.stderr
    assert "n'est pas un fichier" in plain(called("ask", *ASKED, "--answers", said, "--record", "-").stderr)
    assert "--name va avec --record" in plain(called("ask", *ASKED, "--answers", said, "--name", "a").stderr)
