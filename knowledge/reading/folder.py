"""
A folder of data: every file that lies in it is read, or refused by its name. Nothing is ever skipped.

A rule in a file that nobody reads is a rule that does not exist, and nobody is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.model.errors import Problem
from knowledge.reading.yaml_file import LARGEST, TOO_LONG

SUFFIX = ".yaml"
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in a folder: `files` as `(name, content)` in a stable order, and what could not be taken."""

    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


def read_folder(root: Traversable, name: str = "") -> Folder:
    """
    Read every file below a folder; an absent folder is empty.

    Args:
        root: the folder.
        name: how the names of its files begin, as `parcours`.

    Returns:
        The YAML files, and a problem for every other thing that lies there.

    """
    found = list(_walk(root, name, _DEEPEST)) if root.is_dir() else []
    return Folder(
        tuple(each for each in found if not isinstance(each, Problem)),
        tuple(each for each in found if isinstance(each, Problem)),
    )


def _walk(folder: Traversable, name: str, depth: int) -> Iterator[tuple[str, bytes] | Problem]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(name, 0, f"ce dossier ne se lit pas ({error.strerror}) ; vérifiez ses droits")
        return
    for entry in entries:
        path = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir() and not entry.name.startswith("."):
            if depth == 0 or (isinstance(entry, Path) and entry.is_symlink()):
                yield Problem(
                    path, 0, "un dossier de données n'a ni lien ni plus de huit étages ; mettez-y les fichiers"
                )
            else:
                yield from _walk(entry, path, depth - 1)
            continue
        said = _misnamed(entry)
        yield Problem(path, 0, said) if said is not None else _content(entry, path)


def _misnamed(entry: Traversable) -> str | None:
    """Say why an entry cannot hold data, and what to do with it."""
    name = entry.name
    if name.startswith("."):
        return (
            "rien de caché n'est lu ici ; fermez l'éditeur qui l'a laissé, effacez-le, ou donnez-lui un nom sans point"
        )
    if not entry.is_file():
        return (
            "ce n'est pas un fichier (un lien brisé, un tube…) ; mettez à sa place le fichier lui-même, ou effacez-le"
        )
    if name.endswith(SUFFIX):
        return None
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.lower() in ("yaml", "yml"):
        return f"ce nom n'est pas lu ; écrivez « {stem}{SUFFIX} »"
    return f"ce fichier n'est pas lu : les données sont des fichiers {SUFFIX} ; renommez-le, ou sortez-le de ce dossier"


def _content(entry: Traversable, path: str) -> tuple[str, bytes] | Problem:
    try:
        with entry.open("rb") as file:
            content = file.read(LARGEST + 1).replace(b"\r\n", b"\n")  # the same law, whoever checked it out
        return (path, content) if len(content) <= LARGEST else Problem(path, 1, TOO_LONG)
    except OSError as error:
        return Problem(path, 0, f"ce fichier ne se lit pas ({error.strerror}) ; vérifiez ses droits")
