"""`motus test` and `motus walk`: a lawyer or a trainer tests a flow without any development tool."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.bot.conftest import Motus

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
