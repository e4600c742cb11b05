"""
Time from the save of one norm to the answer of `motus watch`: the real process over all the law and all our situations.

Run with `.venv/bin/python -m bench.watch`. It edits a norm, and puts it back as it was.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 6
ROOT = Path(__file__).parents[1]
NORM = ROOT / "knowledge" / "law" / "norms" / "employeur" / "chef-service.yaml"
EDITS = {
    "what it orders": ("effect: permits", "effect: obliges"),
    "its title": ('title: "Votre', 'title: "Notre'),
}


def main() -> None:
    """Print the seconds of each edit."""
    whole = NORM.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "bot", "watch", "tests/cases", "--plain"]
    watch = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        _until(watch)
        for name, (one, other) in EDITS.items():
            times = []
            for i in range(ROUNDS):
                start = time.perf_counter()
                NORM.write_text(whole.replace(one, other) if i % 2 == 0 else whole, encoding="utf-8")
                said = _until(watch)
                times.append(time.perf_counter() - start)
            shown = ", ".join(f"{t:.2f}" for t in sorted(times))
            print(f"{name}: median {statistics.median(times):.2f} s ({shown}); {said.strip()}")
    finally:
        NORM.write_text(whole, encoding="utf-8")
        watch.terminate()
        watch.communicate()


def _until(watch: subprocess.Popen[str]) -> str:
    """Read to the line that counts the situations played again, and return it."""
    if watch.stdout is None:
        raise TypeError(watch)
    for line in watch.stdout:
        if "en tout" in line or "seconde" in line:
            return line
    raise RuntimeError("the watch has ended")


if __name__ == "__main__":
    main()
