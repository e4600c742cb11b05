"""`motus law import`: take a dated corpus in, whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import knowledge
from bot.errors import DATA, Refused
from bot.files import replace_file
from knowledge import Article
from knowledge.load import read_articles
from knowledge.model.errors import Problem
from knowledge.model.typography import french

CARRIED = Path(knowledge.__file__).parent / "law" / "articles"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass
class Difference:
    """What an import would do, by article file."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)


def import_law(folder: str, *, accept: bool) -> None:
    """
    Copy a corpus into the project, each file as it is.

    Args:
        folder: holds `<collection>/<number>.yaml`.
        accept: let the text of a version already carried change.

    Raises:
        Refused: a file is wrong, or a text changed without `accept`. Nothing is written then.

    """
    source = Path(folder)
    given = _read(source)
    articles, problems = read_articles(given.items())
    if problems:
        lines = [str(p) for p in sorted(problems)]
        raise Refused([*lines, french("Rien n'a été écrit : corrigez ces fichiers et recommencez.")], DATA)
    carried = _read(CARRIED) if CARRIED.is_dir() else {}
    known, _ = read_articles((n, c) for n, c in carried.items() if given.get(n, c) != c)
    found = compare(given, carried, articles, known)
    if found.rewritten and not accept:
        raise Refused(
            [*found.rewritten, french("Rien n'a été écrit : relisez ces textes, puis relancez avec --accept.")], DATA
        )
    for name in (*found.new, *found.changed):
        replace_file(CARRIED / name.removeprefix("articles/"), given[name])
    sys.stdout.write("".join(french(line) + "\n" for line in _report(found)))


def compare(
    given: Mapping[str, bytes],
    carried: Mapping[str, bytes],
    articles: Mapping[str, Article],
    known: Mapping[str, Article],
) -> Difference:
    """Tell new, changed, unchanged and absent files apart, and list the texts that would be rewritten."""
    found = Difference(absent=sorted(carried.keys() - given.keys()))
    for name, content in sorted(given.items()):
        if name not in carried:
            found.new.append(name)
        elif carried[name] == content:
            found.unchanged.append(name)
        else:
            found.changed.append(name)
            article_id = name.removeprefix("articles/").removesuffix(".yaml")
            if article_id in known:
                found.rewritten.extend(_rewritten(name, known[article_id], articles[article_id]))
    return found


def _rewritten(name: str, old: Article, new: Article) -> Iterator[str]:
    texts = {v.start: v.text for v in new.versions}
    for version in old.versions:
        if version.start not in texts:
            yield french(f"{name} : la version du {version.start}, déjà reprise, disparaît")
        elif texts[version.start] != version.text:
            yield french(f"{name} : le texte de la version du {version.start}, déjà reprise, change")


def _read(root: Path) -> dict[str, bytes]:
    """Read `<collection>/<number>.yaml`; links that leave the folder and strange names are refused."""
    if not root.is_dir():
        raise Refused(french(f"{root} : ce dossier n'existe pas ; donnez un dossier « recueil/numéro.yaml »"))
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(root.glob("*/*.yaml")):
        name = f"articles/{path.parent.name}/{path.name}"
        linked = path.is_symlink() or path.parent.is_symlink()
        if linked or not all(_NAME.fullmatch(part) for part in (path.parent.name, path.name)):
            said = "un lien, ou un nom avec d'autres signes que lettres, chiffres, point, tiret"
            problems.append(Problem(name, 0, french(said)))
            continue
        content = path.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(name, 0, french("ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8")))
            continue
        found[name] = content
    if problems:
        raise Refused([*(str(p) for p in problems), french("Rien n'a été écrit.")], DATA)
    if not found:
        raise Refused(french(f"{root} : aucun fichier « recueil/numéro.yaml » dans ce dossier"))
    return found


def _report(found: Difference) -> Iterator[str]:
    for label, names in (("nouveau", found.new), ("changé", found.changed), ("absent du dossier, gardé", found.absent)):
        yield from (f"{label} : {name}" for name in names)
    yield from (f"accepté : {line}" for line in found.rewritten)
    yield (
        f"{len(found.new)} nouveaux, {len(found.changed)} changés, {len(found.unchanged)} inchangés, "
        f"{len(found.absent)} absents du dossier."
    )
    if found.new or found.changed:
        yield "Vérifiez maintenant que les règles s'y retrouvent : motus check"
