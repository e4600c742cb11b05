"""What the bot is measured beside: an echo and a ten-step interview, on python-telegram-bot, all sending stubbed."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update  # noqa: TID251
from telegram.ext import (  # noqa: TID251
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from tests.telegram.peer.server import TOKEN
from tests.telegram.peer.silent import SilentRequest

STEPS = 10
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton(f"Réponse {n}", callback_data=f"{n}")] for n in range(4)])
Context = ContextTypes.DEFAULT_TYPE
Keep = Callable[[int, int, str], None]


class Durable:
    """One SQLite transaction per answer, synced to the disk."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute("CREATE TABLE answer (chat INTEGER, step INTEGER, value TEXT, PRIMARY KEY (chat, step))")

    def keep(self, chat: int, step: int, value: str) -> None:
        """Write one answer."""
        self._base.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (chat, step, value))


def forget(_chat: int, _step: int, _value: str) -> None:
    """Write nothing."""


def _application() -> Application[Any, Any, Any, Any, Any, Any]:
    request = SilentRequest()
    return Application.builder().token(TOKEN).request(request).get_updates_request(request).updater(None).build()


async def echo() -> Callable[[dict[str, object]], Awaitable[None]]:
    """Return what handles an update by repeating its text."""
    application = _application()

    async def repeat(update: Update, _: Context) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or ".")

    application.add_handler(MessageHandler(filters.TEXT, repeat))
    return await _ready(application)


async def interview(keep: Keep) -> Callable[[dict[str, object]], Awaitable[None]]:
    """Return what handles an update of a ten-step interview by buttons, edited in place."""
    application = _application()

    async def start(update: Update, _: Context) -> int:
        if update.message is not None:
            await update.message.reply_text("Question 1", reply_markup=KEYS)
        return 0

    async def answer(update: Update, context: Context) -> int:
        query, data = update.callback_query, context.user_data
        if query is None or data is None or update.effective_chat is None:
            return ConversationHandler.END
        await query.answer()
        step = len(data) + 1
        data[step] = query.data
        keep(update.effective_chat.id, step, query.data or "")
        await query.edit_message_text(f"Question {step + 1}", reply_markup=KEYS)
        if step < STEPS:
            return step
        data.clear()
        return ConversationHandler.END

    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={step: [CallbackQueryHandler(answer)] for step in range(STEPS)},
            fallbacks=[],
            per_message=False,
        )
    )
    return await _ready(application)


async def _ready(
    application: Application[Any, Any, Any, Any, Any, Any],
) -> Callable[[dict[str, object]], Awaitable[None]]:
    await application.initialize()

    async def handle(update: dict[str, object]) -> None:
        await application.process_update(Update.de_json(update, application.bot))

    return handle
