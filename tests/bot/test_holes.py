"""A hole in the law: each command says it and goes on, and nothing that was answered is in a traceback."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.bot.conftest import ROOT, Motus

TOLD = "{metier: voisin, information: sante, accord: non}"


@pytest.fixture
def whole(small: Path, tmp_path: Path) -> Path:
    """Return the law as it was; the one that runs no longer says anything of who is not bound."""
    kept = tmp_path / "avant"
    shutil.copytree(small / "knowledge" / "law", kept)
    (small / "knowledge" / "law" / "norms" / "libre.yaml").unlink()
    return kept


def test_who_is_asked_is_told_and_goes_on(whole: Path, motus_small: Motus) -> None:
    """The last question is asked again: another answer has an answer."""
    done = motus_small("ask", "essai", stdin="2\n1\n2\n2\nq\n")

    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("Aucune règle du recueil ne répond") == 1
    assert "vous pouvez" in done.stdout.casefold()
    assert whole.is_dir()


def test_a_script_and_a_token_are_told(whole: Path, motus_small: Motus) -> None:
    """The exit code is that of wrong data; a token of before reads, and is told the same."""
    done = motus_small("compare", str(whole), "--on", "2020-01-01", "--json")
    (change,) = json.loads(done.stdout)["report"]["changes"]
    assert (change["before"]["norm"], change["after"]["outcome"]) == ("libre", None)
    (replay,) = change["examples"][0]["replay"]
    by_token = replay.split()[1:]
    lived = (by_token, "", 3), ([*by_token, "--json"], "", 1), (["ask", "essai", "--answers", "-"], TOLD, 1)
    for command, stdin, code in lived:
        told = motus_small(*command, stdin=stdin)
        assert told.returncode == code
        assert "Aucune règle du recueil ne répond" in told.stdout + told.stderr
        assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "command", [("compare", "{}"), ("diff", "2000-11-02", "2020-01-01"), ("walk", "essai", "--all")]
)
def test_the_tools_that_show_a_hole_show_it(whole: Path, motus_small: Motus, command: tuple[str, ...]) -> None:
    """They are there for that."""
    done = motus_small(*(word.format(whole) for word in command))

    assert done.stderr == ""
    assert "Aucune règle ne répond" in done.stdout or command[0] == "diff"


def test_a_hole_one_answer_away_is_no_way_out(small: Path, motus_small: Motus) -> None:
    """What would change the answer is looked for among answers that there are."""
    fact = small / "knowledge" / "law" / "facts" / "metier.yaml"
    fact.write_text(fact.read_text(encoding="utf-8") + "changeable: true\n", encoding="utf-8")
    (small / "knowledge" / "law" / "norms" / "libre.yaml").unlink()
    (small / "knowledge" / "law" / "norms" / "voisin.yaml").write_text(
        "title: Un voisin\neffect: forbids\nwhen: {metier: voisin, information: adresse}\n"
        "cites:\n  - {article: code-penal/1}\n",
        encoding="utf-8",
    )
    told = TOLD.replace("voisin", "assistante")
    done = motus_small("ask", "essai", "--answers", "-", "--json", "--on", "2020-01-01", stdin=told)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["outcome"] == "forbidden"


@pytest.mark.parametrize(("code", "wanted"), [(0, 0), (4, 0), (1, 2), (2, 2), (70, 2)])
def test_a_comparison_that_breaks_is_a_failure_of_make(tmp_path: Path, code: int, wanted: int) -> None:
    """Only a law of before that the program of today cannot read is no fault."""
    motus = tmp_path / "motus"
    motus.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    motus.chmod(motus.stat().st_mode | stat.S_IXUSR)
    shutil.copy(ROOT / "Makefile", tmp_path)
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_DIR": str(tmp_path / ".git")}
    for words in (
        ["init", "-q"],
        *([["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "--allow-empty", "-m", "x"]] * 2),
    ):
        subprocess.run(["git", *words], cwd=tmp_path, env=env, check=True)
    line = ["make", "-s", "compare", f"BIN={tmp_path}", "RUN=ran", "DEV=done", "-o", "done"]
    done = subprocess.run(line, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == wanted, done.stderr
    assert "No earlier commit" not in done.stdout


def test_a_law_that_cannot_be_read_is_told_apart(motus_small: Motus, tmp_path: Path) -> None:
    """By its exit code, which `make compare` reads."""
    (tmp_path / "autre" / "norms").mkdir(parents=True)
    (tmp_path / "autre" / "norms" / "x.yaml").write_text("- rien\n", encoding="utf-8")
    done = motus_small("compare", str(tmp_path / "autre"))

    assert done.returncode == 4
    assert "ne se lit pas : rien n'est comparé" in done.stderr.replace("\u00a0", " ")
