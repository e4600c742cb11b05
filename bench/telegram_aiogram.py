"""
The ten-step interview on aiogram's FSM, in aiogram's own environment, driven round by round by `bench.telegram_speed`.

Reads one line of JSON per round on the standard input, a list of updates; writes the seconds of each update, those
gone by and those worked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

STEPS = 10
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=f"Réponse {n}", callback_data=f"{n}")] for n in range(4)]
)
ANSWER = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "."}


class Silent(BaseSession):
    """No network: every call succeeds, through the library's own reading of the answer."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """Answer as if all went well."""
        del timeout
        name = method.__api_method__
        result: object = ANSWER if name.startswith(("send", "edit")) else True
        body = json.dumps({"ok": True, "result": result})
        return self.check_response(bot=bot, method=method, status_code=200, content=body).result

    async def stream_content(self, *_: Any, **__: Any) -> Any:
        """Nothing is ever downloaded."""
        yield b""

    async def close(self) -> None:
        """Nothing to close."""


class Asking(StatesGroup):
    """One state: the step is in the data."""

    question = State()


async def main() -> None:
    """Run the rounds that the standard input asks."""
    bot, dispatcher = Bot("7000000001:AAmotus-essai-motus-essai-motus-essai", session=Silent()), Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await state.set_state(Asking.question)
        await message.answer("Question 1", reply_markup=KEYS)

    @dispatcher.callback_query(Asking.question)
    async def answer(query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        data = await state.get_data()
        step = len(data) + 1
        await state.update_data({f"{step}": query.data})
        if isinstance(query.message, Message):
            await query.message.edit_text(f"Question {step + 1}", reply_markup=KEYS)
        if step == STEPS:
            await state.clear()

    for line in sys.stdin:
        seconds = []
        for update in json.loads(line):
            wall, cpu = time.perf_counter(), time.process_time()
            await dispatcher.feed_update(bot, Update.model_validate(update, context={"bot": bot}))
            seconds.append((time.perf_counter() - wall, time.process_time() - cpu))
        sys.stdout.write(json.dumps(seconds) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
