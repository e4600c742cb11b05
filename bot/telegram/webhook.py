"""`motus bot --webhook`: a Starlette application that answers 200 only after the handling."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import open_app
from bot.errors import Refused
from bot.telegram.core import desk
from bot.telegram.handling import Handler
from bot.telegram.metrics import Figures
from bot.telegram.outbox import Outbox, UndeliveredError
from bot.telegram.quiet import quiet
from bot.telegram.settings import Settings
from bot.telegram.transport import Transport, connect
from bot.telegram.wire import Numbered, Wire
from knowledge.model.typography import french

PATH = "/telegram"
"""Where Telegram posts its updates."""

_LARGEST = 1_000_000
_LAST_WORDS = 3.0
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def application(settings: Settings) -> Starlette:
    """
    Return the web application of the bot. Any number of them may run behind one address.

    Raises:
        Refused: there is no secret, so that anyone could speak for Telegram.

    """
    if not settings.secret:
        raise Refused(french("le webhook exige un secret : MOTUS_SECRET, ou MOTUS_SECRET_FILE"))
    quiet()
    service = _Service(settings, settings.secret.encode())
    return Starlette(
        routes=[
            Route(PATH, service.receive, methods=["POST"]),
            Route("/healthz", service.healthy),
            Route("/readyz", service.ready),
            Route("/metrics", service.figures),
        ],
        lifespan=service.life,
    )


@dataclass(slots=True)
class _Service:
    """The bot behind the routes; `handler` is None before the start and after the stop."""

    settings: Settings
    secret: bytes
    meter: Figures = field(default_factory=Figures)
    wire: Wire | None = None
    handler: Handler | None = None

    @asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        """Load the law and meet Telegram, then close."""
        app = open_app()
        async with connect(self.settings) as bot:
            self.wire = Wire(bot)
            outbox = Outbox(Transport(bot, self.settings.protect_content), self.meter)
            working = desk(app, self.settings.keys, bot.username)
            self.handler = Handler(working, outbox, self.settings.today, self.meter)
            handler = self.handler
            yield
            self.handler = None
            await handler.finish(_LAST_WORDS)

    async def receive(self, request: Request) -> Response:
        """Handle one update. 503 asks Telegram to give it again."""
        if self.handler is None:
            raise HTTPException(503)
        number, came = await self._read(request)
        try:
            await self.handler.handle(number, came)
        except UndeliveredError:
            raise HTTPException(503) from None
        return Response(status_code=200)

    async def _read(self, request: Request) -> Numbered:
        """Return the update of a request; anything that Telegram would not send is refused."""
        given = request.headers.get(_SECRET, "").encode("latin-1")
        if not hmac.compare_digest(given, self.secret):
            raise HTTPException(403)
        try:
            body = await _body(request)
            if body is None or self.wire is None:
                raise HTTPException(413 if body is None else 503)
            return self.wire.parse(body)
        except (ClientDisconnect, ValueError, RecursionError):
            raise HTTPException(400) from None

    async def healthy(self, _: Request) -> Response:
        """Say that the program runs."""
        return PlainTextResponse("ok")

    async def ready(self, _: Request) -> Response:
        """Say whether updates can be answered."""
        ready = self.handler is not None
        return PlainTextResponse("ok" if ready else "pas prêt", status_code=200 if ready else 503)

    async def figures(self, _: Request) -> Response:
        """Give the figures."""
        return Response(self.meter.page(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _body(request: Request) -> bytes | None:
    """Read a body; None as soon as it is too large, whatever its length says."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return None
    return bytes(body)
