"""What Telegram shows of the bot before anyone speaks to it: its menu of commands and its description, in French."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.errors import DATA, Refused
from bot.telegram.core import COMMANDS
from bot.telegram.settings import Settings
from bot.telegram.transport import connect
from bot.telegram.wire import ALLOWED
from knowledge.model.typography import french

_SHORT = "Secret professionnel en travail social : puis-je le dire, quoi au plus, sur quel article."
_LONG = (
    "Motus vous dit, pour une situation précise, si vous pouvez en parler, quoi au plus, et sur quel article. "
    "Il pose quelques questions par boutons et ne garde rien. "
    "N'écrivez ni nom ni récit : Telegram n'est pas confidentiel."
)


async def webhook_of(bot: Bot) -> str:
    """Return the address of the webhook that is set; empty where none is."""
    return (await bot.get_webhook_info()).url


async def set_webhook(settings: Settings, url: str) -> None:
    """Ask Telegram to post the updates to `url`, with the secret, and set the menu."""
    async with connect(settings) as bot:
        try:
            await bot.set_webhook(url, allowed_updates=ALLOWED, secret_token=settings.secret)
        except TelegramError as error:
            raise Refused(french("Telegram refuse l'adresse du webhook : vérifiez MOTUS_URL"), DATA) from error
        await introduce(bot)


async def introduce(bot: Bot) -> None:
    """Set the commands, the menu and the descriptions. A refusal changes nothing that matters."""
    commands = [BotCommand(name, french(said)) for name, said in COMMANDS.items()]
    for asked in (
        bot.set_my_commands(commands),
        bot.set_my_commands(commands, language_code="fr"),
        bot.set_chat_menu_button(menu_button=MenuButtonCommands()),
        bot.set_my_short_description(french(_SHORT)),
        bot.set_my_description(french(_LONG)),
    ):
        try:
            await asked
        except TelegramError as error:
            logging.getLogger("motus").info("un réglage du menu a été refusé (%s)", type(error).__name__)
