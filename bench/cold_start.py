"""
Time a cold start beside an empty Python: interleaved in one run, medians and ratios.

Run with `.venv/bin/python -m bench.cold_start`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
SITUATION = Path(__file__).parents[1] / "tests" / "voisin.yaml"
COMMANDS = {
    "python -c pass": ([sys.executable, "-c", "pass"], ""),
    "motus ask, first question": ([sys.executable, "-m", "bot", "ask", "partager", "--plain"], ""),
    "motus ask --json": (
        [sys.executable, "-m", "bot", "ask", "partager", "--json", "--answers", str(SITUATION)],
        "",
    ),
}


def seconds(command: list[str], typed: str) -> float:
    """Return how long one run of `command` takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians, and each as a multiple of the empty Python."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, (command, typed) in COMMANDS.items():
            times[name].append(seconds(command, typed))
    base = statistics.median(times["python -c pass"])
    for name, many in times.items():
        median = statistics.median(many)
        print(f"{name:28} {median * 1000:7.0f} ms   x{median / base:.1f}   worst {max(many) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
