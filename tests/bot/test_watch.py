"""`motus watch`, as a real process beside real saves: each is answered, a bad one too, and the watch goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from bot.cli.watching import situations
from tests.bot.conftest import Motus, plain

PATIENCE = 30
"""Seconds: a busy machine is slow, and a save that is not answered at all is a failure."""

SITUATIONS = """\
- id: adresse
  says: Un livreur demande l'adresse, et la personne est d'accord.
  flow: essai
  on: 2026-11-23
  facts: {metier: assistante, information: adresse, accord: oui}
  outcome: permitted
  governing: accord
- id: sante
  says: Un voisin demande des nouvelles.
  flow: essai
  on: 2026-11-23
  facts: {metier: assistante, information: sante}
  outcome: forbidden
- id: voisin
  says: Un voisin raconte ce qu'il a vu.
  flow: essai
  on: 2026-11-23
  facts: {metier: voisin}
  outcome: not_covered
"""


class Watch:
    """A running `motus watch`, and what it prints."""

    def __init__(self, root: Path, home: Path, folder: str) -> None:
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONUTF8": "1", "HOME": str(home)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "watch", folder, "--plain"],
            cwd=home,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as printed:
            for line in printed:
                self._lines.put(line)

    def until(self, end: str) -> str:
        """Return what is printed until the first line that holds `end`, on one line."""
        said = ""
        while end not in plain(said):
            try:
                said += self._lines.get(timeout=PATIENCE)
            except Empty:
                pytest.fail(f"nothing more after: {said}")
        return plain(said)

    def stop(self) -> int:
        """Press Ctrl-C, and return the exit status."""
        self._process.send_signal(signal.SIGINT)
        self._reader.join(PATIENCE)
        return self._process.wait(PATIENCE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write three situations, and return their folder."""
    place = tmp_path / "situations"
    place.mkdir()
    (place / "essai.yaml").write_text(SITUATIONS, encoding="utf-8")
    return place


@pytest.fixture
def watch(small: Path, tmp_path: Path, folder: Path) -> Iterator[Watch]:
    """Start watching the small law, and wait until it is read."""
    running = Watch(small, tmp_path, folder.name)
    said = running.until("en tout)")
    assert "Je regarde : " in said
    assert "3 situations rejouées (3 en tout)" in said
    yield running
    assert running.stop() == 0


def _edit(path: Path, before: str, after: str) -> None:
    """Save as editors do: whole beside, then in its place."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    beside = path.with_name(f"{path.name}~")
    beside.write_text(text.replace(before, after), encoding="utf-8")
    beside.replace(path)


def test_each_save_is_answered_and_a_bad_one_does_not_end_the_watch(watch: Watch, small: Path, folder: Path) -> None:
    """A norm changed, changed back, spoilt, mended; then a situation: only what is touched is played again."""
    norm = small / "knowledge" / "law" / "norms" / "accord.yaml"

    _edit(norm, "effect: permits", "effect: obliges")
    said = watch.until("en tout)")
    assert "accord.yaml" in said
    assert (
        "avant : Permis, jamais obligatoire, par accord maintenant : Obligatoire, par accord attendu : Permis" in said
    )
    assert "1 réponse change, sur 3 situations rejouées (3 en tout)" in said

    _edit(norm, "effect: obliges", "effect: oblige")
    said = watch.until("J'attends la correction")
    assert "norms/accord.yaml:2 : effect : « oblige » n'est pas admis ; valeurs admises :" in said

    _edit(norm, "effect: oblige", "effect: permits")
    assert "avant : Obligatoire, par accord maintenant : Permis, jamais obligatoire, par accord" in watch.until(
        "en tout)"
    )

    _edit(norm, "exception_to: [secret]\n", "")
    said = watch.until("J'attends la correction")
    assert "norms/accord.yaml:1 : contredit norms/secret.yaml" in said
    assert "ajoutez prevails_over ou exception_to" in said

    _edit(norm, "cites:", "exception_to: [secret]\ncites:")
    assert "Aucune réponse ne change : 0 situation rejouée" in watch.until("en tout)")

    _edit(norm.with_name("tenue.yaml"), "L'assistante est", "Une assistante est")
    assert "Aucune réponse ne change : 2 situations rejouées (3 en tout)" in watch.until("en tout)")

    _edit(folder / "essai.yaml", "outcome: forbidden", "outcome: obliged")
    said = watch.until("n'a pas la réponse attendue")
    assert "sante : attendu Obligatoire, obtenu Interdit" in said
    assert "1 situation rejouée (3 en tout)" in said

    _edit(folder / "essai.yaml", "information: sante", "information: santé")
    said = watch.until("J'attends la correction")
    assert "situations/essai.yaml:12 : valeur inconnue « santé » pour « information »" in said


def test_a_folder_that_cannot_be_watched_is_refused(called: Motus, tmp_path: Path) -> None:
    """One that is not there, or is a file, with what would be right."""
    (tmp_path / "fichier.yaml").write_text("", encoding="utf-8")

    for name in ("absent", "fichier.yaml"):
        done = called("watch", name)
        assert done.returncode == 2
        assert "n'est pas un dossier ; par exemple : motus watch tests/cases" in plain(done.stderr)


def test_the_project_is_watched_with_its_own_situations() -> None:
    """Whoever works in the law, in the flows or at the top need not say where the situations are."""
    root = Path(__file__).parents[2]
    own = root / "tests" / "cases"
    for folder in ("knowledge/law", "knowledge/law/norms/partage", "flows/parcours", "."):
        assert Path(situations(str(root / folder))).resolve() == own
    assert situations(str(root / "tests" / "boundaries")) == str(root / "tests" / "boundaries")
