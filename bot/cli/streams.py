"""What is read and written by every command, whatever the terminal can write: French, JSON, and refusals."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TextIO

from bot.files import why
from bot.words.french import printable
from knowledge.model.typography import french

_PLAIN = {
    "\u00a0": " ", "\u202f": " ", "’": "'", "—": "-", "–": "-", "─": "-", "·": "-", "…": "...", "«": '"', "»": '"',
    "œ": "oe", "Œ": "Oe", "æ": "ae", "€": "EUR", "×": "x", "→": "->", "•": "-",
}  # fmt: skip
_HANDLER = "motus"
_PROJECT = Path(__file__).resolve().parents[2]


def open_streams() -> None:
    """Let the terminal show what it can: a sign that it cannot write is said with those it has, not with an error."""
    codecs.register_error(_HANDLER, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def write_json(data: object) -> None:
    """Write JSON for a program: other signs than ASCII are escaped where the output could not write them all."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    ascii_only = not encoding.lower().replace("-", "").startswith("utf")
    sys.stdout.write(json.dumps(data, ensure_ascii=ascii_only, indent=2, default=str) + "\n")


def refuse(lines: Sequence[str], code: int, *, as_json: bool) -> int:
    """
    Say a refusal on the standard error and, for a program that asked for JSON, as JSON on the output.

    Returns:
        The exit code.

    """
    if as_json:
        from bot.words.advice_json import RefusedJson

        try:
            write_json(asdict(RefusedJson("refused", code, tuple(lines))))
            sys.stdout.flush()
        except OSError:
            leave(sys.stdout)
    try:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()
    except OSError:
        leave(sys.stderr)
    return code


def disk(error: OSError) -> tuple[str, ...]:
    """Say what the system refused."""
    if error.filename is not None:
        named = printable(os.fsdecode(error.filename))
        return (french(f"« {named} » : impossible ({why(error)}) ; vérifiez ce nom et ce lieu"),)
    said = f"la réponse n'a pas pu être écrite en entier ({why(error)}) ; faites de la place, ou écrivez ailleurs"
    return (french(said),)


def defect(error: BaseException) -> tuple[str, ...]:
    """Say that the tool broke, and where: never its message nor its values, which could say what was answered."""
    head = f"Motus s'est arrêté sur un défaut ({type(error).__name__}) : n'en concluez rien."
    last = "Pour le signaler, ces lignes suffisent ; rien de vos réponses n'y est :"
    return french(head), french(last), *(f"  {place}" for place in _places(error.__traceback__))


def leave(stream: TextIO) -> None:
    """Send what is still to be written nowhere: nobody reads it, or it cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _places(at: TracebackType | None) -> Iterator[str]:
    while at is not None:
        path = Path(at.tb_frame.f_code.co_filename)
        if path.is_relative_to(_PROJECT):
            yield f"{path.relative_to(_PROJECT).as_posix()}:{at.tb_lineno}"
        at = at.tb_next


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Say signs that the output lacks with those that every output has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    said = []
    for sign in error.object[error.start : error.end]:
        bare = unicodedata.normalize("NFKD", _PLAIN.get(sign, sign)).encode("ascii", "ignore").decode()
        said.append(bare or "?")
    return "".join(said), error.end
