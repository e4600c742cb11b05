"""Another base, to compare with: a folder, or a revision of the project's history."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import flows
import knowledge
from bot.app import App
from bot.errors import OTHER, Refused
from bot.words.french import printable
from flows import Flow, FlowError
from knowledge import KnowledgeBase, KnowledgeError
from knowledge.model.typography import french
from knowledge.reading import LAW

_PROJECT = Path(__file__).resolve().parents[2]
_PARTS = ("knowledge", "flows")
_LAW = ("knowledge/law", "law", "knowledge", ".")
"""Where the law may be: of a project, of its knowledge folder, of a project before the law had its own, and itself."""

Law = tuple[KnowledgeBase, Mapping[str, Flow]]


@contextmanager
def open_other(name: str, app: App) -> Iterator[Law]:
    """
    Load another base.

    Args:
        name: a folder of the project, or its `knowledge/` folder alone, or a git revision of this project.
        app: this base; its flows are used where the folder has none.

    Raises:
        Refused: there is no such base, or it cannot be read.

    """
    folder = Path(name)
    if folder.exists() and not folder.is_dir():
        raise Refused(french(f"« {printable(name)} » n'est pas un dossier ; {_WAYS}"))
    with tempfile.TemporaryDirectory(prefix="motus-") as place:
        if not folder.is_dir():
            folder = Path(place) / "revision"
            _extract(name, folder)
        yield _read(folder, app, name, Path(place) / "law")


_WAYS = "donnez un dossier (un projet Motus, ou son dossier knowledge/law), ou une révision git, par exemple HEAD~1"


def _read(folder: Path, app: App, name: str, spare: Path) -> Law:
    root = next((r for place in _LAW if ((r := folder / place) / "norms").is_dir()), None)
    if root is None:
        raise Refused(french(f"« {printable(name)} » n'a pas de dossier knowledge/law/norms ; {_WAYS}"))
    if (root / "__init__.py").is_file():
        root = _alone(root, spare)
    asked = next((f for up in (folder, folder.parent) if (f := up / "flows" / "parcours").is_dir()), None)
    try:
        base = knowledge.load(root)
        return base, app.flows if asked is None else flows.load(base, asked)
    except (KnowledgeError, FlowError) as error:
        head = french(f"« {printable(name)} » ne se lit pas : rien n'est comparé.")
        raise Refused([head, *(str(p) for p in error.problems[:10])], OTHER) from None


def _alone(root: Path, place: Path) -> Path:
    """Copy the law out of a folder where it lies among the program, as it did before it had one of its own."""
    place.mkdir()
    for part in LAW:
        if (root / part).is_dir():
            shutil.copytree(root / part, place / part)
        elif (root / part).is_file():
            shutil.copy(root / part, place / part)
    return place


def _is_revision(name: str) -> bool:
    return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").returncode == 0


def _extract(name: str, place: Path) -> None:
    """Write the law of a revision in `place`."""
    if not _is_revision(name):
        raise Refused(french(f"« {printable(name)} » n'est ni un dossier, ni une révision git connue ; {_WAYS}"))
    done = _git("archive", "--format=tar", f"{name}^{{commit}}", *_PARTS)
    if done.returncode != 0:
        raise Refused(french(f"la révision « {printable(name)} » n'a pas les dossiers knowledge et flows"))
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(place, filter="data")


def _git(*args: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(_PROJECT), *args], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise Refused(french(f"il manque le programme git pour lire une révision ; {_WAYS}")) from None
