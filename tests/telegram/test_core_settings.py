"""`motus bot`: what its settings must be, said in French before anything starts, without repeating a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Refused
from bot.telegram.launch import read_settings
from bot.telegram.settings import TELEGRAM
from tests.bot.conftest import runner

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnn"  # noqa: S105 - no bot has it
KEY = "9f3a22b177c05d1e44aa0b9c31d75e68"
SECRET = "kLx-2vQe9_Tz7aWb4"  # noqa: S105 - nor this
GOOD = {"MOTUS_TOKEN": TOKEN, "MOTUS_KEYS": KEY}


def test_the_token_and_the_keys_are_enough() -> None:
    """The first key signs, others are accepted; the rest has a default."""
    read = read_settings({**GOOD, "MOTUS_KEYS": f"{KEY}  {KEY[::-1]}\n"}, webhook=False)

    assert read.token == TOKEN
    assert read.keys == (KEY.encode(), KEY[::-1].encode())
    assert read.base_url == TELEGRAM
    assert read.secret is None
    assert read.protect_content


def test_each_secret_may_be_in_a_file(tmp_path: Path) -> None:
    """As container platforms give them."""
    (tmp_path / "jeton").write_text(f"{TOKEN}\n")
    read = read_settings({"MOTUS_TOKEN_FILE": str(tmp_path / "jeton"), "MOTUS_KEYS": KEY}, webhook=False)

    assert read.token == TOKEN


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"MOTUS_TOKEN": ""}, "il manque MOTUS_TOKEN"),
        ({"MOTUS_TOKEN": "secret-mal-ecrit"}, "MOTUS_TOKEN n'a pas la forme d'un jeton"),
        ({"MOTUS_TOKEN_FILE": "/nulle/part"}, "le fichier « /nulle/part » ne se lit pas"),
        ({"MOTUS_KEYS": ""}, "il manque MOTUS_KEYS"),
        ({"MOTUS_KEYS": f"{KEY} secret-trop-court"}, "openssl rand -hex 32"),
        ({"MOTUS_KEYS": "k" * 64}, "une clé se devine"),
        ({"MOTUS_KEYS": f"{KEY} {'motdepasse' * 4}"}, "une clé se devine"),
        ({"MOTUS_SECRET": "secretsecretsecret"}, "ce secret se devine"),
        ({"MOTUS_TIMEZONE": "Europe/Pari"}, "Europe/Paris ou Indian/Reunion"),
        ({"MOTUS_TIMEZONE": "/etc/passwd"}, "Europe/Paris ou Indian/Reunion"),
        ({"MOTUS_SECRET": ""}, "il manque MOTUS_SECRET"),
        ({"MOTUS_SECRET": "secret mal écrit, avec espaces"}, "de 16 à 256 signes"),
    ],
)
def test_what_is_missing_or_wrong_is_said_without_the_secret(changed: dict[str, str], said: str) -> None:
    """One sentence: what, and what would be right."""
    with pytest.raises(Refused) as refused:
        read_settings({**GOOD, "MOTUS_SECRET": SECRET, **changed}, webhook=True)
    told = str(refused.value).replace("\u00a0", " ").replace("\u202f", " ")

    assert said in told
    assert "secret-" not in told
    assert "mal écrit" not in told
    assert "motdepasse" not in told


def test_no_setting_is_shown_by_repr() -> None:
    """A log that holds the settings holds no secret."""
    shown = repr(read_settings({**GOOD, "MOTUS_SECRET": SECRET}, webhook=True))

    assert TOKEN not in shown
    assert KEY not in shown
    assert SECRET not in shown


def test_the_command_refuses_to_start_without_a_token(tmp_path: Path) -> None:
    """As a user runs it: one line on the standard error, and an exit code."""
    done = runner(tmp_path, Path(__file__).parents[2])("bot")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("il manque MOTUS_TOKEN")
    assert "@BotFather" in done.stderr
