"""The answers of a script: a YAML mapping from fact id to value id, read strictly."""

from __future__ import annotations

from bot.app import App
from bot.errors import Refused
from bot.files import read_text
from flows import Flow
from flows.vocabulary import wrong_answer
from knowledge.model.errors import Problem
from knowledge.model.typography import french
from knowledge.reading import YamlFile, parse


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
    name, text = read_text(source)
    file = parse(name, text) if text.strip() else YamlFile(name, {})
    problems = list(file.problems)
    given: dict[str, str] = {}
    if isinstance(file.data, dict):
        for fact_id, value in file.data.items():
            said = wrong_answer(app.base, flow, fact_id, value)
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
