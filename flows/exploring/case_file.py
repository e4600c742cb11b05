"""
Files of situations with the answers expected of them, read strictly: the same for a lawyer, a trainer, and us.

A file is a list of cases, or a mapping whose `cases` is that list. Text in, values out: nothing is opened here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches

from pydantic import TypeAdapter, ValidationError

from flows.exploring.cases import Case, Expected
from flows.model import Flow
from flows.vocabulary import either, not_offered, shown, wrong_answer
from knowledge import KnowledgeBase, Outcome, Problem
from knowledge.model.law import Strict
from knowledge.model.typography import french
from knowledge.reading.schema_errors import explain
from knowledge.reading.yaml_file import Data, Path, YamlFile, parse

KEYS: Mapping[str, str] = {
    "id": "le nom du cas, unique dans son fichier, sans espace",
    "says": "la situation en une phrase, sans nom",
    "flow": "le parcours",
    "on": "le jour du droit, AAAA-MM-JJ",
    "facts": "les réponses, « fait: valeur » ; « motus facts » les liste",
    "outcome": "la réponse attendue",
    "governing": "la règle qui doit décider",
    "articles": "les articles qui doivent être cités, parmi d'autres",
    "findings": "les règles qui doivent répondre à l'un des points, ou y ajouter une condition",
    "warns": "les règles d'alerte qui doivent se faire entendre",
    "origin": "d'où vient la réponse attendue",
    "source": "qui a publié la question : publisher, url, date",
    "published": "la réponse publiée : outcome, articles",
    "because": "pourquoi la réponse attendue n'est pas celle qui est publiée",
    "absent": "des articles cités par la source et qui n'ont pas été lus, avec la raison",
    "cites_instead": "à la place d'un article publié : articles, because",
    "before": "un autre jour, où la réponse attendue est autre : on, outcome, because",
    "not_covered_because": "pourquoi aucun parcours ne sait dire cette situation ; elle n'est pas jouée",
}
"""What each key of a case is for, in the words of the documentation and of the schema for editors."""


@dataclass(frozen=True, slots=True)
class Published(Strict):
    """What somebody answered to a question in public, in our outcomes and article ids."""

    outcome: Outcome
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instead(Strict):
    """What the product cites in place of a published article, and why."""

    articles: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Before(Strict):
    """Another day, on which the law led elsewhere."""

    on: date
    outcome: Outcome
    because: str


@dataclass(frozen=True, slots=True)
class Told(Strict):
    """One case as its file tells it; `KEYS` says what each key is for."""

    id: str
    says: str
    flow: str
    on: date
    facts: dict[str, str]
    outcome: Outcome | None = None
    governing: str | None = None
    articles: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    origin: str | None = None
    source: dict[str, str] = field(default_factory=dict)
    published: Published | None = None
    because: str | None = None
    absent: dict[str, str] = field(default_factory=dict)
    cites_instead: dict[str, Instead] = field(default_factory=dict)
    before: Before | None = None
    not_covered_because: str | None = None


TOLD: TypeAdapter[Told] = TypeAdapter(Told)
"""What one case is checked against."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file; `left_out` are the ids of those that no flow can say. Any problem: no case counts."""

    name: str
    cases: tuple[Case, ...] = ()
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_cases(base: KnowledgeBase, flows: Mapping[str, Flow], name: str, text: str) -> CaseFile:
    """
    Read a file of cases.

    Args:
        base: the law, for the ids.
        flows: the flows that a case can name.
        name: how to name the file.
        text: what it holds.

    """
    file = parse(name, text)
    reader = _Reader(base, flows, file)
    cases = list(reader.cases())
    return CaseFile(name, tuple(cases), tuple(reader.left_out), tuple(sorted({*file.problems, *reader.problems})))


def wrong_name(name: str) -> str | None:
    """Say what would be right where a case cannot have this name; None where it can."""
    if name and name.isprintable() and not any(c.isspace() for c in name):
        return None
    return "attend un nom sans espace, par exemple « crip-sans-delai »"


