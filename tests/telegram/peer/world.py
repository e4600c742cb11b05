"""Several chats around the pure core: what is pressed goes to a desk, what the desk says to the stub. No network."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache

from bot.app import open_app
from bot.telegram.core import Desk, desk
from bot.telegram.faces import bound
from bot.telegram.values import Acknowledge, Attach, Incoming, Outgoing, Remove, Show, Tap
from tests.telegram.peer.bot_api import BotApi
from tests.telegram.peer.bots import KEYS, NOW
from tests.telegram.peer.chats import Chat, Message
from tests.telegram.peer.clock import HandClock
from tests.telegram.peer.entities import Parsed
from tests.telegram.peer.inbox import Inbox
from tests.telegram.peer.rates import RateMeter
from tests.telegram.peer.refusal import BLOCKED, Refusal

HARMLESS = ("not modified", "to edit not found", "to delete not found", "can't be deleted", "query is too old")
CHECKED = 200


@cache
def replicas() -> tuple[Desk, Desk]:
    """Return two desks that share nothing but their keys and the law."""
    app = open_app()
    return desk(app, KEYS, "motus_essai_bot"), desk(app, KEYS, "motus_essai_bot")


@cache
def _answered(came: Incoming, on: date) -> tuple[Outgoing, ...]:
    """Answer once what comes many times: the desk is pure, which `World` checks on one event in two hundred."""
    return tuple(replicas()[0].handle(came, on))


class World:
    """Chats, a clock, and the stub's state. `events` counts what was handled; `refused` what the stub would not do."""

    def __init__(self, seed: int, chats: int) -> None:
        self.chance = random.Random(seed)
        self.clock = HandClock()
        self.api = BotApi(self.clock, Inbox(), RateMeter(self.clock))
        self.chats = [self.api.chats.open(9000 + seed * 100 + n) for n in range(chats)]
        for chat in self.chats:
            chat.quiet = True
        self.events = 0
        self.refused: list[str] = []
        self.on = NOW

    def handle(self, came: Incoming) -> list[Outgoing]:
        """Give one update to a desk, check that the other would say the same, and do what it says."""
        self.events += 1
        still = replace(came, message=0, query="") if isinstance(came, Tap) else replace(came, message=0)
        calls = [_moved(call, came) for call in _answered(still, self.on)]
        if self.events % CHECKED == 0:
            assert calls == self._fresh(came), "the same update got another answer from another replica"
        for call in calls:
            self._do(call)
        return calls

    def _fresh(self, came: Incoming) -> list[Outgoing]:
        return self.chance.choice(replicas()).handle(came, self.on)

    def typed(self, chat: Chat, text: str) -> Message:
        """Put a message of the person in her chat."""
        message = Message(self.api.chats.next_id(), self.clock.now(), mine=False, parsed=Parsed(text, ()))
        return chat.add(message)

    def _do(self, call: Outgoing) -> None:
        try:
            self._call(call)
        except Refusal as refusal:
            if refusal is BLOCKED:
                return
            if "to edit not found" in refusal.description and isinstance(call, Show):
                self._do(replace(call, message=None))
            elif not any(words in refusal.description for words in HARMLESS):
                self.refused.append(f"{refusal.description} ← {str(call)[:300]}")

    def _call(self, call: Outgoing) -> None:
        match call:
            case Acknowledge():
                self.api.call("answerCallbackQuery", {"callback_query_id": call.query}, {})
            case Remove():
                self.api.call("deleteMessage", {"chat_id": call.chat, "message_id": call.message}, {})
            case Attach():
                note = {"document": ("note.txt", b"note")}
                self.api.call("sendDocument", {"chat_id": call.chat, "caption": call.caption}, note)
            case Show():
                rows = [
                    [{"text": b.text, **({"callback_data": b.data} if b.data else {"url": b.url})} for b in row]
                    for row in call.rows
                ]
                params: dict[str, object] = {"chat_id": call.chat, "text": call.text, "parse_mode": "HTML"}
                if rows:
                    params["reply_markup"] = {"inline_keyboard": rows}
                if call.message is None:
                    self.api.call("sendMessage", params, {})
                else:
                    self.api.call("editMessageText", {**params, "message_id": call.message}, {})


def _moved(call: Outgoing, came: Incoming) -> Outgoing:
    """Put an answer on the message that it is about."""
    match call:
        case Acknowledge() if isinstance(came, Tap):
            return Acknowledge(came.query)
        case Remove() | Show(message=0) if came.message is not None:
            return replace(call, message=came.message)
        case _:
            return call


def chat_keys(chat: int) -> tuple[bytes, ...]:
    """Return the keys of a chat, as the bot derives them."""
    return bound(KEYS, chat)
