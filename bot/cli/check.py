"""`motus check` and `motus compile`: read the sources again, whatever was compiled."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date

from bot import compiled
from bot.app import read_law, refused
from bot.cli.promises import promised
from bot.errors import DATA, Refused
from flows import Conversation, Flow, FlowError
from flows.training.answers import problems
from flows.training.load import load
from flows.training.model import Pack
from knowledge import KnowledgeBase
from knowledge.answering import address, own_page
from knowledge.model.typography import french


def show_check() -> None:
    """
    Print the counts and the texts that are missing.

    Raises:
        Refused: with every problem.

    """
    base, flows = read_law(compiled.sources())
    packs = checked(base, flows)
    promises = promised(base)
    versions = sum(len(a.versions) for a in base.articles.values())
    states = sum(len(f.states) for f in flows.values())
    missing = [a for a in base.articles.values() if not a.versions]
    lines = [
        f"Rien à signaler : {len(base.articles)} articles, {versions} versions, {len(base.norms)} règles, "
        f"{len(base.facts)} faits, {len(flows)} parcours, {states} états, {len(promises)} promesses.",
        f"Scénarios : {sum(len(p.scenarios) for p in packs)} en {len(packs)} paquets ; le droit répond comme attendu.",
        *links(base),
        *(f"Texte manquant : {a.id} — {a.title}" for a in missing),
    ]
    sys.stdout.write("".join(french(line) + "\n" for line in lines))


def checked(base: KnowledgeBase, flows: Mapping[str, Flow]) -> tuple[Pack, ...]:
    """
    Return the packs of scenarios, each answered by the law as its author expects.

    Raises:
        Refused: with every problem, of the files and of the answers.

    """
    try:
        packs = tuple(load(base, flows).values())
    except FlowError as error:
        raise refused(error.problems) from None
    differing = sorted(problems(Conversation(base, flows), packs))
    if differing:
        said = (
            "Le droit et ces scénarios ne disent plus la même chose : relisez l'article, puis corrigez l'un ou l'autre."
        )
        raise Refused([*map(str, differing), french(said)], DATA)
    return packs


def links(base: KnowledgeBase) -> Iterator[str]:
    """Yield how many wordings lead to their own page, how many only to their code of the day, and how many to none."""
    every = [(a, v) for a in base.articles.values() for v in a.versions if v.text is not None]
    own = sum(own_page(a, v) is not None for a, v in every)
    dated = sum(_dated(address(a, v, v.start), v.start) for a, v in every)
    yield (
        f"Adresses : {own} rédactions ont leur page. Les autres mènent à leur code ou à leur loi au jour demandé "
        f"({dated}), à une page sans date ou à aucune ({len(every) - own - dated})."
    )


def _dated(link: str | None, on: date) -> bool:
    return link is not None and link.endswith(on.isoformat())


def show_compile() -> None:
    """
    Write the compiled copy and say where.

    Raises:
        Refused: the sources are refused.

    """
    found = compiled.sources()
    place = compiled.write(read_law(found), found.identity)
    said = f"Copie compilée : {place}" if place else "Rien n'a pu être écrit : l'outil lira les sources à chaque fois."
    sys.stdout.write(french(said) + "\n")
