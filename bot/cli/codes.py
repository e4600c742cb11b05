"""`motus codes`: remember for ever the number of every fact, value and flow. The file only grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import flows
import knowledge
from bot.app import refused
from bot.errors import DATA, Refused
from bot.files import replace_file
from bot.words.french import whole_number
from flows import FlowError
from knowledge import KnowledgeError
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, YamlFile, read

REGISTRY = Path(knowledge.__file__).parent / "law" / "codes.yaml"
_HEAD = "# Codes donnés pour toujours : les anciens boutons les portent. On ajoute à la fin, on ne change rien.\n"


def write_codes() -> None:
    """
    Append the codes not remembered yet.

    The files are read one by one, not through the whole law: a base that waits only for its codes is refused.

    Raises:
        Refused: a code changed, is not a number, or the disk refuses.

    """
    content = REGISTRY.read_bytes() if REGISTRY.is_file() else _HEAD.encode()
    past = _past(content)
    used, problems = _used()
    for key, code in used.items():
        if key in past and past[key] != code:
            problems.append(f"codes.yaml : « {key} » valait {past[key]} et vaut {code} ; un code ne change jamais")
    if problems:
        raise Refused([french(p) for p in problems], DATA)
    new = {key: code for key, code in used.items() if key not in past}
    if new:
        _append(content.decode("utf-8"), new)
    sys.stdout.write(french(f"codes.yaml : {len(new)} inscrits, {len(past) + len(new)} en tout.") + "\n")


def _past(content: bytes) -> dict[str, str]:
    file = read("codes.yaml", content) if content.replace(_HEAD.encode(), b"").strip() else YamlFile("codes.yaml", {})
    if file.problems or not isinstance(file.data, dict):
        raise Refused([str(p) for p in file.problems] or french("codes.yaml : attend des lignes « clé: code »"), DATA)
    return {key: str(code) for key, code in file.data.items()}


def _used() -> tuple[dict[str, str], list[str]]:
    used: dict[str, str] = {}
    problems: list[str] = []
    for file in _files():
        problems.extend(str(p) for p in file.problems)
        for key, code in _codes(file):
            if whole_number(code, 1, 255) is None:
                problems.append(f"{file.name} : « {key} » a le code « {code} » ; attend un nombre de 1 à 255")
            used[key] = code
    return used, problems


def _files() -> Iterator[YamlFile]:
    try:
        facts = [(n, c) for n, c in knowledge.sources(knowledge.default_root()) if n.startswith("facts/")]
        asked = list(flows.sources(flows.default_root()))
    except (KnowledgeError, FlowError) as error:
        raise refused(error.problems) from None
    yield from (read(name, content) for name, content in (*facts, *asked))


def _codes(file: YamlFile) -> Iterator[tuple[str, str]]:
    folder, _, stem = file.name.removesuffix(SUFFIX).partition("/")
    if not isinstance(file.data, dict):
        return
    yield (stem if folder == "facts" else f"flow.{stem}"), str(file.data.get("code"))
    values = file.data.get("values") if folder == "facts" else None
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict):
            yield f"{stem}.{value.get('id')}", str(value.get("code"))


def _append(text: str, new: dict[str, str]) -> None:
    lines = "".join(f"{key}: {code}\n" for key, code in new.items())
    content = text if text.endswith("\n") else f"{text}\n"
    replace_file(REGISTRY, (content + lines).encode())
