"""The methods of the Bot API over the state of one bot. Pure of any network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tests.telegram.peer import entities, keyboards
from tests.telegram.peer.chats import Chat, Chats, Message
from tests.telegram.peer.clock import Clock
from tests.telegram.peer.inbox import Inbox
from tests.telegram.peer.params import KNOWN
from tests.telegram.peer.rates import RateMeter
from tests.telegram.peer.refusal import BLOCKED, NOT_FOUND, bad
from tests.telegram.peer.updates import BOT, message_json

TEXT, CAPTION, ANSWER, ENTITIES = 4096, 1024, 200, 100
DELETABLE = 48 * 3600.0
QUERY_LIFE = 60.0
_PROFILE = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

Params = dict[str, object]
Files = Mapping[str, tuple[str, bytes]]


class BotApi:
    """
    One bot: its chats, what waits for it, what it has set.

    `violations` collects what Telegram would let pass and a person would not like: quotes in quotes, entities beyond
    the hundredth, unknown parameters.
    """

    def __init__(self, clock: Clock, inbox: Inbox, rates: RateMeter) -> None:
        self.chats = Chats()
        self.clock = clock
        self.inbox = inbox
        self.rates = rates
        self.violations: list[str] = []
        self.profile: dict[str, object] = {}
        self.queries: dict[str, tuple[Chat, float]] = {}
        self.late_answers = 0
        self._methods: dict[str, Callable[[Params, Files], object]] = {
            "getMe": lambda _p, _f: {**BOT, "can_join_groups": True, "can_read_all_group_messages": False},
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "sendChatAction": lambda p, _f: self._open(p) is not None,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": lambda p, _f: self._delete(p, p.get("message_id")),
            "deleteMessages": self._delete_many,
            "answerCallbackQuery": self._answer,
            "setMyCommands": self._set_commands,
        }

    def call(self, method: str, params: Params, files: Files) -> object:
        """
        Do what a method says.

        Args:
            method: as spelt in the address.
            params: typed parameters.
            files: name and content of each file sent, by part name.

        Returns:
            The `result` of the answer, ready for JSON.

        Raises:
            Refusal: as Telegram would.

        """
        if method not in KNOWN:
            raise NOT_FOUND
        unknown = set(params) - KNOWN[method]
        if unknown:
            self.violations.append(f"{method}: unknown {sorted(unknown)}")
        if method in self._methods:
            return self._methods[method](params, files)
        return self._setting(method, params)

    def _open(self, params: Params) -> Chat:
        chat_id = params.get("chat_id")
        if not isinstance(chat_id, int) or not self.chats.known(chat_id):
            raise bad("chat not found")
        chat = self.chats.open(chat_id)
        if chat.blocked:
            raise BLOCKED
        return chat

    def _parsed(self, text: object, mode: object, most: int, too_long: str) -> entities.Parsed:
        parsed = entities.parse(str(text or ""), None if mode is None else str(mode))
        if parsed.units > most:
            raise bad(too_long)
        if len(parsed.entities) > ENTITIES:
            self.violations.append(f"{len(parsed.entities)} entities, only {ENTITIES} are kept")
        quotes = [e for e in parsed.entities if str(e["type"]).endswith("blockquote")]
        ends = [int(q["offset"]) + int(q["length"]) for q in quotes]
        if any(int(after["offset"]) < end for after, end in zip(quotes[1:], ends, strict=False)):
            self.violations.append("a quote in a quote")
        return parsed

    def _send_message(self, params: Params, _files: Files) -> object:
        chat = self._open(params)
        parsed = self._parsed(params.get("text"), params.get("parse_mode"), TEXT, "message is too long")
        if not parsed.text:
            raise bad("message text is empty")
        return self._show(chat, params, Message(self.chats.next_id(), self.clock.now(), mine=True, parsed=parsed))

    def _send_document(self, params: Params, files: Files) -> object:
        chat = self._open(params)
        named = str(params.get("document", "attach://document")).removeprefix("attach://")
        if named not in files:
            raise bad("there is no document in the request")
        filename, content = files[named]
        if not content:
            raise bad("file must be non-empty")
        parsed = self._parsed(params.get("caption"), params.get("parse_mode"), CAPTION, "message caption is too long")
        message = Message(self.chats.next_id(), self.clock.now(), mine=True, parsed=parsed, kind="document")
        message.document, message.filename = content, filename
        return self._show(chat, params, message)

    def _show(self, chat: Chat, params: Params, message: Message) -> object:
        message.keyboard = keyboards.read(params.get("reply_markup"))
        message.protected = params.get("protect_content") is True
        self.rates.count(chat.id)
        return message_json(chat.add(message), chat)

    def _mine(self, params: Params) -> tuple[Chat, Message]:
        chat = self._open(params)
        number = params.get("message_id")
        message = chat.messages.get(number) if isinstance(number, int) else None
        if message is None:
            raise bad("message to edit not found")
        if not message.mine:
            raise bad("message can't be edited")
        return chat, message

    def _edit_text(self, params: Params, _files: Files) -> object:
        chat, message = self._mine(params)
        parsed = self._parsed(params.get("text"), params.get("parse_mode"), TEXT, "MESSAGE_TOO_LONG")
        if not parsed.text:
            raise bad("message text is empty")
        if message.kind != "text":
            raise bad("there is no text in the message to edit")
        return self._redraw(chat, message, parsed, keyboards.read(params.get("reply_markup")))

    def _edit_keyboard(self, params: Params, _files: Files) -> object:
        chat, message = self._mine(params)
        return self._redraw(chat, message, message.parsed, keyboards.read(params.get("reply_markup")))

    def _redraw(self, chat: Chat, message: Message, parsed: entities.Parsed, keyboard: keyboards.Keyboard) -> object:
        if (parsed, keyboard) == (message.parsed, message.keyboard):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message.parsed, message.keyboard = parsed, keyboard
        self.rates.count(chat.id)
        chat.redraw(message)
        return message_json(message, chat)

    def _delete(self, params: Params, number: object) -> bool:
        chat = self._open(params)
        message = chat.messages.get(number) if isinstance(number, int) else None
        if message is None:
            raise bad("message to delete not found")
        if self.clock.now() - message.date > DELETABLE or (chat.id < 0 and not message.mine):
            raise bad("message can't be deleted for everyone")
        chat.remove(message.id)
        return True

    def _delete_many(self, params: Params, _files: Files) -> bool:
        chat, numbers = self._open(params), params.get("message_ids")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
            raise bad("message identifiers are not specified")
        for number in numbers:
            if number in chat.messages:
                self._delete(params, number)
        return True

    def _answer(self, params: Params, _files: Files) -> bool:
        chat, asked = self.queries.pop(str(params.get("callback_query_id")), (None, 0.0))
        if chat is None or self.clock.now() - asked > QUERY_LIFE:
            self.late_answers += 1
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = str(params.get("text") or "")
        if entities.utf16(text) > ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        if text:
            chat.note(f"{'ALERTE' if params.get('show_alert') else 'BULLE'}\n{text}")
        return True

    def _set_commands(self, params: Params, _files: Files) -> bool:
        commands = params.get("commands")
        if not isinstance(commands, list) or len(commands) > 100:
            raise bad("expected an Array of BotCommand")
        for command in commands:
            if not _COMMAND.fullmatch(str(command.get("command", ""))):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.profile[f"commands {params.get('scope')} {params.get('language_code')}"] = commands
        return True

    def _setting(self, method: str, params: Params) -> object:
        field = re.sub(r"(?<!^)(?=[A-Z])", "_", method[5:]).lower()
        if method.startswith("getMy"):
            empty: object = [] if field == "commands" else {field: ""}
            return self.profile.get(f"{field} {params.get('language_code')}", empty)
        if field in _PROFILE and len(str(params.get(field) or "")) > _PROFILE[field]:
            raise bad(f"{field} is too long")
        self.profile[f"{field} {params.get('language_code')}"] = params
        return True

    def _set_webhook(self, params: Params, _files: Files) -> bool:
        allowed = params.get("allowed_updates")
        secret = params.get("secret_token")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret)):
            raise bad("secret token contains unallowed characters")
        if params.get("drop_pending_updates"):
            self.inbox.drop()
        self.inbox.hook(
            str(params.get("url") or ""),
            None if secret is None else str(secret),
            allowed if isinstance(allowed, list) else None,
        )
        return True

    def _delete_webhook(self, params: Params, files: Files) -> bool:
        return self._set_webhook({"drop_pending_updates": params.get("drop_pending_updates")}, files)

    def _webhook_info(self, _params: Params, _files: Files) -> object:
        return {"url": self.inbox.url, "has_custom_certificate": False, "pending_update_count": self.inbox.pending}
