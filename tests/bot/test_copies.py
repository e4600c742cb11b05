"""The compiled copy is read only while it is whole, and of this very law and this very code."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from bot import compiled


def test_a_copy_changed_after_it_was_written_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash in its head is that of what follows: a bit that flips on the disk is not law."""
    place = tmp_path / "base.bin"
    monkeypatch.setattr(compiled, "places", lambda: iter([place]))
    monkeypatch.setattr(compiled, "STARTED", float("inf"))
    compiled.write(("avant", {}), "abc")  # type: ignore[arg-type]
    assert compiled.read("abc") == ("avant", {})
    place.write_bytes(place.read_bytes().replace(b"avant", b"apres"))
    assert pickle.loads(place.read_bytes().split(b"\n", 3)[3]) == ("apres", {})  # noqa: S301 - it would read well
    assert compiled.read("abc") is None


def test_another_program_has_another_copy() -> None:
    """A change of the code that reads the law, of a file of it, or of a problem found, is another identity."""
    found = compiled.sources()
    name, content = found.code[0]
    other = replace(found, code=((name, content + b"#"), *found.code[1:]))
    assert other.identity != found.identity
    assert any(name == "knowledge/load.py" for name, _ in found.code)
    assert any(name == "flows/token.py" for name, _ in found.code)
    assert compiled.sources().identity == found.identity
