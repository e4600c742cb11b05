"""Pacing, retries, order and repetition, on a loop whose clock jumps: seconds of waiting take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.telegram import handling
from bot.telegram.core import Desk
from bot.telegram.handling import Handler
from bot.telegram.line import AT_ONCE, MOST, Line
from bot.telegram.meter import Meter
from bot.telegram.metrics import Figures
from bot.telegram.outbox import TRIES, LostError, Outbox, Outcome, UndeliveredError, WaitError
from bot.telegram.pace import BURST, LONGEST_WAIT, OVERALL, TOGETHER
from bot.telegram.values import Acknowledge, Command, Incoming, Outgoing, Remove, Show, Tap, Unwanted
from tests.telegram.core_walk import APP, DESK, KEYS, TODAY
from tests.telegram.peer.clock import JumpingLoop


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end on a jumping loop."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(work)


@dataclass
class Wire:
    """Notes what leaves and when. `faults` are raised first, in order; `slow` seconds pass for each call."""

    faults: list[Exception] = field(default_factory=list)
    slow: float = 0.0
    answer: Outcome = "sent"
    left: list[tuple[float, Outgoing]] = field(default_factory=list)

    async def send(self, call: Outgoing) -> Outcome:
        """Take one value."""
        self.left.append((asyncio.get_running_loop().time(), call))
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.faults and not isinstance(call, Acknowledge):
            raise self.faults.pop(0)
        return self.answer

    def times(self, chat: int | None = None) -> list[float]:
        """Return when each message left, of one chat or of all."""
        return [t for t, c in self.left if isinstance(c, Show) and chat in (None, c.chat)]


def _show(chat: int = 1) -> Show:
    return Show(chat, "x")


def _handler(wire: Wire, desk: Desk = DESK) -> tuple[Handler, Outbox]:
    outbox = Outbox(wire, Meter())
    return Handler(desk, outbox, lambda: TODAY, Meter()), outbox


def test_a_chat_gets_a_burst_then_one_message_a_second() -> None:
    """Telegram's own limit, so that no 429 comes."""
    wire = Wire()

    async def work() -> None:
        outbox = Outbox(wire, Meter())
        for _ in range(BURST + 3):
            await outbox.deliver(_show(), 1)

    run(work())
    assert wire.times() == pytest.approx([0.0] * BURST + [1.0, 2.0, 3.0])


def test_all_chats_together_stay_under_thirty_a_second() -> None:
    """In any second, whatever their number; none is lost."""
    wire = Wire()

    async def work() -> None:
        outbox = Outbox(wire, Meter())
        await asyncio.gather(*(outbox.deliver(_show(chat), chat) for chat in range(150)))

    run(work())
    times = sorted(wire.times())
    assert len(times) == 150
    assert max(sum(t <= other < t + 1 for other in times) for t in times) in {OVERALL - 1, OVERALL}
    assert times[-1] == pytest.approx((150 - TOGETHER) / (OVERALL - TOGETHER), abs=0.1)


def test_a_chat_told_to_wait_waits_alone_and_its_answer_arrives() -> None:
    """`retry_after` holds for the chat that got it, to the second."""
    wire = Wire(faults=[WaitError(7)])

    async def work() -> None:
        outbox = Outbox(wire, Meter())
        first = asyncio.create_task(outbox.deliver(_show(1), 1))
        await asyncio.sleep(0)
        await outbox.deliver(_show(2), 2)
        assert await first == "sent"

    run(work())
    assert wire.times(2) == [0.0]
    assert wire.times(1) == pytest.approx([0.0, 7.0])


def test_a_wait_that_no_one_would_bear_is_given_up_and_the_chat_left_in_peace() -> None:
    """Nothing more is sent there until then."""
    wire = Wire(faults=[WaitError(LONGEST_WAIT * 10)])

    async def work() -> None:
        outbox = Outbox(wire, Meter())
        assert await outbox.deliver(_show(), 1) == "late"
        assert await outbox.deliver(_show(), 1) == "late"

    run(work())
    assert len(wire.left) == 1


