"""The house is as its page says: the picture is that of the imports, and what a page names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from grimp import ImportGraph

from docs.picture import PACKAGES, PAGE, arrows, boxes, drawing, renewed
from knowledge import KnowledgeBase

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    p.relative_to(ROOT).as_posix()
    for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/**/*.md"))
)
LINKED = re.compile(r"\]\((?!https:|#)([^)#]+)")
QUOTED = re.compile(r"`([^`\s]+)`")
FILE = re.compile(r"[^/]+\.(py|yaml|md|toml|lock|json|j2|typ|svg)|.+/.*")
"""What looks like a file or a folder; the rest is a key, a command or a value."""
CODE = [p.relative_to(ROOT) for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]
ROOMS = [".".join(p.parent.parts) for p in CODE if p.name == "__init__.py" and len(p.parts) == 3]


def _named(page: str) -> Iterator[tuple[str, str]]:
    """Yield each file or folder that a page names, with its paragraph or row; blocks of code are run elsewhere."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for part in re.split(r"\n\n|\n(?=\|)", text):
        for name in (*LINKED.findall(part), *QUOTED.findall(part)):
            if FILE.fullmatch(name) and not name.startswith(("/", ".", "http")):
                yield name, part


def _there(name: str, part: str, page: str, ids: set[str]) -> bool:
    """Tell whether a name leads somewhere: from the root, beside the page, in a folder named near it, or in the law."""
    pattern = re.sub(r"<\w+>|…", "*", name).rstrip("/")
    folders = [ROOT / q for q in QUOTED.findall(part) if q.endswith("/")]
    return name in ids or any(
        place.is_dir() and any(place.glob(pattern)) for place in (ROOT, (ROOT / page).parent, *folders)
    )


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str, base: KnowledgeBase) -> None:
    """Every file, folder, norm and article that a page names exists."""
    ids = {*base.norms, *base.articles, *base.moved}

    assert [name for name, part in _named(page) if not _there(name, part, page, ids)] == []


def test_pages_name_files() -> None:
    """The search above finds what it should: it would pass over an empty list too."""
    assert {"CONTRIBUTING.md", "docs/architecture.md", "tests/boundaries/README.md"} <= set(PAGES)
    assert len(list(_named("docs/architecture.md"))) > 60
    assert not _there("knowledge/certify.py", "", "README.md", set())


def test_the_picture_is_that_of_the_imports() -> None:
    """An import between two folders appeared or vanished: run `make docs`, and read the difference."""
    page = PAGE.read_text(encoding="utf-8")

    assert page == renewed(page)


@pytest.mark.parametrize(
    ("importer", "imported"), [("bot/book", "bot/telegram"), ("knowledge/answering", "knowledge/reading")]
)
def test_an_import_more_changes_the_picture(importer: str, imported: str) -> None:
    """An arrow that no other way said already is drawn, and listed."""
    graph = boxes()
    before = list(drawing(graph))
    graph.add_import(importer=importer, imported=imported)

    assert (importer, imported) in set(arrows(graph))
    assert set(drawing(graph)) - set(before)


def test_an_import_less_changes_the_list() -> None:
    """Even one that a longer way says too."""
    graph = boxes()
    before = list(drawing(graph))
    graph.remove_import(importer="bot/book", imported="knowledge/reading")

    assert set(before) - set(drawing(graph))


def test_a_longer_way_is_drawn_and_not_its_short_cut() -> None:
    """The picture stays legible: what two arrows say needs no third."""
    graph = ImportGraph()
    for one, other in (("a", "b"), ("b", "c"), ("a", "c")):
        graph.add_import(importer=one, imported=other)

    assert set(arrows(graph)) == {("a", "b"), ("b", "c")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_says_in_three_lines_what_the_room_is_for(room: str) -> None:
    """A newcomer reads the door, not the room."""
    said = ast.get_docstring(ast.parse((ROOT / room.replace(".", "/") / "__init__.py").read_text(encoding="utf-8")))

    assert said is not None
    assert 1 <= len([line for line in said.split("\n") if line.strip()]) <= 3


def _taken(file: Path, room: str) -> Iterator[tuple[str, str]]:
    """Yield what a file outside a room takes from it: the module it names, and the name."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(f"{room}."):
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_outside_a_room_only_its_public_names_are_used(room: str) -> None:
    """
    No underscore, and, where the door exports names, only those.

    A file that the door names is open whole; and a door cannot export what is named as its own file
    (`phrases.phrases`): such a name is public too.
    """
    door = import_module(room)
    exported = set(getattr(door, "__all__", ()))
    named = set(re.findall(r"`(\w+)`", door.__doc__ or ""))
    outside = [f for f in CODE if ".".join(f.parts[:2]) != room]
    taken = [
        (f.as_posix(), module.removeprefix(room).lstrip("."), name) for f in outside for module, name in _taken(f, room)
    ]

    assert [t for t in taken if t[2].startswith("_")] == []
    if exported:
        assert [t for t in taken if t[2] not in {*exported, t[1]} and t[1] not in named] == []
        assert [name for name in exported if not hasattr(door, name)] == []
