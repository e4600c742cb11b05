"""Asking Telegram what is new: one long call after the other, its answer as JSON, a hundred updates at most."""

from __future__ import annotations

import http
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import httpx

from bot.telegram.outbox import LostError, WaitError
from bot.telegram.wire import ALLOWED, Named, Numbered, Wire

_MARGIN = 10.0
"""Seconds beyond those asked after which an answer is no longer waited for."""


class TokenError(Exception):
    """Telegram refuses the token."""


class RivalError(Exception):
    """Another program polls with the same token, or a webhook is set."""


class Addressed(Named, Protocol):
    """A bot, for what is asked here."""

    @property
    def base_url(self) -> str:
        """Where its methods are, its token included."""


@asynccontextmanager
async def listening(bot: Addressed) -> AsyncIterator[Listener]:
    """Open the line on which Telegram is asked; its calls never take a connection from an answer."""
    async with httpx.AsyncClient(timeout=_MARGIN) as client:
        yield Listener(client, f"{bot.base_url}/getUpdates", Wire(bot))


@dataclass(frozen=True, slots=True)
class Listener:
    """Asks for the updates of one bot."""

    client: httpx.AsyncClient
    address: str
    wire: Wire

    async def ask(self, offset: int | None, seconds: int) -> list[Numbered]:
        """
        Wait up to `seconds` for updates; those before `offset` are acknowledged.

        Raises:
            TokenError: Telegram refuses the token.
            RivalError: another program listens.
            WaitError: Telegram asks to wait.
            LostError: the network failed.

        """
        asked = {"offset": offset or 0, "timeout": seconds, "allowed_updates": ALLOWED}
        patience = httpx.Timeout(_MARGIN, read=seconds + _MARGIN)
        try:
            answer = await self.client.post(self.address, json=asked, timeout=patience)
            said = answer.json()
        except (httpx.HTTPError, ValueError):
            raise LostError from None
        if not isinstance(said, dict) or said.get("ok") is not True:
            raise _refusal(answer.status_code, said)
        return [self._read(update) for update in said.get("result") or ()]

    def _read(self, update: object) -> Numbered:
        """Read an update; of one that Telegram would not write, only the number counts."""
        try:
            return self.wire.number(update)
        except ValueError:
            number = update.get("update_id") if isinstance(update, dict) else None
            if type(number) is not int:
                raise LostError from None
            return number, None


def _refusal(status: int, said: object) -> Exception:
    """Return what an answer that is not « ok » means."""
    match status:
        case http.HTTPStatus.UNAUTHORIZED | http.HTTPStatus.NOT_FOUND:
            return TokenError()
        case http.HTTPStatus.CONFLICT:
            return RivalError()
        case http.HTTPStatus.TOO_MANY_REQUESTS:
            parameters = said.get("parameters") if isinstance(said, dict) else None
            wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
            return WaitError(wait if isinstance(wait, int | float) and math.isfinite(wait) else 1.0)
        case _:
            return LostError()
