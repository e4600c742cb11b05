"""Cut a long text where its sense allows: between sections, else between lines, else between sentences."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

LIMIT = 4096
"""The most that Telegram shows in a message, in UTF-16 units, once the tags are read."""

PAGE = "\f"

_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_PIECE = re.compile(r"<[^>]+>|&#?\w+;|.", re.DOTALL)
_LEVELS = (
    (re.compile("\n\n"), "\n\n"),
    (re.compile("\n"), "\n"),
    (re.compile(r"(?<=[.;:!?…]) "), " "),
    (re.compile(r" (?![^<]*>)"), " "),
    (None, ""),
)
"""Sections, lines, sentences, words, then signs."""


def length(text: str) -> int:
    """
    Count a text as Telegram does.

    >>> length("<b>Où&#39;</b> 😀")
    6
    """
    return _units(html.unescape(_TAG.sub("", text)))


def pages(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    r"""
    Return the text in as few pages as its sections allow, none longer than `limit`. PAGE begins a new one.

    A tag that a cut leaves open is closed, and opened again on the next page.

    >>> pages("Un.\n\n<b>Deux</b>\ntrois\n\nQuatre", 12)
    ('Un.', '<b>Deux</b>\ntrois', 'Quatre')
    """
    before = ""
    found = []
    for page in (page for part in text.split(PAGE) for page in _packed(part.strip(), limit, 0)):
        if length(page):
            whole, opened = _closed(before + page)
            found.append(whole)
            before = "".join(opened)
        else:
            before += page
    return tuple(found)


def _packed(text: str, limit: int, level: int) -> Iterator[str]:
    """Fill each page with as many whole parts as fit; a part that fits on no page is cut at a lower level."""
    if _fits(text, limit):
        yield from [text] if text else []
        return
    separator, glue = _LEVELS[level]
    page = ""
    for part in separator.split(text) if separator else _PIECE.findall(text):
        joined = page + glue + part if page else part
        if _fits(joined, limit):
            page = joined
            continue
        if page:
            yield page
        page = part
        if not _fits(part, limit):
            *whole, page = _packed(part, limit, level + 1)
            yield from whole
    if page:
        yield page


def _fits(text: str, limit: int) -> bool:
    """Tell whether a text holds on a page: it surely does where even its tags and entities would."""
    return _units(text) <= limit or length(text) <= limit


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _closed(page: str) -> tuple[str, list[str]]:
    """Close the tags left open on a page, and return them."""
    stack: list[tuple[str, str]] = []
    for tag in _TAG.finditer(page):
        if tag[1]:
            stack.pop()
        else:
            stack.append((tag[2], tag[0]))
    return page + "".join(f"</{name}>" for name, _ in reversed(stack)), [tag for _, tag in stack]
