"""The peer on loopback: HTTP in front of `BotApi`, with faults and a journal."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.telegram.peer.bot_api import BotApi, Files, Params
from tests.telegram.peer.chats import Chat
from tests.telegram.peer.clock import Clock, LoopClock
from tests.telegram.peer.faults import Fault, Faults
from tests.telegram.peer.inbox import Inbox
from tests.telegram.peer.params import typed
from tests.telegram.peer.rates import RateMeter
from tests.telegram.peer.refusal import UNAUTHORIZED, Refusal, flood
from tests.telegram.peer.updates import Update

TOKEN = "7000000001:AAmotus-essai-motus-essai-motus-essai"  # noqa: S105 - a bot that exists only here


class Peer:
    """
    A Bot API of our own for one bot.

    Every call is appended to the journal, one JSON object a line: `method`, `params`, `files` (part names), `status`,
    `description` of a refusal.
    """

    def __init__(self, clock: Clock | None = None, journal: Path | None = None, burst: int = 3) -> None:
        self.clock = clock or LoopClock()
        self.inbox = Inbox()
        self.rates = RateMeter(self.clock, burst)
        self.faults = Faults()
        self.api = BotApi(self.clock, self.inbox, self.rates)
        self.chats = self.api.chats
        self.calls: list[tuple[str, int]] = []
        self.refusals: list[tuple[str, str]] = []
        self.base_url = ""
        self._journal = journal
        self._wires: dict[int, asyncio.BaseTransport] = {}

    def application(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"])])

    @contextlib.asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[Peer]:
        """Serve on loopback; `base_url` is what a bot is given."""
        async with served(self.application(), port, self._wires) as address:
            self.base_url = f"{address}/bot"
            try:
                yield self
            finally:
                self.inbox.hook("", None, None)
                await self.inbox.close()

    def tell(self, update: Update) -> int:
        """Queue an update for the bot; give its id."""
        return self.inbox.put(update)

    async def handled(self, update_id: int) -> None:
        """Wait until the bot has acknowledged an update."""
        await self.inbox.handled(update_id)

    def asks(self, query_id: str, chat: Chat) -> None:
        """Note that a button waits for its answer."""
        self.api.queries[query_id] = (chat, self.clock.now())

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return JSONResponse(UNAUTHORIZED.body(), 401)
        params: Params = {}
        files: dict[str, tuple[str, bytes]] = {}
        fault: Fault | None = None
        try:
            params, files = await _read(request)
            fault = self.faults.draw(method, params)
            early = await self._stumble(fault, request)
            if early is not None:
                self._note(method, params, files, early.status_code, "fault")
                return early
            result = await self._result(method, params, files)
        except Refusal as refusal:
            if method != "getUpdates" or not await request.is_disconnected():
                self._note(method, params, files, refusal.code, refusal.description)
            return JSONResponse(refusal.body(), refusal.code)
        self._note(method, params, files, 200, "")
        if fault is Fault.LOST:
            self._cut(request)
        return JSONResponse({"ok": True, "result": result})

    async def _result(self, method: str, params: Params, files: Files) -> object:
        if method != "getUpdates":
            return self.api.call(method, params, files)
        allowed = params.get("allowed_updates")
        return await self.inbox.poll(
            _number(params, "offset", 0),
            _number(params, "limit", 100),
            _number(params, "timeout", 0),
            allowed if isinstance(allowed, list) else None,
        )

    async def _stumble(self, fault: Fault | None, request: Request) -> Response | None:
        if fault is Fault.FLOOD:
            raise flood(self.faults.retry_after)
        if fault is Fault.BROKEN:
            return Response("Bad Gateway", 502)
        if fault is Fault.HANG:
            await asyncio.sleep(self.faults.hang)
            self._cut(request)
            return Response(status_code=504)
        if fault is Fault.RESET:
            self._cut(request)
            return Response(status_code=500)
        return None

    def _cut(self, request: Request) -> None:
        wire = self._wires.get(request.client.port) if request.client else None
        if isinstance(wire, asyncio.Transport):
            wire.abort()

    def _note(self, method: str, params: Params, files: Files, status: int, said: str) -> None:
        self.calls.append((method, status))
        if status != 200 and said != "fault":
            self.refusals.append((method, said))
        if self._journal is not None and method != "getUpdates":
            line = {"method": method, "params": params, "files": sorted(files), "status": status, "description": said}
            with self._journal.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


class _Server(uvicorn.Server):
    """A server that leaves signals to the test."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def served(
    application: Any,
    port: int = 0,
    wires: dict[int, asyncio.BaseTransport] | None = None,
) -> AsyncIterator[str]:
    """Serve an ASGI application on loopback, in this loop; give its address. `wires` collects connections by port."""

    class Wired(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if wires is not None and self.client is not None:
                wires[self.client[1]] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            if wires is not None and self.client is not None:
                wires.pop(self.client[1], None)
            super().connection_lost(exc)

    config = uvicorn.Config(
        application, port=port, http=Wired, ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        if running.done():
            await running
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


async def _read(request: Request) -> tuple[Params, dict[str, tuple[str, bytes]]]:
    kind = request.headers.get("content-type", "")
    files: dict[str, tuple[str, bytes]] = {}
    sent: dict[str, object] = dict(request.query_params)
    if kind.startswith("application/json"):
        sent |= await request.json()
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    files[name] = (value.filename or "", await value.read())
                else:
                    sent[name] = value
    return typed(sent), files


def _number(params: Params, name: str, default: int) -> int:
    value = params.get(name, default)
    return value if isinstance(value, int) else default
