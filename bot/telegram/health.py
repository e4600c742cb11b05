"""
Whether the bot of this container works, for its health check.

Run with `python -m bot.telegram.health`, or with `--webhook` beside `motus bot --webhook`. The exit code is 0
or 1. It asks Telegram nothing and reads no secret.
"""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from knowledge.model.typography import french

_BOT = 1
_ESTABLISHED = "01"
_SECONDS = 3


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Say how the bot is; return the exit code."""
    if "--webhook" in arguments:
        well, said = ready(environment), ("prêt", "le webhook ne répond pas, ou n'est pas prêt")
    else:
        well, said = linked(_BOT), ("relié à Telegram", "aucune liaison ouverte vers Telegram")
    sys.stdout.write(french(said[0] if well else said[1]) + "\n")
    return 0 if well else 1


def ready(environment: Mapping[str, str]) -> bool:
    """Ask the webhook of this container whether it can answer updates."""
    # where it listens everywhere (0.0.0.0), that address leads to this machine
    host, port = environment.get("MOTUS_HOST", "127.0.0.1"), environment.get("MOTUS_PORT", "8080")
    asked = http.client.HTTPConnection(host, int(port), timeout=_SECONDS)
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def linked(pid: int) -> bool:
    """
    Return whether a process holds an open TCP connection.

    The bot by polling serves nothing and writes nothing, but always waits on Telegram. A bot that no longer reads is
    left by Telegram, and its connection is then no longer established.
    """
    process = Path(f"/proc/{pid}")
    try:
        ours = set(_sockets(process))
    except OSError:
        return False
    return any(row[3] == _ESTABLISHED and row[9] in ours for row in _connections(process))


def _connections(process: Path) -> Iterator[list[str]]:
    """Give the rows of the kernel's tables: its state is the fourth word of a row, its socket the tenth."""
    for name in ("tcp", "tcp6"):
        with suppress(OSError):  # a machine without IPv6 has no second table
            yield from (line.split() for line in (process / "net" / name).read_text("ascii").splitlines()[1:])


def _sockets(process: Path) -> Iterator[str]:
    """Give the numbers of the sockets that a process holds."""
    for each in (process / "fd").iterdir():
        with suppress(OSError):  # closed since it was listed
            target = str(each.readlink())
            if target.startswith("socket:["):
                yield target[len("socket:[") : -1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
