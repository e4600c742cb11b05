"""What is deployed of the pages: two replicas behind a proxy that logs no request, with the settings that they read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.keys import read_keys
from bot.web.forms import LARGEST

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
CADDY = (ROOT / "deploy" / "Caddyfile.web").read_text(encoding="utf-8")


def test_two_replicas_stand_behind_the_proxy_alone() -> None:
    """The pages are a profile of their own; the proxy waits for them, and only it has ports."""
    assert SERVICES["web"]["profiles"] == SERVICES["front"]["profiles"] == ["web"]
    assert SERVICES["web"]["deploy"]["replicas"] == 2
    assert list(SERVICES["front"]["depends_on"]) == ["web"]
    assert "ports" not in SERVICES["web"]
    assert re.findall(r"dynamic a (\w+) (\d+)", CADDY) == [("web", SERVICES["web"]["environment"]["MOTUS_PORT"])]


def test_the_proxy_logs_no_request_and_takes_no_more_than_a_form() -> None:
    """No request in its log, nothing of the inside shown, and a little more than what a form can weigh."""
    assert "request delete" in CADDY.split("{$MOTUS_DOMAIN}", maxsplit=1)[0]
    assert not re.search(r"^\tlog\b", CADDY.split("{$MOTUS_DOMAIN}", maxsplit=1)[1], re.MULTILINE)
    assert re.findall(r"@inside path (.+)", CADDY) == ["/healthz /readyz"]
    (most,) = re.findall(r"max_size (\d+)KB", CADDY)
    assert LARGEST <= int(most) * 1000 <= 4 * LARGEST


def test_the_container_reads_its_key_from_its_secret(tmp_path: Path) -> None:
    """The same file of keys as the bot; each channel derives its own from it."""
    (tmp_path / "keys").write_text("9f3a22b1-77c05d1e-44aa0b9c-31d75e68", encoding="utf-8")
    given = SERVICES["web"]["environment"]["MOTUS_KEYS_FILE"].replace("/run/secrets", str(tmp_path))

    assert SERVICES["web"]["secrets"] == ["keys"]
    assert read_keys({"MOTUS_KEYS_FILE": given}) == (b"9f3a22b1-77c05d1e-44aa0b9c-31d75e68",)
