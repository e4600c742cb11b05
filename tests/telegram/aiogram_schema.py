"""
Another library's view of the wire, in an environment of its own: it needs an older pydantic than Motus.

Run with `.venv-aiogram/bin/python tests/telegram/aiogram_schema.py JOURNAL` to validate every request of a journal
against aiogram's models, or with `--talk ADDRESS TOKEN CHAT` to have aiogram read the answers of a peer.
One line per problem; the exit code is 1 where there is one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import aiogram.methods
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import BaseModel, ValidationError


def problems(line: dict[str, object]) -> Iterator[str]:
    """Say what is wrong with one request of a journal."""
    name, params = str(line["method"]), line["params"]
    model = getattr(aiogram.methods, name[:1].upper() + name[1:], None)
    if model is None:
        yield f"{name}: no such method"
        return
    given = dict(params) if isinstance(params, dict) else {}
    for part in line["files"] if isinstance(line["files"], list) else []:
        given = {k: v for k, v in given.items() if v != f"attach://{part}"}
    if line["files"]:
        given["document"] = BufferedInputFile(b"x", "note")
    try:
        request = model.model_validate(given)
    except ValidationError as error:
        yield from (f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return
    yield from (f"{name}: {unknown} is unknown" for unknown in _unknown(request, ""))


def _unknown(value: object, where: str) -> Iterator[str]:
    """Name the fields that no model knows, at any depth."""
    if isinstance(value, BaseModel):
        yield from (f"{where}{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name), f"{where}{name}.")
    elif isinstance(value, list):
        for item in value:
            yield from _unknown(item, where)


def validate(journals: list[str]) -> int:
    """Validate journals; print a count per method."""
    counts: Counter[str] = Counter()
    wrong = []
    for journal in journals:
        for number, text in enumerate(Path(journal).read_text(encoding="utf-8").splitlines(), 1):
            line = json.loads(text)
            counts[line["method"]] += 1
            wrong += [f"{journal}:{number}: {problem}" for problem in problems(line)]
    sys.stdout.writelines(f"{line}\n" for line in [*wrong, json.dumps(dict(sorted(counts.items())))])
    return 1 if wrong or not counts else 0


async def talk(address: str, token: str, chat: int) -> int:
    """Call a peer with aiogram's own client and read each answer."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="o")]])
    async with Bot(token, session=session) as bot:
        said = [(await bot.get_me()).username]
        sent = await bot.send_message(
            chat, "<b>Un</b> <blockquote>deux</blockquote>", parse_mode="HTML", reply_markup=keys
        )
        said.append(" ".join(e.type for e in sent.entities or []))
        edited = await bot.edit_message_text("trois", chat_id=chat, message_id=sent.message_id)
        said.append(getattr(edited, "text", None))
        document = await bot.send_document(chat, BufferedInputFile(b"%PDF", "note.pdf"), caption="quatre")
        said.append(document.document.file_name if document.document else None)
        said.append(str(await bot.set_my_commands([BotCommand(command="aide", description="De l'aide")])))
        said.append(str(await bot.delete_message(chat, sent.message_id)))
        said.extend(update.event_type for update in await bot.get_updates(timeout=0))
        said.append((await bot.get_webhook_info()).url)
    sys.stdout.writelines(f"{line}\n" for line in said)
    return 0


def main() -> int:
    """Run what the command line asks."""
    if sys.argv[1] == "--talk":
        return asyncio.run(talk(sys.argv[2], sys.argv[3], int(sys.argv[4])))
    return validate(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
