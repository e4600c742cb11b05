"""The book: what it shows and in what order, read from `contents.yaml` and checked against the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.book.tables import Given, TableSpec
from bot.errors import DATA, Refused
from knowledge import KnowledgeBase
from knowledge.model.law import Strict
from knowledge.model.typography import french
from knowledge.reading import YamlFile, read

CONTENTS = Path(__file__).parent / "templates" / "contents.yaml"


@dataclass(frozen=True, slots=True)
class IndexSpec(Strict):
    """A list of the index: the fact whose answers are its words."""

    fact: str
    title: str


@dataclass(frozen=True, slots=True)
class Contents(Strict):
    """The plan of the book. `chapters` names each folder of norms, `profile` who speaks in the recipients' pages."""

    chapters: Mapping[str, str]
    profile: Given
    tables: tuple[TableSpec, ...]
    index: tuple[IndexSpec, ...]


def read_contents(base: KnowledgeBase, path: Path = CONTENTS) -> Contents:
    """
    Read the plan of the book.

    Raises:
        Refused: a key, a fact or an answer is wrong, with its file and its line.

    """
    file = read(path.name, path.read_bytes())
    problems = [str(p) for p in file.problems]
    if not problems:
        try:
            contents = TypeAdapter(Contents).validate_python(file.data)
        except ValidationError as error:
            problems = [
                str(file.problem(tuple(e["loc"]), "clé absente, de trop, ou valeur d'une autre forme"))
                for e in error.errors()
            ]
        else:
            problems = list(_problems(base, contents, file))
            if not problems:
                return contents
    raise Refused([french(p) for p in problems], DATA)


def _problems(base: KnowledgeBase, contents: Contents, file: YamlFile) -> Iterator[str]:
    folders = {norm.split("/")[0] for norm in base.norms}
    for chapter in contents.chapters:
        if chapter not in folders:
            yield str(file.problem(("chapters", chapter), f"aucun dossier de norms/ ne s'appelle « {chapter} »"))
    yield from _wrong(base, contents.profile, file, ("profile",))
    for i, table in enumerate(contents.tables):
        here: tuple[str | int, ...] = ("tables", i)
        yield from _wrong(base, table.given, file, (*here, "given"))
        if table.rows not in base.facts:
            yield str(file.problem((*here, "rows"), f"fait inconnu « {table.rows} » ; voyez « motus facts »"))
            continue
        for key, ids in (("only", table.only), ("leaving", table.leaving)):
            for j, id_ in enumerate(ids):
                yield from _wrong(base, {table.rows: id_}, file, (*here, key, j), deep=False)
        for j, column in enumerate(table.columns):
            yield from _wrong(base, column.given, file, (*here, "columns", j, "given"))
    for i, index in enumerate(contents.index):
        if index.fact not in base.facts:
            yield str(file.problem(("index", i, "fact"), f"fait inconnu « {index.fact} » ; voyez « motus facts »"))


def _wrong(
    base: KnowledgeBase, given: Given, file: YamlFile, path: tuple[str | int, ...], *, deep: bool = True
) -> Iterator[str]:
    for fact_id, value in given.items():
        where = (*path, fact_id) if deep else path
        fact = base.facts.get(fact_id)
        if fact is None:
            yield str(file.problem(where, f"fait inconnu « {fact_id} » ; voyez « motus facts »"))
        elif fact.value(value) is None:
            yield str(file.problem(where, f"« {value} » n'est pas une réponse à « {fact_id} » ; voyez « motus facts »"))
