"""Updates on their way to the bot: fetched by polling or pushed by webhook, until the bot acknowledges them."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.telegram.peer.refusal import HOOKED, TWO_POLLS, bad
from tests.telegram.peer.updates import Update

SOON = 0.5
"""Asked again from the same place before so many seconds, Telegram gives one update: the oldest."""
CONNECTIONS = 40
"""Calls of the webhook that Telegram makes at once, unless told otherwise."""


@dataclass
class Delivery:
    """
    How untidy the webhook is: chances of a second delivery and of a late one; seconds between tries.

    `in_line` is what Telegram does: the next message of a chat, or the next press of a person, waits until the one
    before was taken, and there are forty calls at most. Otherwise all leave at once.
    """

    twice: float = 0.0
    late: float = 0.0
    pause: float = 0.05
    timeout: float = 10.0
    in_line: bool = False
    chooser: random.Random = field(default_factory=lambda: random.Random(2))


class Inbox:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.delivery = Delivery()
        self.url = ""
        self.replicas: list[str] = []
        self.secret: str | None = None
        self.allowed: list[str] = []
        self.refused: list[int] = []
        self._waiting: dict[int, Update] = {}
        self._served: set[int] = set()
        self._acknowledged: dict[int, asyncio.Event] = {}
        self._arrived = asyncio.Event()
        self._polling = 0
        self._last_poll = (-1, float("-inf"))
        self._next = 1
        self._pushes: set[asyncio.Task[None]] = set()
        self._lines: dict[tuple[str, object], deque[int]] = {}
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._client: httpx.AsyncClient | None = None

    @property
    def pending(self) -> int:
        """Return how many updates are not acknowledged."""
        return len(self._waiting)

    def idle_week(self, chooser: random.Random) -> None:
        """After a week without updates the next id is chosen at random, sometimes under the last."""
        self._next = chooser.randrange(1, 2**31 - 2**20)

    def put(self, update: Update, update_id: int | None = None) -> int:
        """Queue an update; a given `update_id` repeats an old one."""
        kind = next(iter(update))
        if update_id is None:
            update_id, self._next = self._next, self._next + 1
        self._acknowledged[update_id] = asyncio.Event()
        if self.allowed and kind not in self.allowed:
            self._acknowledged[update_id].set()
            return update_id
        self._waiting[update_id] = {"update_id": update_id, **update}
        self._arrived.set()
        if self.url:
            self._push(update_id)
        return update_id

    async def handled(self, update_id: int, timeout: float = 120.0) -> None:
        """Wait until the bot has acknowledged an update."""
        await asyncio.wait_for(self._acknowledged[update_id].wait(), timeout)
        self._acknowledged.pop(update_id, None)

    async def poll(self, offset: int, limit: int, timeout: float, allowed: list[str] | None) -> list[Update]:
        """
        Serve one `getUpdates`.

        Raises:
            Refusal: a webhook is set, or a newer poll took over.

        """
        if self.url:
            raise HOOKED
        if allowed is not None:
            self.allowed = allowed
        self._polling += 1
        mine = self._polling
        self._arrived.set()
        for update_id in [u for u in self._served if u < offset]:
            self._acknowledge(update_id)
        now = asyncio.get_running_loop().time()
        if self._last_poll[0] == offset and now < self._last_poll[1] + SOON:
            limit = 1
        self._last_poll = offset, now
        until = now + timeout
        while True:
            if self._polling != mine:
                raise TWO_POLLS
            left = until - asyncio.get_running_loop().time()
            found = list(self._waiting)[:limit]
            if found or left <= 0:
                self._served.update(found)
                return [self._waiting[i] for i in found]
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                continue

    def hook(self, url: str, secret: str | None, allowed: list[str] | None) -> None:
        """
        Set or remove the webhook.

        Raises:
            Refusal: neither https nor loopback.

        """
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.url, self.secret = url, secret
        if allowed is not None:
            self.allowed = allowed
        self._arrived.set()
        if url:
            for update_id in self._waiting:
                self._push(update_id)

    def drop(self) -> None:
        """Forget what waits."""
        for update_id in list(self._waiting):
            self._acknowledge(update_id)

    async def close(self) -> None:
        """Stop pushing."""
        for task in self._pushes:
            task.cancel()
        await asyncio.gather(*self._pushes, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    def _acknowledge(self, update_id: int) -> None:
        self._served.discard(update_id)
        if self._waiting.pop(update_id, None) is not None and update_id in self._acknowledged:
            self._acknowledged[update_id].set()

    def _push(self, update_id: int) -> None:
        if not self.delivery.in_line:
            self._start(self._deliver(update_id))
            return
        line = _line(self._waiting[update_id])
        if line in self._lines:
            self._lines[line].append(update_id)
            return
        self._lines[line] = deque([update_id])
        self._start(self._deliver_line(line))

    async def _deliver_line(self, line: tuple[str, object]) -> None:
        """Post the updates of one line, each after the one before was taken."""
        while self._lines[line]:
            async with self._free:
                await self._deliver(self._lines[line].popleft())
        del self._lines[line]

    def _start(self, pushing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(pushing)
        self._pushes.add(task)
        task.add_done_callback(self._pushes.discard)

    async def _deliver(self, update_id: int) -> None:
        """Post until a 2xx answer; perhaps late, perhaps once more afterwards."""
        untidy = self.delivery
        if untidy.chooser.random() < untidy.late:
            await asyncio.sleep(untidy.pause * 2)
        again = untidy.chooser.random() < untidy.twice
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=untidy.timeout)
        while update_id in self._waiting and self.url:
            update = self._waiting[update_id]
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
            try:
                answers = [
                    await self._client.post(
                        untidy.chooser.choice(self.replicas or [self.url]), json=update, headers=headers
                    )
                    for _ in range(1 + again)
                ]
                status = answers[0].status_code
            except httpx.HTTPError:
                status = 0
            if 200 <= status < 300:
                self._acknowledge(update_id)
                return
            self.refused.append(status)
            await asyncio.sleep(untidy.pause)


def _line(update: Any) -> tuple[str, object]:
    """Return what Telegram keeps in order: the messages of a chat, the presses of a person."""
    if "callback_query" in update:
        return "presses", update["callback_query"]["from"]["id"]
    (kind,) = (key for key in update if key != "update_id")
    return kind, update[kind]["chat"]["id"]
