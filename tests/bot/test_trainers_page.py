"""The page for trainers cannot lie: its files are written, its commands run in its order, its tables are the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from plain import sentences, words_of

from bot.words.french import OUTCOMES
from flows.training.quiz import OUTCOMES as OFFERED
from flows.training.scenario_file import DECISION_KEYS, KEYS
from tests.bot.conftest import Motus, plain

PAGE = (Path(__file__).parents[2] / "docs" / "formateurs.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:\*\*([\w/-]+\.yaml)\*\* :\n\n```yaml\n(.*?)```)|(?:```console\n\$ (.+?)\n(.*?)```)", re.DOTALL)
BLOCKS = [match.groups() for match in BLOCK.finditer(PAGE)]
LONGEST_SENTENCE = 25


def _shown(text: str) -> re.Pattern[str]:
    """Return what was printed, as a pattern: « … » stands for anything."""
    parts = (re.escape(plain(part)).replace(r"\ ", " ") for part in text.split("…"))
    return re.compile(".*".join(parts), re.DOTALL)


def test_what_the_page_shows_is_what_is_printed(called: Motus, tmp_path: Path) -> None:
    """A trainer who follows it sees what it says, and its last word makes the wrong scenario right."""
    assert len([b for b in BLOCKS if b[2]]) == PAGE.count("```console") == 5
    assert len([b for b in BLOCKS if b[0]]) == PAGE.count("```yaml") == 1
    for name, content, command, shown in BLOCKS:
        if name:
            (tmp_path / name).write_text(content, encoding="utf-8")
            continue
        done = called(*command.split()[1:])
        said = plain(done.stdout + done.stderr)
        assert _shown(shown).fullmatch(said), f"{command}\n{said}"
    wrong, right = re.findall(r"corrigez `(.+)` en `(.+)`\.", PAGE)[0]
    lucie = tmp_path / "lucie.yaml"
    lucie.write_text(lucie.read_text(encoding="utf-8").replace(wrong, right), encoding="utf-8")
    assert called("scenario", "test", "lucie.yaml").returncode == 0


def test_every_key_and_every_answer_is_explained() -> None:
    """In the words of the code; and no other key is."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, flags=re.MULTILINE))
    rows.pop("outcome")
    outcomes = {o.value: plain(OUTCOMES[o]) for o in OFFERED}
    keys = {**KEYS, **DECISION_KEYS}
    keys.pop("outcome")

    assert {k: plain(v) for k, v in rows.items()} == {**{k: plain(v) for k, v in keys.items()}, **outcomes}
    assert f"| `outcome` | {DECISION_KEYS['outcome']} |" in PAGE


def test_the_page_speaks_in_short_sentences() -> None:
    """It is read between two groups."""
    text = re.sub(r"```.*?```|\|.*?\n", "\n\n", PAGE, flags=re.DOTALL)
    said = [s for part in text.split("\n\n") for s in sentences(" ".join(part.split()))]
    assert [s for s in said if len(words_of(s)) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("command", sorted(set(re.findall(r"motus ((?:scenario )?\w+)", PAGE))))
def test_a_command_exists(command: str, called: Motus) -> None:
    """Each command that the page names has its help."""
    assert "Usage" in called(*command.split(), "--help").stdout
