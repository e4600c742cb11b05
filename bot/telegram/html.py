"""Data to text for Telegram: jinja2 templates, escaped, in French typography. The words are those of every channel."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.telegram.split import PAGE
from bot.words import french as words
from bot.words.templating import SHARED, VOCABULARY, Render, clip
from knowledge.model.typography import french

_TEMPLATES = Path(__file__).parent / "templates"
_BLANK = re.compile(r"\n{3,}")


def renderer() -> Render:
    """Return the function that renders a template of `templates` by name."""
    env = Environment(
        loader=FileSystemLoader([_TEMPLATES, SHARED]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        para=lambda text, _indent=0: _text(text),
        item=_item,
        day=words.day,
        clip=clip,
        quoted=lambda text: Markup("<blockquote>{}</blockquote>").format(_text(text)),
        quote=lambda text: Markup("<blockquote expandable>{}</blockquote>").format(_text(text)),
        link=lambda text, url: Markup('<a href="{}">{}</a>').format(url, _text(text)) if url else _text(text),
        lower_first=lambda text: text[:1].lower() + text[1:],
        dim=_wrap("i"),
        **dict.fromkeys(("bold", "red", "green", "amber", "blue"), _wrap("b")),
    )
    env.globals.update(
        rule="",
        page_break=PAGE,
        **VOCABULARY,
    )

    for name in env.list_templates(filter_func=lambda name: name.endswith(".j2") and "/" not in name):
        env.get_template(name)  # the first person does not wait for the compilation

    def render(template: str, **context: object) -> str:
        return _BLANK.sub("\n\n", env.get_template(f"{template}.j2").render(**context)).strip()

    return render


def _text(text: object) -> Markup:
    """Escape, and put the spaces that do not break; what is already escaped stays as it is."""
    return Markup(french(str(escape(text))))  # noqa: S704 - `escape` has just been applied


def _item(text: object, mark: str = "-", _indent: int = 2) -> Markup:
    shown = {"-": "•"}.get(mark.strip(), mark.strip())
    return escape(shown) + " " + _text(text)


def _wrap(tag: str) -> Callable[[object], Markup]:
    """Return a filter that puts a tag around each line that says something."""

    def wrap(text: object) -> Markup:
        lines = str(_text(text)).split("\n")
        return Markup("\n".join(f"<{tag}>{line}</{tag}>" if line.strip() else line for line in lines))  # noqa: S704 - `_text` escapes, the tag is ours

    return wrap
