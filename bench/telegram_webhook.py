"""
The webhook under load from another process, with one replica and with two.

Run with `.venv/bin/python -m bench.telegram_webhook [UPDATES]`. Each replica is a process of its own, and so is the Bot
API that answers them at once; this process posts, sixteen at a time. Menus only: it measures the way in and the way
out, and the law is measured by `bench.telegram_speed`. Pacing is off.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.telegram_speed import said
from tests.telegram.peer.bots import SECRET, settings
from tests.telegram.peer.chats import Chat
from tests.telegram.peer.updates import BOT

AT_ONCE = 16
ROUNDS = 5
_STUB, _FIRST = 18_480, 18_481
_SAID = json.dumps(
    {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "."}}
).encode()
_ME = json.dumps({"ok": True, "result": BOT}).encode()


def stub() -> Starlette:
    """Return a Bot API that says yes at once."""

    async def answer(request: Request) -> Response:
        return Response(_ME if request.url.path.endswith("/getMe") else _SAID, media_type="application/json")

    return Starlette(routes=[Route("/bot{token}/{method}", answer, methods=["POST"])])


def serve(role: str) -> None:
    """Be the stub, or the replica on a port."""
    if role == "stub":
        uvicorn.run(stub(), port=_STUB, log_level="critical")
        return
    from bot.telegram import pace  # noqa: PLC0415 - the stub needs none of it
    from bot.telegram.webhook import application  # noqa: PLC0415

    pace.OVERALL, pace.BURST = 10**9, 10**9
    uvicorn.run(application(settings(f"http://127.0.0.1:{_STUB}/bot")), port=int(role), log_level="critical")


@contextlib.asynccontextmanager
async def running(roles: list[str]) -> AsyncIterator[None]:
    """Start processes, wait until they answer, stop them."""
    ours = [await asyncio.create_subprocess_exec(sys.executable, "-m", __spec__.name, "--be", r) for r in roles]
    try:
        async with httpx.AsyncClient() as client:
            for role in roles:
                port = _STUB if role == "stub" else int(role)
                while True:
                    with contextlib.suppress(httpx.HTTPError):
                        await client.get(f"http://127.0.0.1:{port}/readyz")
                        break
                    await asyncio.sleep(0.1)
        yield
    finally:
        for process in ours:
            process.terminate()
        await asyncio.gather(*(process.wait() for process in ours))


async def load(ports: list[int], first: int, count: int) -> tuple[float, list[float]]:
    """Post updates to the replicas in turn; give updates a second and the seconds of each."""
    waiting = iter(range(first, first + count))
    seconds = []

    async def post(client: httpx.AsyncClient) -> None:
        for number in waiting:
            update = {"update_id": number, **said(Chat(number, quiet=True), "/start")}
            started = time.perf_counter()
            address = f"http://127.0.0.1:{ports[number % len(ports)]}/telegram"
            answer = await client.post(address, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
            answer.raise_for_status()
            seconds.append(time.perf_counter() - started)

    async with httpx.AsyncClient(timeout=60) as client:
        began = time.perf_counter()
        await asyncio.gather(*(post(client) for _ in range(AT_ONCE)))
    return count / (time.perf_counter() - began), seconds


async def main(count: int) -> None:
    """Measure one and two replicas, in turn, and print the medians."""
    ports = [_FIRST, _FIRST + 1]
    speeds: dict[int, list[float]] = {1: [], 2: []}
    every: dict[int, list[float]] = {1: [], 2: []}
    async with running(["stub", *map(str, ports)]):
        number = 1
        for _ in range(ROUNDS):
            for replicas in (1, 2):
                speed, seconds = await load(ports[:replicas], number, count)
                number += count
                speeds[replicas].append(speed)
                every[replicas] += seconds
    for replicas, found in speeds.items():
        p50, p99 = (sorted(every[replicas])[int(len(every[replicas]) * q)] * 1000 for q in (0.5, 0.99))
        print(f"{replicas} replica(s) {statistics.median(found):6.0f}/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--be"]:
        serve(sys.argv[2])
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
