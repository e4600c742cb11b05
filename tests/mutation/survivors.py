"""The mutants that are known to survive, each with its reason."""

from __future__ import annotations

from pathlib import Path

from knowledge.reading.yaml_file import parse

FILE = Path(__file__).with_name("survivors.yaml")


def read_survivors() -> dict[str, str]:
    """Return the reason by mutant."""
    data = parse(FILE.name, FILE.read_text(encoding="utf-8")).data
    return {key: str(value) for key, value in data.items()} if isinstance(data, dict) else {}
