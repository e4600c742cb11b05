"""Say in French what a schema refused, with the line and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from knowledge.model.errors import Problem
from knowledge.reading.yaml_file import Path, YamlFile

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


def explain(file: YamlFile, error: ValidationError, at: Path, allowed: list[str]) -> Iterator[Problem]:
    """
    Turn each error of a schema into a problem of `file`.

    Args:
        file: where the data was written.
        error: what the schema refused.
        at: the path of the data inside the file.
        allowed: the keys admitted at the top of the data.

    """
    for detail in error.errors(include_url=False):
        loc = tuple(p for p in detail["loc"] if not (isinstance(p, str) and p.startswith("function-")))
        key = str(loc[-1]) if loc else ""
        yield file.problem((*at, *loc), _say(detail, key, allowed if len(loc) == 1 else []))


_BY_KIND = {
    "missing": "la clé « {key} » manque ; ajoutez-la",
    "enum": "« {given} » n'est pas admis ; valeurs admises : {expected}",
    "date": "« {given} » n'est pas une date ; écrivez AAAA-MM-JJ, par exemple 2009-11-02",
    "int": "« {given} » n'est pas un nombre entier",
    "bool": "« {given} » n'est pas un oui ou un non ; écrivez true ou false",
    "tuple": "attend une liste, un élément par tiret",
    "string": "attend un texte, et il n'y en a pas",
    "dataclass": "attend des clés et des valeurs, sous la forme « clé: valeur »",
}
_UNKNOWN_KEY = {"unexpected_keyword_argument", "extra_forbidden"}


def _say(detail: ErrorDetails, key: str, allowed: list[str]) -> str:
    kind = detail["type"]
    if kind in _UNKNOWN_KEY:
        near = get_close_matches(key, allowed, n=1)
        known = f" ; clés admises : {', '.join(allowed)}" if allowed else ""
        return f"clé inconnue « {key} »" + (f" ; peut-être « {near[0]} »" if near else known)
    said = _BY_KIND.get(kind.split("_")[0], "valeur refusée : {message}")
    expected = str(detail.get("ctx", {}).get("expected")).replace(" or ", " ou ")
    return said.format(key=key, given=detail["input"], expected=expected, message=detail["msg"])
