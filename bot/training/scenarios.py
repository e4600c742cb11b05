"""`motus scenario list`, `new` and `test`: what a trainer who has never coded writes scenarios with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.app import App, open_app
from bot.clock import today
from bot.errors import Refused
from bot.files import read_text, write_text
from bot.training.packs import all_packs, named
from bot.training.train import TEMPLATES
from bot.words.french import printable
from bot.words.terminal import terminal_renderer
from flows.training.answers import problems
from flows.training.load import TITLES
from flows.training.model import Pack, Scenario
from flows.training.scenario_file import read_scenario
from knowledge import Problem
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, parse

DIFFERS = 1


def show_list(pack: str | None, *, plain: bool) -> None:
    """
    Print the scenarios, by pack.

    Raises:
        Refused: there is no such pack.

    """
    packs = all_packs(open_app())
    shown = [named(packs, pack)] if pack is not None else list(packs.values())
    sys.stdout.write(terminal_renderer(TEMPLATES, plain=plain)("list", packs=shown))


def write_new(name: str) -> None:
    """
    Write a scenario to start from: short, explained line by line, and right as it is.

    Raises:
        Refused: the file is there already, its name would not be read, or it cannot be written.

    """
    path = Path(name)
    if path.suffix != SUFFIX:
        raise Refused(french(f"« {printable(name)} » : donnez un nom qui finit par {SUFFIX}"))
    if path.exists():
        raise Refused(french(f"« {printable(name)} » existe déjà ; donnez un autre nom"))
    start = (TEMPLATES / "nouveau.yaml").read_text(encoding="utf-8")
    write_text(name, start.replace("AAAA-MM-JJ", today().isoformat()))
    said = f"« {printable(name)} » est écrit. Changez-le, puis : motus scenario test {printable(name)}"
    sys.stdout.write(french(said) + "\n")


def show_test(names: Iterable[str]) -> int:
    """
    Say of each scenario whether the law answers as its author expects, and what differs.

    Returns:
        0 where all is as expected, else 1.

    Raises:
        Refused: a file cannot be read, or is no scenario, with every problem and its line.

    """
    app = open_app()
    mine = tuple(_read(app, tuple(names)))
    shipped = {s.id: s for pack in all_packs(app).values() for s in pack.scenarios}
    known = {**shipped, **{s.id: s for s in mine}}
    every = Pack("", "", tuple(known.values()))
    wrong = sorted(problems(app.conversation, [every], {s.id for s in mine}))
    for problem in wrong:
        sys.stdout.write(f"{problem}\n")
    many = "s" if len(mine) > 1 else ""
    good = f"{len(mine)} scénario{many} : le droit répond comme attendu."
    bad = "Relisez l'article, puis corrigez le scénario, ou signalez une erreur du droit."
    sys.stdout.write(french(bad if wrong else good) + "\n")
    return DIFFERS if wrong else 0


def _read(app: App, names: tuple[str, ...]) -> Iterator[Scenario]:
    found: list[Problem] = []
    for name in names:
        path = Path(name)
        if path.name == TITLES:
            continue
        file, text = read_text(name)
        pack = path.resolve().parent.name
        one = read_scenario(app.base, app.flows, pack, path.name.removesuffix(SUFFIX), parse(file, text))
        found.extend(one.problems)
        if one.scenario is not None:
            yield one.scenario
    if found:
        many = "s" if len(found) > 1 else ""
        last = french(f"{len(found)} problème{many} : rien n'est essayé tant qu'il en reste un.")
        raise Refused([*(str(p) for p in sorted(found)), last])
