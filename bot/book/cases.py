"""The book: the tested situations of a folder, played at the law of their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app import App
from bot.book.model import anchor
from bot.book.tables import all_else_unknown
from bot.book.views import Case
from bot.errors import DATA, Refused
from bot.words.french import OUTCOMES
from bot.words.french import day as write_day
from knowledge import INCONNU
from knowledge.answering import reply, weigh
from knowledge.answering.completions import completions
from knowledge.model.errors import NoNormError, Problem
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, Data, read, read_folder


@dataclass(frozen=True, slots=True)
class Played:
    """A situation, and the norms that decide it or stand beside what decides."""

    case: Case
    norms: tuple[str, ...]


def play(app: App, folder: Path) -> tuple[Played, ...]:
    """
    Play every situation of a folder.

    Raises:
        Refused: there is no such folder, or one of its files does not hold situations.

    """
    if not folder.is_dir():
        raise Refused(french(f"« {folder} » n'est pas un dossier : donnez celui des cas, par exemple tests/cases"))
    found = read_folder(folder)
    deep = [
        Problem(n, 0, "les cas n'ont pas de sous-dossier ; mettez-le avec les autres")
        for n, _ in found.files
        if "/" in n
    ]
    if found.problems or deep:
        raise Refused([french(str(p)) for p in (*found.problems, *deep)], DATA)
    return tuple(played for name, content in found.files for played in _file(app, name, content))


def _file(app: App, name: str, content: bytes) -> Iterator[Played]:
    file = read(name, content)
    if file.problems or not isinstance(file.data, list):
        said = [str(p) for p in file.problems] or [str(file.problem((), "attendu : une liste de cas"))]
        raise Refused([french(line) for line in said], DATA)
    seen: set[str] = set()
    for i, case in enumerate(file.data):
        try:
            played = _play(app, name.removesuffix(SUFFIX), case)
        except (KeyError, ValueError, TypeError, NoNormError) as error:
            wrong = f"ce cas ne se lit pas ({error}) ; il lui faut id, says, flow, on et facts"
            raise Refused(french(str(file.problem((i,), wrong))), DATA) from None
        if played.case.id in seen:
            twice = f"« {played.case.id} » nomme déjà un autre cas de ce fichier ; donnez-lui un autre id"
            raise Refused(french(str(file.problem((i, "id"), twice))), DATA)
        seen.add(played.case.id)
        yield played


def _play(app: App, stem: str, case: Data) -> Played:
    if not isinstance(case, dict) or not isinstance(case["facts"], dict):
        raise TypeError("facts")
    base = app.base
    for fact, value in case["facts"].items():
        known = base.facts.get(fact)
        if known is None or (value != INCONNU and known.value(str(value)) is None):
            raise ValueError(f"fait ou valeur inconnus « {fact}: {value} »")
    on = date.fromisoformat(str(case["on"]))
    given = {**dict(app.flows[str(case["flow"])].sets), **{k: str(v) for k, v in case["facts"].items()}}
    facts = all_else_unknown(base, given)
    possible = completions(base, facts, on)
    whole = reply(possible.pieces)
    if whole is None:
        raise NoNormError("aucune règle ne répond")
    answers = [r for piece in possible.pieces for r in piece.by_matter.items()]
    answered = {matter for matter, _ in answers}
    weighing = weigh(possible.law, facts)
    standing = [i for i, w in weighing.norms.items() if w.stands and w.dated.norm.matter in answered]
    heard = dict.fromkeys([whole.norm, *sorted({r.norm for _, r in answers}), *standing])
    id_ = str(case["id"])
    told = Case(anchor("cas", f"{stem}-{id_}"), id_, str(case["says"]), write_day(on), OUTCOMES[whole.outcome])
    return Played(told, tuple(heard))
