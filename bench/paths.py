"""
Count every path of every flow, at the founding day and today.

Run with `.venv/bin/python -m bench.paths [FLOW…]`. A situation answers every fact; many follow one short path.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from bot.app import open_app
from flows.exploring.graph import Graphs
from flows.exploring.paths import count_paths, within

DAYS = (date(2009, 11, 2), date(2026, 11, 23))


def main() -> None:
    """Print, for each flow and day: paths, merged situations, questions per verdict, seconds."""
    app = open_app()
    graphs = Graphs(app.base)
    for name in sys.argv[1:] or app.flows:
        flow = app.flows[name]
        for on in DAYS:
            start = time.process_time()
            paths = count_paths(graphs, flow, on)
            spent = time.process_time() - start
            print(
                f"{name:9} {on}  {paths.total:>13} paths, {paths.merged:>6} merged, {paths.dead_ends} dead ends; "
                f"questions (of {len(flow.states)}), median, 9 in 10, all: "
                f"of situations {_spread(paths.by_situation)}, of paths {_spread(paths.by_length)}; {spent:.1f} s",
                flush=True,
            )


def _spread(amounts: dict[int, float] | dict[int, int]) -> str:
    return f"{within(amounts, 0.5)} / {within(amounts, 0.9)} / {max(amounts)}"


if __name__ == "__main__":
    main()
