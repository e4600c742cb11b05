"""
Time the taps of the pages beside a bare Starlette page, and weigh each page: one run, in one process.

Run with `.venv/bin/python -m bench.web_speed [WALKS]`. Times are the CPU of one request, client included, so
that other programs of the machine do not count, and the wall clock beside it.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.clock import today
from bot.web.crowd import Crowd
from bot.web.server import application

VIEWS = ("tout", "pourquoi", "dire", "essais", "reponses", "note", "danger")
_STATE = re.compile(r'name="etat" value="([^"]+)"')
_ANSWERS = re.compile(r'name="reponse" value="([^"]+)"')
_FORM = {"content-type": "application/x-www-form-urlencoded"}
Times = dict[str, list[tuple[float, float, int]]]


async def bare(_: Request) -> HTMLResponse:
    """Answer as little as can be."""
    return HTMLResponse("<!doctype html><title>rien</title>")


async def ask(client: httpx.AsyncClient, times: Times, kind: Callable[[str], str], **form: str) -> str:
    """Post a form in this very process, and note what it took: milliseconds of CPU and of the clock, and bytes."""
    cpu, wall = time.process_time(), time.perf_counter()
    page = await client.post("/", content=urlencode(form), headers=_FORM)
    spent = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, len(page.content)
    times.setdefault(kind(page.text), []).append(spent)
    return page.text


async def walk(client: httpx.AsyncClient, times: Times, chance: random.Random) -> None:
    """Walk one flow to its card by answers drawn at random, then open each part of the answer."""
    shown = await ask(client, times, lambda _: "menu")
    flow = chance.choice(re.findall(r'name="parcours" value="([^"]+)"', shown))
    shown = await ask(client, times, lambda _: "question", etat=_STATE.findall(shown)[0], parcours=flow)
    while offered := _ANSWERS.findall(shown):
        form = {"etat": _STATE.findall(shown)[0], "reponse": chance.choice(offered)}
        shown = await ask(client, times, lambda html: "question" if _ANSWERS.search(html) else "card", **form)
    for view in VIEWS:
        await ask(client, times, lambda _, view=view: view, etat=_STATE.findall(shown)[0], aller=view)


async def measure(walks: int) -> Times:
    """Take walks, with a bare page asked as often."""
    times: Times = {}
    served = application((b"k" * 32,), today, None, Crowd(most=10**9))
    nothing = Starlette(routes=[Route("/", bare, methods=["POST"])])
    chance = random.Random(3)  # noqa: S311 - the same walks each time
    async with served.router.lifespan_context(served):
        pages = httpx.AsyncClient(transport=httpx.ASGITransport(app=served), base_url="http://motus")
        empty = httpx.AsyncClient(transport=httpx.ASGITransport(app=nothing), base_url="http://motus")
        async with pages, empty:
            for _ in range(walks):
                await walk(pages, times, chance)
                for _ in range(len(VIEWS)):
                    await ask(empty, times, lambda _: "bare Starlette")
    return times


def main() -> None:
    """Print the figures."""
    times = asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
    print(f"{'page':16}{'n':>6}{'cpu p50':>9}{'p99':>7}{'clock p50':>11}{'p99':>7} ms{'heaviest':>10} bytes")
    for kind, many in times.items():
        cpu, wall = sorted(c for c, _, _ in many), sorted(w for _, w, _ in many)
        late = int(len(many) * 0.99)
        print(
            f"{kind:16}{len(many):6}{cpu[len(cpu) // 2]:9.1f}{cpu[late]:7.1f}{wall[len(wall) // 2]:11.1f}"
            f"{wall[late]:7.1f}   {max(size for _, _, size in many):10}"
        )


if __name__ == "__main__":
    main()
