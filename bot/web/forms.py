"""What a form posts, as values, and the signed field that carries the whole conversation."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl

from flows import Flow, Session, UnreadableTokenError, decode, encode
from knowledge import KnowledgeBase

LARGEST = 4096
"""Bytes of a form: a state of 64, a word to search, and what a button says."""
_FIELDS = 12
_LABEL = b"motus web"


class View(StrEnum):
    """Where a button leads. The empty one is where the answers lead: the next question, or the card."""

    STATE = ""
    MENU = "menu"
    TODAY = "aujourdhui"
    BACK = "retour"
    ERASE = "recommencer"
    DANGER = "danger"
    MENU_DANGER = "danger-menu"
    DAY = "jour"
    SUMMARY = "reponses"
    WHOLE = "tout"
    WHY = "pourquoi"
    PHRASES = "dire"
    WHAT_IF = "essais"
    NOTE = "note"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Posted:
    """
    One form; a field that was not sent is empty.

    `state` is the signed session, `view` where to go, `flow` the one to open, `answer` a value, `word` what was typed
    to find one, `change` the rank of the answer to change, from 1, `day` a day of law.
    """

    state: str = ""
    view: str = ""
    flow: str = ""
    answer: str = ""
    word: str = ""
    change: str = ""
    day: str = ""


_NAMES = {
    "etat": "state",
    "aller": "view",
    "parcours": "flow",
    "reponse": "answer",
    "mot": "word",
    "changer": "change",
    "jour": "day",
}


def read_form(body: bytes) -> Posted:
    """
    Read the body of a form.

    Raises:
        ValueError: it is no form of ours: too many fields, or not UTF-8.

    """
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    return Posted(**{_NAMES[name]: value for name, value in pairs if name in _NAMES})


@dataclass(frozen=True)
class Signer:
    """Makes and reads the field that carries a session. The first key signs, every key is accepted."""

    base: KnowledgeBase
    flows: Mapping[str, Flow]
    keys: tuple[bytes, ...]

    def sign(self, session: Session) -> str:
        """Return a session as at most 64 characters."""
        return encode(session, self.base, self.flows, self.keys[0])

    def read(self, state: str) -> Session:
        """
        Read a session back.

        Raises:
            UnreadableTokenError: forged, cut, or of a code unknown today.

        """
        if not state.isascii():
            raise UnreadableTokenError("illisible")
        session, _ = decode(state, self.base, self.flows, self.keys)
        return session


def bound(keys: Sequence[bytes]) -> tuple[bytes, ...]:
    """Derive the keys of this channel: a button of another one means nothing here."""
    return tuple(hmac.new(key, _LABEL, hashlib.sha256).digest() for key in keys)
