"""The book as one page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def page(book: object) -> str:
    """
    Return the HTML of a book.

    Args:
        book: the book as plain mappings and lists, its French spaces put in.

    """
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["groupby_in_order"] = by_group
    env.filters["drawn"] = Markup  # an SVG made by us, its texts already escaped
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return env.get_template("book.html.j2").render(book=book, style=Markup(style))  # noqa: S704 - our own file


def by_group(rows: Iterable[Mapping[str, object]]) -> list[tuple[object, list[Mapping[str, object]]]]:
    """Put the rows of one group together, the groups in the order of their first row."""
    found: dict[object, list[Mapping[str, object]]] = {}
    for row in rows:
        found.setdefault(row["group"], []).append(row)
    return list(found.items())
