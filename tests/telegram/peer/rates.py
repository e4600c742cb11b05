"""A meter of Telegram's advice on rates: it records what goes beyond, and refuses nothing."""

from __future__ import annotations

from collections import defaultdict, deque

from tests.telegram.peer.clock import Clock

ALL_A_SECOND, GROUP_A_MINUTE = 30, 20
JITTER = 0.15
"""What arrives within this less than a second may have left over a whole one."""


class RateMeter:
    """
    Counts messages sent and edited.

    Per chat: one a second on average, with `burst` in hand. Over all: 30 in any second. Per group: 20 in any minute.
    `senders` share nothing, so each has as much: beyond, Telegram asks to wait, and they do.
    """

    def __init__(self, clock: Clock, burst: int = 3) -> None:
        self.violations: list[str] = []
        self.senders = 1
        self._clock = clock
        self._burst = burst
        self._left: dict[int, tuple[float, float]] = {}
        self._second: deque[float] = deque()
        self._minutes: defaultdict[int, deque[float]] = defaultdict(deque)

    def count(self, chat_id: int) -> None:
        """Note one message to a chat."""
        now = self._clock.now()
        burst = self._burst * self.senders
        left, at = self._left.get(chat_id, (float(burst), now))
        left = min(burst, left + (now - at) * self.senders) - 1
        self._left[chat_id] = (max(left, 0.0), now)
        if left < -0.05:
            self.violations.append(f"chat {chat_id}: more than {burst} ahead of one a second")
        if _within(self._second, now, 1.0 - JITTER) > ALL_A_SECOND * self.senders:
            self.violations.append(f"more than {ALL_A_SECOND} in a second")
        if chat_id < 0 and _within(self._minutes[chat_id], now, 60.0) > GROUP_A_MINUTE:
            self.violations.append(f"group {chat_id}: more than {GROUP_A_MINUTE} in a minute")


def _within(times: deque[float], now: float, span: float) -> int:
    """Add an instant, drop those out of the span, return how many remain."""
    times.append(now)
    while times[0] <= now - span:
        times.popleft()
    return len(times)
