"""The line of one chat: answered in order, never long, and what matters most first once somebody overflows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.telegram.values import Command, Incoming, Tap, Unwanted

MOST = 8
"""Updates that may wait in one chat. Nobody taps eight times ahead of the answers; a program does."""
AT_ONCE = 100
"""Messages that Telegram deletes in one call."""


@dataclass(eq=False, slots=True)
class Turn:
    """An update in line. `settled` is done once it is answered, or as soon as nobody has to wait for that."""

    number: int
    came: Incoming
    settled: asyncio.Future[None]

    def settle(self, error: Exception | None = None) -> None:
        """Let those who wait go on."""
        if self.settled.done():
            return
        if error is None:
            self.settled.set_result(None)
        else:
            self.settled.set_exception(error)


@dataclass(slots=True)
class Line:
    """
    What waits in one chat, `serving` the one being answered. `dropped` is told of each that will have no answer.

    Once more than `MOST` wait, the line is `flooded` until it is empty. Nobody waits for its answers any more, so that
    it holds back no other chat. Taps, and above all `/danger`, are answered before the rest. The messages to delete are
    gathered in one place of their own; of the others, what matters least is dropped, the oldest first.
    """

    dropped: Callable[[Incoming], None]
    waiting: list[Turn] = field(default_factory=list)
    serving: Turn | None = None
    flooded: bool = False

    def join(self, number: int, came: Incoming) -> Turn | None:
        """Return the place of an update: its own, that of the same one come twice, or None where it is dropped."""
        for each in self.held():
            if each.number == number:
                return each
        turn = Turn(number, came, asyncio.get_running_loop().create_future())
        if not self.flooded:
            if len(self.waiting) < MOST:
                self.waiting.append(turn)
                return turn
            self._flood()
        turn.settle()
        return self._squeeze(turn)

    def call(self) -> Turn | None:
        """Return whose turn it is; None where nobody waits."""
        if not self.waiting:
            self.serving = None
        elif self.flooded:
            self.serving = max(self.waiting, key=_weight)  # the first of equals
            self.waiting.remove(self.serving)
        else:
            self.serving = self.waiting.pop(0)
        return self.serving

    def held(self) -> list[Turn]:
        """Return what is in line, the one being answered first."""
        return self.waiting if self.serving is None else [self.serving, *self.waiting]

    def _flood(self) -> None:
        self.flooded = True
        held, self.waiting = self.waiting, []
        for turn in held:
            self._squeeze(turn)
        for turn in (*held, *self.held()):
            turn.settle()

    def _squeeze(self, turn: Turn) -> Turn | None:
        """Find room: among the messages to delete, with one that says the same, or in place of what matters less."""
        for each in self.waiting:
            if _gathered(each, turn) or _alike(each.came, turn.came):
                return each
        others = [each for each in self.waiting if not isinstance(each.came, Unwanted)]
        if isinstance(turn.came, Unwanted):
            if len(others) < len(self.waiting):
                self.dropped(turn.came)  # as many as can be deleted at once are gathered already
                return None
        elif len(others) >= MOST:
            least = min(others, key=_weight)
            if _weight(least) > _weight(turn):
                self.dropped(turn.came)
                return None
            self.dropped(least.came)
            self.waiting.remove(least)
        self.waiting.append(turn)
        return turn


def _weight(turn: Turn) -> int:
    """Return how much an update matters, the most for help in danger."""
    match turn.came:
        case Command(name="danger"):
            return 3
        case Tap():
            return 2
        case Command():
            return 1
        case Unwanted():
            return 0


def _gathered(one: Turn, other: Turn) -> bool:
    """Put the message to delete of `other` with that of `one`, and tell whether it could be."""
    if not isinstance(one.came, Unwanted) or not isinstance(other.came, Unwanted) or len(one.came.more) + 1 >= AT_ONCE:
        return False
    one.came = replace(one.came, more=(*one.came.more, other.came.message))
    return True


def _alike(one: Incoming, other: Incoming) -> bool:
    """Tell whether the answer to one answers the other too."""
    match one, other:
        case Tap(), Tap():
            return (one.message, one.data) == (other.message, other.data)
        case Command(), Command():
            return (one.name, one.words) == (other.name, other.words)
        case _:
            return False
