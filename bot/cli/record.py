"""`motus ask --record FILE`: the walk just taken, added to a file of situations as `motus test` reads it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.app import App
from bot.errors import DATA, PENDING, Refused
from bot.files import read_text, replace_file
from flows import Session
from flows.exploring.appending import appended, without_cases
from flows.exploring.case_file import CaseFile, read_cases, wrong_name
from flows.exploring.cases import Case, expecting, play
from flows.vocabulary import not_offered
from knowledge.model.typography import french

_ORIGIN = "enregistré par « motus ask --record » : la réponse attendue est celle de l'outil, à vérifier"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that a case can join: its text, the cases that it holds, and the name of the next one."""

    path: Path
    text: str
    file: CaseFile
    name: str


def target(app: App, path: str, name: str | None) -> Target:
    """
    Read the file that a case is to join; one that is not there yet is empty.

    Args:
        app: the law, for what the file names.
        path: the file.
        name: of the new case; the first « situation-N » that is free by default.

    Raises:
        Refused: it is not a file of cases, with each line and what would be right; or the name cannot be taken.

    """
    if path == "-":
        raise Refused(french("« - » n'est pas un fichier ; par exemple : --record situations.yaml"))
    place = Path(path)
    text = "" if not place.is_symlink() and _absent(place) else read_text(path)[1]
    file = CaseFile(path) if without_cases(text) else read_cases(app.base, app.flows, path, text)
    if file.problems:
        last = f"{path} n'est pas un fichier de situations : rien n'y est ajouté."
        raise Refused([*(str(p) for p in file.problems), french(last)])
    taken = {case.id: case.line for case in file.cases} | dict.fromkeys(file.left_out, 0)
    if name is None:
        number = next(n for n in range(1, len(taken) + 2) if f"situation-{n}" not in taken)
        return Target(place, text, file, f"situation-{number}")
    said = wrong_name(name)
    if said is not None:
        raise Refused(french(f"--name {said}"))
    if name in taken:
        line = f", ligne {taken[name]}" if taken[name] else ""
        raise Refused(french(f"{path} a déjà une situation « {name} »{line} ; choisissez un autre nom"))
    return Target(place, text, file, name)


def record(app: App, path: str, name: str | None, walk: Session) -> None:
    """
    Add a walk to a file, whole or not at all, and say so on the standard error.

    Args:
        app: the law and the flows.
        path: the file.
        name: of the case; see `target`.
        walk: the flow, the day of law and the answers, in any order.

    Raises:
        Refused: there is no answer to expect, the file holds something else, or it cannot be written.

    """
    here = target(app, path, name)
    case = _case(app, here.name, walk)
    text = appended(here.text, case)
    again = read_cases(app.base, app.flows, path, text) if text is not None else here.file
    if text is None or again.problems or not _joined(here.file.cases, again.cases, case):
        said = f"{path} : ce fichier n'écrit pas un cas par tiret (« - id: … ») ; choisissez un autre fichier"
        raise Refused(french(said))
    replace_file(here.path.resolve(), text.encode("utf-8"))
    sys.stdout.flush()
    sys.stderr.write(french(f"Situation ajoutée : {path} ({case.id})") + "\n")


def _case(app: App, name: str, walk: Session) -> Case:
    flow, fixed = walk.flow, dict(app.flows[walk.flow].sets)
    facts = {fact: value for fact, value in walk.answers if fact not in fixed}
    strange = [said for f, v in facts.items() if (said := not_offered(app.flows[flow], f, v)) is not None]
    if strange:
        raise Refused([french(said) for said in strange])
    words = []
    for fact_id, value_id in facts.items():
        fact = app.conversation.question(flow, fact_id)
        value = fact.value(value_id)
        words.append(f"{fact.label} : {value.label if value is not None else 'on ne sait pas'}")
    says = french(" ; ".join(words) + ".") if words else french("Aucune réponse n'est donnée.")
    played = play(app.conversation, Case(name, says, flow, walk.on, facts))
    if played.missing:
        said = f"pas de situation sans réponse ; il manque d'abord : {', '.join(played.missing)}"
        raise Refused(french(said), PENDING)
    if played.advice is None:
        raise Refused(french(f"pas de situation sans réponse ; {played.silent}"), DATA)
    return Case(name, says, flow, walk.on, facts, expecting(played.advice), french(_ORIGIN))


def _joined(before: tuple[Case, ...], after: tuple[Case, ...], case: Case) -> bool:
    """Tell whether the file says what it said, and this case at its end."""
    last = after[-1]
    told = (last.id, last.flow, last.on, dict(last.facts), last.expected)
    return after[:-1] == before and told == (case.id, case.flow, case.on, dict(case.facts), case.expected)


def _absent(place: Path) -> bool:
    try:
        return not place.exists()
    except (OSError, ValueError):
        return False  # reading will say why
