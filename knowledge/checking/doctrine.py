"""The doctrine: its numbers are well written, norms name only numbers that exist, old articles lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from knowledge.model import KnowledgeBase, Moved
from knowledge.model.errors import Problem
from knowledge.reading import Path, YamlFile

RULE = re.compile(r"[A-Z]-\d\d[a-z]?")
_DOCTRINE, _MOVED = "doctrine.yaml", "moved.yaml"


def check_doctrine(base: KnowledgeBase, files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """
    Yield what is wrong with the list of rules, with those who name a rule, and with the articles that moved.

    A base without `doctrine.yaml` has no rule to name, so nothing is said of the norms.

    Args:
        base: the parsed base.
        files: the parsed files by name, for the lines.

    """
    if _DOCTRINE in files:
        yield from _rules(base, files[_DOCTRINE])
        for norm in base.norms.values():
            yield from _named(base, norm.rules, files[f"norms/{norm.id}.yaml"], ())
    for moved in base.moved.values():
        yield from _moved(base, moved, files[_MOVED])
        if _DOCTRINE in files:
            yield from _named(base, moved.rules, files[_MOVED], (moved.id,))


def _rules(base: KnowledgeBase, file: YamlFile) -> Iterator[Problem]:
    for rule in base.doctrine.values():
        if not RULE.fullmatch(rule.id):
            yield file.problem(
                (rule.id,),
                f"« {rule.id} » n'est pas un numéro de règle ; écrivez une lettre et deux chiffres, comme Q-01",
            )
        if rule.reason is not None and rule.partly is not None:
            yield file.problem(
                (rule.id, "partly"),
                "« reason » dit qu'aucune norme ne porte la règle, « partly » qu'une norme la porte",
            )


def _named(base: KnowledgeBase, named: tuple[str, ...], file: YamlFile, at: Path) -> Iterator[Problem]:
    for i, rule in enumerate(named):
        if rule not in base.doctrine:
            near = get_close_matches(rule, list(base.doctrine), n=1)
            hint = f"peut-être « {near[0]} »" if near else f"inscrivez-la dans {_DOCTRINE}"
            yield file.problem((*at, "rules", i), f"règle inconnue « {rule} » ; {hint}")
        if rule in named[:i]:
            yield file.problem((*at, "rules", i), f"« {rule} » est déjà nommée ; une fois suffit")


def _moved(base: KnowledgeBase, moved: Moved, file: YamlFile) -> Iterator[Problem]:
    if moved.id.split("/", 1)[0] not in base.collections or "/" not in moved.id:
        known = ", ".join(base.collections)
        yield file.problem((moved.id,), f"« {moved.id} » : écrivez recueil/numéro ; recueils connus : {known}")
    if not moved.to:
        yield file.problem((moved.id, "to"), "dites au moins un article où le texte se trouve maintenant")
    for i, target in enumerate(moved.to):
        if target not in base.articles:
            yield file.problem(
                (moved.id, "to", i), f"article inconnu « {target} » ; un chemin sous articles/, comme csi/L132-5"
            )
