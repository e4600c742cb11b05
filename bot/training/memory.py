"""
The points that come back, in a file that the trainee names; without one, nothing is kept.

When a point comes back is FSRS, a published model of forgetting, by the library of its authors. The file holds the
names of points, times and what the model needs: no answer, and nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import DATA, Refused
from bot.files import read_text, write_text
from knowledge.model.typography import french

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

SCHEMA = "motus-train/1"
_MISSING = (
    "Pour garder les points manqués, il faut un paquet en plus, « fsrs ». Installez-le avec « pip install fsrs ».",
    "Sans lui, lancez « motus train » sans --memory : les points manqués reviennent avant la fin.",
)


class Memory:
    """What was learnt and when it comes back; one file, read at once and written after each point."""

    def __init__(self, path: str) -> None:
        """
        Open a file, or begin one.

        Raises:
            Refused: the file is not one of these, or the optional package is missing.

        """
        try:
            from fsrs import Card, Rating, Scheduler
        except ImportError:
            raise Refused([french(line) for line in _MISSING], DATA) from None

        self._path = path
        self._new = Card
        self._good, self._again = Rating.Good, Rating.Again
        self._scheduler: Scheduler = Scheduler(enable_fuzzing=False)
        self._cards: dict[str, Card] = self._read() if Path(path).exists() else {}

    def due(self, points: Iterable[str], now: datetime) -> list[str]:
        """Return, of these points, those that were seen and come back by now, the oldest first."""
        known = [(self._cards[p].due, p) for p in points if p in self._cards]
        return [point for due, point in sorted(known) if due <= now]

    def keep(self, point: str, now: datetime, *, right: bool) -> None:
        """
        Remember how a point went, at once.

        A point that was right at first sight needs no memory: it is kept only once it was missed.

        Raises:
            Refused: the file cannot be written.

        """
        if right and point not in self._cards:
            return
        card = self._cards.get(point) or self._new()
        self._cards[point], _ = self._scheduler.review_card(card, self._good if right else self._again, now)
        told = {point: self._kept(card) for point, card in sorted(self._cards.items())}
        write_text(self._path, json.dumps({"schema": SCHEMA, "points": told}, indent=1) + "\n")

    @staticmethod
    def _kept(card: Card) -> dict[str, Any]:
        """Return a card without its number, which is a time of the machine."""
        return {key: value for key, value in card.to_dict().items() if key != "card_id"}

    def _read(self) -> dict[str, Card]:
        name, text = read_text(self._path)
        try:
            told = json.loads(text)
            points = {SCHEMA: told["points"]}[told["schema"]]
            return {str(p): self._new.from_json(json.dumps({"card_id": 0, **card})) for p, card in points.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            said = f"{name} : ce n'est pas un fichier de points gardés ; nommez-en un autre, ou effacez celui-ci"
            raise Refused(french(said), DATA) from None
