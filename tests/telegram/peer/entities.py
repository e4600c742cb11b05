"""HTML as Telegram reads it: a few tags, four named characters, offsets in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tests.telegram.peer.refusal import Refusal, bad

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_CLOSE = re.compile(r"\s*/?>")


@dataclass(frozen=True)
class Parsed:
    """Text without its tags, and what they marked. `offset` and `length` count UTF-16 units."""

    text: str
    entities: tuple[dict[str, str | int], ...]

    @property
    def units(self) -> int:
        """Length as Telegram counts it."""
        return utf16(self.text)


@dataclass
class _Open:
    name: str
    offset: int
    attributes: dict[str, str]


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 units, the way the Bot API counts."""
    return len(text.encode("utf-16-le")) // 2


@lru_cache(maxsize=4096)
def parse(source: str, mode: str | None) -> Parsed:
    """
    Read a text in `parse_mode` HTML, or as it is without one.

    Raises:
        Refusal: a tag that is unknown, unclosed or crossed; another parse mode.

    """
    if mode is None:
        return _trimmed(source, [])
    if mode.lower() != "html":
        raise bad("unsupported parse_mode")
    return _Reader(source).read()


def rendered(parsed: Parsed) -> str:
    """Return the text as a person sees it: no tags, quotes drawn by a bar at their left."""
    raw = parsed.text.encode("utf-16-le")
    quoted = [e for e in parsed.entities if str(e["type"]).endswith("blockquote")]
    pieces, at = [], 0
    for entity in sorted(quoted, key=lambda e: e["offset"]):
        start, end = int(entity["offset"]), int(entity["offset"]) + int(entity["length"])
        inside = raw[2 * start : 2 * end].decode("utf-16-le")
        pieces += [raw[2 * at : 2 * start].decode("utf-16-le"), "│ " + inside.replace("\n", "\n│ ")]
        at = end
    return "".join(pieces) + raw[2 * at :].decode("utf-16-le")


class _Reader:
    """One reading of one text, left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, str | int]] = []

    def read(self) -> Parsed:
        at = 0
        while at < len(self._source):
            character = self._source[at]
            if character == "<":
                at = self._end(at) if self._source.startswith("</", at) else self._start(at)
            elif character == "&" and (found := _CHARACTER.match(self._source, at)) and (said := _decoded(found)):
                self._emit(said)
                at = found.end()
            else:
                self._emit(character)
                at += 1
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return _trimmed("".join(self._out), self._entities)

    def _emit(self, text: str) -> None:
        self._out.append(text)
        self._units += utf16(text)

    def _start(self, at: int) -> int:
        where = self._bytes(at)
        found = _NAME.match(self._source, at + 1)
        name = found.group().lower() if found else ""
        after = at + 1 + len(name)
        if after >= len(self._source):
            raise _unparsable(f"Unclosed start tag at byte offset {where}")
        if name.rstrip("/") not in KINDS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes: dict[str, str] = {}
        while not (closed := _CLOSE.match(self._source, after)):
            pair = _ATTRIBUTE.match(self._source, after)
            if pair is None:
                raise _unparsable(f'Empty attribute name in the tag "{name}" at byte offset {where}')
            value = next((v for v in pair.groups()[1:] if v is not None), "")
            attributes[pair.group(1).lower()] = _CHARACTER.sub(lambda m: _decoded(m) or m.group(), value)
            after = pair.end()
            if after >= len(self._source):
                raise _unparsable(f"Unclosed start tag at byte offset {where}")
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(_Open(name, self._units, attributes))
        return closed.end()

    def _end(self, at: int) -> int:
        where = self._bytes(at)
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {where}")
        stop = self._source.find(">", at)
        if stop < 0:
            raise _unparsable(f"Unclosed end tag at byte offset {where}")
        name, opened = self._source[at + 2 : stop].strip().lower(), self._open.pop()
        if name and name != opened.name:
            raise _unparsable(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.name}>", found "</{name}>"'
            )
        if self._units > opened.offset:
            self._entities.append(self._entity(opened))
        return stop + 1

    def _entity(self, opened: _Open) -> dict[str, str | int]:
        entity: dict[str, str | int] = {
            "type": KINDS[opened.name],
            "offset": opened.offset,
            "length": self._units - opened.offset,
        }
        if opened.name == "a":
            entity["url"] = opened.attributes.get("href", "")
        if opened.name == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        return entity

    def _bytes(self, at: int) -> int:
        return len(self._source[:at].encode())


def _decoded(found: re.Match[str]) -> str | None:
    """Return the character named, or None where Telegram leaves the words as they stand."""
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else None


def _trimmed(text: str, entities: list[dict[str, str | int]]) -> Parsed:
    """Drop the blanks at both ends, as the servers do, and move the marks with the text."""
    kept = text.strip()
    lead, size = utf16(text) - utf16(text.lstrip()), utf16(kept)
    moved = []
    for entity in entities:
        start = max(int(entity["offset"]) - lead, 0)
        end = min(int(entity["offset"]) + int(entity["length"]) - lead, size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return Parsed(kept, tuple(sorted(moved, key=lambda e: (int(e["offset"]), -int(e["length"])))))


def _unparsable(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")
