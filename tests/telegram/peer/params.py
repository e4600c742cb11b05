"""The parameters of each method: what they are called, and their JSON types however they were sent."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.telegram.peer.refusal import bad

_SENDING = {
    "chat_id",
    "message_thread_id",
    "parse_mode",
    "disable_notification",
    "protect_content",
    "reply_parameters",
    "reply_markup",
}
KNOWN: dict[str, set[str]] = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {
        "url",
        "max_connections",
        "allowed_updates",
        "drop_pending_updates",
        "secret_token",
        "ip_address",
    },
    "deleteWebhook": {"drop_pending_updates"},
    "getWebhookInfo": set(),
    "sendMessage": _SENDING | {"text", "entities", "link_preview_options"},
    "editMessageText": {
        "chat_id",
        "message_id",
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "reply_markup",
    },
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "deleteMessage": {"chat_id", "message_id"},
    "deleteMessages": {"chat_id", "message_ids"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    "sendDocument": _SENDING | {"document", "caption", "caption_entities", "disable_content_type_detection"},
    "sendChatAction": {"chat_id", "action", "message_thread_id"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "deleteMyCommands": {"scope", "language_code"},
    "getMyCommands": {"scope", "language_code"},
    "setMyName": {"name", "language_code"},
    "setMyDescription": {"description", "language_code"},
    "setMyShortDescription": {"short_description", "language_code"},
    "setMyDefaultAdministratorRights": {"rights", "for_channels"},
    "setChatMenuButton": {"chat_id", "menu_button"},
    "getMyName": {"language_code"},
    "getMyDescription": {"language_code"},
    "getMyShortDescription": {"language_code"},
}
_NUMBERS = {
    "chat_id",
    "message_id",
    "message_thread_id",
    "offset",
    "limit",
    "timeout",
    "cache_time",
    "max_connections",
}
_FLAGS = {
    "disable_notification",
    "protect_content",
    "show_alert",
    "drop_pending_updates",
    "disable_content_type_detection",
    "for_channels",
}
_OBJECTS = {
    "reply_markup",
    "entities",
    "caption_entities",
    "link_preview_options",
    "reply_parameters",
    "allowed_updates",
    "message_ids",
    "commands",
    "scope",
    "rights",
    "menu_button",
}


def typed(sent: Mapping[str, object]) -> dict[str, object]:
    """
    Give parameters their JSON types.

    Args:
        sent: as decoded from JSON, from a form or from multipart (then every value is text).

    Raises:
        Refusal: a value of another type.

    """
    return {name: _value(name, value) for name, value in sent.items()}


def _value(name: str, value: object) -> object:
    try:
        if name in _NUMBERS and isinstance(value, str | int | float) and not isinstance(value, bool):
            return int(float(value)) if "." in str(value) else int(value)
        if name in _FLAGS and isinstance(value, str):
            return {"true": True, "false": False, "1": True, "0": False}[value.lower()]
        if name in _OBJECTS and isinstance(value, str):
            return json.loads(value)
    except (ValueError, KeyError):
        raise bad(f"can't parse {name}") from None
    return value
