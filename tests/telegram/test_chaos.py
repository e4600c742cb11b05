"""Whatever happens, in whatever order: no answer lost, none applied twice, always a way back and a way out."""

from __future__ import annotations

import random
from collections import deque

import pytest

from bot.telegram.values import Attach, Command, Incoming, Outgoing, Show, Tap, Unwanted
from flows import UnreadableTokenError, decode
from knowledge.model.typography import french
from tests.telegram.peer.chats import Chat
from tests.telegram.peer.world import World, chat_keys, replicas

EVENTS = 50_000
CHATS = 3
PLACES = 350
"""Screens explored before the disorder goes round and round among them."""
WORDS = (
    "Madame X a dit",
    "/start",
    "/aide",
    "/danger",
    "/oublier",
    "/date 02/11/2009",
    "/date hier",
    "/article 226-14",
)
BACK = {"Retour", "Commencer", "Recommencer"}
DANGER = "<b>DANGER"
WEEK = 7 * 24 * 3600


class Chaos:
    """One long disorder over a few chats, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed, CHATS)
        self.chance = random.Random(seed)
        self.pressed: deque[Tap] = deque(maxlen=200)
        self.late: list[Incoming] = []
        self.shows: dict[tuple[int, str], str] = {}
        self.menu = {french(f.title).replace("\u00a0", " ") for f in replicas()[0].app.flows.values()}
        for chat in self.world.chats:
            self.play(Command(chat.id, self.world.typed(chat, "/start").id, "start"))

    def run(self, events: int) -> None:
        """Play until so many events were handled."""
        acts = [self.tap] * 9 + [self.tap_twice, self.press_again, self.forge, self.write, self.remove, self.hold]
        acts += [self.release, self.wait, self.block]
        while self.world.events < events:
            self.chance.choice(acts)(self.chance.choice(self.world.chats))

    def play(self, came: Incoming) -> None:
        """Handle one event and check what must always hold."""
        calls = self.world.handle(came)
        assert not self.world.refused, self.world.refused
        shows = [call for call in calls if isinstance(call, Show)]
        assert all("défaut de l'outil" not in show.text.replace("&#39;", "'") for show in shows)
        if shows:
            self._check(shows[-1])
        if isinstance(came, Tap):
            self._check_tap(came, calls)

    def tap(self, chat: Chat) -> None:
        """Press a visible button; the first rows are pressed more, so that chats meet in the same places."""
        found = [(m.id, b.data) for m in chat.shown()[-2:] for b in m.buttons() if b.data]
        if not found:
            self.play(Command(chat.id, self.world.typed(chat, "/start").id, "start"))
            return
        if len(self.shows) > PLACES:
            found = [pair for pair in found if (chat.id, pair[1]) in self.shows] or found
        message, data = found[min(int(self.chance.expovariate(0.35)), len(found) - 1)]
        self.press(Tap(chat.id, message, self._query(chat), data))

    def press(self, tap: Tap) -> None:
        """Press, and remember the press for later."""
        self.pressed.append(tap)
        self.play(tap)

    def tap_twice(self, chat: Chat) -> None:
        """Press the same button twice before the screen has changed."""
        self.tap(chat)
        if self.pressed:
            last = self.pressed[-1]
            self.play(Tap(last.chat, last.message, self._query(chat), last.data))

    def press_again(self, _chat: Chat) -> None:
        """Press an old button, or deliver the same update again, whatever the message has become."""
        if self.pressed:
            self.play(self.chance.choice(self.pressed))

    def forge(self, chat: Chat) -> None:
        """Press with a token cut, changed, or of another chat."""
        if not self.pressed:
            return
        old = self.chance.choice(self.pressed)
        data = old.data or ""
        cut = self.chance.randrange(len(data) or 1)
        wrong = self.chance.choice([data[:cut], data[:cut] + "A" + data[cut + 1 :], "", "é" * 30, data + "=", None])
        tap = Tap(chat.id, old.message, self._query(chat), data if chat.id != old.chat else wrong)
        self.play(tap)

    def write(self, chat: Chat) -> None:
        """Words, a command, or something that is not text."""
        text = self.chance.choice(WORDS)
        message = self.world.typed(chat, text).id
        if not text.startswith("/"):
            self.play(Unwanted(chat.id, message))
            return
        name, _, words = text[1:].partition(" ")
        self.play(Command(chat.id, message, name, words))

    def remove(self, chat: Chat) -> None:
        """Delete a message of the bot, or the whole history."""
        gone = list(chat.messages) if self.chance.random() < 0.1 else [m.id for m in chat.shown()[-1:]]
        for number in gone:
            chat.messages.pop(number)

    def hold(self, chat: Chat) -> None:
        """Keep an update that will come late, after others."""
        found = [(m.id, b.data) for m in chat.shown()[-1:] for b in m.buttons() if b.data]
        if found and len(self.shows) <= PLACES:
            message, data = self.chance.choice(found)
            self.late.append(Tap(chat.id, message, self._query(chat), data))

    def release(self, _chat: Chat) -> None:
        """Let the late ones arrive, in any order."""
        self.chance.shuffle(self.late)
        while self.late:
            tap = self.late.pop()
            assert isinstance(tap, Tap)
            self.press(tap)

    def wait(self, _chat: Chat) -> None:
        """Let a week go by: messages can no longer be deleted, presses no longer answered."""
        self.world.clock.advance(WEEK)

    def block(self, chat: Chat) -> None:
        """Block the bot, or let it back."""
        chat.blocked = not chat.blocked
        if chat.blocked and self.chance.random() < 0.8:
            chat.blocked = False

    def _query(self, chat: Chat) -> str:
        query = f"{self.world.events}-{self.chance.random()}"
        self.world.api.queries[query] = (chat, self.world.clock.now())
        return query

    def _check(self, show: Show) -> None:
        """Check that a screen leads to the danger screen, or is it, and that one can leave it."""
        words = {b.text.replace("\u00a0", " ") for row in show.rows for b in row}
        assert "Danger immédiat" in words or show.text.startswith(DANGER), f"no way out of {show.text[:200]!r}"
        assert words & (BACK | self.menu), f"no way back from {show.text[:200]!r}: {words}"

    def _check_tap(self, tap: Tap, calls: list[Outgoing]) -> None:
        """Check that a button leads where it led before, and that its screen's buttons read in this chat only."""
        assert len(calls) == 2, "an acknowledgement and one screen, or one document"
        screen = calls[1]
        if isinstance(screen, Attach) or not isinstance(screen, Show):
            return
        key = (tap.chat, tap.data or "")
        assert self.shows.setdefault(key, screen.text) == screen.text
        if len(self.shows) % 20 == 0:
            app = replicas()[0].app
            for data in (b.data for row in screen.rows for b in row if b.data):
                decode(data, app.base, app.flows, chat_keys(tap.chat))
                with pytest.raises(UnreadableTokenError):
                    decode(data, app.base, app.flows, chat_keys(tap.chat + 1))


@pytest.mark.parametrize("seed", range(2))
def test_disorder_loses_nothing_and_repeats_nothing(seed: int) -> None:
    """50 000 events each: taps, double taps, old buttons, late, repeated, forged, deleted, blocked, a week later."""
    chaos = Chaos(seed)
    chaos.run(EVENTS)
    assert chaos.world.events >= EVENTS
    assert len(chaos.shows) >= PLACES, "the disorder went to many places"
    assert chaos.world.api.violations == []
