"""A terminal, a disk, a hand that nobody foresaw: a clear sentence or the answer, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.words.french import parse_day
from knowledge import load
from tests.bot.conftest import Motus

SITUATION = "{metier: assistante, information: sante}"
HUGE = "9" * 5000
ASKED = ("ask", "essai", "--answers", "-")


def in_shell(root: Path, line: str, *, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash where `motus` is the program under `root`, with the signs and the locale of `env` alone."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "HOME": str(root), **env}
    script = f'set -o pipefail; motus() {{ "{sys.executable}" -B -m bot "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", script], cwd=root, env=bare, input=stdin, capture_output=True, check=False)


def clear(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what was said on the standard error, which is no traceback."""
    said = done.stderr.decode("utf-8", errors="replace")
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    return said


@pytest.mark.parametrize(
    "day", ["20091102aa", "2009-11-2٣", "1969-12-31", "2149-06-07", "9999-12-31", "0001-01-01", ""]
)
def test_a_day_that_no_button_can_carry_is_refused(called: Motus, day: str) -> None:
    """Wherever a day is read: it is the same reading."""
    for command in (("ask", "partager"), ("article", "CP", "226-13"), ("norms",), ("walk", "partager")):
        done = called(*command, "--on", day)
        assert (done.returncode, done.stdout) == (2, "")
        assert "écrivez AAAA-MM-JJ" in done.stderr or "donnez un jour du 1er janvier 1970 au 6 juin 2149" in done.stderr
    assert (parse_day("1970-01-01").year, parse_day("2149-06-06").year) == (1970, 2149)


def test_the_first_and_the_last_day_are_answered(motus_small: Motus) -> None:
    """The bounds are days like others."""
    for day in ("1970-01-01", "2149-06-06"):
        done = motus_small(*ASKED, "--on", day, stdin=SITUATION)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("diff", "2009-11-02", "2020-01-01", "--top", HUGE),
        ("stale", "--months", HUGE),
        ("walk", "partager", "--random", HUGE),
        ("walk", "partager", "--random", "3", "--seed", HUGE),
        ("walk", "partager", "--random", "٣"),
        ("test", HUGE),
        ("compare", HUGE),
        ("book", "--cases", HUGE),
        ("certify", HUGE),
    ],
    ids=lambda command: " ".join(command)[:30],
)
def test_five_thousand_digits_are_refused_in_one_line(called: Motus, command: tuple[str, ...]) -> None:
    """No number is that long, and no name of a file."""
    done = called(*command)
    assert done.returncode in (1, 2)
    assert "défaut" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_five_thousand_digits_are_no_choice(called: Motus) -> None:
    """At the menu, at a question, at the summary."""
    done = called("ask", stdin=f"{HUGE}\n1\n{HUGE}\n1\ns\n{HUGE}\n\nq\n")
    assert done.returncode == 0
    assert done.stdout.count("n'est pas une réponse ici") == 3


def test_a_full_disk_is_said_in_one_line(small: Path) -> None:
    """The answer is not there: the exit code says so, and nothing more is printed at the end."""
    for line in (f"motus {' '.join(ASKED)}", "motus norms", "motus --help", "motus facts --json"):
        done = in_shell(small, f"{line} > /dev/full", stdin=SITUATION.encode())
        assert done.returncode == 1
        assert "le disque est plein" in clear(done)
        assert len(clear(done).splitlines()) == 1
    assert in_shell(small, "motus norms --on hier 2> /dev/full").returncode == 2


def test_a_reader_who_leaves_is_no_failure(small: Path) -> None:
    """`| head -1`, for tables as for texts."""
    for command in ("articles", "norms", "facts", "schema"):
        done = in_shell(small, f"motus {command} | head -1")
        assert (done.returncode, clear(done)) == (0, "")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_a_terminal_without_all_our_signs_reads_the_nearest(small: Path, encoding: str) -> None:
    """The words are all there, and JSON is the same whatever the signs."""
    done = in_shell(small, f"motus {' '.join(ASKED)}; motus norms", stdin=SITUATION.encode(), PYTHONIOENCODING=encoding)
    assert (done.returncode, clear(done)) == (0, "")
    assert "secret" in done.stdout.decode(encoding)

    line = f"motus {' '.join(ASKED)} --on 2009-11-02 --json"
    told = [in_shell(small, line, stdin=SITUATION.encode(), PYTHONIOENCODING=e).stdout for e in (encoding, "utf-8")]
    assert json.loads(told[0].decode(encoding)) == json.loads(told[1])


