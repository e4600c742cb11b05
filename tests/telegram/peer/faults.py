"""What can go wrong on the way, on demand or at random."""

from __future__ import annotations

import enum
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


class Fault(enum.Enum):
    """One way to fail. `LOST` does what was asked and then breaks the line, as a network may."""

    FLOOD = "429"
    BROKEN = "502"
    HANG = "hang"
    RESET = "reset"
    LOST = "lost"


@dataclass
class Faults:
    """
    Which calls fail.

    `next_one` fails the next call of a method; `chance` fails each call of a method other than `getUpdates` at random.
    `retry_after` and `hang` are in seconds.
    """

    chance: float = 0.0
    kinds: tuple[Fault, ...] = tuple(Fault)
    chooser: random.Random = field(default_factory=lambda: random.Random(1))
    retry_after: int = 1
    hang: float = 0.5
    count: int = 0
    spared: frozenset[str] = frozenset({"getUpdates", "getMe", "getWebhookInfo", "setWebhook", "deleteWebhook"})
    _planned: deque[tuple[str, Callable[[dict[str, object]], bool], Fault]] = field(default_factory=deque)

    def next_one(self, method: str, fault: Fault, chat_id: int | None = None) -> None:
        """Fail the next call of a method, perhaps for one chat only."""
        self._planned.append((method, lambda p: chat_id is None or p.get("chat_id") == chat_id, fault))

    def draw(self, method: str, params: dict[str, object]) -> Fault | None:
        """Return how a call fails, or None."""
        for planned in self._planned:
            if planned[0] == method and planned[1](params):
                self._planned.remove(planned)
                self.count += 1
                return planned[2]
        if method in self.spared or not self.chance or self.chooser.random() >= self.chance:
            return None
        self.count += 1
        return self.chooser.choice(self.kinds)
