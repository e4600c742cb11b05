"""The command line's own templates, rendered for a terminal."""

from __future__ import annotations

from pathlib import Path

from bot.words.templating import Render
from bot.words.terminal import terminal_renderer

TEMPLATES = Path(__file__).parent / "templates"


def renderer(*, plain: bool) -> Render:
    """Return the function that renders a template by name; `plain`: no colour, whatever the terminal."""
    return terminal_renderer(TEMPLATES, plain=plain)
