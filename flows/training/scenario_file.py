"""
One scenario as its file tells it, read strictly: every slip with its line, and what would be right.

Text in, values out: nothing is opened here. Whether the law gives the expected answer is said by `answers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from flows.exploring.cases import Case, Expected
from flows.model import Flow
from flows.training.model import LEVELS, Decision, Expectation, Scenario
from flows.vocabulary import either, not_offered, shown, wrong_answer
from knowledge import KnowledgeBase, Outcome, Problem
from knowledge.model.law import Strict
from knowledge.model.typography import french
from knowledge.reading import explain
from knowledge.reading.yaml_file import Data, Path, YamlFile

KEYS: Mapping[str, str] = {
    "title": "le titre, court",
    "level": "1, 2 ou 3",
    "pair": "le scénario qui n'en diffère que par un fait décisif : « nom », ou « paquet/nom »",
    "stages": "l'histoire, une étape par tiret, dans l'ordre où on la découvre",
    "decisions": "les moments où il faut décider",
    "lesson": "ce qu'il faut retenir, en une ou deux phrases",
}
"""What each key of a scenario is for, in the words of the documentation."""
DECISION_KEYS: Mapping[str, str] = {
    "stage": "le numéro de l'étape après laquelle on décide",
    "question": "la question posée, avec le prénom inventé",
    "flow": "le parcours",
    "on": "le jour du droit, AAAA-MM-JJ",
    "facts": "les faits derrière l'histoire, « fait: valeur » ; inconnu si personne n'y sait",
    "outcome": "la réponse attendue",
    "governing": "la règle qui doit décider (facultatif)",
    "article": "l'article qui décide",
    "goes": "les informations qui peuvent partir",
    "stays": "les informations qui doivent rester",
    "first": "la règle qui dit ce qu'on fait d'abord, ou sous quelle forme (facultatif)",
    "origin": "où vous avez lu la réponse",
}
"""What each key of a decision is for."""
_MOST = 10
"""Informations to sort in one decision, at most: what a trainee can hold in mind."""


@dataclass(frozen=True, slots=True)
class _Choice(Strict):
    """One decision as its file tells it; `DECISION_KEYS` says what each key is for."""

    stage: int
    question: str
    flow: str
    on: date
    facts: dict[str, str]
    outcome: Outcome
    article: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    origin: str
    governing: str | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class _Told(Strict):
    """One scenario as its file tells it, its decisions apart; `KEYS` says what each key is for."""

    title: str
    level: int
    stages: tuple[str, ...]
    lesson: str
    pair: str | None = None


_T = TypeVar("_T")
_TOLD: TypeAdapter[_Told] = TypeAdapter(_Told)
_CHOICE: TypeAdapter[_Choice] = TypeAdapter(_Choice)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The scenario of one file; None where there is a problem."""

    name: str
    scenario: Scenario | None
    problems: tuple[Problem, ...] = ()


def read_scenario(base: KnowledgeBase, flows: Mapping[str, Flow], pack: str, name: str, file: YamlFile) -> ScenarioFile:
    """
    Read one scenario.

    Args:
        base: the law, for the ids.
        flows: the flows that a decision can name.
        pack: the id of its pack.
        name: its own name, without its pack.
        file: what its file holds.

    """
    reader = _Reader(base, flows, file)
    scenario = reader.scenario(pack, name)
    problems = tuple(sorted({*file.problems, *reader.problems}))
    return ScenarioFile(file.name, None if problems else scenario, problems)