class _Reader:
    def __init__(self, base: KnowledgeBase, flows: Mapping[str, Flow], file: YamlFile) -> None:
        self._base = base
        self._flows = flows
        self._file = file
        self.problems: list[Problem] = []
        self.left_out: list[str] = []

    def cases(self) -> Iterator[Case]:
        seen: dict[str, int] = {}
        for path, data in self._told():
            told = self._parse(path, data)
            if told is None:
                continue
            first = seen.setdefault(told.id, self._file.line(path))
            if first != self._file.line(path):
                self._wrong((*path, "id"), f"« {shown(told.id)} » nomme déjà le cas de la ligne {first} ; changez-le")
            before = len(self.problems)
            self._check(path, told)
            if len(self.problems) > before:
                continue
            if told.not_covered_because is not None:
                self.left_out.append(told.id)
            else:
                yield from self._made(path, told)

    def _told(self) -> Iterator[tuple[Path, Data]]:
        """Yield each case with its place in the file."""
        data: Data = self._file.data
        top: Path = ()
        if isinstance(data, dict):
            for key in data.keys() - {"cases", "count"}:
                self._wrong((key,), f"clé inconnue « {shown(key)} » ; {_SHAPE}")
            data, top = data.get("cases"), ("cases",)
        if not isinstance(data, list):
            if not self._file.problems and not self.problems:
                self._wrong(top, f"un fichier de cas est une liste ; {_SHAPE}")
            return
        count = self._file.data.get("count") if isinstance(self._file.data, dict) else None
        if count is not None and count != str(len(data)):
            self._wrong(("count",), f"annonce {count} cas, et il y en a {len(data)} ; corrigez le nombre")
        for i, item in enumerate(data):
            yield (*top, i), item

    def _parse(self, path: Path, data: Data) -> Told | None:
        if not isinstance(data, dict):
            self._wrong(path, "un cas s'écrit « clé: valeur », au moins id, says, flow, on, facts et outcome")
            return None
        try:
            return TOLD.validate_python(data)
        except ValidationError as error:
            self.problems.extend(_spaced(explain(self._file, error, path, [f.name for f in fields(Told)])))
            return None

    def _check(self, path: Path, told: Told) -> None:
        named = wrong_name(told.id)
        if named is not None:
            self._wrong((*path, "id"), named)
        flow = self._flows.get(told.flow)
        if flow is None:
            self._wrong((*path, "flow"), f"parcours inconnu « {shown(told.flow)} » ; parcours : {either(self._flows)}")
        else:
            self._facts((*path, "facts"), told, flow)
        if told.outcome is None and told.published is None:
            self._wrong(path, f"la clé « outcome » manque : dites la réponse attendue, {either(Outcome)}")
        ids_of = [("governing", [told.governing] if told.governing else []), ("findings", told.findings)]
        for key, ids in (*ids_of, ("warns", told.warns)):
            self._known((*path, key), ids, self._base.norms, "règle", "motus norms")
        self._known((*path, "articles"), told.articles, self._base.articles, "article", "motus articles")
        if told.published is not None:
            instead = (a for i in told.cites_instead.values() for a in i.articles)
            articles = (*(a for a in told.published.articles if a not in told.cites_instead), *instead)
            self._known((*path, "published"), articles, self._base.articles, "article", "motus articles")

    def _facts(self, path: Path, told: Told, flow: Flow) -> None:
        for fact, value in told.facts.items():
            said = wrong_answer(self._base, flow, fact, value) or not_offered(flow, fact, value)
            if said is not None:
                self._wrong((*path, fact), said, key=False)

    def _known(self, path: Path, ids: Iterable[str], known: Mapping[str, object], kind: str, command: str) -> None:
        for id_ in ids:
            if id_ not in known:
                near = get_close_matches(id_, list(known), n=2, cutoff=0.5)
                right = f"peut-être {either(near)}" if near else f"« {command} » les liste"
                self._wrong(path, f"{kind} qui n'existe pas « {shown(id_)} » ; {right}")

    def _made(self, path: Path, told: Told) -> Iterator[Case]:
        published = told.published
        outcome = told.outcome or (published.outcome if published else None)
        if outcome is None:
            raise TypeError(told)  # `_check` has refused it
        articles = told.articles
        if published is not None:
            kept = (a for a in published.articles if a not in told.cites_instead)
            articles = (*articles, *kept, *(a for i in told.cites_instead.values() for a in i.articles))
        expected = Expected(outcome, told.governing, tuple(dict.fromkeys(articles)), told.findings, told.warns)
        line = self._file.line(path)
        name = self._file.name
        yield Case(told.id, french(told.says), told.flow, told.on, told.facts, expected, told.origin, name, line)
        if told.before is not None:
            other, says = told.before, french(f"{told.says} (le {told.before.on})")
            then = Expected(other.outcome)
            line = self._file.line((*path, "before"))
            yield Case(f"{told.id}-before", says, told.flow, other.on, told.facts, then, told.origin, name, line)

    def _wrong(self, path: Path, message: str, *, key: bool = True) -> None:
        where = tuple(p for p in path if isinstance(p, str) and p != "cases") if key else ()
        named = f"{'.'.join(map(str, where))} : " if where else ""
        self.problems.append(Problem(self._file.name, self._file.line(path), french(named + message)))


_SHAPE = "chaque cas commence par « - id: », ou le fichier est « cases: » suivi de cette liste"


def _spaced(problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield Problem(problem.file, problem.line, french(problem.message))
