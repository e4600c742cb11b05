"""
Count every path of every flow, at the founding day and today, with and without skipping useless questions.

Run with `.venv/bin/python -m bench.paths [FLOW…]`; the whole takes some minutes.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from bot.app import open_app
from flows.paths import count_paths

DAYS = (date(2009, 11, 2), date(2026, 11, 23))


def main() -> None:
    """Print, for each flow and day: paths, merged situations, questions per verdict, seconds."""
    app = open_app()
    for name in sys.argv[1:] or app.flows:
        flow = app.flows[name]
        for on in DAYS:
            start = time.perf_counter()
            paths = count_paths(app.base, flow, on)
            spent = time.perf_counter() - start
            print(
                f"{name:9} {on}  {paths.total:>12} paths, {paths.situations:>6} merged, {paths.dead_ends} dead ends; "
                f"questions: median {paths.quantile(0.5)}, 9 in 10 within {paths.quantile(0.9)}, "
                f"at most {max(paths.by_length)} of {len(flow.states)}; {spent:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
