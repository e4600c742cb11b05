"""
How long an official stock takes to read, and how much memory: both must not depend on what nobody follows.

Run with `PYTHONPATH=tests .venv/bin/python -m bench.legi_stock [MEMBERS]` (100 000 by default; the official stock has
about five million). It writes a stock of that size and one of a tenth of it to a temporary folder, then reads each in
a process of its own. One member in four is of a code that the corpus follows, and is read as XML; one in a thousand is
an article that it carries.
"""

from __future__ import annotations

import gzip
import io
import random
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from legi_archives import Row, header

from bot.app import open_app
from bot.legi.archive import MEBI, in_order
from bot.legi.follow import Followed
from bot.legi.gather import gather

NAME = "Freemium_legi_global_20250713-140000.tar.gz"
OTHER = "LEGITEXT000006073984"
_WORDS = ("article", "service", "enfant", "secret", "personne", "peut", "doit", "le", "la", "un", "de", "par", "pour")


def main() -> None:
    """Write two stocks, read each, and print both."""
    if sys.argv[1:2] == ["read"]:
        _read(Path(sys.argv[2]))
        return
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="motus-") as folder:
        for size in (members // 10, members):
            place = Path(folder) / str(size)
            place.mkdir()
            _write(place / NAME, size)
            weight = (place / NAME).stat().st_size / MEBI
            print(f"{size:>9} members, {weight:7.1f} MiB compressed: ", end="", flush=True)
            subprocess.run([sys.executable, "-m", "bench.legi_stock", "read", str(place / NAME)], check=True)
            (place / NAME).unlink()


def _read(path: Path) -> None:
    followed = Followed(open_app().base.articles.values())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = gather(in_order([str(path)]), followed, lambda: None)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = sum(len(rows) for rows in found.wordings.values())
    print(f"{spent:6.1f} s of CPU, {found.members} read as XML, {kept} kept, peak {peak / 1024:.0f} MiB", end="")
    print(f" ({(peak - before) / 1024:+.0f} while reading)")


def _write(path: Path, members: int) -> None:
    """Write a stock; its members are made one by one, and none is kept."""
    with gzip.open(path, "wb", compresslevel=1) as file, tarfile.open(fileobj=file, mode="w|") as tar:
        for name, content in _members(members):
            tar.addfile(header(name, len(content)), io.BytesIO(content))
            tar.members.clear()


def _members(count: int) -> Iterator[tuple[str, bytes]]:
    draw = random.Random(1)  # noqa: S311 - the same stock each time
    carried = [a for a in open_app().base.articles.values() if a.code_id and a.code_id.startswith("LEGITEXT")]
    codes = sorted({a.code_id for a in carried if a.code_id})
    texts = ["".join(f"<p>{' '.join(draw.choices(_WORDS, k=90))}</p>" for _ in range(5)) for _ in range(200)]
    for n in range(count):
        start = f"{2000 + n % 20}-{1 + n % 12:02}-{1 + n % 28:02}"
        row = Row(f"LEGIARTI{n:012}", f"L{n}", start, text=texts[n % 200], code=codes[n % len(codes)])
        if n % 4:
            row = replace(row, code=OTHER)
        elif n % 1000 == 0:
            article = carried[n // 1000 % len(carried)]
            row = replace(row, number=article.number, code=article.code_id or "")
        yield f"{row.path}.xml", row.xml().encode()


if __name__ == "__main__":
    main()
