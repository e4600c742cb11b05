"""One small bad file per kind of mistake, with the words that the message must contain."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import pytest

from knowledge import KnowledgeError, load
from knowledge.reading.yaml_file import LARGEST, TOO_LONG, parse

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


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)
"""Ten lines that would make a thousand million words."""
ENDLESS = {
    "a bomb": (BOMB, ":1 : les ancres"),
    "a file inside itself": ("a: &a\n  b: *a\n", ":1 : les ancres"),
    "lists without end": ("a: " + "[" * 50_000, ":1 : plus de 50 étages"),
    "keys without end": ("{a: " * 50_000, ":1 : plus de 50 étages"),
    "a key of lists": ("[" * 10_000 + "]" * 10_000 + ": x\n", ":1 :"),
    "a program": ("a: !!python/object/apply:os.system [ls]\n", ":1 : les étiquettes"),
    "a file too long": ("a: " + "x" * LARGEST, f":1 : {TOO_LONG}"),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_file_that_would_fill_the_memory_is_refused_at_once(kind: str) -> None:
    """Neither a traceback nor thirty seconds: one sentence, and a hundredth of the memory."""
    text, said = ENDLESS[kind]
    tracemalloc.start()
    try:
        (problem,) = parse("x.yaml", text).problems
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()

    assert f"x.yaml{said}" in str(problem)


def test_a_file_too_long_is_not_even_read(tmp_path: Path) -> None:
    """In the folder of the law: a terabyte would be refused as fast."""
    law = shutil.copytree(TESTS / "small", tmp_path / "base")
    with (law / "norms" / "long.yaml").open("wb") as file:
        file.truncate(2**40)

    with pytest.raises(KnowledgeError, match=r"norms/long\.yaml:1 : ce fichier est trop long"):
        load(law)


def test_a_comma_a_star_or_a_bang_between_quotes_is_a_word() -> None:
    """What is refused outside quotes may be written inside."""
    assert parse("x.yaml", "a: '*b'\nc: \"&d !e\"\n").data == {"a": "*b", "c": "&d !e"}