@pytest.mark.parametrize("faults", range(TRIES))
def test_a_network_fault_is_tried_again(faults: int) -> None:
    """Fewer faults than tries: the answer arrives."""
    wire = Wire(faults=[LostError() for _ in range(faults)])

    async def work() -> None:
        assert await Outbox(wire, Meter()).deliver(_show(), 1) == "sent"

    run(work())
    assert len(wire.left) == faults + 1
    assert [t for t, _ in wire.left] == pytest.approx([0.5 * (2**n - 1) for n in range(faults + 1)])


def test_a_network_that_stays_down_is_not_tried_for_ever_and_the_update_may_come_again() -> None:
    """The second time, the same update is answered: it was not noted as done."""
    wire = Wire(faults=[LostError() for _ in range(TRIES)])

    async def work() -> None:
        handler, _ = _handler(wire)
        with pytest.raises(UndeliveredError):
            await handler.handle(10, Command(1, 1, "start"))
        await handler.handle(10, Command(1, 1, "start"))

    run(work())
    assert len(wire.left) == TRIES + 1


def test_a_person_who_blocked_the_bot_costs_one_call() -> None:
    """No second try, no message elsewhere."""
    wire = Wire(answer="blocked")

    async def work() -> None:
        handler, _ = _handler(wire)
        await handler.handle(1, Command(1, 1, "aide"))

    run(work())
    assert len(wire.left) == 1


def test_the_acknowledgement_leaves_before_everything_even_while_the_chat_waits() -> None:
    """The little clock on the button stops at once."""
    wire = Wire(slow=3)

    async def work() -> None:
        handler, _ = _handler(wire)
        await asyncio.gather(*(handler.handle(n, Tap(1, 5, f"q{n}", "x")) for n in range(3)))

    run(work())
    assert isinstance(wire.left[0][1], Acknowledge)
    assert [t for t, c in wire.left if isinstance(c, Acknowledge)] == [0.0, 0.0, 0.0]
    assert wire.times() == pytest.approx([0.0, 3.0, 6.0])


def test_a_chat_is_answered_in_order_and_two_chats_do_not_wait_for_each_other() -> None:
    """However slow the network."""
    wire = Wire(slow=2)

    async def work() -> None:
        handler, _ = _handler(wire)
        came: list[Incoming] = [Command(1, 1, "aide"), Command(1, 2, "start"), Command(2, 1, "aide")]
        await asyncio.gather(*(handler.handle(n, each) for n, each in enumerate(came)))

    run(work())
    assert wire.times(1) == pytest.approx([0.0, 2.0])
    assert wire.times(2) == [0.0]
    texts = [c.text for _, c in wire.left if isinstance(c, Show) and c.chat == 1]
    assert texts[0].startswith("<b>Aide</b>")
    assert texts[1].startswith("<b>MOTUS</b>")


def _flood(came: list[Incoming], wire: Wire) -> float:
    """Send all of it at once, with one command of another chat last; return when the handler had taken everything."""
    taken = -1.0

    async def work() -> None:
        nonlocal taken
        handler, _ = _handler(wire)
        every = [*came, Command(2, 1, "aide")]
        await asyncio.gather(*(handler.handle(n, each) for n, each in enumerate(every)))
        taken = asyncio.get_running_loop().time()
        await handler.finish(1000)
        assert handler._lines == {}

    run(work())
    return taken


