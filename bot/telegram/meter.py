"""What is counted: how many and how long, never who."""

from __future__ import annotations


class Meter:
    """Counts nothing: polling has no page where figures could be read."""

    def came(self, kind: str) -> None:
        """Count an update by its kind."""

    def dropped(self, kind: str) -> None:
        """Count an update that a chat sent beyond what it can be answered."""

    def handled(self, seconds: float) -> None:
        """Measure from the update read to the answer delivered."""

    def sent(self, method: str, result: str, seconds: float) -> None:
        """Count a call to Telegram by its method and its result, and measure it."""

    def failed(self) -> None:
        """Count a defect of ours."""
