"""The clock: the one place that reads it. The law changes at midnight in Paris, wherever the machine is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.errors import Refused
from knowledge.model.typography import french

ZONE = "Europe/Paris"
"""The hour of the law, where MOTUS_TIMEZONE names no other."""


def today() -> date:
    """
    Return the day it is where the law is applied.

    Raises:
        Refused: the setting names no time zone.

    """
    return clock(os.environ)()


def now() -> datetime:
    """Return the instant: for what comes back later, never for the law."""
    return datetime.now(UTC)


def clock(environment: Mapping[str, str]) -> Callable[[], date]:
    """
    Return the clock that a deployment sets, which says the day.

    Raises:
        Refused: the setting names no time zone.

    """
    there = zone(environment.get("MOTUS_TIMEZONE") or ZONE)
    return lambda: datetime.now(there).date()


def zone(name: str) -> ZoneInfo:
    """
    Return a time zone by its name.

    Raises:
        Refused: there is none of that name.

    """
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        said = (
            "MOTUS_TIMEZONE : ce nom n'est pas celui d'un fuseau ; écrivez par exemple Europe/Paris ou Indian/Reunion"
        )
        raise Refused(french(said)) from None
