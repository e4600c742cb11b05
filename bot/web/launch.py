"""`motus web`: read the settings of the environment, then serve. What is missing is said before anything starts."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
from importlib.util import find_spec

from bot.app import App, open_app
from bot.clock import clock
from bot.errors import DATA, Refused
from bot.keys import read_keys
from bot.words.french import whole_number
from knowledge.model.typography import french

_STOP = 5
_IDLE = 5
_CONNECTIONS = 512
_HEAD = 16_384
_WAITING = 128
_LIBRARIES = ("uvicorn", "uvicorn.access", "asyncio", "transitions")


def run_web(*, demo: bool) -> None:
    """
    Serve until told to stop.

    Args:
        demo: on this machine alone, with a key drawn now: the pages left open mean nothing at the next start.

    Raises:
        Refused: a setting is missing or wrong, or a package; the law is refused; or the port is taken.

    """
    keys = (secrets.token_bytes(32),) if demo else read_keys(os.environ)
    host = "127.0.0.1" if demo else os.environ.get("MOTUS_HOST", "127.0.0.1")
    port = os.environ.get("MOTUS_PORT", "8080")
    number = whole_number(port, 1, 65535)
    if number is None:
        raise Refused(french(f"MOTUS_PORT : « {port} » n'est pas un nombre de 1 à 65535"))
    missing = [name for name in ("starlette", "uvicorn", "typst") if find_spec(name) is None]
    if missing:
        said = f"il manque {', '.join(missing)} : dans le dossier de Motus, lancez pip install '.[web]'"
        raise Refused(french(said), DATA)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    quiet()
    app = open_app()
    with _listening(host, number) as door:
        if demo:
            sys.stderr.write(french(f"Ouvrez http://{host}:{number} dans un navigateur. Pour arrêter : Ctrl-C.\n"))
        _serve(app, door, keys)


def quiet() -> None:
    """Silence the libraries below their last resort: a line of theirs could say where a conversation stands."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _listening(host: str, port: int) -> socket.socket:
    """Open the door before anything is said to be ready."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_WAITING)
    except OSError:
        said = f"impossible d'écouter sur {host}, port {port} : il est pris ; changez MOTUS_HOST ou MOTUS_PORT"
        raise Refused(french(said), DATA) from None


def _serve(app: App, door: socket.socket, keys: tuple[bytes, ...]) -> None:
    import uvicorn

    from bot.web.patience import Patient
    from bot.web.server import application

    settings = uvicorn.Config(
        application(keys, clock(os.environ), app),
        http=Patient,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=os.environ.get("MOTUS_PROXY", "127.0.0.1"),
        limit_concurrency=_CONNECTIONS,
        backlog=_WAITING,
        h11_max_incomplete_event_size=_HEAD,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_STOP,
    )
    uvicorn.Server(settings).run(sockets=[door])
