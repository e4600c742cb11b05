"""
The picture of `docs/architecture.md`, drawn from the imports: folders as boxes, imports as arrows.

Run with `.venv/bin/python -m docs.picture` (`make docs`). What grimp, the engine of the import contracts, reads is
written as Mermaid text, which a forge draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from grimp import ImportGraph, build_graph

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("bot", "flows", "knowledge")
COMMAND = {"bot.__main__", "bot.main"}
"""The files of `bot` that open every channel; its other files are what the channels stand on."""

_BEGIN, _END = "<!-- drawn by `make docs` -->", "<!-- until here -->"


def box_of(module: str) -> str:
    """
    Return the box in which a module is drawn: its folder.

    >>> box_of("knowledge.answering.day"), box_of("flows.token"), box_of("bot.app"), box_of("bot.main")
    ('knowledge/answering', 'flows/*.py', 'bot/*.py', 'bot/main.py')
    """
    if module in COMMAND:
        return "bot/main.py"
    folder = "/".join(module.split(".")[:2])
    return folder if "/" in folder and (ROOT / folder).is_dir() else f"{module.split('.', maxsplit=1)[0]}/*.py"


def boxes() -> ImportGraph:
    """Return the imports between boxes, read from the code of today."""
    modules = build_graph(*PACKAGES, cache_dir=None)
    drawn = ImportGraph()
    for module in sorted(modules.modules):
        drawn.add_module(box_of(module))
        for other in modules.find_modules_directly_imported_by(module):
            if box_of(module) != box_of(other):
                drawn.add_import(importer=box_of(module), imported=box_of(other))
    return drawn


def arrows(graph: ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield the imports that no longer way through other boxes says already."""
    for one, other in _imports(graph):
        graph.remove_import(importer=one, imported=other)
        if not graph.chain_exists(one, other):
            yield one, other
        graph.add_import(importer=one, imported=other)


def _imports(graph: ImportGraph) -> list[tuple[str, str]]:
    return [(a, b) for a in sorted(graph.modules) for b in sorted(graph.find_modules_directly_imported_by(a))]


def drawing(graph: ImportGraph) -> Iterator[str]:
    """Yield the lines of the picture, then of the list of every import."""
    yield from ("```mermaid", "flowchart TD")
    for package in PACKAGES:
        yield f"  subgraph {package}"
        yield from (f'    {_id(b)}["{b}"]' for b in sorted(graph.modules) if b.split("/")[0] == package)
        yield "  end"
    yield from (f"  {_id(one)} --> {_id(other)}" for one, other in arrows(graph))
    yield from ("```", "", "Every import, folder by folder:", "")
    for box in sorted(graph.modules):
        yield f"- `{box}`: {_list(graph.find_modules_directly_imported_by(box))}"


def _id(box: str) -> str:
    return re.sub(r"\W+", "_", box)


def _list(found: Iterable[str]) -> str:
    return ", ".join(f"`{b}`" for b in sorted(found)) or "nothing"


def renewed(page: str) -> str:
    """Return the page with the picture of today."""
    before, rest = page.split(_BEGIN)
    after = rest.split(_END)[1]
    return "\n".join((f"{before}{_BEGIN}", *drawing(boxes()), f"{_END}{after}"))


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