def test_signs_that_are_not_utf8_are_refused_or_not_understood(small: Path) -> None:
    """In a file, on the input, in a name, at a question."""
    done = in_shell(small, f"motus {' '.join(ASKED)}", stdin=b"metier: \xff\xfe")
    assert (done.returncode, "n'est pas en UTF-8" in clear(done)) == (2, True)
    for word in ("ask essai --token", "fiche", "test"):
        done = in_shell(small, f"motus {word} $'\\xff'")
        assert done.returncode == 2
        clear(done)
    done = in_shell(
        small, "motus ask essai", stdin=b"\xff\xfe\nq\n", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert done.returncode == 0
    assert "reponse" in done.stdout.decode("ascii")
    clear(done)


def test_a_terminal_of_twenty_columns_is_filled_and_no_wider(small: Path) -> None:
    """Only a word longer than the line stands out."""
    done = in_shell(
        small, f"motus {' '.join(ASKED)}; motus --help", stdin=SITUATION.encode(), COLUMNS="20", PYTHONUTF8="1"
    )
    clear(done)
    rules = [line for line in done.stdout.decode().splitlines() if set(line) == {"─"}]
    assert rules
    assert {len(line) for line in rules} == {20}


def test_a_law_checked_out_with_other_ends_of_lines_is_the_same_law(small: Path) -> None:
    """On Windows, git may write other ends of lines: the digest that certificates carry must not change."""
    law = small / "knowledge" / "law"
    before = load(law).digest
    for file in law.rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(law).digest == before


def test_what_refuses_a_program_is_json(called: Motus) -> None:
    """A script reads why on the output; a person reads the same on the standard error."""
    for command in (
        ("ask", "ailleurs"),
        ("ask", "partager", "--on", "hier"),
        ("diff", "hier", "2020-01-01"),
        ("facts", "x"),
    ):
        done = called(*command, "--json")
        told = json.loads(done.stdout)
        assert told == {"status": "refused", "code": done.returncode, "errors": done.stderr.splitlines()}
        assert told["code"] == 2


def test_a_defect_says_where_and_never_what(called: Motus, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks nobody foresaw: its message could hold what was answered."""

    def broken(*_: object) -> None:
        raise RuntimeError("métier : assistante sociale, danger")

    monkeypatch.setattr("bot.cli.ask.parse_day", broken)
    done = called("ask", "partager", "--on", "2009-11-02")

    assert done.returncode == 70
    assert "RuntimeError" in done.stderr
    assert "bot/cli/ask.py:" in done.stderr
    assert "danger" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "held",
    [
        "une note où je parle de motus-certificate/3",
        '{"note": "motus-certificate/3"}',
        '["motus-certificate/3"]',
        '{"format": "autre/1", "note": "motus-certificate/3"}',
        "",
    ],
)
def test_a_certificate_replaces_nothing_but_a_certificate(motus_small: Motus, tmp_path: Path, held: str) -> None:
    """A file that only speaks of one is someone's own."""
    place = tmp_path / "dossier.json"
    place.write_text(held, encoding="utf-8")
    done = motus_small(*ASKED, "--certificate", str(place), stdin=SITUATION)

    assert done.returncode == 2
    assert "n'est pas un certificat" in done.stderr
    assert place.read_text(encoding="utf-8") == held


def test_a_certificate_refused_leaves_the_answer_alone_on_the_output(motus_small: Motus, tmp_path: Path) -> None:
    """One JSON, not two."""
    done = motus_small(*ASKED, "--json", "--certificate", str(tmp_path), stdin=SITUATION)

    assert done.returncode == 2
    assert json.loads(done.stdout)["status"] == "advice"
    assert "c'est un dossier" in done.stderr
