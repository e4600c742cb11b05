"""What is deployed: the image, its containers, the proxy before them, and the exact versions installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.telegram.launch import read_settings
from bot.telegram.webhook import PATH

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
CADDY = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("bot", "webhook")
PROXIES = ("proxy", "front")
LOCKS = (
    "requirements.lock",
    "requirements-bot.lock",
    "requirements-dev.lock",
    "tests/telegram/aiogram-requirements.txt",
)


def _versions(lock: str) -> dict[str, set[str]]:
    """Return the versions of each package of a lock: one, or one for each range of Pythons."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    """Everything is kept out of the build but what it copies."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_runs_without_rights() -> None:
    """The last stage ends as a user who is not root and who owns nothing of the program."""
    last = DOCKERFILE.split("\nFROM ")[-1]
    (user,) = re.findall(r"^USER (\S+)$", last, re.MULTILINE)
    assert user == SERVICES["bot"]["user"] == "10001:10001"
    assert "--chown" not in last


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_no_right_that_it_does_not_need(name: str) -> None:
    """Read-only, no capability (the proxy alone binds low ports), no new privilege, bounded memory and logs."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name in PROXIES else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert 0 < float(service["cpus"]) <= 1
    assert service["logging"]["options"]["max-size"]
    assert bool(service.get("ports")) is (name in PROXIES)
    assert service.get("volumes", []) == [] or name in PROXIES


def test_by_default_the_bot_polls_alone() -> None:
    """`docker compose up` starts the polling bot only; the webhook is a profile, twice, behind the proxy."""
    assert [name for name, service in SERVICES.items() if not service.get("profiles")] == ["bot"]
    assert SERVICES["webhook"]["deploy"]["replicas"] == 2
    assert list(SERVICES["proxy"]["depends_on"]) == ["webhook"]


@pytest.mark.parametrize("name", OURS)
def test_the_settings_of_a_container_are_accepted(name: str, tmp_path: Path) -> None:
    """Each secret is a file that the container is given, and the bot reads its settings from there."""
    given = SERVICES[name]["environment"]
    secrets = {
        "token": "123456:" + "A" * 35,
        "keys": "9f3a22b1-77c05d1e-44aa0b9c-31d75e68",
        "secret": "kLx-2vQe9_Tz7aWb4",
    }
    for secret in SERVICES[name]["secrets"]:
        (tmp_path / secret).write_text(secrets[secret], encoding="utf-8")
    moved = {k: v.replace("/run/secrets", str(tmp_path)) for k, v in given.items()}
    settings = read_settings(moved, webhook=name == "webhook")
    assert settings.token == secrets["token"]
    assert settings.secret == (secrets["secret"] if name == "webhook" else None)


def test_the_proxy_opens_only_the_way_in_and_logs_no_request() -> None:
    """Telegram's posts go to the replicas; health and figures stay inside; the secret is in no log."""
    assert re.findall(r"^\s+path (\S+)$", CADDY, re.MULTILINE) == [PATH]
    assert re.findall(r"dynamic a (\w+) (\d+)", CADDY) == [
        ("webhook", SERVICES["webhook"]["environment"]["MOTUS_PORT"])
    ]
    assert "request delete" in CADDY.split("{$MOTUS_DOMAIN}", maxsplit=1)[0]
    assert "respond 404" in CADDY


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    """Every package has at least one hash, and nothing says where it came from."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_locks_agree() -> None:
    """What is deployed is what was tested, version by version."""
    tested = _versions("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-bot.lock"):
        assert {n: v for n, v in _versions(lock).items() if v != tested.get(n)} == {}


def test_the_image_has_all_the_extras_of_the_bot() -> None:
    """The lock of the image names every package that its extras ask for."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = {re.match(r"[\w-]+", need)[0] for name in ("telegram", "web", "webhook") for need in extras[name]}  # type: ignore[index]
    assert asked <= set(_versions("requirements-bot.lock"))
