"""
A session as at most 64 bytes, signed: a button can carry the whole state.

Layout, before base64url without padding: version and view (1 byte), flow code (1),
day of law counted from 1970-01-01 (2), then fact code and value code for each answer (2 each),
then a truncated MAC (8). So at most 18 answers. A view above 15 keeps its upper part in one more pair,
whose fact code is 0, and leaves room for 17.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from flows.errors import UnreadableTokenError
from flows.model import Flow, Session
from knowledge import INCONNU, INCONNU_CODE, KnowledgeBase

MAX_LENGTH = 64
MAX_ANSWERS = 18
_VERSION = 1
_MAC = 8
FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2149, 6, 6)
"""The days that two bytes can say."""
_NO_FACT = 0
"""Codes of facts begin at 1."""
_HEADS = tuple(bytes([_VERSION << 4 | view]) for view in range(16))


def encode(session: Session, base: KnowledgeBase, flows: Mapping[str, Flow], key: bytes, view: int = 0) -> str:
    """
    Sign a session.

    Args:
        session: what to carry.
        base: the law, for the codes of facts and values.
        flows: the flows, for their codes.
        key: the secret that signs, already bound to the chat.
        view: 0 to 4095, which face of the state to show.

    Returns:
        At most 64 characters of `A-Za-z0-9_-`.

    Raises:
        ValueError: more than 18 answers (17 with a view above 15), a date outside 1970 to 2149, or no such view.

    """
    return Sealer(base, flows, key).seal(session, view)


class Sealer:
    """Signs many sessions with one key, which is made ready once."""

    def __init__(self, base: KnowledgeBase, flows: Mapping[str, Flow], key: bytes) -> None:
        self._codes = _codes(base)
        self._flows = flows
        self._mac = hmac.new(key, digestmod=hashlib.sha256)
        self._last: tuple[Session, bytes] | None = None

    def seal(self, session: Session, view: int = 0) -> str:
        """
        Sign a session.

        Raises:
            ValueError: as `encode`.

        """
        above, view = divmod(view, 16)
        if len(session.answers) + (above > 0) > MAX_ANSWERS:
            raise ValueError(f"{len(session.answers)} answers do not fit in a token")
        return self._signed(_HEADS[view] + self._body(session) + (bytes([_NO_FACT, above]) if above else b""))

    def seal_answers(self, session: Session, fact: str, values: Iterable[str]) -> list[str]:
        """
        Sign what a session becomes with one more answer, for each of `values`, in their order.

        Raises:
            ValueError: as `encode`.

        """
        if len(session.answers) >= MAX_ANSWERS:
            raise ValueError(f"{len(session.answers) + 1} answers do not fit in a token")
        begun, code = _HEADS[0] + self._body(session), self._codes.code
        return [self._signed(begun + code[fact, value]) for value in values]

    def _body(self, session: Session) -> bytes:
        """Return the session as bytes, without its version and view."""
        if self._last is None or self._last[0] is not session:
            code = self._codes.code
            if not FIRST_DAY <= session.on <= LAST_DAY:
                raise ValueError(f"{session.on} does not fit in a token")
            days = (session.on - FIRST_DAY).days.to_bytes(2, "big")
            answers = [code.get(answer) or code[answer[0], INCONNU] for answer in session.answers]
            self._last = session, b"".join([bytes([self._flows[session.flow].code]), days, *answers])
        return self._last[1]

    def _signed(self, body: bytes) -> str:
        mac = self._mac.copy()
        mac.update(body)
        return urlsafe_b64encode(body + mac.digest()[:_MAC]).rstrip(b"=").decode()


def decode(token: str, base: KnowledgeBase, flows: Mapping[str, Flow], keys: Sequence[bytes]) -> tuple[Session, int]:
    """
    Read a token back.

    Args:
        token: what a button carried.
        base: the law.
        flows: the flows.
        keys: the secrets accepted, already bound to the chat; any of them may have signed.

    Returns:
        The session and the view.

    Raises:
        UnreadableTokenError: forged, cut, of another chat, or of a code unknown today.

    """
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError) as error:
        raise UnreadableTokenError("illisible") from error
    body, mac = raw[:-_MAC], raw[-_MAC:]
    if len(body) < 4 or len(body) % 2 or urlsafe_b64encode(raw).rstrip(b"=").decode() != token:
        raise UnreadableTokenError("tronqué")
    if not any(hmac.compare_digest(_mac(body, key), mac) for key in keys):
        raise UnreadableTokenError("signature refusée")
    if body[0] >> 4 != _VERSION:
        raise UnreadableTokenError("version inconnue")
    flow = next((f for f in flows.values() if f.code == body[1]), None)
    if flow is None:
        raise UnreadableTokenError("parcours inconnu")
    on = FIRST_DAY + timedelta(days=int.from_bytes(body[2:4], "big"))
    pairs, above = (body[4:-2], body[-1]) if len(body) > 4 and body[-2] == _NO_FACT else (body[4:], 0)
    return Session(flow.id, on, tuple(_pairs(pairs, base))), above << 4 | body[0] & 0x0F


def _pairs(body: bytes, base: KnowledgeBase) -> list[tuple[str, str]]:
    codes = _codes(base)
    pairs: list[tuple[str, str]] = []
    for at in range(0, len(body), 2):
        answer = codes.answer.get(body[at : at + 2])
        if answer is None:
            raise UnreadableTokenError("réponse inconnue" if body[at] in codes.facts else "question inconnue")
        pairs.append(answer)
    return pairs


class _Codes(NamedTuple):
    """Each answer by its two bytes, and the other way; `facts` are the codes of facts."""

    code: Mapping[tuple[str, str], bytes]
    answer: Mapping[bytes, tuple[str, str]]
    facts: frozenset[int]


@lru_cache(maxsize=8)
def _codes(base: KnowledgeBase) -> _Codes:
    """Return the codes of a base. Same base, same codes, so the result is remembered."""
    answers = {
        (f.id, value): bytes([f.code, code])
        for f in base.facts.values()
        for value, code in [(INCONNU, INCONNU_CODE), *((v.id, v.code) for v in f.values)]
    }
    honest = {c: a for a, c in answers.items() if a[1] != INCONNU or base.facts[a[0]].find_out is not None}
    return _Codes(answers, honest, frozenset(f.code for f in base.facts.values()))


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_MAC]
