"""One wording of one article, from the XML of the base LEGI."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

NEVER_BORN = "MODIFIE_MORT_NE"
MOVED = frozenset({"TRANSFERE", "DEPLACE"})
_OPEN = date(2999, 1, 1)
_UNDATED = date(2222, 2, 22)
_MADE_BY = frozenset(
    {"CREE", "CREATION", "MODIFIE", "MODIFICATION", "CODIFIE", "CODIFICATION", "TRANSFERE", "TRANSFERT", "DEPLACE"}
)
"""The links that say which law or decree made a wording; the others cite, repeal or ratify."""
_BLOCKS = frozenset(
    {"p", "div", "br", "blockquote", "ul", "ol", "li", "table", "tr", "hr", "pre", "center", "h1", "h2", "h3", "h4"}
)
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"\s+")
_ALIKE = str.maketrans({"’": "'", "–": "-", "—": "-", "œ": "oe", "Œ": "OE"})


class Unreadable(Exception):  # noqa: N818 - it reads as what the file is
    """An XML is not what the base LEGI publishes; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Wording:
    """
    One wording. `start` is None where its day is not known yet, `end` (exclusive) where no end is.

    `text` is None where the wording is only listed beside another one, in `others`: its own file has not come.
    """

    id: str
    text_id: str
    number: str
    state: str
    start: date | None
    end: date | None
    text: str | None = None
    nota: str | None = None
    modified_by: str = ""
    others: tuple[Wording, ...] = ()

    @property
    def lives(self) -> bool:
        """Tell whether it was, is or will be the law from a known day."""
        return self.state != NEVER_BORN and self.start is not None and (self.end is None or self.end > self.start)

    @property
    def first_day(self) -> date:
        """Its first day, after all others where nobody knows it yet."""
        return self.start or date.max


def read_wording(text_id: str, content: bytes) -> Wording:
    """
    Read the file of one wording; no entity is ever resolved, and nothing is fetched.

    Args:
        text_id: the identifier of its code or law.
        content: the XML.

    Raises:
        Unreadable: it is no such file.

    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("ce n'est pas du XML lisible") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Unreadable("il déclare des entités, ce que la DILA ne fait pas")
    meta = root.find("META/META_SPEC/META_ARTICLE")
    id_ = root.findtext("META/META_COMMUN/ID")
    if root.tag != "ARTICLE" or meta is None or not id_:
        raise Unreadable("ce n'est pas un article de la base LEGI")
    start, end = _days(meta.findtext("DATE_DEBUT"), meta.findtext("DATE_FIN"))
    body = root.find("BLOC_TEXTUEL/CONTENU")
    nota = root.find("NOTA/CONTENU")
    return Wording(
        id_.strip(),
        text_id,
        (meta.findtext("NUM") or "").strip(),
        (meta.findtext("ETAT") or "").strip(),
        start,
        end,
        "\n\n".join(paragraphs(body)) or None,
        "\n\n".join(paragraphs(nota)) or None,
        _made_by(root),
        tuple(_listed(root, text_id)),
    )


def paragraphs(element: Any) -> Iterator[str]:
    """Yield the paragraphs of a text in HTML, each with plain single spaces."""
    if element is None:
        return
    line: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            raise Unreadable("il contient une entité, ce que la DILA ne fait pas")
        name = node.tag.lower()
        if name in _BLOCKS:
            yield from _flushed(line)
        elif name in _CELLS and event == "end":
            line.append(" | ")
        said = node.text if event == "start" else node.tail if node is not element else None
        line.append(said or "")
    yield from _flushed(line)


def _flushed(line: list[str]) -> Iterator[str]:
    said = _SPACES.sub(" ", "".join(line)).strip().removesuffix(" |")
    line.clear()
    if said:
        yield said


def alike(one: str, other: str) -> bool:
    r"""
    Tell whether two wordings say the same words, whatever their spaces, line breaks, dashes and apostrophes.

    >>> alike("I.-L’œuvre du juge.", "I. – L'oeuvre\n\ndu juge."), alike("du juge", "des juges")
    (True, False)
    """
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_ALIKE))


def _days(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """Return the days of a wording; the base writes a day unknown, or no end, as a day that will never come."""
    try:
        first, last = date.fromisoformat(start or ""), date.fromisoformat(end or _OPEN.isoformat())
    except ValueError:
        raise Unreadable(f"« {start} » ou « {end} » n'est pas un jour") from None
    return None if first in (_OPEN, _UNDATED) else first, None if last in (_OPEN, _UNDATED) else last


def _made_by(root: Any) -> str:
    said = [
        _SPACES.sub(" ", link.text or "").strip()
        for link in root.iterfind("LIENS/LIEN")
        if link.get("sens") == "cible" and link.get("typelien") in _MADE_BY and link.get("naturetexte") != "CODE"
    ]
    return " ; ".join(dict.fromkeys(s for s in said if s)) or "Texte non nommé dans l'archive"


def _listed(root: Any, text_id: str) -> Iterator[Wording]:
    """Yield every wording that the file lists, itself included, without their texts."""
    for version in root.iterfind("VERSIONS/VERSION"):
        for link in version.iterfind("LIEN_ART"):
            start, end = _days(link.get("debut"), link.get("fin"))
            state = link.get("etat") or version.get("etat") or ""
            id_ = link.get("id") or ""
            if id_.startswith("LEGIARTI"):
                yield Wording(id_, text_id, (link.get("num") or "").strip(), state, start, end)
