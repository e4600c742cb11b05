"""Data to text for a terminal: jinja2 templates, wrapped, in French typography, with or without colour."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.words import french as words
from bot.words.templating import SHARED, VOCABULARY, Render, clip
from knowledge.model.typography import french

_WIDTH = 80
_NARROWEST = 20
_STYLES = {"bold": "1", "dim": "2", "red": "1;31", "green": "1;32", "amber": "1;33", "blue": "1;34"}


def terminal_renderer(templates: Path, *, plain: bool) -> Render:
    """
    Return the function that renders a template by name.

    Args:
        templates: the folder of a channel's own, looked in before those that every channel shares.
        plain: no colour, whatever the terminal.

    """
    width = max(_NARROWEST, min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns))
    colour = not plain and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
    env = Environment(
        loader=FileSystemLoader([templates, SHARED]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for a terminal, no HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.filters["para"] = partial(_para, width)
    env.filters["item"] = partial(_item, width)
    env.filters["listed"] = lambda text: _fill(str(text), width, "", "  ").replace("~", " ")
    env.filters["day"] = words.day
    env.filters["clip"] = clip
    env.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    for name, code in _STYLES.items():
        env.filters[name] = partial(_style, code if colour else None)
    env.globals.update(
        rule="─" * width,
        **VOCABULARY,
    )
    return lambda template, **context: env.get_template(f"{template}.j2").render(**context)


def _para(width: int, text: object, indent: int = 0) -> str:
    """Set a text in, or less so where an address would not fit: it is never cut, so that it can be opened."""
    longest = max(map(len, str(text).split()), default=0)
    margin = " " * min(indent, max(0, width - longest))
    return _fill(str(text), width, margin, margin)


def _item(width: int, text: object, mark: str = "-", indent: int = 2) -> str:
    head = f"{' ' * indent}{mark} "
    return _fill(str(text), width, head, " " * len(head))


def _fill(text: str, width: int, first: str, rest: str) -> str:
    lines = french(text).split("\n")
    return "\n".join(
        textwrap.fill(
            line,
            width,
            initial_indent=first if i == 0 else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for i, line in enumerate(lines)
    )


def _style(code: str | None, text: object) -> str:
    """Colour every line by itself, so that a wrapped text stays coloured when it scrolls."""
    lines = french(str(text)).split("\n")
    return "\n".join(f"\033[{code}m{line}\033[0m" if code and line.strip() else line for line in lines)
