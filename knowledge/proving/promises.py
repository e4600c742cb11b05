"""The promises of the project as data: what no answer may ever do, whatever the situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.model import Condition, KnowledgeBase
from knowledge.model.errors import KnowledgeError, Problem
from knowledge.reading.condition_file import ConditionReader
from knowledge.reading.yaml_file import Data, YamlFile, read

FILE = "promises.yaml"
_SHAPES = ({"title", "fact", "less", "more"}, {"title", "never"})


@dataclass(frozen=True, slots=True)
class NeverMore:
    """Answering one of `less` to `fact`, instead of one of `more`, never lets more go."""

    id: str
    title: str
    fact: str
    less: tuple[str, ...]
    more: tuple[str, ...]


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
        if not isinstance(data, dict) or data.keys() not in _SHAPES:
            problems.append(file.problem((id_,), "une promesse s'écrit {title, fact, less, more} ou {title, never}"))
        elif "never" in data:
            reader = ConditionReader(file, base.facts, base.derived)
            promises.append(Never(id_, str(data["title"]), reader.read((id_, "never"), data["never"])))
            problems.extend(reader.problems)
        else:
            found = list(_values(base, file, id_, data))
            problems.extend(p for p in found if isinstance(p, Problem))
            less, more = (tuple(v for k, v in (f for f in found if isinstance(f, tuple)) if k == s) for s in _SIDES)
            promises.append(NeverMore(id_, str(data["title"]), str(data["fact"]), less, more))
    if problems:
        raise KnowledgeError(problems)
    return tuple(promises)


_SIDES = ("less", "more")


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
