"""Where each file of the law lies: the tables by their names, the folders with their depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from knowledge.model.errors import Problem
from knowledge.reading.yaml_file import YamlFile

TABLES = (
    "collections.yaml",
    "derived.yaml",
    "doctrine.yaml",
    "moved.yaml",
    "missing.yaml",
    "phrases.yaml",
    "record.yaml",
    "codes.yaml",
    "promises.yaml",
)
_FOLDERS = {
    "facts": ("facts/<fait>.yaml", 2),
    "articles": ("articles/<recueil>/<numéro>.yaml", 3),
    "norms": ("norms/<dossier>/<norme>.yaml", None),
}
"""By folder: how a name in it is written, and how many words that is; None for any number."""
LAW = (*TABLES, *_FOLDERS)
"""All that a folder of law may hold."""
_ROWS = ("collections.yaml", "doctrine.yaml", "moved.yaml", "missing.yaml", "phrases.yaml", "promises.yaml")
"""The tables whose every row is itself made of keys and values."""
_GIVEN = {"facts": ("id",), "articles": ("id", "collection"), "norms": ("id",)}
"""What the name of a file already says, and the file must not say again."""
_MAPPING = "attend des clés et des valeurs, sous la forme « clé: valeur », sans tiret devant"


def misplaced(name: str) -> str | None:
    """Say why no one reads a file of that name, and where it would be read; None where it is."""
    folder, *below = name.split("/")
    if not below:
        return None if name in TABLES else f"aucune table n'a ce nom{_near(name, TABLES)}"
    if folder not in _FOLDERS:
        return f"aucun dossier n'a ce nom{_near(folder, tuple(_FOLDERS))}"
    written, words = _FOLDERS[folder]
    if words is not None and len(below) + 1 != words:
        return f"ce fichier n'est pas à sa place ; attendu : {written}"
    return None


def misshapen(files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """Yield a problem for each file, or row of a table, that holds no keys and values, or says what its name says."""
    for name, file in files.items():
        if file.problems:
            continue
        if not isinstance(file.data, dict):
            yield file.problem((), _MAPPING)
            continue
        for key in _GIVEN.get(name.split("/", 1)[0], ()):
            if key in file.data:
                yield file.problem((key,), "ne s'écrit pas ici : le nom du fichier le dit déjà ; retirez cette ligne")
        if name in _ROWS:
            for key, row in file.data.items():
                if not isinstance(row, dict):
                    yield file.problem((key,), _MAPPING)
                elif "id" in row:
                    yield file.problem((key, "id"), "ne s'écrit pas ici : la clé le dit déjà ; retirez-le")
    yield from _twice(files)


def _twice(files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    missing = files.get("missing.yaml")
    for article in missing.data if missing is not None and isinstance(missing.data, dict) else ():
        if missing is not None and f"articles/{article}.yaml" in files:
            yield missing.problem((article,), f"articles/{article}.yaml existe : retirez cette ligne, ou ce fichier")


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" ; peut-être « {near[0]} »" if near else f" ; noms admis : {', '.join(known)}"
