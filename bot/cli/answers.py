"""The answers of a script: a YAML mapping from fact id to value id, read strictly."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from bot.app import App
from bot.errors import Refused
from bot.words.french import printable
from flows import Flow
from knowledge import INCONNU, Fact
from knowledge.model.errors import Problem
from knowledge.model.typography import french
from knowledge.reading.yaml_file import YamlFile, parse


def read_answers(app: App, flow: Flow, source: str) -> dict[str, str]:
    """
    Read the answers for a flow.

    Args:
        app: the law, for the ids.
        flow: the flow that they are for.
        source: a path, or `-` for the standard input.

    Raises:
        Refused: with everything wrong at once, each with its line and the nearest right ids.

    """
    name, text = _text(source)
    file = parse(name, text) if text.strip() else YamlFile(name, {})
    problems = list(file.problems)
    given: dict[str, str] = {}
    if isinstance(file.data, dict):
        for fact_id, value in file.data.items():
            said = _wrong(app, flow, fact_id, value)
            if said is not None:
                problems.append(Problem(name, file.line((fact_id,)), french(said)))
            elif isinstance(value, str):
                given[fact_id] = value
    elif not problems:
        said = "attend des couples « fait: valeur », par exemple « profession: educateur »"
        problems.append(Problem(name, 1, french(said)))
    if problems:
        raise Refused([str(p) for p in sorted(problems)])
    return given


def _text(source: str) -> tuple[str, str]:
    if source == "-":
        return "entrée standard", sys.stdin.read()
    try:
        return source, Path(source).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(french(f"{source} : ce fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8")) from None
    except OSError as error:
        raise Refused(french(f"{source} : ce fichier ne se lit pas ({_why(error)}) ; vérifiez le chemin")) from None


def _why(error: OSError) -> str:
    kinds = {
        FileNotFoundError: "il n'existe pas",
        IsADirectoryError: "c'est un dossier",
        PermissionError: "accès refusé",
    }
    return kinds.get(type(error), str(error.strerror))


def _wrong(app: App, flow: Flow, fact_id: str, value: object) -> str | None:
    """Say what is wrong with one answer, and what would be right."""
    fact = app.base.facts.get(fact_id)
    if fact is None:
        return _no_such_fact(app, fact_id)
    if not isinstance(value, str):
        return f"« {fact_id} » attend une seule valeur, par exemple « {fact_id}: {fact.values[0].id} »"
    if value == INCONNU and fact.find_out is None:
        return f"« {fact_id} » n'admet pas « inconnu » ; valeurs : {_or(_ids(fact))}"
    if value != INCONNU and fact.value(value) is None:
        near = get_close_matches(value, list(_ids(fact)), n=3, cutoff=0.4)
        known = f"peut-être {_or(near)}" if near else f"valeurs : {_or(_ids(fact))}"
        return f"valeur inconnue « {printable(value)} » pour « {fact_id} » ; {known}"
    fixed = dict(flow.sets).get(fact_id)
    if fixed is not None and fixed != value:
        return f"« {fact_id} » vaut « {fixed} » dans le parcours « {flow.id} » ; retirez cette ligne"
    return None


def _no_such_fact(app: App, fact_id: str) -> str:
    derived = app.base.derived.get(fact_id)
    if derived is not None:
        return f"« {fact_id} » ne se répond pas : l'outil le déduit ({derived.label}) ; retirez cette ligne"
    near = get_close_matches(fact_id, list(app.base.facts), n=3, cutoff=0.4)
    known = f"peut-être {_or(near)}" if near else "les faits s'affichent avec « motus facts »"
    return f"fait inconnu « {printable(fact_id)} » ; {known}"


def _ids(fact: Fact) -> Iterator[str]:
    yield from (v.id for v in fact.values)
    if fact.find_out is not None:
        yield INCONNU


def _or(ids: Iterable[str]) -> str:
    words = [f"« {i} »" for i in ids]
    return " ou ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
