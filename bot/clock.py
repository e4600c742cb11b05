"""The clock: the one place that reads it."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """Return the day of the clock."""
    return datetime.now().astimezone().date()
