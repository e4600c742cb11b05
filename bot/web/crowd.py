"""How often one address may ask, remembering none: counters under names drawn anew every few seconds."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW = 10.0
"""Seconds after which everything is forgotten."""
MOST = 600
"""Requests from one address in that time: an office of a hundred people has one address."""
_SLOTS = 4096
_NETWORK = 64


@dataclass(slots=True)
class Crowd:
    """
    Counts requests by address, in a table of counters.

    An address is never stored: it chooses a counter through a key drawn for one window, then both are gone. Two
    addresses may share a counter: the limit is wide enough for that.
    """

    clock: Callable[[], float] = time.monotonic
    most: int = MOST
    _key: bytes = b""
    _until: float = float("-inf")
    _counts: list[int] = field(default_factory=list)

    def lets(self, address: str) -> bool:
        """Count a request, and tell whether it may be answered."""
        now = self.clock()
        if now >= self._until:
            self._key, self._until, self._counts = secrets.token_bytes(16), now + WINDOW, [0] * _SLOTS
        drawn = hashlib.blake2b(_network(address), key=self._key, digest_size=4).digest()
        slot = int.from_bytes(drawn, "big") % _SLOTS
        self._counts[slot] += 1
        return self._counts[slot] <= self.most


def _network(address: str) -> bytes:
    """
    Return what is counted together: an IPv4 address, or the network of an IPv6 one.

    >>> _network("2001:db8::1") == _network("2001:db8::2"), _network("192.0.2.1") == _network("192.0.2.2")
    (True, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()
    packed = found.packed
    return packed if found.version == 4 else packed[: _NETWORK // 8]
