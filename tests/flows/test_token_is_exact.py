"""One session, one token: what reads back is exactly what would be written, and says only what could be answered."""

from __future__ import annotations

from datetime import date

import pytest
from situations import BASE

from flows import Session, UnreadableTokenError, decode, load
from flows.token import encode
from knowledge import INCONNU

FLOWS = load(BASE)
KEY = b"a key of the tests, thirty-two signs"
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("more", ["!", "=", "\n", " ", "é"])
def test_a_sign_that_says_nothing_is_refused(more: str) -> None:
    """Base64 skips what it does not know: the same session would have as many tokens as one likes."""
    token = encode(Session("partager", DAY, (("profession", "psychologue"),)), BASE, FLOWS, KEY)
    assert decode(token, BASE, FLOWS, [KEY])[0].answers == (("profession", "psychologue"),)
    for text in (token + more, more + token, token[:5] + more + token[5:]):
        with pytest.raises(UnreadableTokenError):
            decode(text, BASE, FLOWS, [KEY])


def test_the_spare_bits_of_the_last_letter_are_none_of_ours() -> None:
    """Two letters decode to the same bytes: only the one that would be written is read."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = encode(Session("partager", DAY, (("profession", "psychologue"),)), BASE, FLOWS, KEY)
    assert len(token) % 4 == 3
    twin = token[:-1] + letters[letters.index(token[-1]) ^ 1]
    with pytest.raises(UnreadableTokenError, match="tronqué"):
        decode(twin, BASE, FLOWS, [KEY])


def test_not_knowing_is_read_only_where_it_is_offered() -> None:
    """Signed or not, nobody can ignore what has no way to be found out."""
    told = {f.find_out is not None for f in BASE.facts.values()}
    assert told == {True, False}
    for fact in BASE.facts.values():
        token = encode(Session("partager", DAY, ((fact.id, INCONNU),)), BASE, FLOWS, KEY)
        if fact.find_out is None:
            with pytest.raises(UnreadableTokenError, match="réponse inconnue"):
                decode(token, BASE, FLOWS, [KEY])
        else:
            assert decode(token, BASE, FLOWS, [KEY])[0].answers == ((fact.id, INCONNU),)
