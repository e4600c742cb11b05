"""Files of cases, found and read for the commands that play them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.app import App
from bot.errors import Refused
from bot.files import read_text
from bot.words.french import printable
from flows.exploring.case_file import CaseFile, read_cases
from knowledge.model.typography import french

_SUFFIXES = {".yaml", ".yml"}


def find(names: Iterable[str]) -> list[Path]:
    """
    Return the files named, and those in the folders named, each once, in a stable order.

    Raises:
        Refused: a name is neither, or a folder holds no file of cases.

    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
            if not inside:
                raise Refused(french(f"« {printable(name)} » n'a aucun fichier .yaml ; donnez le dossier des cas"))
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            said = f"« {printable(name)} » n'est ni un fichier ni un dossier ; par exemple : motus test tests/cases"
            raise Refused(french(said))
    return list(found)


def read(app: App, paths: Iterable[Path]) -> list[CaseFile]:
    """
    Read files of cases.

    Raises:
        Refused: with everything wrong in every file, each with its line.

    """
    files = [read_cases(app.base, app.flows, *read_text(str(path))) for path in paths]
    said = [str(problem) for file in files for problem in file.problems]
    if said:
        many = "s" if len(said) > 1 else ""
        last = f"{len(said)} problème{many} : aucun cas n'est joué tant qu'il en reste un."
        raise Refused([*said, french(last)])
    return files
