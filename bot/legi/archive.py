"""
An archive of the base LEGI, read as a stream: only the members asked for are ever in memory.

A stock is `Freemium_legi_global_AAAAMMJJ-HHMMSS.tar.gz`, a delta `LEGI_AAAAMMJJ-HHMMSS.tar.gz`. Inside, under a folder
named by the moment in a delta, `legi/global/…/<text>/article/LEGI/ARTI/…/<id>.xml` is one wording of one article, and
`liste_suppression_legi.dat` lists the paths that are withdrawn, without their suffix.
"""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from bot.errors import DATA, Refused
from knowledge.model.typography import french

MEBI = 1 << 20
_LARGEST_READ = 16 * MEBI
"""An article is some kilobytes, a list of suppressions some hundreds: what claims more is no law."""
_LARGEST_MEMBER = 256 * MEBI
_CHUNK = 1 << 16
_BLOCK = tarfile.BLOCKSIZE
_NAME = re.compile(r"(?:\w+_)?legi(?P<stock>_global)?_(?P<stamp>\d{8}-\d{6})\.tar\.gz", re.IGNORECASE)
_WORDING = re.compile(r"/((?:LEGITEXT|JORFTEXT)\d{12})/article/(?:\w+/)+(LEGIARTI\d{12})(?:\.xml)?$")
_SUPPRESSED = "liste_suppression_legi.dat"


@dataclass(frozen=True, slots=True, order=True)
class Archive:
    """One archive. `stamp` is the moment in its name, which orders archives; a stock holds every wording."""

    stamp: str
    stock: bool
    path: Path

    @property
    def day(self) -> date:
        """The day to which it says the law."""
        return datetime.strptime(self.stamp[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


@dataclass(frozen=True, slots=True)
class Member:
    """One wording, as it lies in an archive: the file's name, the identifiers of its code or law and of itself."""

    name: str
    text: str
    id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The identifier of a wording that an archive takes out of the base."""

    id: str


class _Wrong(Exception):  # noqa: N818 - it is caught here, and said in French
    """What is wrong with an archive."""


def in_order(names: Iterable[str]) -> list[Archive]:
    """
    Return archives by the moment in their names, each once; those before the last stock are in it, and left out.

    Raises:
        Refused: a name is not one that the DILA gives, or no file has it.

    """
    found: dict[str, Archive] = {}
    wrong: list[str] = []
    for name in names:
        path = Path(name)
        match = _NAME.fullmatch(path.name)
        if match is None or not _is_day(match["stamp"]):
            wrong.append(
                f"{path.name} : ce nom ne dit pas son jour ; gardez celui de la DILA, par exemple "
                "LEGI_20260915-211530.tar.gz"
            )
        elif not path.is_file():
            wrong.append(f"{name} : ce fichier n'existe pas ; vérifiez le chemin")
        else:
            found[path.name.lower()] = Archive(match["stamp"], match["stock"] is not None, path)
    if wrong:
        raise Refused([french(line) for line in wrong])
    ordered = sorted(found.values())
    stocks = [i for i, archive in enumerate(ordered) if archive.stock]
    return ordered[stocks[-1] if stocks else 0 :]


def read(archive: Archive, texts: Container[str], step: Callable[[], None]) -> Iterator[Member | Withdrawn]:
    """
    Yield what an archive says of some codes and laws, in the order in which it says it.

    Args:
        archive: the archive, read once from its first byte to its last.
        texts: the identifiers of the codes and laws to follow; no other member is read.
        step: called after each mebibyte of the file.

    Raises:
        Refused: the archive is cut, damaged, or made to fill a disk or a memory. What was yielded before is void.

    """
    try:
        with archive.path.open("rb") as file, gzip.GzipFile(fileobj=file) as inflated:
            stream = _Forward(inflated, file, step)
            yield from _members(stream, texts)
            stream.finish()
    except EOFError:
        raise _refused(archive, "l'archive est incomplète ; téléchargez-la de nouveau") from None
    except (gzip.BadGzipFile, zlib.error, tarfile.TarError, RecursionError, UnicodeDecodeError):
        raise _refused(archive, "l'archive est abîmée, ou n'est pas un .tar.gz ; téléchargez-la de nouveau") from None
    except _Wrong as wrong:
        raise _refused(archive, str(wrong)) from None
    except OSError as error:
        raise _refused(archive, f"ce fichier ne se lit pas ({error.strerror}) ; vérifiez ses droits") from None


def _refused(archive: Archive, why: str) -> Refused:
    return Refused([french(f"{archive.path.name} : {why}."), french("Rien n'a été écrit.")], DATA)


def _is_day(stamp: str) -> bool:
    try:
        datetime.strptime(stamp, "%Y%m%d-%H%M%S")  # noqa: DTZ007 - only whether it is one
    except ValueError:
        return False
    return True


def _members(stream: _Forward, texts: Container[str]) -> Iterator[Member | Withdrawn]:
    with tarfile.open(fileobj=stream, mode="r:") as tar:  # type: ignore[call-overload]
        while (member := tar.next()) is not None:
            tar.members.clear()  # it keeps all that it has met: millions, in a stock
            if member.name.startswith("/") or ".." in member.name.split("/"):
                raise _Wrong("un nom de fichier y sort de l'archive ; elle ne vient pas de la DILA")
            if member.size > _LARGEST_MEMBER:
                raise _Wrong(f"un fichier y pèserait {member.size // MEBI} Mio ; elle ne vient pas de la DILA")
            if not member.isreg() or member.issparse():
                continue
            if member.name.rpartition("/")[2] == _SUPPRESSED:
                lines = stream.at(member).decode("ascii").split()
                yield from (Withdrawn(m[2]) for line in lines if (m := _WORDING.search(line)) and m[1] in texts)
            elif (found := _WORDING.search(member.name)) and found[1] in texts and member.name.endswith(".xml"):
                yield Member(member.name, found[1], found[2], stream.at(member))
        if stream.last != bytes(_BLOCK):
            raise EOFError


class _Forward:
    """
    An inflated file that only goes forward, for `tarfile`, which else would read what a header claims at one go.

    `last` is what was read last: a whole archive ends with a block of zeros.
    """

    def __init__(self, inflated: gzip.GzipFile, file: BinaryIO, step: Callable[[], None]) -> None:
        self._inflated = inflated
        self._file = file
        self._step = step
        self._steps = 0
        self._position = 0
        self.last = b""

    def read(self, size: int) -> bytes:
        if size > _LARGEST_READ:
            raise _Wrong(f"un fichier y pèserait {size // MEBI} Mio ; elle ne vient pas de la DILA")
        self.last = self._inflated.read(size)
        self._position += len(self.last)
        while self._steps < self._file.tell() // MEBI:
            self._steps += 1
            self._step()
        return self.last

    def at(self, member: tarfile.TarInfo) -> bytes:
        """Return the content of a member."""
        self.seek(member.offset_data)
        content = self.read(member.size)
        if len(content) != member.size:
            raise EOFError
        return content

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> None:
        if position < self._position:
            raise _Wrong("l'archive revient en arrière ; elle est abîmée")
        while self._position < position:
            if not self.read(min(position - self._position, _CHUNK)):
                raise EOFError

    def finish(self) -> None:
        """Read to the end: only there does a compressed file say whether it is whole."""
        while self.read(_CHUNK):
            pass
