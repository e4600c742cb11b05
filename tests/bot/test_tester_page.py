"""The page for lawyers and trainers cannot lie: its files are written, and its commands run, in its order."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from plain import sentences, words_of

from bot.words.french import OUTCOMES
from flows.exploring.case_file import KEYS
from flows.exploring.cases import Expected
from tests.bot.conftest import Motus, plain

PAGE = (Path(__file__).parents[2] / "docs" / "tester.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:\*\*([\w/-]+\.yaml)\*\* :\n\n```yaml\n(.*?)```)|(?:```console\n\$ (.+?)\n(.*?)```)", re.DOTALL)
BLOCKS = [match.groups() for match in BLOCK.finditer(PAGE)]
CORRECTED = ("outcome: bound", "outcome: not_bound", 15)
LONGEST_SENTENCE = 25


def _shown(text: str) -> re.Pattern[str]:
    """Return what was printed, as a pattern: « … » stands for anything, and no time is the same twice."""
    parts = (re.escape(plain(part)).replace(r"\ ", " ") for part in re.sub(r"\d+,\d s", "… s", text).split("…"))
    return re.compile(".*".join(parts), re.DOTALL)


def test_the_page_shows_files_and_sessions() -> None:
    """The search above finds them: every block of YAML or of a terminal is one that is written or run."""
    assert len([b for b in BLOCKS if b[0]]) == PAGE.count("```yaml") >= 3
    assert len([b for b in BLOCKS if b[2]]) == PAGE.count("```console") >= 7


def test_what_the_page_shows_is_what_is_printed(called: Motus, tmp_path: Path) -> None:
    """Each file is written where the page says, each command prints what stands under it."""
    for name, content, command, shown in BLOCKS:
        if name:
            place = tmp_path / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(content, encoding="utf-8")
            continue
        done = called(*command.split()[1:])
        said = plain(done.stdout + done.stderr)
        assert _shown(shown).fullmatch(said), f"{command}\n{done.stdout}{done.stderr}"
        if "1 situation sans la réponse attendue" in said:
            _correct(tmp_path / "situations" / "tenu.yaml")


def _correct(file: Path) -> None:
    """Do what the page says of the wrong expectation, at the line that it names."""
    wrong, right, line = CORRECTED
    assert f"Corrigez `{wrong}` en\n`{right}` à la ligne {line}." in PAGE
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[line - 1].strip() == wrong
    lines[line - 1] = lines[line - 1].replace(wrong, right)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_key_and_every_answer_is_explained() -> None:
    """In the words of the editor's schema; and no other key is."""
    keys = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, flags=re.MULTILINE))

    assert keys == {**KEYS, **{o.value: label for o, label in OUTCOMES.items()}}
    assert {f.name for f in fields(Expected)} <= KEYS.keys()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"motus (\w+)", PAGE))))
def test_a_command_exists(name: str, called: Motus) -> None:
    """Each command that the page names has its help."""
    assert "Usage" in called(name, "--help").stdout


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z]+)", PAGE))))
def test_an_option_exists(option: str, called: Motus) -> None:
    """Each option that the page names is one of the commands that it names."""
    names = set(re.findall(r"motus (\w+)", PAGE))
    assert any(option in called(name, "--help").stdout for name in names)


def test_the_sentences_are_short() -> None:
    """As in every text that is shown."""
    text = re.sub(r"```.*?```|^\|.*$|^#.*$", "", PAGE, flags=re.DOTALL | re.MULTILINE).replace("\n", " ")

    assert [s for s in sentences(text) if len(words_of(s)) > LONGEST_SENTENCE] == []
