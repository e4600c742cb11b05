"""`motus test` and `motus walk`: a lawyer or a trainer tests a flow without any development tool."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from tests.bot.conftest import Motus, plain

RIGHT = """\
- id: voisin
  says: Un voisin demande si elle suit la personne.
  flow: partager
  on: 2026-11-23
  facts: {profession: assistant_service_social, recipient: voisin, information: existence_suivi, danger: aucun,
          request: demande_orale, purpose: autre, subject: majeur, consent: non_demande}
  outcome: forbidden
  articles: [code-penal/226-13]
  origin: essai
"""
WRONG = RIGHT.replace("outcome: forbidden", "outcome: conditional")


def _file(folder: Path, text: str) -> str:
    path = folder / "situations.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_situations_that_answer_as_expected_pass(called: Motus, tmp_path: Path) -> None:
    """The exit status says so, and so does the last line."""
    done = called("test", _file(tmp_path, RIGHT))

    assert done.returncode == 0
    assert "Toutes les réponses sont celles attendues" in done.stdout


def test_a_wrong_expectation_is_told_as_a_person_reads_it(called: Motus, tmp_path: Path) -> None:
    """Expected, got, the norm that decided, and the first answer that parts them."""
    done = called("test", _file(tmp_path, WRONG))

    assert done.returncode == 1
    for words in ("attendu : Permis si…", "obtenu : Interdit, par base/cp-226-13", "ce qui les sépare : question 3"):
        assert words in done.stdout.replace("\xa0", " ").replace("\u202f", " ")


def test_the_report_for_machines_counts_the_failure(called: Motus, tmp_path: Path) -> None:
    """JUnit: one suite, one case, one failure, with its file and line."""
    report = tmp_path / "rapport.xml"
    called("test", _file(tmp_path, WRONG), "--junit", str(report))
    suites = ET.fromstring(report.read_text(encoding="utf-8"))  # noqa: S314 - our own file

    assert (suites.get("tests"), suites.get("failures")) == ("1", "1")
    case = suites.find("testsuite/testcase")
    assert case is not None
    assert case.get("line") == "1"


def test_walks_drawn_from_a_seed_are_the_same_and_never_stop_short(called: Motus) -> None:
    """The same seed draws the same walks; none ends without an answer."""
    one, two = (called("walk", "tenu", "--random", "20", "--seed", "1").stdout for _ in range(2))

    assert one == two
    assert "Impasses : 0" in one.replace("\xa0", " ")


class Slip(NamedTuple):
    """A mistake in a file of situations: what is replaced, by what, the line and the words of the refusal."""

    before: str
    after: str
    line: int
    words: tuple[str, ...]


SLIPS = {
    "a key that does not exist": Slip("says:", "say:", 2, ("clé inconnue « say »", "peut-être « says »")),
    "a flow": Slip("flow: partager", "flow: partage", 3, ("parcours inconnu « partage »", "« partager »")),
    "a date": Slip("on: 2026-11-23", "on: 23/11/2026", 4, ("n'est pas une date", "écrivez AAAA-MM-JJ")),
    "an answer": Slip("recipient: voisin", "recipient: voisine", 5, ("valeur inconnue", "peut-être « voisin »")),
    "a question": Slip("subject:", "sujet:", 6, ("fait inconnu « sujet »",)),
    "a question that is deduced": Slip("subject: majeur", "bound: oui", 6, ("ne se répond pas", "retirez cette ligne")),
    "an outcome": Slip(
        "outcome: forbidden", "outcome: interdit", 7, ("« interdit » n'est pas admis", "'forbidden'", "ou 'obliged'")
    ),
    "an article": Slip("code-penal/226-13", "code-penal/22613", 8, ("n'existe pas", "« code-penal/226-13 »")),
    "a norm": Slip("origin: essai", "governing: base/cp-22613", 9, ("n'existe pas", "« base/cp-226-13 »")),
    "a name in two words": Slip("id: voisin", "id: le voisin", 1, ("attend un nom sans espace", "par exemple")),
    "a name given twice": Slip(
        "  origin: essai\n", f"  origin: essai\n{RIGHT}", 10, ("nomme déjà le cas de la ligne 1",)
    ),
    "a key given twice": Slip("  origin: essai", "  outcome: forbidden", 9, ("écrite deux fois", "gardez-en une")),
    "no answer expected": Slip("  outcome: forbidden\n", "", 1, ("la clé « outcome » manque", "dites la réponse")),
    "broken YAML": Slip("says: Un", 'says: "Un"', 2, ("pas du YAML lisible", "guillemets")),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_refused_with_its_line_and_what_would_be_right(slip: Slip, called: Motus, tmp_path: Path) -> None:
    """Nothing is played while a file holds one: a slip is never taken for an answer."""
    text = RIGHT.replace(slip.before, slip.after, 1)
    assert text != RIGHT
    done = called("test", _file(tmp_path, text))
    said = plain(done.stderr)

    assert done.returncode == 2
    assert done.stdout == ""
    assert f"situations.yaml:{slip.line} :" in said
    for words in (*slip.words, "aucun cas n'est joué tant qu'il en reste un"):
        assert words in said


def test_an_answer_that_the_flow_does_not_offer_is_refused(called: Motus, tmp_path: Path) -> None:
    """Nobody could give it: the situation belongs to another flow, or the answer is wrong."""
    text = "- {id: a, says: Un essai., flow: acces, on: 2026-11-23, facts: {recipient: voisin}, outcome: forbidden}\n"
    done = called("test", _file(tmp_path, text))

    assert done.returncode == 2
    assert "situations.yaml:1 : le parcours « acces » ne propose pas « voisin »" in plain(done.stderr)


def test_what_is_no_file_of_situations_is_refused(called: Motus, tmp_path: Path) -> None:
    """A name that is nothing, a folder without any, a file of something else, one that is not text, an empty one."""
    (tmp_path / "vide").mkdir()
    (tmp_path / "autre.yaml").write_text("profession: educateur\n", encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes("says: é".encode("latin-1"))
    (tmp_path / "blanc.yaml").write_text("", encoding="utf-8")
    (tmp_path / "sans.yaml").write_text("cases: []\n", encoding="utf-8")
    for name, words in {
        "absent": "n'est ni un fichier ni un dossier ; par exemple : motus test tests/cases",
        "vide": "n'a aucun fichier .yaml ; donnez le dossier des cas",
        "autre.yaml": "autre.yaml:1 : profession : clé inconnue « profession » ; chaque cas commence par « - id: »",
        "latin.yaml": "ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8",
        "blanc.yaml": "blanc.yaml:1 : le fichier est vide",
        "sans.yaml": "aucun cas dans ces fichiers : rien n'est vérifié",
    }.items():
        done = called("test", name)
        assert done.returncode == 2
        assert words in plain(done.stderr)


def test_a_number_of_situations_that_is_announced_is_held_to(called: Motus, tmp_path: Path) -> None:
    """A file cut in two does not pass for whole."""
    text = "count: 2\ncases:\n" + "".join(f"  {line}\n" for line in RIGHT.splitlines())
    done = called("test", _file(tmp_path, text))

    assert "situations.yaml:1 : count : annonce 2 cas, et il y en a 1 ; corrigez le nombre" in plain(done.stderr)
