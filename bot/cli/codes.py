"""`motus codes`: remember for ever the number of every fact, value and flow. The file only grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import flows
import knowledge
from bot.errors import DATA, Refused
from bot.files import replace_file
from knowledge.model.typography import french
from knowledge.reading.yaml_file import YamlFile, parse

REGISTRY = Path(knowledge.__file__).parent / "law" / "codes.yaml"
_HEAD = "# Codes donnés pour toujours : les anciens boutons les portent. On ajoute à la fin, on ne change rien.\n"


def write_codes() -> None:
    """
    Append the codes not remembered yet.

    The files are read one by one, not through the whole law: a base that waits only for its codes is refused.

    Raises:
        Refused: a code changed, is not a number, or the disk refuses.

    """
    text = REGISTRY.read_text(encoding="utf-8") if REGISTRY.is_file() else _HEAD
    past = _past(text)
    used, problems = _used()
    for key, code in used.items():
        if key in past and past[key] != code:
            problems.append(f"codes.yaml : « {key} » valait {past[key]} et vaut {code} ; un code ne change jamais")
    if problems:
        raise Refused([french(p) for p in problems], DATA)
    new = {key: code for key, code in used.items() if key not in past}
    if new:
        _append(text, new)
    sys.stdout.write(french(f"codes.yaml : {len(new)} inscrits, {len(past) + len(new)} en tout.") + "\n")


def _past(text: str) -> dict[str, str]:
    file = parse("codes.yaml", text) if text.replace(_HEAD, "").strip() else YamlFile("codes.yaml", {})
    if file.problems or not isinstance(file.data, dict):
        raise Refused([str(p) for p in file.problems] or french("codes.yaml : attend des lignes « clé: code »"), DATA)
    return {key: str(code) for key, code in file.data.items()}


def _used() -> tuple[dict[str, str], list[str]]:
    used: dict[str, str] = {}
    problems: list[str] = []
    for name, key, code in _codes():
        if not code.isdecimal() or not 1 <= int(code) <= 255:
            problems.append(f"{name} : « {key} » a le code « {code} » ; attend un nombre de 1 à 255")
        used[key] = code
    return used, problems


def _codes() -> Iterator[tuple[str, str, str]]:
    for name, content in knowledge.sources(knowledge.default_root()):
        data = parse(name, content.decode("utf-8", errors="replace")).data if name.startswith("facts/") else None
        if isinstance(data, dict):
            fact = name.removeprefix("facts/").removesuffix(".yaml")
            yield name, fact, str(data.get("code"))
            values = data.get("values")
            for value in values if isinstance(values, list) else []:
                if isinstance(value, dict):
                    yield name, f"{fact}.{value.get('id')}", str(value.get("code"))
    for name, content in flows.sources(flows.default_root()):
        data = parse(name, content.decode("utf-8", errors="replace")).data
        if isinstance(data, dict):
            yield name, f"flow.{name.rsplit('/', 1)[-1].removesuffix('.yaml')}", str(data.get("code"))


def _append(text: str, new: dict[str, str]) -> None:
    lines = "".join(f"{key}: {code}\n" for key, code in new.items())
    content = text if text.endswith("\n") else f"{text}\n"
    replace_file(REGISTRY, (content + lines).encode())
