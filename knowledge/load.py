"""
YAML to law: read every file, parse it by schema, refuse what is doubtful.

`load` is the only place of this package that reads files.
Every problem of every file is gathered before failing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

from knowledge.checking.articles import check_articles
from knowledge.checking.codes import check_codes, flow_codes
from knowledge.checking.meaning import check
from knowledge.model import Article, Collection, DerivedFact, Fact, KnowledgeBase, Matter, Moved, Norm, Phrase, Rule
from knowledge.model.errors import KnowledgeError, Problem
from knowledge.model.typography import french
from knowledge.reading.condition_file import ConditionReader
from knowledge.reading.folder import SUFFIX, Folder, read_folder
from knowledge.reading.layout import misplaced, misshapen
from knowledge.reading.schema import Schema
from knowledge.reading.yaml_file import Data, Path, YamlFile, read

T = TypeVar("T")


class Parse(Protocol):
    """What reads one file, as `knowledge.reading.read` does."""

    def __call__(self, name: str, content: bytes, *, may_be_empty: bool = False) -> YamlFile:
        """Read a file, given its name and its content."""


_RECORDED = ("transmission", "ecrit")
"""What is noted by hand: where something goes out, and where something is written."""
_MAY_BE_EMPTY = {"missing.yaml"}
_VERBATIM = {"passage", "source_url", "id", "category"}


def default_root() -> Traversable:
    """Return the folder of the law that ships with the program."""
    return files("knowledge") / "law"


def sources(root: Traversable) -> Iterator[tuple[str, bytes]]:
    """
    Yield every file of the base as `(name, content)`, in a stable order.

    Raises:
        KnowledgeError: something lies there that cannot be read.

    """
    folder = read_folder(root)
    if folder.problems:
        raise KnowledgeError(folder.problems)
    yield from folder.files


def digest(named: Iterable[tuple[str, bytes]]) -> str:
    """Return the hash of the source files: the identity of a base."""
    total = hashlib.blake2b(digest_size=16)
    for name, content in named:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def load(root: Traversable | None = None) -> KnowledgeBase:
    """
    Read and check the whole base.

    Args:
        root: the folder that holds `facts/`, `articles/`, `norms/`; the shipped one by default.

    Returns:
        The base, checked.

    Raises:
        KnowledgeError: with every problem found, each with file and line.

    """
    return load_from(read_folder(root if root is not None else default_root()))


def load_from(folder: Folder) -> KnowledgeBase:
    """
    Check the base whose files were read already, and look at no file again.

    Raises:
        KnowledgeError: with every problem found, each with file and line.

    """
    base, problems = read_base(folder.files)
    problems = [*folder.problems, *problems]
    if problems:
        raise KnowledgeError(problems)
    return base


def read_base(
    named: Sequence[tuple[str, bytes]], parse: Parse = read, sound: KnowledgeBase | None = None
) -> tuple[KnowledgeBase, list[Problem]]:
    """
    Read and check source files that may not be on the disk yet.

    Args:
        named: each file of the base and its content, named as `sources` names them.
        parse: reads one file; who reads the same files again and again may remember them.
        sound: a base found sound before an edit; contradictions that it cannot have made are not looked for.

    Returns:
        The base, and every problem found; it is sound only where there is none.

    """
    strays = [Problem(n, 0, said) for n, _ in named if (said := misplaced(n)) is not None]
    loader = _Loader(_parsed(((n, c) for n, c in named if misplaced(n) is None), parse))
    base = loader.base(digest(named))
    if strays or loader.problems:
        return base, [*strays, *loader.problems]
    return base, [*check(base, loader.files, sound), *check_codes(base, loader.files.get("codes.yaml"))]


def read_articles(named: Iterable[tuple[str, bytes]]) -> tuple[dict[str, Article], list[Problem]]:
    """
    Read article files alone, checked as the whole base checks them.

    Args:
        named: `articles/<collection>/<number>.yaml` and its content.

    Returns:
        The articles by id, and every problem found; the codes known are those of the shipped base.

    """
    known = [pair for pair in sources(default_root()) if pair[0] == "collections.yaml"]
    loader = _Loader(_parsed([*known, *named]))
    base = loader.base("")
    return dict(base.articles), loader.problems or list(check_articles(base, loader.files))


def _parsed(named: Iterable[tuple[str, bytes]], parse: Parse = read) -> dict[str, YamlFile]:
    return {n: parse(n, c, may_be_empty=n in _MAY_BE_EMPTY) for n, c in named}


class _Loader:
    def __init__(self, parsed: dict[str, YamlFile]) -> None:
        self.files = parsed
        self._schema = Schema()
        self.problems = self._schema.problems
        self.problems.extend([*(p for f in parsed.values() for p in f.problems), *misshapen(parsed)])

    def base(self, identity: str) -> KnowledgeBase:
        collections = self._table("collections.yaml", Collection)
        derived = {d.id: d for d in self._derived()}
        facts = {f.id: f for f in self._each("facts/", Fact)}
        articles = {a.id: a for a in self._articles()}
        norms = {n.id: n for n in self._norms(facts, derived)}
        return KnowledgeBase(
            articles,
            facts,
            derived,
            norms,
            collections,
            identity,
            doctrine=self._table("doctrine.yaml", Rule),
            moved=self._table("moved.yaml", Moved),
            phrases=tuple(self._phrases(facts, derived)),
            record=self._record(),
            flow_codes=flow_codes(self.files.get("codes.yaml")),
        )

    def _derived(self) -> Iterator[DerivedFact]:
        for key, label in self._mapping("derived.yaml").items():
            row = self._parse(self.files["derived.yaml"], {"id": key, "label": _space(label)}, DerivedFact, (key,))
            if row is not None:
                yield row

    def _phrases(self, facts: dict[str, Fact], derived: dict[str, DerivedFact]) -> Iterator[Phrase]:
        for key, data in self._mapping("phrases.yaml").items():
            file = self.files["phrases.yaml"]
            if not isinstance(data, dict):
                self.problems.append(file.problem((key,), "une phrase s'écrit {outcomes, when, text}"))
                continue
            reader = ConditionReader(file, facts, derived)
            when = reader.read((key, "when"), data.get("when"))
            self.problems.extend(reader.problems)
            row = self._parse(file, {**_spaced(data), "when": when, "id": key}, Phrase, (key,))
            if row is not None:
                yield row

    def _record(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key, data in self._mapping("record.yaml").items():
            if key not in _RECORDED:
                said = f"personne ne montre « {key} » ; clés admises : {', '.join(_RECORDED)}"
                self.problems.append(self.files["record.yaml"].problem((key,), said))
            elif isinstance(data, list) and all(isinstance(line, str) for line in data):
                found[key] = tuple(french(str(line)) for line in data)
            else:
                self.problems.append(self.files["record.yaml"].problem((key,), "attend une liste de lignes"))
        return found

    def _mapping(self, name: str) -> dict[str, Data]:
        file = self.files.get(name)
        return file.data if file is not None and isinstance(file.data, dict) else {}

    def _table(self, name: str, kind: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for key, data in self._mapping(name).items():
            row = self._parse(
                self.files[name], {**_spaced(data), "id": key} if isinstance(data, dict) else data, kind, (key,)
            )
            if row is not None:
                found[key] = row
        return found

    def _each(self, prefix: str, kind: type[T]) -> Iterator[T]:
        for name, file in self.files.items():
            if name.startswith(prefix) and isinstance(file.data, dict):
                row = self._parse(file, {**_renamed(_spaced(file.data)), "id": _stem(name, prefix)}, kind)
                if row is not None:
                    yield row

    def _articles(self) -> Iterator[Article]:
        for name, file in self.files.items():
            if name.startswith("articles/") and isinstance(file.data, dict):
                article_id = _stem(name, "articles/")
                data: dict[str, Data] = {**file.data, "id": article_id, "collection": article_id.split("/")[0]}
                row = self._parse(file, data, Article)
                if row is not None:
                    yield row
        for article_id, entry in self._mapping("missing.yaml").items():
            if f"articles/{article_id}.yaml" in self.files:
                said = f"ce texte est maintenant dans articles/{article_id}.yaml ; retirez cette entrée"
                self.problems.append(self.files["missing.yaml"].problem((article_id,), said))
            elif isinstance(entry, dict):
                known = {k: v for k, v in entry.items() if k != "named_by"}
                note = f"Texte non lu ; nommé par : {entry.get('named_by')}"
                row = self._parse(
                    self.files["missing.yaml"],
                    {
                        **known,
                        "id": article_id,
                        "collection": article_id.split("/")[0],
                        "note": note,
                        "checked_as_of": None,
                        "versions": [],
                    },
                    Article,
                    (article_id,),
                )
                if row is not None:
                    yield row

    def _norms(self, facts: dict[str, Fact], derived: dict[str, DerivedFact]) -> Iterator[Norm]:
        for name, file in self.files.items():
            if not name.startswith("norms/") or not isinstance(file.data, dict):
                continue
            data: dict[str, object] = {"matter": Matter.DISCLOSURE, **_spaced(file.data), "id": _stem(name, "norms/")}
            reader = ConditionReader(file, facts, derived)
            if "when" in data:
                data["when"] = reader.read(("when",), file.data["when"])
            conditions = data.get("conditions")
            if isinstance(conditions, list):
                data["conditions"] = [
                    {**item, "met": reader.read(("conditions", i, "met"), item["met"])}
                    if isinstance(item, dict) and "met" in item
                    else item
                    for i, item in enumerate(conditions)
                ]
            self.problems.extend(reader.problems)
            row = self._parse(file, data, Norm)
            if row is not None:
                yield row

    def _parse(self, file: YamlFile, data: object, kind: type[T], at: Path = ()) -> T | None:
        return self._schema.read(file, data, kind, at)


def _stem(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).removesuffix(SUFFIX)


def _renamed(data: dict[str, Data]) -> dict[str, Data]:
    """Return a question with the keys of today, so that an older law can be compared with this one."""
    return {"find_out" if key == "unknown" else key: value for key, value in data.items()}


def _spaced(data: dict[str, Data]) -> dict[str, Data]:
    return {key: value if key in _VERBATIM else _space(value) for key, value in data.items()}


def _space(data: Data) -> Data:
    if isinstance(data, str):
        return french(data)
    if isinstance(data, list):
        return [_space(item) for item in data]
    if isinstance(data, dict):
        return _spaced(data)
    return None


__all__ = ["default_root", "digest", "load", "load_from", "read_articles", "read_base", "sources"]
