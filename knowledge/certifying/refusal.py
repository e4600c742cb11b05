"""Why a certificate is refused, in French, line by line. It only words what the checker has decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from knowledge.certifying.checker import FORMAT, Tree, certify, derive, sealed
from knowledge.model import INCONNU, KnowledgeBase

_LIMIT = 1_000_000


def refusals(base: KnowledgeBase, text: str) -> tuple[str, ...]:
    """
    Say what is wrong with a certificate, and what would be right.

    Args:
        base: the law it is checked against.
        text: the whole file.

    Returns:
        One sentence per thing wrong, with its field or its line; none where the certificate is valid.

    """
    if len(text) > _LIMIT:
        return (f"ce fichier est trop long pour un certificat : plus de {_LIMIT} signes",)
    if certify(base, text):
        return ()
    try:
        given = json.loads(text)
        return tuple(_wrong(base, text, given))
    except (ValueError, RecursionError):
        return ("ce fichier ne se lit pas comme du JSON : il faut un certificat, tel que « motus ask » l'a écrit",)


def _wrong(base: KnowledgeBase, text: str, given: object) -> Iterator[str]:
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        yield f"« format » : il faut « {FORMAT} », seul certificat que cet outil sait lire"
    elif given.get("base") != base.digest:
        entire = text == sealed({key: value for key, value in given.items() if key != "seal"})
        said = "personne n'y a touché depuis" if entire else "et le fichier a été modifié depuis"
        yield f"« base » : établi sur une autre version de la base, {said} ; celle d'ici est « {base.digest} »"
    elif wrong := list(_wrong_answers(base, given)):
        yield from wrong
    else:
        try:
            right = derive(base, date.fromisoformat(given["on"]), tuple(given["facts"].items()))
        except ValueError as error:
            yield f"« facts » : {error}"
            return
        yield from _differences(text.split("\n"), right.split("\n"))


def _wrong_answers(base: KnowledgeBase, given: Tree) -> Iterator[str]:
    on, facts = given.get("on"), given.get("facts")
    try:
        date.fromisoformat(on if isinstance(on, str) else "")
    except ValueError:
        yield "« on » : il faut le jour du droit, écrit AAAA-MM-JJ"
    if not isinstance(facts, dict):
        yield "« facts » : il faut les réponses, une par question"
        return
    for name, value in facts.items():
        fact = base.facts.get(name)
        if fact is None:
            yield f"« facts » : aucune question ne s'appelle « {name} » ; il faut retirer cette ligne"
            continue
        ids = [v.id for v in fact.values] + ([INCONNU] if fact.find_out is not None else [])
        if value not in ids:
            yield f"« facts » : « {name} » ne peut pas valoir « {value} » ; il faut {' ou '.join(ids)}"


def _differences(given: list[str], right: list[str]) -> Iterator[str]:
    """Compare line by line. Where only the seal differs, an answer or the day was changed for another as good."""
    for kind, i, j, k, n in SequenceMatcher(None, given, right, autojunk=False).get_opcodes():
        written, due = (" ".join(line.strip() for line in part) for part in (given[i:j], right[k:n]))
        if kind == "equal":
            continue
        if written == due:
            yield f"ligne {i + 1} : les espaces ou les fins de ligne ne sont pas ceux que l'outil écrit"
        elif j - i == n - k == 1 and written.startswith('"seal"') and due.startswith('"seal"'):
            yield f"ligne {i + 1} : le sceau n'est pas celui de ces réponses et de ce jour ; il faut « {due} »"
        elif not due:
            yield f"ligne {i + 1} : « {written} » est en trop"
        elif not written:
            yield f"ligne {i + 1} : il manque « {due} »"
        else:
            yield f"ligne {i + 1} : « {written} » est écrit ; il faut « {due} »"
