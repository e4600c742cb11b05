"""The French words that every screen shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.errors import Refused
from flows.token import FIRST_DAY, LAST_DAY
from knowledge import Effect, InForce, Outcome
from knowledge.model import Certainty, Matter, Status
from knowledge.model.advice import NormState
from knowledge.model.typography import french

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.FORBIDDEN: "Interdit",
    Outcome.PERMITTED: "Permis, jamais obligatoire",
    Outcome.CONDITIONAL: "Permis si…",
    Outcome.OBLIGED: "Obligatoire",
    Outcome.MAY_DECLINE: "Vous pouvez refuser de répondre",
    Outcome.NOT_COVERED: "Pas de secret pénal",
    Outcome.DEBATED: "Le droit est discuté",
    Outcome.DEPENDS: "Cela dépend",
    Outcome.BOUND: "Oui",
    Outcome.NOT_BOUND: "Non",
}

MATTERS: Mapping[Matter, str] = {Matter.DISCLOSURE: "Communiquer", Matter.RECORDING: "Écrire"}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

ERASED = "On recommence. Rien n'a été gardé."

STATUSES: Mapping[Status, str] = {
    Status.MET: "rempli",
    Status.UNMET: "à faire",
    Status.TO_CHECK: "à vérifier",
}

SOURCES: Mapping[str, str] = {
    "profession": "par profession",
    "fonction": "par fonction",
    "mission": "par mission",
    "etat": "par état",
}

EFFECTS: Mapping[Effect, str] = {
    Effect.ESTABLISHES: "établit",
    Effect.FORBIDS: "interdit",
    Effect.PERMITS: "permet",
    Effect.OBLIGES: "oblige",
    Effect.MAY_DECLINE: "permet de se taire",
    Effect.NOT_COVERED: "hors secret",
    Effect.BINDS: "tient au secret",
    Effect.DOES_NOT_BIND: "ne tient pas au secret",
    Effect.DEBATED: "discuté",
    Effect.REQUIRES: "ajoute une condition",
    Effect.WARNS: "avertit",
}

STATES: Mapping[NormState, str] = {
    NormState.GOVERNS: "Ce qui décide",
    NormState.APPLIES: "Ce qui s'applique aussi",
    NormState.LIMITS: "Ce qui aurait ouvert la voie pour une autre information",
    NormState.SET_ASIDE: "Ce qui est écarté par une règle plus forte",
    NormState.NOT_MET: "Ce qui ne s'applique pas ici",
    NormState.UNCERTAIN: "Ce qui reste incertain",
}

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.OFFICIAL_MIRROR: "copie des données officielles",
    Certainty.SECONDARY: "cité par une source tierce",
    Certainty.RECONSTRUCTED: "reconstitué, à ne pas citer mot à mot",
    Certainty.MISSING: "texte non trouvé",
}

IN_FORCE: Mapping[InForce, str] = {
    InForce.YES: "en vigueur",
    InForce.NO: "pas en vigueur",
    InForce.UNKNOWN: "droit de ce jour non lu",
}


def day(on: date) -> str:
    """
    Say a day in French.

    >>> day(date(2009, 11, 2)), day(date(2002, 1, 1))
    ('2 novembre 2009', '1er janvier 2002')
    """
    return f"{'1er' if on.day == 1 else on.day} {_MONTHS[on.month - 1]} {on.year}"


def month(on: date) -> str:
    """
    Say the month of a day.

    >>> month(date(2026, 9, 15))
    'septembre 2026'
    """
    return f"{_MONTHS[on.month - 1]} {on.year}"


def span(start: date | None, end: date | None) -> str:
    """
    Say the days of a version; `end` is exclusive, the last day is shown.

    >>> span(date(2002, 1, 1), date(2018, 8, 6))
    'version du 1er janvier 2002 au 5 août 2018'
    """
    if start is None:
        return "aucune version lue pour ce jour"
    # 1970-01 is the floor of a source: the wording is older.
    since = "avant 1970" if (start.year, start.month) == (1970, 1) else f"le {day(start)}"
    if end is None:
        return f"version en vigueur depuis {since}"
    last = day(end - timedelta(days=1))
    if since == "avant 1970":
        return f"version d'{since}, jusqu'au {last}"
    return f"version du {day(start)} au {last}"


def parse_day(text: str) -> date:
    """
    Read a day written AAAA-MM-JJ, of those that a button can carry.

    Raises:
        Refused: it is not a day, or no law of that day could be shown again.

    """
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        said = f"« {printable(text)} » n'est pas une date : écrivez AAAA-MM-JJ, par exemple 2009-11-02"
        raise Refused(french(said))
    if not FIRST_DAY <= found <= LAST_DAY:
        said = f"« {text} » : aucun droit n'est lu pour ce jour ; donnez un jour du {day(FIRST_DAY)} au {day(LAST_DAY)}"
        raise Refused(french(said))
    return found


def whole_number(text: str, least: int, most: int) -> int | None:
    """
    Read a number written in digits; None where it is not one from `least` to `most`.

    >>> whole_number("12", 1, 20), whole_number("21", 1, 20), whole_number("²", 1, 20), whole_number("9" * 5000, 1, 20)
    (12, None, None, None)
    """
    if not (text.isascii() and text.isdecimal()) or len(text.lstrip("0")) > len(str(most)):
        return None
    found = int(text.lstrip("0") or "0")
    return found if least <= found <= most else None


def printable(text: str) -> str:
    """Return what was typed without the control characters that could drive a terminal."""
    return "".join(c for c in text if c.isprintable())[:80]
