"""`motus watch`: on each save of a law, a flow or a situation, what is wrong, or which answers changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.diff import uncollected
from bot.cli.diff_words import count
from bot.cli.terminal import renderer
from bot.cli.watching import Bench, Change, Round, situations, watched_roots
from bot.errors import DATA, Refused
from bot.words.french import OUTCOMES, printable
from knowledge.model.typography import NBSP, french

if TYPE_CHECKING:
    from flows.exploring.touched import Said

_SUFFIXES = (".yaml", ".yml")
_STEP, _DEBOUNCE, _TIMEOUT = 40, 400, 250
"""Milliseconds: how long nothing must be saved before the work begins, how long that can wait, how often to look."""
_SHOWN = 10
_MISSING = (
    "motus watch a besoin du paquet facultatif « watchfiles », qui manque ici.",
    "« make quick » l'installe avec les autres outils ; sans lui, relancez « motus test » après chaque modification.",
)
_GOES = {"share": "peut se dire", "if_needed": "peut se dire si besoin", "keep": "se tait"}


def show_watch(folder: str, *, plain: bool) -> int:
    """
    Watch until the person stops, by Ctrl-C.

    Args:
        folder: of situations; or the law, the flows or the project, and then its own situations are played.
        plain: no colour.

    Returns:
        0.

    Raises:
        Refused: the folder is not one, it has no situations, or the optional package is missing.

    """
    try:
        from watchfiles import watch
    except ImportError:
        raise Refused([french(line) for line in _MISSING], DATA) from None
    if not Path(folder).is_dir():
        raise Refused(french(f"« {printable(folder)} » n'est pas un dossier ; par exemple : motus watch tests/cases"))
    place = situations(folder)
    bench = Bench([place])
    roots = list(dict.fromkeys([*watched_roots(), Path(place).resolve()]))
    render = renderer(plain=plain)

    def told(done: Round, seconds: float) -> str:
        said = f"{seconds:.1f}{NBSP}s".replace(".", ",")
        rows = [(c.played.case, list(_lines(c))) for c in done.changes[:_SHOWN]]
        return render("watch", r=done, rows=rows, shown=_SHOWN, seconds=said, count=count, outcomes=OUTCOMES)

    saves = watch(
        *roots,
        watch_filter=lambda _, path: path.endswith(_SUFFIXES) and not Path(path).name.startswith("."),
        step=_STEP,
        debounce=_DEBOUNCE,
        raise_interrupt=False,
        yield_on_timeout=True,
        rust_timeout=_TIMEOUT,
    )
    with suppress(KeyboardInterrupt):  # how the watch ends, whenever it comes
        next(saves)  # from here on, no save is missed
        sys.stdout.write(french(f"Je regarde : {', '.join(map(_short, roots))}. Ctrl-C pour arrêter.\n"))
        sys.stdout.flush()
        _round(bench, told)
        for changes in saves:
            if changes:
                sys.stdout.write(
                    "\n" + french("".join(f"{_short(path)}\n" for path in sorted({p for _, p in changes})))
                )
                _round(bench, told)
    return 0


def _round(bench: Bench, told: Callable[[Round, float], str]) -> None:
    """Do one round and say what it found; what is refused is said, and the watch goes on."""
    start = time.perf_counter()
    try:
        with uncollected():
            done = bench.again()
    except Refused as refused:
        lines = [*refused.lines, "J'attends la correction : les réponses d'avant restent la référence."]
        sys.stdout.write("".join(french(line) + "\n" for line in lines))
    else:
        sys.stdout.write(told(done, time.perf_counter() - start))
    sys.stdout.flush()


def _lines(change: Change) -> Iterator[str]:
    """Say what changed in an answer, in French."""
    before, after = change.before, change.after
    if (before.outcome, before.governing) != (after.outcome, after.governing):
        yield f"avant : {_answer(before)}"
        yield f"maintenant : {_answer(after)}"
    yield from _moved("cite", before.articles, after.articles)
    yield from _moved("compte", before.norms, after.norms)
    for part, words in _GOES.items():
        one, two = (frozenset(c for p, c in s.goes if p == part) for s in (before, after))
        yield from _moved(words, one, two)
    if not change.played.kept:
        expected = change.played.case.expected.outcome
        yield f"attendu : {OUTCOMES[expected] if expected else 'autre chose'} — à vous de dire si c'est voulu"


def _moved(words: str, before: frozenset[str], after: frozenset[str]) -> Iterator[str]:
    for label, ids in (("en plus", after - before), ("en moins", before - after)):
        if ids:
            yield f"{words} {label} : {', '.join(sorted(ids))}"


def _answer(said: Said) -> str:
    return "pas de réponse" if said.outcome is None else f"{OUTCOMES[said.outcome]}, par {said.governing}"


def _short(path: str | Path) -> str:
    """Name a file from here where it is below."""
    whole = Path(path)
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(whole)
