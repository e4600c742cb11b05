"""The figures of the webhook for Prometheus: counts and durations, no identifier of anyone."""

from __future__ import annotations

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.telegram.meter import Meter

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Figures(Meter):
    """Counts in a registry of its own, so that two bots in one program do not add up."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        counter = partial(Counter, registry=self._registry)
        lasting = partial(Histogram, registry=self._registry, buckets=_SECONDS)
        self._came = counter("motus_updates", "Updates received, by kind.", ["kind"])
        self._dropped = counter("motus_dropped", "Updates left without an answer: their chat sent too many.", ["kind"])
        self._handled = lasting("motus_answer_seconds", "From the update to its answer.")
        self._sent = counter("motus_calls", "Calls to Telegram, by method and result.", ["method", "result"])
        self._call = lasting("motus_call_seconds", "How long a call takes.", ["method"])
        self._failed = counter("motus_defects", "Updates that the bot could not answer.")

    def came(self, kind: str) -> None:
        """Count an update by its kind."""
        self._came.labels(kind).inc()

    def dropped(self, kind: str) -> None:
        """Count an update that a chat sent beyond what it can be answered."""
        self._dropped.labels(kind).inc()

    def handled(self, seconds: float) -> None:
        """Measure from the update read to the answer delivered."""
        self._handled.observe(seconds)

    def sent(self, method: str, result: str, seconds: float) -> None:
        """Count a call to Telegram by its method and its result, and measure it."""
        self._sent.labels(method, result).inc()
        self._call.labels(method).observe(seconds)

    def failed(self) -> None:
        """Count a defect of ours."""
        self._failed.inc()

    def page(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        return generate_latest(self._registry)
