"""YAML to condition: the closed set `all`, `any`, `not`, `fact: value`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from knowledge.model import ALWAYS, INCONNU, All, Any, Condition, DerivedFact, Fact, Is, Not
from knowledge.model.errors import Problem
from knowledge.reading.yaml_file import Data, Path, YamlFile

_YES_NO = ("oui", "non")


class ConditionReader:
    """Reads the conditions of one file and gathers every problem."""

    def __init__(self, file: YamlFile, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact]) -> None:
        self._file = file
        self._domains = {f.id: tuple(v.id for v in f.values) for f in facts.values()}
        self._domains.update(dict.fromkeys(derived, _YES_NO))
        self.problems: list[Problem] = []

    def read(self, path: Path, data: Data) -> Condition:
        """Return the condition at `path`; where it is wrong, a problem is kept and the rest still read."""
        if not isinstance(data, dict):
            self._wrong(path, "une condition s'écrit « fait: valeur », ou avec all, any, not")
            return ALWAYS
        items = tuple(self._entry((*path, key), key, value) for key, value in data.items())
        return items[0] if len(items) == 1 else All(items)

    def _entry(self, path: Path, key: str, value: Data) -> Condition:
        if key == "not":
            return Not(self.read(path, value))
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                self._wrong(path, "attend une liste de conditions, une par tiret")
                return ALWAYS
            items = tuple(self.read((*path, i), item) for i, item in enumerate(value))
            return All(items) if key == "all" else Any(items)
        return self._atom(path, key, value)

    def _atom(self, path: Path, fact: str, value: Data) -> Condition:
        if fact not in self._domains:
            self._wrong(path, f"fait inconnu « {fact} »{_nearest(fact, self._domains)}")
            return ALWAYS
        values = value if isinstance(value, list) else [value]
        if not values:
            self._wrong(path, "attend au moins une valeur")
        domain = self._domains[fact]
        for item in values:
            if item == INCONNU:
                self._wrong(
                    path, "« inconnu » ne s'écrit pas dans une condition : l'outil le traite toujours au plus prudent"
                )
            elif item not in domain:
                self._wrong(path, f"valeur inconnue « {item} » pour « {fact} »{_nearest(str(item), domain)}")
        return Is(fact, frozenset(str(v) for v in values))

    def _wrong(self, path: Path, message: str) -> None:
        self.problems.append(self._file.problem(path, message))


def _nearest(word: str, words: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(word, list(words), n=3, cutoff=0.5)
    if near:
        return " ; peut-être : " + ", ".join(near)
    return " ; valeurs admises : " + ", ".join(list(words)[:12])
