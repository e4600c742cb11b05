"""The scenarios that ship, or those of a folder: read once, checked against the law by `answers`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from flows.errors import FlowError
from flows.model import Flow
from flows.training.model import Pack, Scenario
from flows.training.scenario_file import read_scenario
from flows.vocabulary import either
from knowledge import KnowledgeBase, Problem
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, YamlFile, read, read_folder

FOLDER = "scenarios"
TITLES = "packs.yaml"
"""Names the packs, in the order shown."""


def default_root() -> Traversable:
    """Return the folder of the scenarios that ship with the program."""
    return files("flows") / FOLDER


def load(base: KnowledgeBase, flows: Mapping[str, Flow], root: Traversable | None = None) -> dict[str, Pack]:
    """
    Read every scenario, by pack; whether the law answers as expected is for `answers` to say.

    Args:
        base: the law.
        flows: the flows that a decision can name.
        root: the folder that holds the table of packs and one folder each; the shipped one by default.

    Raises:
        FlowError: with every problem found, each with file and line.

    """
    folder = read_folder(root if root is not None else default_root(), FOLDER)
    if not folder.files and not folder.problems:
        return {}  # a law of one's own may have none
    problems = list(folder.problems)
    parsed = {name: read(name, content) for name, content in folder.files}
    table = parsed.pop(f"{FOLDER}/{TITLES}", YamlFile(f"{FOLDER}/{TITLES}", {}))
    titles = dict(_titles(table, problems))
    found: dict[str, list[Scenario]] = {pack: [] for pack in titles}
    for name, file in parsed.items():
        pack, said = _place(name, titles)
        if said is not None:
            problems.append(Problem(name, 0, french(said)))
            continue
        one = read_scenario(base, flows, pack, name.rsplit("/", 1)[-1].removesuffix(SUFFIX), file)
        problems.extend(one.problems)
        if one.scenario is not None:
            found[pack].append(one.scenario)
    if problems:
        raise FlowError(tuple(sorted(problems)))
    return {
        pack: Pack(pack, title, tuple(sorted(found[pack], key=lambda s: (s.level, s.id))))
        for pack, title in titles.items()
    }


def _titles(table: YamlFile, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    problems.extend(table.problems)
    if not isinstance(table.data, dict) or not table.data:
        if not table.problems:
            problems.append(table.problem((), french("attend « paquet: titre », un paquet par ligne")))
        return
    for pack, title in table.data.items():
        if isinstance(title, str) and title.strip():
            yield pack, french(title)
        else:
            problems.append(table.problem((pack,), french("attend le titre de ce paquet, en quelques mots")))


def _place(name: str, titles: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the pack of a file, and why nobody reads it there, if so."""
    words = name.split("/")
    if len(words) != len(("scenarios", "pack", "name")):
        return "", f"ce fichier n'est pas à sa place ; attendu : {FOLDER}/<paquet>/<nom>{SUFFIX}"
    if words[1] not in titles:
        known = f" ; paquets : {either(titles)}" if titles else ""
        return "", f"« {words[1]} » n'est pas dans {FOLDER}/{TITLES} ; ajoutez-y sa ligne{known}"
    return words[1], None
