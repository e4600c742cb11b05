"""Read and write the files a person names, and say in French why one cannot be."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.errors import DATA, Refused
from knowledge.model.typography import french


def read_text(source: str) -> tuple[str, str]:
    """
    Read a file as it is, ends of lines included.

    Args:
        source: a path, or `-` for the standard input.

    Returns:
        How to name it, and its text.

    Raises:
        Refused: it cannot be read, or is not UTF-8.

    """
    try:
        if source == "-":
            return "entrée standard", sys.stdin.read()
        return source, Path(source).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(french(f"{source} : ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8")) from None
    except (OSError, ValueError) as error:
        raise Refused(french(f"{source} : ce fichier ne se lit pas ({_why(error)}) ; vérifiez le chemin")) from None


def write_text(path: str, text: str) -> None:
    """
    Write a file in UTF-8, whatever it held.

    Raises:
        Refused: it cannot be written.

    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str, content: bytes) -> None:
    """
    Write a file, whatever it held.

    Raises:
        Refused: it cannot be written.

    """
    try:
        Path(path).write_bytes(content)
    except (OSError, ValueError) as error:
        said = f"{path} : ce fichier ne s'écrit pas ({_why(error)}) ; choisissez un autre lieu"
        raise Refused(french(said)) from None


def replace_file(place: Path, content: bytes) -> None:
    """
    Write a file whole or not at all.

    Raises:
        Refused: the disk refuses.

    """
    replace_files({place: content})


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """
    Write several files: each is written whole beside its place, and only then do they all take their places.

    Raises:
        Refused: the disk refuses. It says what changed: nothing, unless a file already written cannot take its place.

    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    done: list[Path] = []
    place = Path()
    try:
        for place, content in contents.items():
            made.extend(_make(place.parent))
            staged[place] = _stage(place, content)
        for place, file in staged.items():
            file.replace(place)
            done.append(place)
    except OSError as error:
        for file in staged.values():
            with suppress(OSError):
                file.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):  # one that now holds a file stays
                folder.rmdir()
        changed = "rien n'a changé" if not done else f"déjà remplacés : {', '.join(str(p) for p in done)}"
        raise Refused(french(f"{place} : impossible d'écrire ({error.strerror}) ; {changed}"), DATA) from None


def _make(folder: Path) -> list[Path]:
    """Make a folder and its parents; return those that were not there, the outer first."""
    made = [] if folder.is_dir() else [*_make(folder.parent), folder]
    folder.mkdir(exist_ok=True)
    return made


def _stage(place: Path, content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            Path(file.name).chmod(0o644)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise
    return Path(file.name)


def _why(error: Exception) -> str:
    kinds: dict[type[Exception], str] = {
        FileNotFoundError: "il n'existe pas",
        IsADirectoryError: "c'est un dossier",
        PermissionError: "accès refusé",
    }
    return kinds.get(type(error), str(getattr(error, "strerror", None) or "chemin illisible"))
