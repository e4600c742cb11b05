"""Read and write the files a person names, and say in French why one cannot be."""

from __future__ import annotations

import sys
import tempfile
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
    try:
        Path(path).write_bytes(text.encode("utf-8"))
    except (OSError, ValueError) as error:
        said = f"{path} : ce fichier ne s'écrit pas ({_why(error)}) ; choisissez un autre lieu"
        raise Refused(french(said)) from None


def replace_file(place: Path, content: bytes) -> None:
    """
    Write a file whole or not at all.

    Raises:
        Refused: the disk refuses.

    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
            file.write(content)
        try:
            Path(file.name).chmod(0o644)
            Path(file.name).replace(place)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise
    except OSError as error:
        raise Refused(french(f"{place} : impossible d'écrire ({error.strerror}) ; rien n'a changé"), DATA) from None


def _why(error: Exception) -> str:
    kinds: dict[type[Exception], str] = {
        FileNotFoundError: "il n'existe pas",
        IsADirectoryError: "c'est un dossier",
        PermissionError: "accès refusé",
    }
    return kinds.get(type(error), str(getattr(error, "strerror", None) or "chemin illisible"))
