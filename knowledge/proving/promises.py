"""The promises of the project as data: what no answer may ever do, whatever the situation."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass

from knowledge.model import ALWAYS, Condition, KnowledgeBase, Outcome
from knowledge.model.errors import KnowledgeError, Problem
from knowledge.reading.condition_file import ConditionReader
from knowledge.reading.yaml_file import Data, YamlFile, read

FILE = "promises.yaml"
_VARIES, _NARROWS = {"title", "fact", "less", "more"}, {"where", "at"}
_RANKS = {o.value: o for o in Outcome if o is not Outcome.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class NeverMore:
    """
    Answering one of `less` to `fact`, instead of one of `more`, never lets more go, where `where` holds.

    `at` are the outcomes that count: none of them, or better, is reached with less that is not with more.
    """

    id: str
    title: str
    fact: str
    less: tuple[str, ...]
    more: tuple[str, ...]
    where: Condition = ALWAYS
    at: tuple[Outcome, ...] = (Outcome.CONDITIONAL,)


@dataclass(frozen=True, slots=True)
class Never:
    """Where `when` holds, nothing goes."""

    id: str
    title: str
    when: Condition


Promise = NeverMore | Never


def read_promises(base: KnowledgeBase, content: bytes) -> tuple[Promise, ...]:
    """
    Read the promises from the content of their file.

    Raises:
        KnowledgeError: with every problem, its line and what would be right.

    """
    file = read(FILE, content)
    problems = list(file.problems)
    if not problems and not isinstance(file.data, dict):
        problems.append(file.problem((), "attend une promesse par clé, sans tiret devant"))
    promises: list[Promise] = []
    for id_, data in (file.data if isinstance(file.data, dict) else {}).items():
        if not isinstance(data, dict) or not _well_shaped(data.keys()):
            right = "{title, fact, less, more}, avec where et at si besoin, ou {title, never}"
            problems.append(file.problem((id_,), f"une promesse s'écrit {right}"))
        elif "never" in data:
            reader = ConditionReader(file, base.facts, base.derived)
            promises.append(Never(id_, str(data["title"]), reader.read((id_, "never"), data["never"])))
            problems.extend(reader.problems)
        else:
            found = list(_values(base, file, id_, data))
            problems.extend(p for p in found if isinstance(p, Problem))
            less, more = (tuple(v for k, v in (f for f in found if isinstance(f, tuple)) if k == s) for s in _SIDES)
            at, wrong = _ranks(file, id_, data)
            where, ill = _where(base, file, id_, data)
            problems.extend((*wrong, *ill))
            promises.append(NeverMore(id_, str(data["title"]), str(data["fact"]), less, more, where, at))
    if problems:
        raise KnowledgeError(problems)
    return tuple(promises)


_SIDES = ("less", "more")


def _well_shaped(keys: KeysView[str]) -> bool:
    return keys == {"title", "never"} or (keys >= _VARIES and keys - _VARIES <= _NARROWS)


def _where(base: KnowledgeBase, file: YamlFile, id_: str, data: Mapping[str, Data]) -> tuple[Condition, list[Problem]]:
    """Read what narrows a promise: other questions, never what norms establish, which changes with the day."""
    if "where" not in data:
        return ALWAYS, []
    others = {i: f for i, f in base.facts.items() if i != data["fact"]}
    reader = ConditionReader(file, others, {})
    return reader.read((id_, "where"), data["where"]), reader.problems


def _ranks(file: YamlFile, id_: str, data: Mapping[str, Data]) -> tuple[tuple[Outcome, ...], list[Problem]]:
    if "at" not in data:
        return (Outcome.CONDITIONAL,), []
    given = data["at"] if isinstance(data["at"], list) else [data["at"]]
    known = ", ".join(_RANKS)
    wrong = [v for v in given if v not in _RANKS]
    problems = [file.problem((id_, "at"), f"réponse inconnue « {v} » ; réponses admises : {known}") for v in wrong]
    return tuple(_RANKS[v] for v in given if v in _RANKS), problems


def _values(
    base: KnowledgeBase, file: YamlFile, id_: str, data: Mapping[str, Data]
) -> Iterator[Problem | tuple[str, str]]:
    fact = base.facts.get(str(data["fact"]))
    if fact is None:
        yield file.problem((id_, "fact"), f"fait inconnu « {data['fact']} »")
        return
    known = [v.id for v in fact.values]
    for side in _SIDES:
        given = data[side]
        for value in given if isinstance(given, list) else [given]:
            if value not in known:
                right = ", ".join(known[:12])
                yield file.problem((id_, side), f"valeur inconnue « {value} » ; valeurs admises : {right}")
            yield side, str(value)
