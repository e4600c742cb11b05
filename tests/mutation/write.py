"""
Write the boundaries of every norm again, from the law as it is.

Run with `.venv/bin/python -m tests.mutation.write [NORM…]`; without a name, all the norms.
"""

from __future__ import annotations

import sys
from functools import cache
from multiprocessing import Pool
from pathlib import Path

import yaml

import knowledge
from tests.mutation.boundary import FOLDER, ORDINARY, read_boundaries, read_ordinary
from tests.mutation.propose import entry
from tests.mutation.record import Row

_HEAD = "# Écrit par : python -m tests.mutation.write. Voir README.md. Relisez la différence avant de la garder.\n"


@cache
def _base() -> knowledge.KnowledgeBase:
    return knowledge.load()


def _entry(norm: str) -> Row:
    return entry(_base(), _base().norms[norm], read_ordinary())


def main(names: list[str], folder: Path = FOLDER) -> None:
    """Write one file per folder of norms; what is not named stays as it is written."""
    written = {b.norm: b.row for b in read_boundaries(folder)} if names else {}
    with Pool() as pool:
        written.update((row["norm"], row) for row in pool.imap(_entry, names or list(_base().norms), chunksize=4))
    files: dict[str, list[Row]] = {}
    for norm in _base().norms:
        if norm in written:
            files.setdefault(norm.split("/", maxsplit=1)[0], []).append(written[norm])
    for path in folder.glob("*.yaml"):
        if path.stem not in files and path.name != ORDINARY:
            path.unlink()
    for name, rows in files.items():
        text = "\n".join(_text(row) for row in rows)
        (folder / f"{name}.yaml").write_text(_HEAD + text, encoding="utf-8")
    print(f"{len(written)} norms, {sum(len(r.get('situations', ())) for r in written.values())} situations")  # noqa: T201


class _Dumper(yaml.SafeDumper):
    """Writes every value as the same text that was read: the reader knows strings only."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


_Dumper.yaml_implicit_resolvers = {}


def _text(row: Row) -> str:
    return yaml.dump([row], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=118, default_flow_style=None)


if __name__ == "__main__":
    main(sys.argv[1:])
