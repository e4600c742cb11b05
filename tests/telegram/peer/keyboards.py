"""Inline keyboards: what Telegram accepts of them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.telegram.peer.refusal import bad

MOST_BUTTONS, MOST_A_ROW, MOST_BYTES = 100, 8, 64
_ACTIONS = {"callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat", "web_app"}


@dataclass(frozen=True)
class Button:
    """One button as the person sees it, with what it sends."""

    text: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return the Bot API's object."""
        return {
            "text": self.text,
            **({} if self.data is None else {"callback_data": self.data}),
            **({} if self.url is None else {"url": self.url}),
        }


Keyboard = tuple[tuple[Button, ...], ...]


def read(markup: object) -> Keyboard:
    """
    Read a `reply_markup`.

    Args:
        markup: the decoded JSON, or None.

    Returns:
        Rows of buttons; no rows where there is no keyboard.

    Raises:
        Refusal: not an inline keyboard, too many buttons, a button without one action, data over 64 bytes.

    """
    if markup is None or markup == {}:
        return ()
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise bad("object expected as reply markup")
    rows = tuple(tuple(_button(b) for b in row) for row in markup["inline_keyboard"] if row)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("too many buttons in the inline keyboard")
    if any(len(row) > MOST_A_ROW for row in rows):
        raise bad("too many buttons in a row")
    return rows


def _button(value: object) -> Button:
    if not isinstance(value, dict):
        raise bad("an inline keyboard button must be an object")
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = _ACTIONS & set(value)
    if len(actions) != 1:
        raise bad("text buttons are unallowed in the inline keyboard")
    data, url = value.get("callback_data"), value.get("url")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= MOST_BYTES):
        raise bad("BUTTON_DATA_INVALID")
    if url is not None:
        parts = urlsplit(str(url))
        if parts.scheme not in ("http", "https", "tg") or not parts.netloc:
            raise bad(f"inline keyboard button URL '{url}' is invalid")
    return Button(text, data, url)
