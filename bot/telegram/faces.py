"""Which face of a session a button leads to, and the signed token that says so."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from flows import Flow, Session, UnreadableTokenError, decode
from flows.token import Sealer
from knowledge import KnowledgeBase

PAGES = 14
"""Pages of one question, the list of its groups included: an answer's rank and a page share one byte."""


class View(IntEnum):
    """The faces of a session. Codes are never given again: an old button must still read."""

    STATE = 0
    HELP = 1
    SUMMARY = 2
    DANGER = 3
    ERASE = 4
    MENU = 5
    TODAY = 6
    CHANGE = 7
    CHANGE_HELP = 8
    CHANGED = 9
    WHY = 10
    PHRASES = 11
    PDF = 12
    TEXT = 13
    WHAT_IF = 14


@dataclass(frozen=True, slots=True)
class Face:
    """A view, the page of it, and, to change an answer, the rank of that answer."""

    view: View
    page: int = 0
    which: int = 0

    @property
    def number(self) -> int:
        """The view as a token carries it: 0 to 4095."""
        return self.view | (self.which * PAGES + self.page) << 4


STATE = Face(View.STATE)


@dataclass(frozen=True)
class Signer:
    """Makes and reads the tokens of one chat. The first key signs, every key is accepted."""

    base: KnowledgeBase
    flows: Mapping[str, Flow]
    keys: tuple[bytes, ...]

    def sign(self, session: Session, face: Face = STATE) -> str:
        """Return what a button carries: at most 64 bytes."""
        return self._sealer.seal(session, face.number)

    def sign_answers(self, session: Session, fact: str, values: Iterable[str]) -> list[str]:
        """Return what the buttons carry that answer `fact`, the next question, with each of `values`."""
        return self._sealer.seal_answers(session, fact, values)

    def read(self, data: str) -> tuple[Session, Face]:
        """
        Read a button back.

        Raises:
            UnreadableTokenError: forged, cut, of another chat, or of a code unknown today.

        """
        session, number = decode(data, self.base, self.flows, self.keys)
        above, code = divmod(number, 16)
        try:
            view = View(code)
        except ValueError:
            raise UnreadableTokenError("vue inconnue") from None
        if view in (View.CHANGE, View.CHANGE_HELP):
            which, page = divmod(above, PAGES)
            if which >= len(session.answers):
                raise UnreadableTokenError("réponse inconnue")
            return session, Face(view, page, which)
        return session, Face(view, above)

    @cached_property
    def _sealer(self) -> Sealer:
        return Sealer(self.base, self.flows, self.keys[0])


def bound(keys: Sequence[bytes], chat: int) -> tuple[bytes, ...]:
    """Derive the keys of one chat: a token made for a chat means nothing in another."""
    label = b"motus telegram " + str(chat).encode()
    return tuple(hmac.new(key, label, hashlib.sha256).digest() for key in keys)
