"""A disk that fills up: what is written is whole or as it was, and nothing is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.files import write_text
from knowledge.certifying.checker import FORMAT
from tests.bot.conftest import ROOT

FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (150, 150))
from bot.main import main
sys.argv = ["motus", *sys.argv[1:]]
main()
"""
"""The command line on a disk that takes 150 bytes a file."""


def on_a_full_disk(root: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `motus` from `root` where no file can be longer than 150 bytes."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONUTF8": "1", "HOME": str(root)}
    line = [sys.executable, "-B", "-c", FULL, *command]
    return subprocess.run(line, cwd=root, capture_output=True, text=True, check=False, env=env, input=stdin)


def test_the_memory_of_codes_is_whole_or_as_it_was(small: Path) -> None:
    """No half of it, and no file of ours beside it, which every command would then refuse."""
    law = small / "knowledge" / "law"
    registry = law / "codes.yaml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("flow.essai: 1\n", ""), encoding="utf-8")
    before, there = registry.read_bytes(), sorted(law.iterdir())
    done = on_a_full_disk(small, "codes")

    assert done.returncode == 1
    assert "rien n'a changé" in done.stderr
    assert (registry.read_bytes(), sorted(law.iterdir())) == (before, there)


@pytest.mark.parametrize("held", [None, f'{{"format": "{FORMAT}", "ancien": true}}'])
def test_a_certificate_is_whole_or_as_it_was(small: Path, tmp_path: Path, held: str | None) -> None:
    """Half a certificate would be refused by whoever checks it, and the old one would be lost."""
    place = tmp_path / "certificats" / "c.json"
    place.parent.mkdir()
    if held is not None:
        place.write_text(held, encoding="utf-8")
    answers = "{metier: assistante, information: sante}"
    command = ("ask", "essai", "--on", "2009-11-02", "--answers", "-", "--json", "--certificate", str(place))
    done = on_a_full_disk(small, *command, stdin=answers)

    assert done.returncode == 2
    assert "ne s'écrit pas" in done.stderr
    assert [p.read_text(encoding="utf-8") for p in place.parent.iterdir()] == ([] if held is None else [held])


def test_the_book_is_whole_or_as_it_was(tmp_path: Path) -> None:
    """Half a page is not shown as the law."""
    done = on_a_full_disk(ROOT, "book", "--html", "--out", str(tmp_path / "livre"))

    assert done.returncode == 1
    assert list((tmp_path / "livre").iterdir()) == []


def test_what_is_written_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    """A file that others could not read stays so; a link still leads to the file that was written."""
    place, link = tmp_path / "a.json", tmp_path / "b.json"
    place.write_text("ancien", encoding="utf-8")
    place.chmod(0o600)
    link.symlink_to(place)
    write_text(str(link), "nouveau")

    assert link.is_symlink()
    assert place.read_text(encoding="utf-8") == "nouveau"
    assert place.stat().st_mode & 0o777 == 0o600