def test_as_many_as_may_wait_are_all_answered_in_order() -> None:
    """Up to the bound, nothing is dropped and nothing changes place."""
    wire = Wire()
    names = ["aide", "danger", "oublier", "start"] * (MOST // 4)
    _flood([Command(1, n, name) for n, name in enumerate(names)], wire)
    texts = [c.text for _, c in wire.left if isinstance(c, Show) and c.chat == 1]

    assert [t.split("</b>")[0] for t in texts[:4]] * (MOST // 4) == [t.split("</b>")[0] for t in texts]
    assert len(set(texts)) == 4


def test_one_chat_that_floods_holds_back_nobody_and_holds_little() -> None:
    """Ten thousand messages: taken at once, the other chat answered at once, a few calls in all."""
    wire = Wire()
    assert _flood([Unwanted(1, n) for n in range(10_000)], wire) == 0.0

    assert wire.times(2) == [0.0]
    assert len([c for _, c in wire.left if isinstance(c, Show) and c.chat == 1]) <= 2
    removed = [n for _, c in wire.left if isinstance(c, Remove) for n in (c.message, *c.more)]
    assert len(removed) == len(set(removed)) >= AT_ONCE
    assert max(len(c.more) + 1 for _, c in wire.left if isinstance(c, Remove)) == AT_ONCE


def test_a_long_story_pasted_in_thirty_messages_is_all_deleted() -> None:
    """They are refused together, in one sentence, and not one stays in the chat."""
    wire = Wire()
    _flood([Unwanted(1, n) for n in range(30)], wire)
    removed = [n for _, c in wire.left if isinstance(c, Remove) for n in (c.message, *c.more)]

    assert sorted(removed) == list(range(30))
    assert len([c for _, c in wire.left if isinstance(c, Show) and c.chat == 1]) == 1


def test_in_a_flood_danger_is_answered_first_then_the_last_taps() -> None:
    """Whoever overflows her own chat and needs help does not wait behind what she sent before."""
    wire = Wire(slow=1)
    messages: list[Incoming] = [Unwanted(1, n) for n in range(50)]
    taps: list[Incoming] = [Tap(1, n, f"q{n}", f"x{n}") for n in range(50)]
    _flood([*messages, *taps, Command(1, 999, "danger"), Command(1, 1000, "danger")], wire)
    order = [c for _, c in wire.left if not isinstance(c, Acknowledge) and c.chat == 1]

    shown = [c for c in order if isinstance(c, Show)]
    assert "DANGER" in shown[0].text
    assert sum("DANGER" in c.text for c in shown) == 1
    assert [c.message for c in shown[1:-1]] == list(range(50 - MOST + 1, 50))
    assert isinstance(order[-2], Remove)
    assert len(order[-2].more) == 49


def test_what_is_dropped_is_counted_by_kind() -> None:
    """Whoever holds the bot sees how much was left without an answer, and not whose it was."""
    figures, wire = Figures(), Wire(slow=1)
    taps: list[Incoming] = [Tap(1, 5, f"q{n}", f"x{n}") for n in range(30)]
    commands: list[Incoming] = [Command(1, n, "date", f"{n}/11/2009") for n in range(20)]

    async def work() -> None:
        handler = Handler(DESK, Outbox(wire, figures), lambda: TODAY, figures)
        await asyncio.gather(*(handler.handle(n, came) for n, came in enumerate([*taps, *commands])))
        await handler.finish(1000)

    run(work())
    assert len(wire.times()) == MOST
    page = figures.page().decode()
    assert f'motus_dropped_total{{kind="tap"}} {len(taps) - MOST}.0' in page
    assert f'motus_dropped_total{{kind="command"}} {len(commands)}.0' in page


def test_after_the_flood_a_chat_is_like_any_other() -> None:
    """Once its line is empty, the next updates are answered one by one, in order."""
    wire = Wire()

    async def work() -> None:
        handler, _ = _handler(wire)
        await asyncio.gather(*(handler.handle(n, Unwanted(1, n)) for n in range(50)))
        await handler.finish(1000)
        wire.left.clear()
        await asyncio.gather(*(handler.handle(100 + n, Unwanted(1, 100 + n)) for n in range(3)))

    run(work())
    assert [c.message for _, c in wire.left if isinstance(c, Remove)] == [100, 101, 102]


def test_what_is_given_up_at_the_end_is_not_said_to_be_answered() -> None:
    """Whoever waited for the answer knows that it did not leave: the update may come again."""
    wire = Wire(slow=100)

    async def work() -> None:
        handler, _ = _handler(wire)
        waiting = asyncio.create_task(handler.handle(1, Command(1, 1, "aide")))
        await asyncio.sleep(1)
        await handler.finish(5)
        with pytest.raises(UndeliveredError):
            await waiting
        await handler.handle(1, Command(1, 1, "aide"))

    run(work())
    assert len(wire.left) == 2


def test_an_update_that_comes_twice_is_answered_once() -> None:
    """Later, or while the first is still being answered."""
    wire = Wire(slow=1)

    async def work() -> None:
        handler, _ = _handler(wire)
        await asyncio.gather(handler.handle(5, Command(1, 1, "start")), handler.handle(5, Command(1, 1, "start")))
        await handler.handle(5, Command(1, 1, "start"))

    run(work())
    assert len(wire.left) == 1


def test_once_answered_nothing_of_a_chat_is_left() -> None:
    """Neither in the lines of the handler nor in the pacing, a little later."""
    wire = Wire()

    async def work() -> None:
        handler, outbox = _handler(wire)
        await asyncio.gather(*(handler.handle(n, Unwanted(n, 1)) for n in range(50)))
        assert handler._lines == {}
        await asyncio.sleep(BURST + 2)
        assert len(outbox.pace) == 0

    run(work())
    assert sum(isinstance(c, Remove) for _, c in wire.left) == 50


def test_a_defect_is_told_to_the_person_and_logged_without_her(caplog: pytest.LogCaptureFixture) -> None:
    """The log has the kind of defect and the line of code; the person has a way on."""

    class Broken(Desk):
        def handle(self, came: Incoming, today: date) -> list[Outgoing]:
            raise ZeroDivisionError(f"chat {came.chat} au {today}")

    wire = Wire()

    async def work() -> None:
        handler, _ = _handler(wire, Broken(APP, KEYS, "motus_bot", DESK.render))
        await handler.handle(1, Tap(424242, 5, "q", "x"))

    run(work())
    shown = [c for _, c in wire.left if isinstance(c, Show)]
    assert "ne concluez rien" in shown[0].text
    assert "ZeroDivisionError" in caplog.text
    assert "test_core_delivery.py" in caplog.text
    assert "424242" not in caplog.text


def test_a_note_that_cannot_be_printed_is_told_and_the_next_update_is_answered() -> None:
    """A defect while sending stops neither the chat nor the bot."""
    wire = Wire(faults=[ZeroDivisionError("papier")])

    async def work() -> None:
        handler, _ = _handler(wire)
        await handler.handle(1, Command(1, 1, "aide"))
        await handler.handle(2, Command(1, 2, "aide"))

    run(work())
    shown = [c.text for _, c in wire.left if isinstance(c, Show)]
    assert ["ne concluez rien" in text for text in shown] == [False, True, False]


@pytest.fixture(autouse=True)
def _no_loop_left() -> Iterator[None]:
    yield
    asyncio.set_event_loop(None)


def test_what_was_made_to_answer_is_forgotten_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places drawn say what somebody asked: they are shared while others wait, for a minute at most."""
    wire, kept = Wire(slow=1), []
    monkeypatch.setattr(handling, "LONGEST_MEMORY", 1000)

    async def both() -> None:
        handler, _ = _handler(wire)
        first = asyncio.create_task(handler.handle(1, Command(1, 1, "start", "partager")))
        await asyncio.sleep(0.5)
        kept.append(DESK.app.conversation._drawn)
        second = asyncio.create_task(handler.handle(2, Command(2, 1, "start", "alerter")))
        await asyncio.sleep(0.75)
        kept.append(DESK.app.conversation._drawn)
        await asyncio.gather(first, second)
        kept.append(DESK.app.conversation._drawn)
        handler._lines[3] = Line(lambda _: None)  # somebody always waits
        handler._answer(Command(4, 1, "start", "partager"))
        kept.append(DESK.app.conversation._drawn)
        monkeypatch.setattr(handling, "LONGEST_MEMORY", 0)
        handler._answer(Command(4, 2, "start", "partager"))
        kept.append(DESK.app.conversation._drawn)

    run(both())
    alone, shared, nobody, before, after = kept
    assert alone is not None
    assert alone is shared
    assert nobody is None
    assert after is not None
    assert after is not before
