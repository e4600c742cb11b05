"""
Conversations full of names, then a search for them in the memory of the process that held them.

Run with `python -m tests.telegram.peer.canaries CONVERSATIONS [leak]`: `leak` keeps the updates on purpose, to show
that the search finds them. It logs everything to the standard error, prints the
figures page of the bot, then one line of JSON: what was found. The names are spelt in pieces here, so that only what
came through an update can match.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import sys
from collections.abc import Iterator

from telegram import Bot  # noqa: TID251

from bot.app import App, open_app
from bot.telegram import pace
from bot.telegram.core import desk
from bot.telegram.faces import STATE, Signer, bound
from bot.telegram.handling import Handler
from bot.telegram.metrics import Figures
from bot.telegram.outbox import Outbox
from bot.telegram.quiet import quiet
from bot.telegram.transport import Transport
from bot.telegram.values import Incoming
from bot.telegram.wire import Wire
from flows import Session
from flows.places import Place
from knowledge.answering import Residuals
from tests.telegram.peer import updates
from tests.telegram.peer.bots import KEYS, NOW
from tests.telegram.peer.chats import Chat, Message
from tests.telegram.peer.clock import JumpingLoop
from tests.telegram.peer.entities import Parsed
from tests.telegram.peer.server import TOKEN
from tests.telegram.peer.silent import SilentRequest

NAME = ("Quid", "amine")
FIRST_CHAT = 7_700_000_000_000
AT_ONCE = 1_000
_ANSWERS = (("profession", "psychologue"),)


def conversation(app: App, number: int) -> Iterator[updates.Update]:
    """Yield what one person sends: a start, a name typed, photographed, dictated, sent as a contact, and answers."""
    chat = Chat(FIRST_CHAT + number, quiet=True)
    name = f"{''.join(NAME)}{number}"
    signer = Signer(app.base, app.flows, bound(KEYS, chat.id))

    def said(kind: str, text: str, **more: object) -> updates.Update:
        message = Message(number, 1.0, mine=False, parsed=Parsed(text, ()), kind=kind)
        message.extra.update({**updates.OTHER_CONTENTS.get(kind, {}), **more})
        return updates.incoming(message, chat)

    yield said("text", "/start")
    yield said("text", f"Madame {name} a dit à la réunion")
    yield said("photo", name)
    yield said("contact", "", contact={"phone_number": "+33600000000", "first_name": name, "last_name": name})
    for command in ("/article", "/date", "/start", "/inconnue"):
        if number % 20 == 0:
            yield said("text", f"{command} {name}")
    screen = Message(number, 1.0, mine=True, parsed=Parsed(name, ()))
    data = signer.sign(Session("partager", NOW, _ANSWERS if number % 20 == 0 else ()), STATE)
    yield updates.pressed(f"{name}q", screen, chat, data)


async def hold(conversations: int, leak: list[Incoming | None] | None) -> tuple[bytes, int]:
    """Hold them all, many at once, over the real handler, outbox and library; give the figures and the calls."""
    pace.OVERALL = 1_000_000
    app = open_app()
    request = SilentRequest()
    figures = Figures()
    async with Bot(TOKEN, request=request, get_updates_request=request) as bot:
        outbox = Outbox(Transport(bot, True), figures)
        handler = Handler(desk(app, KEYS, "motus_essai_bot"), outbox, lambda: NOW, figures)
        wire = Wire(bot)

        async def one(number: int) -> None:
            for step, update in enumerate(conversation(app, number)):
                body = json.dumps({"update_id": number * 10 + step, **update}).encode()
                read, came = wire.parse(body)
                if leak is not None:
                    leak.append(came)
                await handler.handle(read, came)

        for start in range(0, conversations, AT_ONCE):
            await asyncio.gather(*(one(n) for n in range(start, min(start + AT_ONCE, conversations))))
        assert len(outbox.pace), "the pace remembers the last chats for a few seconds"
        await asyncio.sleep(pace.BURST + 3)
        found = search(app, conversations)
        assert len(outbox.pace) == 0, "then it forgets them"
    sys.stdout.write(json.dumps(found) + "\n")
    return figures.page(), request.count


def search(app: App, conversations: int) -> list[str]:
    """Search every object that the process holds for a name, a chat or a button of a conversation."""
    gc.collect()
    name = "".join(NAME)
    buttons = set()
    for number in range(0, conversations, 20):
        signer = Signer(app.base, app.flows, bound(KEYS, FIRST_CHAT + number))
        buttons.add(hash(signer.sign(Session("partager", NOW, _ANSWERS), STATE)))
    chats = range(FIRST_CHAT + 1, FIRST_CHAT + conversations)
    kept = {id(name), id(NAME), id(buttons)}
    found = []
    for holder in gc.get_objects():
        if id(holder) in kept:
            continue
        if isinstance(holder, Place | Residuals):
            found.append(f"an answer in {type(holder)}")
        for value in gc.get_referents(holder):
            if id(value) in kept:
                continue
            if isinstance(value, int) and value in chats:
                found.append(f"a chat in {type(holder)}")
            elif isinstance(value, str) and (name in value or hash(value) in buttons or str(FIRST_CHAT)[:5] in value):
                found.append(f"words in {type(holder)}: {value[:80]}")
            elif isinstance(value, bytes | bytearray) and name.encode() in value:
                found.append(f"bytes in {type(holder)}")
    kinds = ("a chat", "words", "bytes", "an answer")
    return [line for kind in kinds for line in [f for f in found if f.startswith(kind)][:10]]


def main() -> None:
    """Hold the conversations and say what remains."""
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
    quiet()
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:  # nothing here waits for anything but the clock
        page, calls = runner.run(hold(int(sys.argv[1]), [] if "leak" in sys.argv else None))
    sys.stdout.write(json.dumps({"calls": calls, "figures": page.decode()}) + "\n")


if __name__ == "__main__":
    main()
