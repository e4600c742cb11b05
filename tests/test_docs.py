"""The documents cannot lie: what they show is run, what they name exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from knowledge import Norm

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README, flags=re.DOTALL)


def _run(command: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).replace("\u00a0", " ").replace("\u202f", " ")


def test_sessions_are_found() -> None:
    """The README shows at least two sessions."""
    assert len(SESSIONS) >= 2


@pytest.mark.parametrize(("command", "shown"), SESSIONS, ids=[c for c, _ in SESSIONS])
def test_a_session_of_the_readme_prints_what_it_shows(command: str, shown: str) -> None:
    """Each command of the README, run from the root, prints exactly what stands under it."""
    assert _run(command).strip() == shown.strip()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(?:\.venv/bin/)?motus (\w+)", README))))
def test_a_command_of_the_readme_exists(name: str) -> None:
    """Each command that the README names has its help."""
    assert "Usage" in _run(f"motus {name} --help")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https)([^)]+)\)", README))))
def test_a_link_of_the_readme_leads_somewhere(path: str) -> None:
    """Each file that the README links to exists."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make (\w+)", README))))
def test_a_make_target_of_the_readme_exists(target: str) -> None:
    """Each target that the README names is in the Makefile."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_norm_keys_of_the_guide_are_the_keys_of_a_norm() -> None:
    """The lawyer's table names every key of a norm file, and no other."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = guide.split("| clé | sens |")[1].split("| `effect` | sens |")[0]
    named = {
        key for row in re.findall(r"^\| (`[^|]+) \|", table, flags=re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    }

    assert named == {f.name for f in fields(Norm)} - {"id"}
