"""The command line: as a real process where that matters, else its `main` called as the script does."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from bot.main import main

ROOT = Path(__file__).parents[2]
Motus = Callable[..., subprocess.CompletedProcess[str]]


def runner(home: Path, root: Path) -> Motus:
    """Return a function that runs `motus` from the packages under `root`, outside the project."""

    def run(*args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=home,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONUTF8": "1", "HOME": str(home), **env},
            timeout=60,
            check=False,
        )

    return run


def plain(text: str) -> str:
    """Return what was printed with ordinary spaces, on one line."""
    return " ".join(text.split())


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Motus:
    """Call `main` in this process: the same code, without the start of an interpreter."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "argv", ["motus", *args])
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            try:
                main()
            except SystemExit as exited:
                code = int(exited.code or 0)
        return subprocess.CompletedProcess(args, code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def motus(tmp_path: Path) -> Motus:
    """Run the project itself."""
    return runner(tmp_path, ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the packages that a test may spoil."""
    root = tmp_path / "copie"
    for package in ("bot", "flows", "knowledge"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "*.bin"))
    return root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the programs over a law of four norms, quick to load."""
    root = tmp_path / "petit"
    shutil.copytree(ROOT / "bot", root / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for package, data in (("flows", "parcours"), ("knowledge", "law")):
        shutil.copytree(
            ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "compiled", "scenarios", data)
        )
    shutil.copytree(ROOT / "tests" / "small", root / "knowledge" / "law")
    (root / "flows" / "parcours").mkdir()
    (root / "flows" / "parcours" / "essai.yaml").write_text(
        "code: 1\ntitle: Essai\ndescription: Un essai.\nsets: {}\nstates:\n"
        "  - {id: metier, asks: metier}\n  - {id: information, asks: information}\n  - {id: accord, asks: accord}\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture
def motus_small(small: Path, tmp_path: Path) -> Motus:
    """Run over the small law."""
    return runner(tmp_path, small)


@pytest.fixture
def motus_copy(copy: Path, tmp_path: Path) -> Motus:
    """Run the copy."""
    return runner(tmp_path, copy)


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., str]:
    """Write an answers file and return its path."""

    def write(text: str) -> str:
        path = tmp_path / "reponses.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write
