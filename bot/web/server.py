"""The pages over HTTP: an application whose only state is the law, and the headers that keep a page private."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.app import App, open_app
from bot.web.crowd import WINDOW, Crowd
from bot.web.desk import Desk, desk
from bot.web.forms import LARGEST, Posted, read_form
from bot.web.html import style, style_path
from bot.web.reading import Shelf
from bot.web.screens import Page
from bot.words.note import Paper, pdf
from knowledge.model.typography import french

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer: nothing is kept by a browser or a proxy, nothing runs, nothing is told to another site."""
_FORM = "application/x-www-form-urlencoded"
_PRINTING = 4
"""Notes made at once; each takes a thread for tens of milliseconds."""
_REASONS = {
    404: "Cette page n'existe pas.",
    405: "Cette page ne se demande pas ainsi.",
    400: "Cette demande ne se lit pas.",
    413: "Cette demande est trop longue.",
    415: "Cette demande n'est pas un formulaire.",
    429: "Trop de demandes viennent de votre réseau : attendez quelques secondes. En danger, appelez le 112.",
    500: "Motus n'a pas pu répondre : c'est un défaut de l'outil, ne concluez rien. Recommencez.",
    503: "Motus est très demandé : attendez quelques secondes. En danger, appelez le 112.",
}
_LOG = logging.getLogger("motus")


def application(
    keys: tuple[bytes, ...], today: Callable[[], date], app: App | None = None, crowd: Crowd | None = None
) -> Starlette:
    """
    Return the web application. Any number of them may run behind one address.

    Args:
        keys: the first signs the pages, every one is accepted.
        today: the clock.
        app: the law and the flows; None reads them at the start.
        crowd: how often one address may ask; None for what ships.

    """
    site = _Site(keys, today, app, crowd or Crowd())
    served = Starlette(
        routes=[
            Route("/", site.root, methods=["GET", "HEAD", "POST"]),
            Route("/article/{code}/{number}", site.article),
            Route("/articles", site.articles),
            Route("/apropos", site.about),
            Route("/danger", site.danger),
            Route("/healthz", site.healthy),
            Route("/readyz", site.ready),
            Route("/style-{digest}.css", site.style),
        ],
        exception_handlers={HTTPException: site.refused},
        lifespan=site.life,
    )
    served.router.redirect_slashes = False  # an address is itself, or nothing
    served.add_middleware(_Guard, site=site)
    return served


@dataclass(slots=True)
class _Site:
    """The pages behind the routes; `desk` is None before the start and after the stop."""

    keys: tuple[bytes, ...]
    today: Callable[[], date]
    app: App | None
    crowd: Crowd
    desk: Desk | None = None
    shelf: Shelf | None = None
    printing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PRINTING))

    @asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        """Load the law, then close."""
        app = self.app or open_app()
        self.desk = desk(app, self.keys)
        self.shelf = Shelf(app, self.desk.render)
        yield
        self.desk = None

    async def root(self, request: Request) -> Response:
        """Answer a form; without one, begin."""
        if self.desk is None:
            raise HTTPException(503)
        posted = await _posted(request) if request.method == "POST" else Posted()
        shown = self.desk.handle(posted, self.today())
        return _html(shown) if isinstance(shown, Page) else await self._print(shown)

    async def article(self, request: Request) -> Response:
        """Show an article, of the day that the address says."""
        named, typed = request.path_params, request.query_params.get("le", "")
        return _html(self._shelf().article(named["code"], named["number"], typed, self.today()))

    async def articles(self, _: Request) -> Response:
        """List the articles."""
        return _html(self._shelf().articles())

    async def about(self, _: Request) -> Response:
        """Say what is kept."""
        return _html(self._shelf().about())

    async def danger(self, _: Request) -> Response:
        """Say whom to call."""
        return _html(self._shelf().danger(self.today()))

    async def style(self, request: Request) -> Response:
        """Give the style sheet; of another version, it is not kept."""
        current = request.url.path == style_path()
        kept = "public, max-age=31536000, immutable" if current else "no-store"
        return Response(style(), media_type="text/css", headers={"Cache-Control": kept})

    async def healthy(self, _: Request) -> Response:
        """Say that the program runs."""
        return PlainTextResponse("ok")

    async def ready(self, _: Request) -> Response:
        """Say whether pages can be answered."""
        ready = self.desk is not None
        return PlainTextResponse("ok" if ready else "pas prêt", status_code=200 if ready else 503)

    async def refused(self, _: Request, error: Exception) -> Response:
        """Say why a request is refused, on a page with a way back."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self.excuse(status)

    def excuse(self, status: int) -> Response:
        """Return the page of a refusal."""
        said = french(_REASONS.get(status, _REASONS[400]))
        if self.shelf is None:
            return PlainTextResponse(said, status_code=status)
        return _html(self.shelf.missing(status, said))

    def _shelf(self) -> Shelf:
        if self.shelf is None:
            raise HTTPException(503)
        return self.shelf

    async def _print(self, note: Paper) -> Response:
        if self.printing.locked():
            raise HTTPException(503)
        async with self.printing:
            made = await asyncio.to_thread(pdf, note)
        named = {"Content-Disposition": 'attachment; filename="note-motus.pdf"'}
        return Response(made, media_type="application/pdf", headers=named)


@dataclass(frozen=True, slots=True)
class _Guard:
    """Around everything: the headers of every answer, the crowd, and the defects, of which no value is logged."""

    app: ASGIApp
    site: _Site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        client = scope.get("client")
        if client is not None and not self.site.crowd.lets(client[0]):
            refusal = self.site.excuse(429)
            refusal.headers["Retry-After"] = str(int(WINDOW))
            await refusal(scope, receive, sending)
            return
        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            _note(error)
            if not begun:
                await self.site.excuse(500)(scope, receive, sending)


async def _posted(request: Request) -> Posted:
    """Read a form; anything that our pages would not send is refused."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        raise HTTPException(415)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                raise HTTPException(413)
        return read_form(bytes(body))
    except (ClientDisconnect, ValueError):
        raise HTTPException(400) from None


def _html(page: Page) -> Response:
    return HTMLResponse(page.html, status_code=page.status)


def _note(error: Exception) -> None:
    """Log the kind of a defect and its line of code: its message and its values could say what was asked."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where is not None else "?"
    _LOG.error("défaut : %s à %s", type(error).__name__, place)
