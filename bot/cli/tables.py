"""Lists as tables, for the commands that print many rows; rich is imported only here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

_PIPE_WIDTH = 80


def print_table(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], *, plain: bool) -> None:
    """
    Print rows under a title, as wide as the terminal, or 80 columns in a pipe.

    Args:
        title: what the rows are.
        columns: their headings, and the share of the width that each takes; 0 for one that is never cut.
        rows: as many texts as there are columns.
        plain: no colour and no style.

    """
    from rich.box import HORIZONTALS, SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    bare = plain or bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()

    class Honest(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # the reader has left: not a failure

    console = Honest(
        width=None if sys.stdout.isatty() else _PIPE_WIDTH,
        no_color=bare,
        color_system=None if bare else "auto",
        highlight=False,
        markup=False,
    )
    table = Table(
        title=title,
        title_justify="left",
        title_style="" if bare else "bold",
        header_style="" if bare else "bold",
        box=SIMPLE_HEAD if bare else HORIZONTALS,
        pad_edge=False,
        expand=True,
    )
    for heading, share in columns:
        table.add_column(heading, overflow="fold", ratio=share or None, no_wrap=not share)
    for row in rows:
        table.add_row(*row)
    console.print(table)
