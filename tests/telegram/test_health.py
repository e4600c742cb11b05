"""The health check of a container: a real bot beside a peer, well, then left, then stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from bot.telegram import health
from tests.telegram.peer.bots import hooked, settings, spawned
from tests.telegram.peer.scenario import lived, played
from tests.telegram.peer.server import Peer


async def _becomes(expected: bool, pid: int) -> None:
    async with asyncio.timeout(20):
        while health.linked(pid) is not expected:
            await asyncio.sleep(0.05)


@lived
async def test_a_bot_that_polls_is_linked_until_telegram_is_gone(tmp_path: Path) -> None:
    """Linked while it waits for updates; no longer once it reads nothing and was left; gone, it is not well either."""
    peer = Peer()
    async with peer.running():
        bot = await spawned(peer.base_url, tmp_path / "log")
        try:
            await _becomes(True, bot.pid)
            bot.send_signal(signal.SIGSTOP)
        except BaseException:
            bot.kill()
            raise
    await _becomes(False, bot.pid)
    bot.kill()
    await bot.wait()
    assert not health.linked(bot.pid)


def test_the_connection_of_another_program_is_not_ours() -> None:
    """A process that talks to nobody is not well, though its machine has connections."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
        subprocess.Popen(["sleep", "60"]) as alone,
    ):
        assert health.linked(os.getpid())
        assert not health.linked(alone.pid)
        alone.kill()


@played
async def test_a_webhook_is_ready_while_it_serves(capsys: pytest.CaptureFixture[str]) -> None:
    """The check asks the replica of its container, and says in French what it found."""
    peer = Peer()
    async with peer.running(), hooked(settings(peer.base_url), peer) as (address,):
        host, port = address.removeprefix("http://").split("/")[0].split(":")
        place = {"MOTUS_HOST": host, "MOTUS_PORT": port}
        assert await asyncio.to_thread(health.main, ["--webhook"], place) == 0
    assert health.main(["--webhook"], place) == 1
    assert capsys.readouterr().out.splitlines() == ["prêt", "le webhook ne répond pas, ou n'est pas prêt"]
