"""The day of the law: midnight is that of Paris, wherever the machine is, or of the place that is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

import pytest

from bot import clock
from bot.errors import Refused

LATE = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)
"""Half past midnight in Paris, in summer."""


class Evening(datetime):
    """A machine whose own day is not over."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Evening:
        """Return that evening, where it is asked for."""
        return cls.fromtimestamp(LATE.timestamp(), tz)


@pytest.mark.parametrize(
    ("zone", "day"),
    [(None, 15), ("", 15), ("UTC", 14), ("America/Cayenne", 14), ("Indian/Reunion", 15), ("Pacific/Noumea", 15)],
)
def test_the_law_changes_at_midnight_in_paris(monkeypatch: pytest.MonkeyPatch, zone: str | None, day: int) -> None:
    """A server in UTC would give the law of yesterday for two hours of each summer night."""
    monkeypatch.setattr(clock, "datetime", Evening)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("MOTUS_TIMEZONE", raising=False)
    if zone is not None:
        monkeypatch.setenv("MOTUS_TIMEZONE", zone)

    assert clock.today() == date(2026, 7, day)


def test_a_place_that_does_not_exist_is_said() -> None:
    """Not replaced by another in silence."""
    for name in ("Europe/Pari", "/etc/passwd", "../..", "\0"):
        with pytest.raises(Refused, match="MOTUS_TIMEZONE"):
            clock.zone(name)
