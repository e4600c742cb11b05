"""A connection that cannot be kept busy for nothing: uvicorn's, with a limit to the time that one request takes."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 15.0
"""From the end of a request to the end of the next: its head, its body, the answer and its reading."""


class Patient(H11Protocol):
    """
    HTTP as uvicorn speaks it; whoever sends or reads drop by drop is cut.

    uvicorn counts only the silence between two requests: a head that never ends, a body that trickles or an answer that
    is never read would hold a connection as long as they like.
    """

    seconds = SECONDS
    _cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to count."""
        super().connection_made(transport)
        self._count()

    def on_response_complete(self) -> None:
        """Count again for the next request, and for the reading of this answer."""
        super().on_response_complete()
        self._count()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no more."""
        self._stop()
        super().connection_lost(exc)

    def _count(self) -> None:
        self._stop()
        transport: Any = self.transport
        if not transport.is_closing() or transport.get_write_buffer_size():
            self._cut = self.loop.call_later(self.seconds, transport.abort)

    def _stop(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
