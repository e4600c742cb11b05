"""Read and write the files a person names, and say in French why one cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.errors import DATA, Refused
from knowledge.model.typography import french
from knowledge.reading import LARGEST, TOO_LONG

_WHY = {
    errno.ENOENT: "il n'existe pas",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EFBIG: "le disque n'en prend pas autant",
    errno.EROFS: "le disque ne s'écrit pas",
    errno.ELOOP: "des liens tournent en rond",
}


def read_text(source: str) -> tuple[str, str]:
    """
    Read a file as it is, ends of lines included.

    Args:
        source: a path, or `-` for the standard input.

    Returns:
        How to name it, and its text.

    Raises:
        Refused: it cannot be read, is too long, or is not UTF-8.

    """
    name = "entrée standard" if source == "-" else source
    try:
        content = _standard_input() if source == "-" else _start_of(Path(source))
        if len(content) > LARGEST:
            raise Refused(french(f"{name} : {TOO_LONG}"))
        return name, content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(french(f"{name} : ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8")) from None
    except (OSError, ValueError) as error:
        raise Refused(french(f"{name} : ce fichier ne se lit pas ({why(error)}) ; vérifiez le chemin")) from None


def write_text(path: str, text: str) -> None:
    """
    Write a file in UTF-8, whatever it held: the whole text, or nothing.

    Raises:
        Refused: it cannot be written.

    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str, content: bytes) -> None:
    """
    Write a file, whatever it held: the whole content, or nothing.

    Raises:
        Refused: it cannot be written.

    """
    place = Path(path)
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(content)  # a terminal, a pipe: it cannot be replaced
        else:
            put(place, content)
    except (OSError, ValueError) as error:
        said = f"{path} : ce fichier ne s'écrit pas ({why(error)}) ; choisissez un autre lieu"
        raise Refused(french(said)) from None


def replace_file(place: Path, content: bytes) -> None:
    """
    Write a file of the law whole or not at all.

    Raises:
        Refused: the disk refuses.

    """
    replace_files({place: content})


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """
    Write several files, all or none: each is written whole beside its place, then they all take their places.

    Where one cannot take its place, those that had give theirs back.

    Raises:
        Refused: the disk refuses. It says what changed: nothing, unless the disk also refuses to give a place back.

    """
    staged: dict[Path, Path] = {}
    kept: dict[Path, Path | None] = {}
    made: list[Path] = []
    place = Path()
    try:
        for place, content in contents.items():
            made.extend(_make(place.parent))
            staged[place] = _stage(place, content, 0o644)
        for place, file in staged.items():
            kept[place] = _kept(place)
            file.replace(place)
    except OSError as error:
        lost = [str(p) for p, old in kept.items() if not _given_back(p, old, staged[p])]
        for file in staged.values():
            with suppress(OSError):
                file.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):  # one that now holds a file stays
                folder.rmdir()
        changed = "rien n'a changé" if not lost else f"déjà remplacés : {', '.join(lost)}"
        raise Refused(french(f"{place} : impossible d'écrire ({why(error)}) ; {changed}"), DATA) from None
    finally:
        for old in kept.values():
            if old is not None:
                with suppress(OSError):
                    old.unlink(missing_ok=True)


def _kept(place: Path) -> Path | None:
    """Give a file a second name, which takes no room on most disks; None where there is no file."""
    if not place.is_file():
        return None
    spare = place.with_name(f".{place.name}.{os.getpid()}")
    spare.unlink(missing_ok=True)
    try:
        spare.hardlink_to(place)
    except OSError:  # a disk without links
        shutil.copy2(place, spare)
    return spare


def _given_back(place: Path, old: Path | None, staged: Path) -> bool:
    """Undo the replacement of a place, if there was one, and tell whether it is as it was."""
    if staged.exists():
        return True  # it had not taken its place
    try:
        if old is None:
            place.unlink()
        else:
            old.replace(place)
    except OSError:
        return False
    return True


def put(place: Path, content: bytes, mode: int | None = None) -> None:
    """
    Put a file in place, whole; where the disk refuses, what was there stays and nothing else is left behind.

    Args:
        place: where; behind a link, what it leads to.
        content: all of it.
        mode: its rights; those it had, or those of a new file, by default.

    Raises:
        OSError: it cannot be written.

    """
    place = place.resolve()
    if mode is None:
        mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
    file = _stage(place, content, mode)
    try:
        file.replace(place)
    except OSError:
        with suppress(OSError):
            file.unlink()
        raise


def _start_of(path: Path) -> bytes:
    """Read one byte more than a file may have: enough to refuse what has no end."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _standard_input() -> bytes:
    """Read it as UTF-8, whatever the terminal is set to."""
    given = getattr(sys.stdin, "buffer", None)
    found: bytes = sys.stdin.read(LARGEST + 1).encode() if given is None else given.read(LARGEST + 1)
    return found


def _make(folder: Path) -> list[Path]:
    """Make a folder and its parents; return those that were not there, the outer first."""
    made = [] if folder.is_dir() else [*_make(folder.parent), folder]
    folder.mkdir(exist_ok=True)
    return made


def _stage(place: Path, content: bytes, mode: int) -> Path:
    """Write a file whole beside its place; where the disk refuses, nothing is left behind."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


def why(error: Exception) -> str:
    """Say in French why the system refused a file."""
    number = getattr(error, "errno", None) or 0
    return _WHY.get(number, str(getattr(error, "strerror", None) or "chemin illisible"))
