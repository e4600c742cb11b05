"""
Compare the two engines on every place where a path of a flow can end, under the law of one day.

Run with `PYTHONPATH=tests .venv/bin/python -m bench.two_engines [DAY] [FLOW…]`. Situations that cannot differ are
compared once; where parts of a path go on apart, the other parts are left unasked, and both engines must say so.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from test_two_engines import agree

from bot.app import open_app
from flows.exploring.graph import Graphs
from knowledge import law_of


def main() -> None:
    """Print, by flow, how many situations agree; stop at the first that does not."""
    app = open_app()
    on = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date(2026, 11, 23)
    graphs = Graphs(app.base)
    for name in sys.argv[2:] or app.flows:
        flow = app.flows[name]
        start = time.process_time()
        reached = graphs.reached(graphs.explore(flow, law_of(app.base, on)))
        ends = [answers for node, answers in reached.items() if graphs.nodes[node].asks is None]
        for answers in ends:
            agree(app.base, {**dict(flow.sets), **dict(answers)}, on)
        print(f"{name:9} {on}  {len(ends):>6} situations agree; {time.process_time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
