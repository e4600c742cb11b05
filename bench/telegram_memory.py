"""
Memory of the bot over many distinct chats: it must be flat.

Run with `.venv/bin/python -m bench.telegram_memory [CHATS] [PLOT.svg]`. Each chat starts and writes
a word, one in ten opens a flow; sending is stubbed, pacing off. Prints the resident memory as it goes, and draws it.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

from bench.telegram_speed import Updates, motus, said, tap
from bot.app import App, open_app
from bot.telegram import pace
from bot.telegram.faces import Signer, bound
from bot.telegram.quiet import quiet
from tests.telegram.peer.bots import KEYS, NOW
from tests.telegram.peer.chats import Chat

SAMPLES = 50
AT_ONCE = 100


def resident() -> float:
    """Return the resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def person(app: App, number: int, chance: random.Random) -> Updates:
    """Return what one person sends."""
    chat = Chat(10**10 + number, quiet=True)
    came = [said(chat, "/start"), said(chat, f"bonjour {number}")]
    if number % 10 == 0:
        signer = Signer(app.base, app.flows, bound(KEYS, chat.id))
        came.append(tap(chat, signer.sign(app.conversation.start(chance.choice(sorted(app.flows)), NOW))))
    return [{"update_id": number * 3 + n, **update} for n, update in enumerate(came)]


async def main(chats: int, plot: Path) -> None:
    """Serve the chats, sample the memory, draw it."""
    quiet()
    pace.OVERALL = 10**9
    app, chance = open_app(), random.Random(1)  # noqa: S311 - a draw, not a secret
    handle = await motus(app)
    step = max(AT_ONCE, chats // SAMPLES)
    samples = []

    async def serve(number: int) -> None:
        for update in person(app, number, chance):
            await handle(update)

    for start in range(0, chats, step):
        for first in range(start, min(start + step, chats), AT_ONCE):
            await asyncio.gather(*(serve(n) for n in range(first, min(first + AT_ONCE, chats))))
        samples.append((min(start + step, chats), resident()))
        print(f"{samples[-1][0]:>7} chats  {samples[-1][1]:6.1f} MB", flush=True)
    plot.write_text(drawn(samples), encoding="utf-8")
    tenth = samples[len(samples) // 10][1]
    print(f"from the first tenth to the end: {samples[-1][1] - tenth:+.1f} MB; drawn in {plot}")


def drawn(samples: list[tuple[int, float]]) -> str:
    """Draw resident memory against chats served, from zero, as SVG."""
    width, height, left, foot = 640, 240, 60, 30
    most, last = max(m for _, m in samples) * 1.2, samples[-1][0]

    def at(chats: float, memory: float) -> str:
        return f"{left + (width - left - 10) * chats / last:.1f},{(height - foot) * (1 - memory / most) + 5:.1f}"

    marks = "".join(
        f'<text x="{left - 6}" y="{at(0, m).split(",")[1]}" text-anchor="end">{m:.0f} MB</text>'
        for m in (0, most / 2, most)
    )
    line = " ".join(at(c, m) for c, m in samples)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11">'
        f"<title>Resident memory of the bot, by chats served</title>"
        f'<polyline points="{at(0, most)} {at(0, 0)} {at(last, 0)}" fill="none" stroke="#888"/>'
        f'<polyline points="{line}" fill="none" stroke="#0a5" stroke-width="2"/>{marks}'
        f'<text x="{width - 10}" y="{height - 8}" text-anchor="end">{last} chats</text></svg>\n'
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(main(int(given[0]) if given else 100_000, Path(given[1] if len(given) > 1 else "memory.svg")))
