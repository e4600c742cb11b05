"""Data to text for a browser: jinja2 templates, escaped, in French typography. The words are those of every channel."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.words import french as words
from bot.words.templating import SHARED, VOCABULARY, Render, clip
from knowledge.model.typography import french

TEMPLATES = Path(__file__).parent / "templates"
_ITEMS = re.compile(r"(?:<li\b[^\n]*</li>\s*)+")
_TAG = re.compile(r"<(p|li|h2)(?: class=\"([^\"]*)\")?>")
_WAY = re.compile(r"Demandez\s:\smotus article («\s[^»]+\s»|\S+) (\S+)")
_CALLS = {"114": "sms"}
"""A bare number is one to call; this one is written to."""
_PARAGRAPH, _INSIDE = Markup("<p>{}</p>"), Markup('<p class="in">{}</p>')


def renderer() -> Render:
    """Return the function that renders a template of `templates` by name; its items stand in lists."""
    env = Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        para=_para,
        item=_item,
        day=words.day,
        clip=clip,
        fr=_text,
        quoted=lambda text: Markup("<blockquote><p>{}</p></blockquote>").format(_text(text)),
        lower_first=lambda text: text[:1].lower() + text[1:],
        titled=titled,
        way=_way,
        path=lambda article: "/article/" + quote(article),
        dim=_style("dim"),
        bold=_style("bold", heading=True),
        red=_style("red", heading=True),
        green=_style("green"),
        amber=_style("amber"),
        blue=_style("blue"),
    )
    env.globals.update(rule="", style_path=style_path(), **VOCABULARY)
    for name in env.list_templates(filter_func=lambda name: name.endswith(".j2") and "/" not in name):
        env.get_template(name)  # the first person does not wait for the compilation

    def render(template: str, **context: object) -> str:
        text = env.get_template(f"{template}.j2").render(**context)
        if template.endswith(".html"):  # a whole page: the texts in it have their lists already
            return text
        return Markup(_ITEMS.sub(lambda items: f"<ul>\n{items[0].strip()}\n</ul>\n", text))  # noqa: S704 - escaped by the template

    return render


@lru_cache(maxsize=1)
def style() -> bytes:
    """Return the style sheet."""
    return (TEMPLATES / "style.css").read_bytes()


def style_path() -> str:
    """Return where the style sheet is served: another one has another path, so that a browser may keep it."""
    return f"/style-{hashlib.sha256(style()).hexdigest()[:12]}.css"


def titled(text: str) -> Markup:
    """
    Make the last heading of a text the title of its page.

    >>> titled(Markup('<p>Un</p><h2 class="bold">Deux</h2>'))
    Markup('<p>Un</p><h1>Deux</h1>')
    """
    before, heading, last = str(text).rpartition("<h2 ")
    if not heading:
        return Markup(text)  # noqa: S704 - it was escaped already
    return Markup(before + "<h1" + last[last.index(">") :].replace("</h2>", "</h1>", 1))  # noqa: S704 - the same


def _text(text: object) -> Markup:
    """Escape, and put the spaces that do not break; what is already escaped stays as it is."""
    return Markup(french(str(escape(text)))).replace("\n", Markup("<br>"))  # noqa: S704 - `escape` has just been applied


def _para(text: object, indent: int = 0) -> Markup:
    return (_INSIDE if indent > 2 else _PARAGRAPH).format(_text(text))


def _item(text: object, mark: str = "-", _indent: int = 2) -> Markup:
    sign = mark.strip()
    if sign == "-":
        return Markup("<li>{}</li>").format(_text(text))
    shown = Markup('<a href="{}:{}">{}</a>').format(_CALLS.get(sign, "tel"), sign, sign) if sign.isdecimal() else sign
    return Markup('<li class="marked"><span>{}</span> {}</li>').format(shown, _text(text))


def _style(name: str, *, heading: bool = False) -> Callable[[object], Markup]:
    """Return a filter that gives a class to a paragraph or an item; bare words become a heading or a paragraph."""

    def wrap(text: object) -> Markup:
        shown = str(_text(text)) if not isinstance(text, Markup) else str(text)
        if not shown.strip():
            return Markup(shown)  # noqa: S704 - blank
        begun = _TAG.match(shown)
        if begun is None:
            tag = "h2" if heading else "p"
            return Markup(f'<{tag} class="{name}">{shown}</{tag}>')  # noqa: S704 - `_text` escapes, the tag is ours
        tag, classes = begun[1], f"{begun[2]} {name}" if begun[2] else name
        if tag == "p" and name == "bold":  # a bold paragraph stands above what follows
            tag, shown = "h2", shown.removesuffix("</p>") + "</h2>"
        return Markup(f'<{tag} class="{classes}">{shown[begun.end() :]}')  # noqa: S704 - the same

    return wrap


def _way(line: str) -> Markup:
    """Make a link of what the command line would say to type, where a line says it."""
    found = _WAY.search(line)
    if found is None:
        return _text(line)
    code, number = found[1].strip("«»").strip(), found[2]
    link = Markup('<a href="/article/{}/{}">{} {}</a>').format(quote(code), quote(number), code, number)
    return _text(line[: found.start()]) + Markup("Lisez : ") + link + _text(line[found.end() :])
