"""What a deployment sets for the Telegram channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

TELEGRAM = "https://api.telegram.org/bot"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    One deployment of the bot.

    `keys` sign the buttons: the first signs, all are accepted. `secret` is what Telegram must repeat in each
    webhook request. `today` is the clock. `protect_content` forbids forwarding and saving what the bot sends.
    No secret is shown by `repr`.
    """

    token: str = field(repr=False)
    base_url: str
    keys: tuple[bytes, ...] = field(repr=False)
    secret: str | None = field(repr=False)
    today: Callable[[], date]
    protect_content: bool = True
