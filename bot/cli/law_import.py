"""`motus law import`: take a dated corpus in, whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import knowledge
from bot.cli.law_missing import without_arrived
from bot.errors import DATA, Refused
from bot.files import replace_files
from knowledge import Article
from knowledge.load import read_articles, read_base
from knowledge.model.errors import Problem
from knowledge.model.typography import french

LAW = Path(knowledge.__file__).parent / "law"
CARRIED = LAW / "articles"
MISSING = "missing.yaml"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass
class Difference:
    """
    What an import would do, by article file.

    `rewritten` are the versions already carried whose text or end changes.
    `arrived` are the articles that leave `missing.yaml`, and `missing` what is left of that file.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    missing: bytes = b""


def import_law(folder: str, *, accept: bool, anyway: bool) -> None:
    """
    Copy a corpus into the project, each file as it is, and take what has arrived out of `missing.yaml`.

    Args:
        folder: holds `<collection>/<number>.yaml`.
        accept: let the text or the end of a version already carried change.
        anyway: write even where the rules no longer find their words in the result.

    Raises:
        Refused: a file is wrong, a version changed without `accept`, `motus check` would refuse the result, or the
            disk is full. Nothing is written then.

    """
    given = _read(Path(folder))
    articles, problems = read_articles(given.items())
    if problems:
        lines = [str(p) for p in sorted(problems)]
        raise Refused([*lines, french("Rien n'a été écrit : corrigez ces fichiers et recommencez.")], DATA)
    carried = _read(CARRIED) if CARRIED.is_dir() else {}
    known, _ = read_articles((n, c) for n, c in carried.items() if given.get(n, c) != c)
    found = compare(given, carried, articles, known)
    base = dict(knowledge.sources(knowledge.default_root()))
    here = {_article_id(name) for name in (*given, *carried)}
    text, found.arrived = without_arrived(base.get(MISSING, b"").decode("utf-8", errors="replace"), here)
    found.missing = text.encode()
    stop = [] if accept or not found.rewritten else [*found.rewritten, _REREAD]
    written = _written(found, given)
    if written and not anyway:
        _, lost = read_base(list({**base, **written}.items()))
        stop.extend(str(p) for p in sorted(lost))
        stop.extend([LOST] if lost else [])
    if stop:
        raise Refused([french(line) for line in (*stop, "Rien n'a été écrit.")], DATA)
    replace_files({LAW / name: content for name, content in written.items()})
    sys.stdout.write("".join(french(line) + "\n" for line in _report(found)))


_REREAD = "Relisez ces textes, puis relancez avec --accept."
LOST = (
    "Avec ces textes, motus check refuserait la base : reprenez ces règles d'abord, ou relancez avec --anyway et "
    "reprenez-les aussitôt."
)


def _written(found: Difference, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that the import changes, by name in the base."""
    written = {name: given[name] for name in (*found.new, *found.changed)}
    return {**written, MISSING: found.missing} if found.arrived else written


def _article_id(name: str) -> str:
    return name.removeprefix("articles/").removesuffix(".yaml")


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
            article_id = _article_id(name)
            if article_id in known:
                found.rewritten.extend(_rewritten(name, known[article_id], articles[article_id]))
    return found


def _rewritten(name: str, old: Article, new: Article) -> Iterator[str]:
    """Yield what changes in a past that was carried; a version still in force may end, since a new one follows it."""
    now = {v.start: v for v in new.versions}
    for version in old.versions:
        said = f"{name} : la version du {version.start}, déjà reprise,"
        if version.start not in now:
            yield french(f"{said} disparaît")
            continue
        if now[version.start].text != version.text:
            yield french(f"{name} : le texte de la version du {version.start}, déjà reprise, change")
        if version.end is not None and now[version.start].end != version.end:
            yield french(f"{said} finissait le {version.end} ; elle finirait le {now[version.start].end or 'jamais'}")


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
    yield from (f"texte arrivé, retiré de {MISSING} : {article}" for article in found.arrived)
    yield (
        f"{len(found.new)} nouveaux, {len(found.changed)} changés, {len(found.unchanged)} inchangés, "
        f"{len(found.absent)} absents du dossier."
    )
    if found.new or found.changed:
        yield "Vérifiez maintenant que les règles s'y retrouvent : motus check"
