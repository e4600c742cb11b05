"""`motus web --demo` as a process of its own, for the tests that need a network."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from subprocess import PIPE, STDOUT

import httpx


@contextmanager
def running(seconds: float | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run it, and give its address; `seconds` is another patience with slow clients than the one that ships."""
    port = _free()
    faster = f"import bot.web.patience as p; p.Patient.seconds = {seconds}; " if seconds else ""
    code = f"import sys; {faster}sys.argv = ['motus', 'web', '--demo']; from bot.main import main; main()"
    command = [sys.executable, "-c", code]
    given = {"MOTUS_PORT": str(port), "PATH": ""}
    with subprocess.Popen(command, stdout=PIPE, stderr=STDOUT, text=True, env=given) as program:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", program
        finally:
            program.terminate()


def _free() -> int:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _wait(address: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            if httpx.get(address + "/readyz").status_code == 200:
                return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)