class _Reader:
    def __init__(self, base: KnowledgeBase, flows: Mapping[str, Flow], file: YamlFile) -> None:
        self._base = base
        self._flows = flows
        self._file = file
        self.problems: list[Problem] = []

    def scenario(self, pack: str, name: str) -> Scenario | None:
        data = self._file.data
        if not isinstance(data, dict):
            if not self._file.problems:
                self._wrong((), f"un scénario s'écrit « clé: valeur » ; clés : {', '.join(KEYS)}")
            return None
        rest: dict[str, Data] = {key: value for key, value in data.items() if key != "decisions"}
        told = self._read(_TOLD, (), rest, list(KEYS))
        if "decisions" not in data:
            self._wrong((), "la clé « decisions » manque ; ajoutez-la, avec au moins un tiret")
        rows = data.get("decisions", [])
        if not isinstance(rows, list) or (not rows and "decisions" in data):
            self._wrong(("decisions",), "attend une liste, une décision par tiret")
            rows = []
        choices = [self._read(_CHOICE, ("decisions", i), row, list(DECISION_KEYS)) for i, row in enumerate(rows)]
        if told is None:
            return None
        self._check(told)
        id_ = f"{pack}/{name}"
        decisions = [
            self._decision(id_, i, choice, len(told.stages)) for i, choice in enumerate(choices) if choice is not None
        ]
        return Scenario(
            id_,
            pack,
            french(told.title),
            told.level,
            tuple(map(french, told.stages)),
            tuple(decisions),
            french(told.lesson),
            told.pair if told.pair is None or "/" in told.pair else f"{pack}/{told.pair}",
            self._file.name,
        )

    def _read(self, adapter: TypeAdapter[_T], path: Path, data: Data, keys: list[str]) -> _T | None:
        if not isinstance(data, dict):
            self._wrong(path, f"s'écrit « clé: valeur » ; clés : {', '.join(keys)}")
            return None
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            self.problems.extend(_spaced(explain(self._file, error, path, keys)))
            return None

    def _check(self, told: _Told) -> None:
        if told.level not in LEVELS:
            self._wrong(("level",), f"« {told.level} » n'est pas un niveau ; écrivez 1, 2 ou 3")
        if not told.stages:
            self._wrong(("stages",), "attend au moins une étape de l'histoire, par un tiret")
        for key in ("title", "lesson"):
            if not getattr(told, key).strip():
                self._wrong((key,), "est vide ; écrivez une phrase")

    def _decision(self, id_: str, i: int, choice: _Choice, stages: int) -> Decision:
        path: Path = ("decisions", i)
        if not 1 <= choice.stage <= stages:
            self._wrong(
                (*path, "stage"), f"l'étape {choice.stage} n'existe pas ; il y en a {stages}, comptées depuis 1"
            )
        flow = self._flows.get(choice.flow)
        if flow is None:
            said = f"parcours inconnu « {shown(choice.flow)} » ; parcours : {either(self._flows)}"
            self._wrong((*path, "flow"), said)
        else:
            for fact, value in choice.facts.items():
                wrong = wrong_answer(self._base, flow, fact, value) or not_offered(flow, fact, value)
                if wrong is not None:
                    self._wrong((*path, "facts", fact), wrong)
        self._known((*path, "article"), [choice.article], self._base.articles, "article", "motus articles")
        for key, norm in (("governing", choice.governing), ("first", choice.first)):
            self._known((*path, key), [norm] if norm else [], self._base.norms, "règle", "motus norms")
        self._sorted(path, choice)
        case = Case(
            id_ if i == 0 else f"{id_}#{i + 1}",
            french(choice.question),
            choice.flow,
            choice.on,
            choice.facts,
            Expected(choice.outcome, choice.governing, (choice.article,)),
            choice.origin,
            self._file.name,
            self._file.line(path),
        )
        expected = Expectation(choice.article, choice.goes, choice.stays, choice.first)
        return Decision(choice.stage, french(choice.question), case, expected)

    def _sorted(self, path: Path, choice: _Choice) -> None:
        """Check the information to sort: known, each once, and few enough."""
        known = {v.id: v for v in self._base.facts["information"].values if v.id != "ensemble"}
        for key in ("goes", "stays"):
            self._known((*path, key), getattr(choice, key), known, "information", "motus facts")
        every = (*choice.goes, *choice.stays)
        for twice in sorted({one for one in every if every.count(one) > 1}):
            self._wrong(path, f"« {twice} » est deux fois dans goes et stays ; gardez-la une fois")
        if not 2 <= len(every) <= _MOST:
            said = f"goes et stays nomment {len(every)} informations ; il en faut de 2 à {_MOST} à elles deux"
            self._wrong(path, said)

    def _known(self, path: Path, ids: Iterable[str], known: Mapping[str, object], kind: str, command: str) -> None:
        for id_ in ids:
            if id_ not in known:
                near = get_close_matches(id_, list(known), n=2, cutoff=0.5)
                right = f"peut-être {either(near)}" if near else f"« {command} » les liste"
                self._wrong(path, f"{kind} qui n'existe pas « {shown(id_)} » ; {right}")

    def _wrong(self, path: Path, message: str) -> None:
        named = ".".join(p for p in path if isinstance(p, str) and p != "decisions")
        said = f"{named} : {message}" if named else message
        self.problems.append(Problem(self._file.name, self._file.line(path), french(said)))


def _spaced(problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield Problem(problem.file, problem.line, french(problem.message))
