"""
Updates handled a second, from the update received to the answer given, with the sending stubbed; and how long one is.

Run with `.venv/bin/python -m bench.telegram_speed [ROUNDS]`, once aiogram's environment is made. Every contender plays
a round in turn, in an order drawn anew each time, so that a busy machine is unfair to all alike. `cpu` counts only the
seconds that the process itself worked: it hardly moves on a busy machine, and leaves out the waiting for a disk.
Pacing is off: it is Telegram's limit, not ours. `Motus` walks random sessions of every flow, over the real law:
`again` walks the same ones each time, `new` draws them anew.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.telegram_peers import STEPS, Durable, echo, forget, interview
from bot.app import App, open_app
from bot.telegram import pace
from bot.telegram.core import desk
from bot.telegram.faces import Signer, bound
from bot.telegram.handling import Handler
from bot.telegram.meter import Meter
from bot.telegram.outbox import Outbox
from bot.telegram.quiet import quiet
from bot.telegram.transport import Transport
from bot.telegram.wire import Wire
from flows import Answer
from knowledge import INCONNU
from tests.telegram.peer import updates
from tests.telegram.peer.aiogram_env import PYTHON
from tests.telegram.peer.bots import KEYS, NOW
from tests.telegram.peer.chats import Chat, Message
from tests.telegram.peer.entities import Parsed
from tests.telegram.peer.server import TOKEN
from tests.telegram.peer.silent import SilentRequest

WALKS = 40
Updates = list[dict[str, object]]
Times = list[tuple[float, float]]
"""For each update, the seconds that went by and the seconds worked."""
Handle = Callable[[dict[str, object]], Awaitable[None]]


async def motus(app: App) -> Handle:
    """Return what handles an update with the real bot, from the bytes received."""
    from telegram import Bot  # noqa: PLC0415, TID251 - the bot comes first, and sets the library up

    request = SilentRequest()
    bot = Bot(TOKEN, request=request, get_updates_request=request)
    await bot.initialize()
    meter = Meter()
    handler = Handler(desk(app, KEYS, "motus_essai_bot"), Outbox(Transport(bot, True), meter), lambda: NOW, meter)
    wire = Wire(bot)

    async def handle(update: dict[str, object]) -> None:
        await handler.handle(*wire.parse(json.dumps(update).encode()))

    return handle


def walks(app: App, chance: random.Random) -> Updates:
    """Draw sessions: a start, the menu, then random answers to the verdict."""
    found: Updates = []
    for _ in range(WALKS):
        chat = Chat(chance.randrange(1, 2**40), quiet=True)
        signer = Signer(app.base, app.flows, bound(KEYS, chat.id))
        session = app.conversation.start(chance.choice(sorted(app.flows)), NOW)
        found.append(said(chat, "/start"))
        while True:
            found.append(tap(chat, signer.sign(session)))
            fact = app.conversation.screen(session).question
            if fact is None:
                break
            known = [v.id for v in fact.values] + ([INCONNU] if fact.find_out is not None else [])
            session = app.conversation.step(session, Answer(chance.choice(known)))[0]
    return _numbered(found, chance)


def interviews(chance: random.Random) -> Updates:
    """Draw as many ten-step interviews."""
    found: Updates = []
    for _ in range(WALKS):
        chat = Chat(chance.randrange(1, 2**40), quiet=True)
        found += [said(chat, "/start"), *(tap(chat, str(chance.randrange(4))) for _ in range(STEPS))]
    return _numbered(found, chance)


def texts(chance: random.Random) -> Updates:
    """Draw as many plain messages."""
    found = (said(Chat(chance.randrange(1, 2**40), quiet=True), "bonjour") for _ in range(WALKS * STEPS))
    return _numbered(list(found), chance)


def said(chat: Chat, text: str) -> dict[str, object]:
    """Return the update of a message."""
    message = Message(1, 1.0, mine=False, parsed=Parsed(text, ()))
    message.extra["entities"] = updates.command_entities(text)
    return updates.incoming(message, chat)


def tap(chat: Chat, data: str) -> dict[str, object]:
    """Return the update of a button pressed."""
    return updates.pressed("1", Message(2, 1.0, mine=True, parsed=Parsed("question", ())), chat, data)


def _numbered(found: Updates, chance: random.Random) -> Updates:
    first = chance.randrange(1, 2**31)
    return [{**update, "update_id": first + n} for n, update in enumerate(found)]


class Aiogram:
    """The contender that lives in another environment."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("telegram_aiogram.py")
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([PYTHON, script], stdin=pipe, stdout=pipe, text=True)

    def play(self, found: Updates) -> Times:
        """Have a round played; give the seconds of each update."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("aiogram has no pipes")
        self._process.stdin.write(json.dumps(found) + "\n")
        self._process.stdin.flush()
        seconds: Times = json.loads(self._process.stdout.readline())
        return seconds

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


async def _play(handle: Handle, found: Updates) -> Times:
    seconds = []
    for update in found:
        wall, cpu = time.perf_counter(), time.process_time()
        await handle(update)
        seconds.append((time.perf_counter() - wall, time.process_time() - cpu))
    return seconds


async def main(rounds: int) -> None:
    """Play the rounds and print the medians."""
    quiet()
    pace.OVERALL, pace.BURST = 10**9, 10**9
    app, chance = open_app(), random.Random(1)  # noqa: S311 - a draw, not a secret
    same = walks(app, chance)
    with tempfile.TemporaryDirectory() as folder:
        ours = await motus(app)
        echoing, held = await echo(), await interview(forget)
        durable = await interview(Durable(Path(folder) / "answers.db").keep)
        aiogram = Aiogram()
        contenders: dict[str, Callable[[], Awaitable[Times]]] = {
            "Motus, new": lambda: _play(ours, walks(app, chance)),
            "Motus, again": lambda: _play(ours, _numbered(same, chance)),
            "PTB echo": lambda: _play(echoing, texts(chance)),
            "PTB interview, memory": lambda: _play(held, interviews(chance)),
            "PTB interview, SQLite": lambda: _play(durable, interviews(chance)),
            "aiogram interview, memory": lambda: asyncio.to_thread(aiogram.play, interviews(chance)),
        }
        for play in contenders.values():
            await play()
        times: dict[str, list[Times]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name in chance.sample(sorted(contenders), len(contenders)):
                times[name].append(await contenders[name]())
        aiogram.close()
    _print(times)


def _print(times: dict[str, list[Times]]) -> None:
    for at, clock in enumerate(("wall", "cpu")):
        speed = {
            name: statistics.median(len(r) / sum(t[at] for t in r) for r in found) for name, found in times.items()
        }
        for name, found in times.items():
            every = sorted(t[at] for r in found for t in r)
            p50, p99 = (every[int(len(every) * q)] * 1000 for q in (0.5, 0.99))
            told = f"{speed[name]:7.0f}/s  ×{speed[name] / speed['PTB echo']:.2f} of echo"
            print(f"{clock:5} {name:26} {told}   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   n={len(every)}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
