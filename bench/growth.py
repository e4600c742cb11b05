"""
How the proof grows with the number of facts: merged situations and time, beside the paths that they stand for.

Run with `.venv/bin/python -m bench.growth [PLOT.svg]`. Each step lets one more fact of a flow be asked, in its
order; the others are unknown. Times are CPU seconds of one run, and only their growth means anything.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import log10
from pathlib import Path

from bot.app import open_app
from flows.exploring.graph import Graphs
from flows.model import Flow
from knowledge import INCONNU, law_of

ON = date(2026, 11, 23)
WIDTH, HEIGHT, LEFT, FOOT = 640, 300, 60, 40
Step = tuple[int, int, int, float]


def main() -> None:
    """Print the steps of every flow, then draw the largest."""
    app = open_app()
    drawn: list[Step] = []
    for flow in app.flows.values():
        steps = [_step(flow, count) for count in range(1, len(flow.states) + 1)]
        for facts, paths, merged, spent in steps:
            print(f"{flow.id:9} {facts:>2} facts: {paths:>13} paths, {merged:>6} merged situations, {spent:6.2f} s")
        growth = [b[2] / a[2] for a, b in pairwise(steps) if a[2]]
        print(f"{flow.id:9} each fact more multiplies merged situations by {sum(growth) / max(len(growth), 1):.2f}")
        drawn = max(drawn, steps, key=lambda s: s[-1][1] if s else 0)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(_plot(drawn), encoding="utf-8")


def _step(flow: Flow, count: int) -> Step:
    app = open_app()
    rest = tuple((s.asks, INCONNU) for s in flow.states[count:])
    part = replace(flow, states=flow.states[:count], sets=flow.sets + rest)
    graphs = Graphs(app.base)
    start = time.process_time()
    root = graphs.explore(part, law_of(app.base, ON))
    spent = time.process_time() - start
    return count, sum(graphs.lengths(root).values()), len(graphs.reached(root)), spent


def _plot(steps: list[Step]) -> str:
    """Draw paths and merged situations on a logarithmic scale: tenfold is one step up."""
    top = log10(max(paths for _, paths, _, _ in steps))

    def line(column: int, style: str) -> str:
        dots = " ".join(
            f"{LEFT + (WIDTH - LEFT - 20) * s[0] / len(steps):.0f},"
            f"{HEIGHT - FOOT - (HEIGHT - FOOT - 20) * log10(max(s[column], 1)) / top:.0f}"
            for s in steps
        )
        return f'<polyline points="{dots}" fill="none" stroke="#27506b" stroke-width="2" {style}/>'

    powers = "".join(
        f'<text x="8" y="{HEIGHT - FOOT - (HEIGHT - FOOT - 20) * p / top:.0f}">10^{p}</text>'
        for p in range(0, int(top) + 1, 2)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="#fff"/>{powers}'
        f"{line(1, 'stroke-dasharray=' + chr(34) + '6 4' + chr(34))}{line(2, '')}"
        f'<text x="{LEFT}" y="{HEIGHT - 22}">facts asked, 1 to {len(steps)}</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 6}">dashed: paths; full: merged situations (largest flow)</text></svg>\n'
    )


if __name__ == "__main__":
    main()
