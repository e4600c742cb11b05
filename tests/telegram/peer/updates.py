"""Updates as Telegram writes them, without their `update_id`."""

from __future__ import annotations

from tests.telegram.peer.chats import Chat, Message

Update = dict[str, object]
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Motus", "username": "motus_essai_bot"}
OTHER_CONTENTS: dict[str, dict[str, object]] = {
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "pu", "width": 9, "height": 9, "file_size": 9}]},
    "voice": {"voice": {"file_id": "v", "file_unique_id": "vu", "duration": 3}},
    "video": {"video": {"file_id": "w", "file_unique_id": "wu", "width": 9, "height": 9, "duration": 3}},
    "document": {"document": {"file_id": "d", "file_unique_id": "du", "file_name": "note.pdf"}},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "su",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
    "location": {"location": {"latitude": 48.85, "longitude": 2.35}},
    "contact": {"contact": {"phone_number": "+33600000000", "first_name": "Personne"}},
}


def person(chat: Chat) -> dict[str, object]:
    """Return the user behind a chat; in a group, one of its members."""
    return {"id": abs(chat.id) % 2**40, "is_bot": False, "first_name": "Personne", "language_code": "fr"}


def message_json(message: Message, chat: Chat) -> dict[str, object]:
    """Return a message as the Bot API shows it."""
    body: dict[str, object] = {
        "message_id": message.id,
        "date": int(message.date),
        "chat": chat.as_json(),
        "from": BOT if message.mine else person(chat),
    }
    if message.document is not None:
        size = len(message.document)
        body["document"] = {
            "file_id": f"file{message.id}",
            "file_unique_id": f"unique{message.id}",
            "file_name": message.filename,
            "file_size": size,
        }
    text, entities = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
    if message.parsed.text:
        body[text] = message.parsed.text
        if message.parsed.entities:
            body[entities] = list(message.parsed.entities)
    if message.keyboard:
        body["reply_markup"] = {"inline_keyboard": [[b.as_json() for b in row] for row in message.keyboard]}
    if message.protected:
        body["has_protected_content"] = True
    return {**body, **message.extra}


def incoming(message: Message, chat: Chat) -> Update:
    """Return the update of a message that the person sent."""
    return {"message": message_json(message, chat)}


def pressed(query_id: str, message: Message, chat: Chat, data: str) -> Update:
    """Return the update of a button pressed."""
    return {
        "callback_query": {
            "id": query_id,
            "from": person(chat),
            "message": message_json(message, chat),
            "chat_instance": f"{abs(chat.id)}",
            "data": data,
        }
    }


def membership(chat: Chat, date: float, old: str, new: str) -> Update:
    """Return the update of a person who blocks the bot (`kicked`) or lets it back (`member`)."""

    def status(word: str) -> dict[str, object]:
        return {"user": BOT, "status": word, **({"until_date": 0} if word == "kicked" else {})}

    return {
        "my_chat_member": {
            "chat": chat.as_json(),
            "from": person(chat),
            "date": int(date),
            "old_chat_member": status(old),
            "new_chat_member": status(new),
        }
    }


def command_entities(text: str) -> list[dict[str, object]]:
    """Return the `bot_command` mark of a text that starts with one."""
    head = text.split(maxsplit=1)[0] if text.strip() else ""
    return [{"type": "bot_command", "offset": 0, "length": len(head)}] if head.startswith("/") else []
