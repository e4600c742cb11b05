"""
Mutate the law norm by norm, and say who catches each mutant.

Run with `PYTHONPATH=tests .venv/bin/python -m bench.mutation [--one-in N] [--seed N] [--norm TEXT] [--without JUDGE]…`.
The whole takes some minutes on two cores. Survivors are listed with their reason, equivalent mutants with their proof.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from functools import cache
from multiprocessing import Pool

import flows
import knowledge
from tests.mutation.boundary import read_boundaries, read_ordinary
from tests.mutation.judge import JUDGES, Jury, read_survivors
from tests.mutation.mutants import Mutant, mutants, sampled

Judged = tuple[str, str, str | None, str | None]
"""Kind, id, judge, proof that it is equivalent."""


@cache
def jury(without: tuple[str, ...]) -> Jury:
    """Return the jury of this process, without some judges."""
    base = knowledge.load()
    boundaries = {b.norm: b for b in read_boundaries()}
    judges = tuple(j for j in JUDGES if j not in without)
    return Jury(base, flows.Conversation(base, flows.load(base)), boundaries, read_ordinary(), judges)


@cache
def _all(seed: int) -> dict[str, Mutant]:
    return {m.id: m for m in mutants(jury(()).base, seed)}


def judged(asked: tuple[str, int, tuple[str, ...]]) -> Judged:
    """Judge one mutant, given its id, the seed and the judges left out."""
    name, seed, without = asked
    mutant = _all(seed)[name]
    killer, equal = jury(without).judged(mutant)
    return mutant.kind, mutant.id, killer, equal


def _told(result: Judged) -> Judged:
    """Print a mutant that nobody caught, as soon as that is known."""
    _, name, killer, equal = result
    if killer is None:
        reason = equal or read_survivors().get(name, "sans raison écrite")
        print(f"{'equivalent' if equal else 'survives'}: {name} — {reason}", flush=True)
    return result


def report(found: list[Judged], seconds: float) -> None:
    """Print the score by kind."""
    kinds = Counter(kind for kind, *_ in found)
    by = Counter((kind, killer or ("equivalent" if equal else "survives")) for kind, _, killer, equal in found)
    columns = (*JUDGES, "equivalent", "survives")
    print(f"{'':26}{'mutants':>9}" + "".join(f"{c:>12}" for c in columns) + f"{'score':>9}")
    for kind, count in [*sorted(kinds.items()), ("all", len(found))]:
        row = [sum(n for (k, c), n in by.items() if c == column and kind in (k, "all")) for column in columns]
        score = 100 * (count - row[-1] - row[-2]) / max(1, count - row[-2])
        print(f"{kind:26}{count:>9}" + "".join(f"{n or '':>12}" for n in row) + f"{score:>8.1f}%")
    print(f"{len(found)} mutants, {seconds:.0f} s")


def main() -> None:
    """Judge all the mutants, or a sample of them, and report."""
    parser = argparse.ArgumentParser(description="Mutate the law and report who catches each mutant.")
    parser.add_argument("--one-in", type=int, default=1, help="judge about one mutant in so many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--norm", default="", help="only the norms whose path holds this text")
    parser.add_argument("--without", action="append", default=[], choices=JUDGES, help="a judge to leave out")
    options = parser.parse_args()
    start = time.perf_counter()
    asked = sampled(_all(options.seed).values(), options.seed, options.one_in)
    names = [m.id for m in asked if options.norm in m.norm]
    with Pool() as pool:
        tasks = [(name, options.seed, tuple(options.without)) for name in names]
        found = [_told(result) for result in pool.imap(judged, tasks, chunksize=16)]
    report(found, time.perf_counter() - start)


if __name__ == "__main__":
    main()
