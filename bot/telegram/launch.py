"""`motus bot`: read the settings of the environment, then listen. What is missing is said before anything starts."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from bot.clock import clock
from bot.errors import DATA, Refused
from bot.keys import MAKE, guessed, read_keys, read_secret
from bot.telegram.settings import TELEGRAM, Settings
from bot.words.french import whole_number
from knowledge.model.typography import french

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_STOP = 25


def run_bot(*, webhook: bool) -> None:
    """
    Listen until told to stop.

    Raises:
        Refused: a setting is missing or wrong, or Telegram refuses.

    """
    settings = read_settings(os.environ, webhook=webhook)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    needed = ("telegram", "typst", *(("starlette", "uvicorn", "prometheus_client") if webhook else ()))
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        extra = "telegram,webhook" if webhook else "telegram"
        said = f"il manque {', '.join(missing)} : dans le dossier de Motus, lancez pip install '.[{extra}]'"
        raise Refused(french(said), DATA)
    if webhook:
        _serve(settings)
    else:
        asyncio.run(_poll(settings))


def read_settings(environment: Mapping[str, str], *, webhook: bool) -> Settings:
    """
    Read the settings; each secret is in a variable, or in the file that NAME_FILE names.

    Raises:
        Refused: with what is missing or wrong, and what would be right. No secret is repeated.

    """
    token = read_secret(environment, "MOTUS_TOKEN", "le jeton que @BotFather donne, comme 123456:ABC…")
    if not _TOKEN.fullmatch(token):
        raise Refused(french("MOTUS_TOKEN n'a pas la forme d'un jeton : des chiffres, deux-points, puis des lettres"))
    keys = read_keys(environment)
    secret = read_secret(environment, "MOTUS_SECRET", "le secret que Telegram répète") if webhook else None
    if secret is not None and not _SECRET.fullmatch(secret):
        raise Refused(french("MOTUS_SECRET : de 16 à 256 signes parmi les lettres, les chiffres, « _ » et « - »"))
    if secret is not None and guessed(secret.encode()):
        said = "MOTUS_SECRET : ce secret se devine (peu de signes différents, ou un motif répété)"
        raise Refused(french(f"{said}. {MAKE}"))
    return Settings(
        token=token,
        base_url=environment.get("MOTUS_API", TELEGRAM),
        keys=keys,
        secret=secret,
        today=clock(environment),
        protect_content=environment.get("MOTUS_PROTECT", "oui") != "non",
    )


async def _poll(settings: Settings) -> None:
    from bot.telegram.run import polling

    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await polling(settings, stop)


def _serve(settings: Settings) -> None:
    import uvicorn

    from bot.telegram.introduce import set_webhook
    from bot.telegram.webhook import PATH, application

    host, port = os.environ.get("MOTUS_HOST", "127.0.0.1"), os.environ.get("MOTUS_PORT", "8080")
    number = whole_number(port, 1, 65535)
    if number is None:
        raise Refused(french(f"MOTUS_PORT : « {port} » n'est pas un nombre de 1 à 65535"))
    served = application(settings)
    url = os.environ.get("MOTUS_URL")
    if url is not None:
        if not url.startswith("https://"):
            raise Refused(french("MOTUS_URL : l'adresse publique du webhook commence par https://"))
        asyncio.run(set_webhook(settings, url.rstrip("/") + PATH))
    uvicorn.run(served, host=host, port=number, log_level="warning", access_log=False, timeout_graceful_shutdown=_STOP)
