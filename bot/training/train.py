"""`motus train`: scenarios to play alone."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.app import open_app
from bot.clock import now
from bot.training.memory import Memory
from bot.training.packs import all_packs, named
from bot.training.play import Play
from bot.words.terminal import terminal_renderer

TEMPLATES = Path(__file__).parent / "templates"


def show_train(pack: str | None, memory: str | None, *, plain: bool) -> None:
    """
    Train until the person leaves.

    Args:
        pack: the id of a pack; she chooses by default.
        memory: the file where missed points are kept; none by default.
        plain: no colour.

    Raises:
        Refused: there is no such pack, or the file cannot be used.

    """
    app = open_app()
    packs = all_packs(app)
    chosen = named(packs, pack).scenarios if pack is not None else None
    kept = Memory(memory) if memory is not None else None
    render = terminal_renderer(TEMPLATES, plain=plain)
    sys.stdout.write(render("welcome", memory=memory))
    Play(app, tuple(packs.values()), kept, now, render).run(chosen, tuple(packs.values()))
