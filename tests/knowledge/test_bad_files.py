"""One small bad file per kind of mistake, with the words that the message must contain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import KnowledgeError, load
from knowledge.reading.yaml_file import parse

TESTS = Path(__file__).parents[1]
BAD = sorted((TESTS / "bad").glob("*.yaml"))


def _said(text: str, key: str) -> str:
    return next(line.removeprefix(f"# {key}: ") for line in text.splitlines() if line.startswith(f"# {key}: "))


def test_the_small_base_is_sound() -> None:
    """Without a bad file the small base loads: each mistake below is the only one."""
    base = load(TESTS / "small")

    assert sorted(base.norms) == ["accord", "libre", "secret", "tenue"]


def test_bad_files_are_found() -> None:
    """The folder of bad files is not empty."""
    assert len(BAD) > 25


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_a_bad_file_is_refused_with_its_place_and_its_reason(path: Path, tmp_path: Path) -> None:
    """The message names the file, the line, what was wrong and what would be right."""
    text = path.read_text(encoding="utf-8")
    shutil.copytree(TESTS / "small", tmp_path / "base")
    (tmp_path / "base" / _said(text, "place")).write_text(text, encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path / "base")

    message = str(caught.value).replace("\u00a0", " ")
    for words in _said(text, "says").split(" | "):
        assert words in message


def test_every_scalar_stays_a_string() -> None:
    """`no`, 226_13 and 1:30 are the words that were written, not booleans or numbers."""
    file = parse("x.yaml", "on: no\narticle: 226_13\nhour: 1:30\nend: null\n")

    assert file.data == {"on": "no", "article": "226_13", "hour": "1:30", "end": None}
    assert file.line(("article",)) == 2
