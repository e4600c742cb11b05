"""
A session as at most 64 bytes, signed: a button can carry the whole state.

Layout, before base64url without padding: version and view (1 byte), flow code (1),
day of law counted from 1970-01-01 (2), then fact code and value code for each answer (2 each),
then a truncated MAC (8). So at most 18 answers.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flows.errors import UnreadableTokenError
from flows.model import Flow, Session
from knowledge import INCONNU, INCONNU_CODE, KnowledgeBase

MAX_LENGTH = 64
MAX_ANSWERS = 18
_VERSION = 1
_MAC = 8
_EPOCH = date(1970, 1, 1)


def encode(session: Session, base: KnowledgeBase, flows: Mapping[str, Flow], key: bytes, view: int = 0) -> str:
    """
    Sign a session.

    Args:
        session: what to carry.
        base: the law, for the codes of facts and values.
        flows: the flows, for their codes.
        key: the secret that signs, already bound to the chat.
        view: 0 to 15, which face of the state to show.

    Returns:
        At most 64 characters of `A-Za-z0-9_-`.

    Raises:
        ValueError: more than 18 answers, or a date outside 1970 to 2149.

    """
    if len(session.answers) > MAX_ANSWERS:
        raise ValueError(f"{len(session.answers)} answers do not fit in a token")
    days = (session.on - _EPOCH).days
    body = bytearray([_VERSION << 4 | view, flows[session.flow].code])
    body += days.to_bytes(2, "big")
    for fact_id, value_id in session.answers:
        fact = base.facts[fact_id]
        value = fact.value(value_id)
        body += bytes([fact.code, INCONNU_CODE if value is None else value.code])
    return urlsafe_b64encode(bytes(body) + _mac(bytes(body), key)).rstrip(b"=").decode()


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
    on = _EPOCH + timedelta(days=int.from_bytes(body[2:4], "big"))
    return Session(flow.id, on, tuple(_pairs(body[4:], base))), body[0] & 0x0F


def _pairs(body: bytes, base: KnowledgeBase) -> list[tuple[str, str]]:
    facts = {f.code: f for f in base.facts.values()}
    pairs: list[tuple[str, str]] = []
    for fact_code, value_code in zip(body[::2], body[1::2], strict=True):
        fact = facts.get(fact_code)
        if fact is None:
            raise UnreadableTokenError("question inconnue")
        if value_code == INCONNU_CODE:
            if fact.unknown is None:
                raise UnreadableTokenError("réponse inconnue")
            pairs.append((fact.id, INCONNU))
            continue
        value = next((v for v in fact.values if v.code == value_code), None)
        if value is None:
            raise UnreadableTokenError("réponse inconnue")
        pairs.append((fact.id, value.id))
    return pairs


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_MAC]
