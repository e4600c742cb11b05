"""`motus ask … --certificate` and `motus certify`: written once, checked by anyone with the same law."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.model.typography import french
from tests.bot.conftest import Motus

NEIGHBOUR = "profession: assistant_service_social\nrecipient: voisin\ninformation: existence_suivi\n"
ASK = ("ask", "partager")
Write = Callable[[str], str]


@pytest.fixture
def written(called: Motus, answers: Write, tmp_path: Path) -> Path:
    """Return the certificate of a neighbour who asks, in 2009."""
    path = tmp_path / "certificat.json"
    done = called("ask", "partager", "--answers", answers(NEIGHBOUR), "--on", "2009-11-02", "--certificate", str(path))
    assert done.returncode == 0
    return path


def test_a_certificate_is_written_beside_the_answer_and_holds(called: Motus, written: Path) -> None:
    """`motus certify` says the answer, the day, the norm, the article of that day, the base and the code to compare."""
    held = json.loads(written.read_text(encoding="utf-8"))
    done = called("certify", written.name)

    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert said.startswith("Certificat valable : ")
    assert "Réponse : Interdit — " in said
    assert "Droit du 2 novembre 2009, règle base/cp-226-13" in said
    assert "Code pénal, article 226-13 — version en vigueur depuis le 1er janvier 2002" in said
    assert f"Version de la base : {held['base']}" in said
    assert re.search(r"Code à comparer : (\w{4}-){3}\w{4}$", said)[0].replace("-", "")[-16:] == held["seal"][:16]  # type: ignore[index]


def test_the_answer_stays_alone_on_the_output(called: Motus, answers: Write, tmp_path: Path) -> None:
    """JSON stays JSON; that the file is written, and its code, are said apart."""
    args = ("ask", "partager", "--answers", answers(NEIGHBOUR), "--on", "2009-11-02", "--json")
    path = tmp_path / "c.json"
    done = called(*args, "--certificate", str(path))
    seal = json.loads(path.read_text(encoding="utf-8"))["seal"]

    assert json.loads(done.stdout) == json.loads(called(*args).stdout)
    code = "-".join(seal[i : i + 4] for i in range(0, 16, 4))
    assert done.stderr == french(f"Certificat écrit : {path} (code {code})") + "\n"


def test_written_twice_it_is_the_same_file(called: Motus, written: Path, answers: Write) -> None:
    """From the answers or from the token of the same situation, byte for byte; an old one is replaced."""
    before = written.read_bytes()
    asked = ("ask", "partager", "--answers", answers(NEIGHBOUR), "--on", "2009-11-02")
    token = json.loads(called(*asked, "--json").stdout)["token"]

    assert called(*asked, "--certificate", str(written)).returncode == 0
    assert written.read_bytes() == before
    assert called("ask", "--token", token, "--certificate", "jeton.json").returncode == 0
    assert called("certify", "jeton.json").returncode == 0


def test_a_tampered_certificate_is_refused_with_the_line(called: Motus, written: Path) -> None:
    """What is written, what is due, and not to trust it; exit 1."""
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace('"outcome": "forbidden",', '"outcome": "permitted",'), encoding="utf-8")
    done = called("certify", written.name)

    assert (done.returncode, done.stdout) == (1, "")
    line = text[: text.index('"outcome": "forbidden",')].count("\n") + 1
    first, *_, last = done.stderr.splitlines()
    assert first == french(
        f'certificat.json : ligne {line} : « "outcome": "permitted", » est écrit ; il faut « "outcome": "forbidden", »'
    )
    assert last == french("Certificat refusé : ne vous y fiez pas.")


def test_a_certificate_is_read_from_a_pipe(called: Motus, written: Path) -> None:
    """`-` is the standard input, as for the answers."""
    assert called("certify", "-", stdin=written.read_text(encoding="utf-8")).returncode == 0


def test_a_certificate_of_another_base_says_so(motus_small: Motus, small: Path, answers: Write) -> None:
    """One line added to the law, and the certificate is of another version; checked by real processes."""
    asked = ("ask", "essai", "--answers", answers("metier: assistante\ninformation: sante\n"), "--on", "2026-11-23")
    assert motus_small(*asked, "--certificate", "c.json").returncode == 0
    assert motus_small("certify", "c.json").returncode == 0
    norm = small / "knowledge" / "law" / "norms" / "libre.yaml"
    norm.write_text(norm.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")
    done = motus_small("certify", "c.json")

    assert done.returncode == 1
    assert "établi sur une autre version de la base, personne n'y a touché depuis" in done.stderr


def test_a_long_list_of_differences_is_cut(called: Motus, written: Path) -> None:
    """Twelve reasons, then how many more: the first ones are enough to see."""
    lines = written.read_text(encoding="utf-8").splitlines()
    written.write_text("\n".join(f"{line}  " if i % 2 else line for i, line in enumerate(lines)), encoding="utf-8")
    said = called("certify", written.name).stderr.splitlines()

    assert len(said) == 14
    assert re.fullmatch(french(r"certificat\.json : et \d+ autres différences"), said[12])


def test_what_is_written_in_a_file_cannot_drive_the_terminal(called: Motus, written: Path) -> None:
    """Control characters and long values are dropped and cut."""
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace('"voisin"', '"\\u009b31m\x7f' + "x" * 9000 + '"'), encoding="utf-8")
    done = called("certify", written.name)

    assert done.returncode == 1
    assert all(c.isprintable() or c.isspace() for c in done.stderr)
    assert max(map(len, done.stderr.splitlines())) < 500


@pytest.mark.parametrize(
    ("args", "refused"),
    [
        (("certify", "absent.json"), (2, "absent.json : ce fichier ne se lit pas (il n'existe pas) ; vérifiez")),
        (("certify", "."), (2, ". : ce fichier ne se lit pas (c'est un dossier) ; vérifiez le chemin")),
        (("certify", "latin.json"), (2, "latin.json : ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8")),
        (("certify", "reponses.yaml"), (1, "reponses.yaml : ce fichier ne se lit pas comme du JSON")),
        (("certify",), (2, "il manque « FICHIER »")),
        ((*ASK, "--certificate", "c.json"), (2, "--certificate va avec --answers FICHIER ou --token JETON")),
        (
            (*ASK, "--answers", "reponses.yaml", "--certificate", "reponses.yaml"),
            (2, "reponses.yaml : ce fichier existe et n'est pas un certificat ; choisissez un autre nom"),
        ),
        (
            (*ASK, "--answers", "reponses.yaml", "--certificate", "absent/c.json"),
            (2, "absent/c.json : ce fichier ne s'écrit pas (il n'existe pas) ; choisissez un autre lieu"),
        ),
        (
            (*ASK, "--answers", "vide.yaml", "--certificate", "c.json"),
            (3, "c.json : pas de certificat sans réponse ; il manque d'abord : profession"),
        ),
    ],
    ids=["absent", "folder", "latin", "yaml", "none", "asking", "answers file", "nowhere", "pending"],
)
def test_every_refusal_says_what_is_wrong_and_what_would_be_right(
    called: Motus, answers: Write, tmp_path: Path, args: tuple[str, ...], refused: tuple[int, str]
) -> None:
    """No answers file is lost, and no certificate is made of a question."""
    answers(NEIGHBOUR)
    (tmp_path / "vide.yaml").write_text("", encoding="utf-8")
    (tmp_path / "latin.json").write_bytes("{é}".encode("latin-1"))
    done = called(*args)

    assert done.returncode == refused[0]
    assert french(refused[1]) in done.stderr
    assert not (tmp_path / "c.json").exists()
    assert (tmp_path / "reponses.yaml").read_text(encoding="utf-8") == NEIGHBOUR
