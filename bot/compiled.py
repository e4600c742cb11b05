"""
The law once read, kept: a compiled copy, used only while it equals its sources.

Pickle runs what it names when it reads, so only our own file is ever read: it must belong to
the user, to root, or to the owner of this program (who could change the program itself), be
writable by nobody else, and match the hash in its head. What it may name is our own values
and the day, nothing else. JSON would need a second schema
for the same 5 000 objects and would read ten times slower.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import flows
import knowledge
from bot import STARTED
from bot.files import put
from flows import Flow
from knowledge import KnowledgeBase
from knowledge.reading.folder import Folder, read_folder

_MAGIC = b"motus-compiled-1"
_PACKAGES = (Path(knowledge.__file__).parent, Path(flows.__file__).parent)

Law = tuple[KnowledgeBase, dict[str, Flow]]


@dataclass(frozen=True, slots=True)
class Sources:
    """
    What the law is made from, read once: its identity and the law come from the same bytes.

    Read twice, a file edited in between would be kept under the name of what it was not.
    """

    law: Folder
    flows: Folder
    code: tuple[tuple[str, bytes], ...]

    @property
    def identity(self) -> str:
        """Name the law, the flows, what cannot be read among them, and the code that reads them."""
        refused = [(str(problem), b"") for folder in (self.law, self.flows) for problem in folder.problems]
        version = ("python", sys.version.encode())
        return knowledge.digest([*self.law.files, *self.flows.files, *refused, *self.code, version])

    def read(self) -> Law:
        """
        Load the law and the flows.

        Raises:
            KnowledgeError: the law is refused.
            FlowError: the flows are refused.

        """
        base = knowledge.load_from(self.law)
        return base, flows.load_from(base, self.flows)


def sources() -> Sources:
    """Read every file that the law is made from."""
    code = ((f.relative_to(p.parent).as_posix(), f.read_bytes()) for p in _PACKAGES for f in sorted(p.rglob("*.py")))
    return Sources(read_folder(knowledge.default_root()), flows.read_flows(), tuple(code))


def places() -> Iterator[Path]:
    """Yield where the copy may be: beside the law, then in the cache of the user."""
    yield _PACKAGES[0] / "compiled" / "base.bin"
    import platformdirs

    yield platformdirs.user_cache_path("motus", appauthor=False) / "base.bin"


def read(identity: str) -> Law | None:
    """Return the law from the first copy that is ours and equals `identity`, or None."""
    for place in places():
        content = _ours(place)
        law = _unpack(content, identity) if content is not None else None
        if law is not None:
            return law
    return None


def write(law: Law, identity: str) -> Path | None:
    """
    Keep a copy at the first place that takes it. Where the disk refuses, nothing is said: it is only speed.

    Nothing is kept while the code is being edited: what runs is no longer what the identity names.
    """
    if any(f.stat().st_mtime > STARTED for p in _PACKAGES for f in p.rglob("*.py")):
        return None
    payload = pickle.dumps(law, 5)
    content = b"\n".join([_MAGIC, identity.encode(), _hash(payload), payload])
    for place in places():
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            put(place, content, 0o644)
            return place
    return None


def _ours(place: Path) -> bytes | None:
    try:
        with place.open("rb") as file:
            about = os.fstat(file.fileno())
            trusted = {os.geteuid(), 0, Path(__file__).stat().st_uid}
            if about.st_uid not in trusted or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            return file.read()
    except OSError:
        return None


def _unpack(content: bytes, identity: str) -> Law | None:
    magic, named, hashed, payload = (content.split(b"\n", 3) + [b""] * 4)[:4]
    if magic != _MAGIC or named != identity.encode() or hashed != _hash(payload):
        return None
    gc.disable()  # thousands of small objects, none of them garbage
    try:
        law: Law = _Values(io.BytesIO(payload)).load()
    except Exception:  # whatever is wrong with a copy, the sources are read instead
        return None
    finally:
        gc.enable()
    return law


class _Values(pickle.Unpickler):
    """Reads our own values: no function, and no class of anyone else."""

    def find_class(self, module: str, name: str) -> type:
        if (module, name) == ("datetime", "date"):
            return date
        if module == "flows.model" or module.startswith("knowledge.model."):
            found = getattr(sys.modules.get(module), name, None)
            if (
                isinstance(found, type)
                and found.__module__ == module
                and (is_dataclass(found) or issubclass(found, Enum))
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _hash(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=16).hexdigest().encode()
