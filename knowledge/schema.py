"""Say in French what a schema refused, with the line and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from knowledge.errors import Problem
from knowledge.yamlfile import Path, YamlFile

if TYPE_CHECKING:
    from pydantic import ValidationError


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
        path: Path = (*at, *loc)
        yield file.problem(path, _say(detail["type"], str(loc[-1]) if loc else "", detail, allowed if len(loc) == 1 else []))


def _say(kind: str, key: str, detail: object, allowed: list[str]) -> str:
    context = detail.get("ctx", {}) if isinstance(detail, dict) else {}
    given = detail.get("input") if isinstance(detail, dict) else None
    if kind == "missing":
        return f"la clé « {key} » manque ; ajoutez-la"
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        near = get_close_matches(key, allowed, n=1)
        hint = f" ; peut-être « {near[0]} »" if near else f" ; clés admises : {', '.join(allowed)}" if allowed else ""
        return f"clé inconnue « {key} »{hint}"
    if kind in ("enum", "literal_error"):
        return f"« {given} » n'est pas admis ; valeurs admises : {context.get('expected')}"
    if kind.startswith("date"):
        return f"« {given} » n'est pas une date ; écrivez AAAA-MM-JJ, par exemple 2009-11-02"
    if kind.startswith("int"):
        return f"« {given} » n'est pas un nombre entier"
    if kind.startswith("bool"):
        return f"« {given} » n'est pas un oui ou un non ; écrivez true ou false"
    if kind in ("tuple_type", "list_type"):
        return "attend une liste, un élément par tiret"
    if kind == "string_type":
        return "attend un texte, et il n'y en a pas"
    if kind in ("dataclass_type", "dataclass_exact_type", "dict_type"):
        return "attend des clés et des valeurs, sous la forme « clé: valeur »"
    return f"valeur refusée : {detail.get('msg') if isinstance(detail, dict) else kind}"
