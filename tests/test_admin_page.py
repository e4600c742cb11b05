"""The administrators' page cannot lie: the commands, settings, messages, figures and files that it names exist."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from plain import sentences, words_of

from bot.telegram.launch import read_settings
from bot.telegram.metrics import Figures
from knowledge import KnowledgeBase

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "administrateurs.md").read_text(encoding="utf-8")
SHEETS = (ROOT / "docs" / "protection-des-donnees.md").read_text(encoding="utf-8")
BOTH = PAGE + SHEETS
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
CHANNEL = ROOT / "bot" / "telegram"
TOKEN = "123456:" + "A" * 35
LONGEST_SENTENCE = 25


def _table(page: str, head: str) -> list[list[str]]:
    """Return the rows of the table whose head starts so, as cells."""
    rows = page.split(f"| {head} ")[1].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _logged() -> Iterator[str]:
    """Give every message that the channel may write in its log."""
    for path in CHANNEL.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"debug", "info", "warning", "error", "critical", "exception"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_setting_is_explained_and_read() -> None:
    """The table names each variable that the program reads, and no other; elsewhere the page invents none."""
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "bot").rglob("*.py"))
    read = set(re.findall(r"""["'](MOTUS_[A-Z]+)["']""", code))
    explained = {name for row in _table(PAGE, "variable") for name in re.findall(r"MOTUS_[A-Z_]+", row[0])}

    assert {name.removesuffix("_FILE") for name in explained} == read
    assert set(re.findall(r"MOTUS_[A-Z_]+", BOTH)) - explained == {"MOTUS_DOMAIN"}
    assert "${MOTUS_DOMAIN" in (ROOT / "compose.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"(?:`|bin/)motus ([a-z]+)\b|run --rm bot ([a-z]+)", BOTH))))
def test_a_command_exists(name: tuple[str, str]) -> None:
    """Each command that the page names has its help."""
    asked = [sys.executable, "-m", "bot", *filter(None, name), "--help"]
    assert "Usage" in subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("number", sorted(set(re.findall(r"`motus article RGPD (\d+)`", BOTH))))
def test_an_article_to_read_is_carried(number: str, base: KnowledgeBase) -> None:
    """Each article that the page sends to can be read in Motus."""
    assert base.articles[f"rgpd/{number}"].versions


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)`", BOTH))))
def test_a_make_target_exists(target: str) -> None:
    """Each target that the page names is in the Makefile."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:bot|deploy|tests|docs)/[^`\s]+|[\w.-]+\.(?:yaml|lock))`", BOTH)))
)
def test_a_file_exists(path: str) -> None:
    """Each file that the page names is there."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("where", "to"), [(PAGE, SHEETS), (SHEETS, PAGE)], ids=["page", "sheets"])
def test_links_lead_somewhere(where: str, to: str) -> None:
    """Each link inside a page leads to one of its titles; the two pages lead to each other."""
    titles = {_slug(t) for t in re.findall(r"^#+ (.+)$", where, flags=re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", where)) <= titles
    (other,) = set(re.findall(r"\]\(([\w-]+\.md)\)", where))
    assert (ROOT / "docs" / other).read_text(encoding="utf-8") == to


def test_the_containers_named_exist() -> None:
    """What follows `docker compose` is a service, a profile or an option of ours."""
    services = COMPOSE["services"]
    profiles = {p for s in services.values() for p in s.get("profiles", [])}
    verbs = "up|stop|logs|ps|exec|run"
    asked = re.findall(rf"docker compose (?:--profile (\w+) )?(?:{verbs})((?: -[\w-]+)*)((?: \w+)*)", PAGE)
    assert len(asked) >= 10
    for profile, _, named in asked:
        assert not profile or profile in profiles
        assert not named or named.split()[0] in services, named


def test_the_secrets_are_those_of_the_containers() -> None:
    """Each file that the page has one write is a secret of the compose file, and the other way round."""
    written = set(re.findall(r"> deploy/secrets/(\w+)", PAGE.split("### 3.", maxsplit=1)[0]))
    assert {f"./deploy/secrets/{name}" for name in written} == {s["file"] for s in COMPOSE["secrets"].values()}


def test_the_keys_made_as_the_page_says_are_accepted_and_rotate(tmp_path: Path) -> None:
    """The two commands of the page give keys that the bot takes; the new one signs, the old one is still accepted."""
    (tmp_path / "deploy" / "secrets").mkdir(parents=True)
    make = next(line for line in PAGE.splitlines() if line.startswith("openssl") and line.endswith("/keys"))
    (rotate,) = re.findall(r"sudo sh -c '(umask.+?)'$", PAGE, flags=re.MULTILINE)
    rotate = rotate.replace("chown 10001 deploy/secrets/new", "true")

    kept = []
    for command in (make, rotate):
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
        file = tmp_path / "deploy" / "secrets" / "keys"
        given = {"MOTUS_TOKEN": TOKEN, "MOTUS_KEYS_FILE": str(file)}
        kept.append(read_settings(given, webhook=False).keys)

    assert len(kept[0]) == 1
    assert len(kept[1]) == 2
    assert kept[1][1:] == kept[0]
    assert file.stat().st_mode & 0o077 == 0


def test_the_secret_made_as_the_page_says_is_accepted(tmp_path: Path) -> None:
    """`openssl rand -hex 32` gives a webhook secret that Telegram and the bot take."""
    made = subprocess.run(["openssl", "rand", "-hex", "32"], capture_output=True, text=True, check=True).stdout
    (tmp_path / "secret").write_text(made, encoding="utf-8")
    given = {
        "MOTUS_TOKEN": TOKEN,
        "MOTUS_KEYS": "9f3a22b177c05d1e44aa0b9c31d75e68",
        "MOTUS_SECRET_FILE": str(tmp_path / "secret"),
    }
    assert read_settings(given, webhook=True).secret == made.strip()


def test_every_message_of_the_log_is_explained() -> None:
    """Each message that the channel may log starts as one of the table, and each of the table is one of them."""
    explained = [row[0].strip("`") for row in _table(PAGE, "message")]
    logged = set(_logged())
    assert all(any(message.startswith(said) for message in logged) for said in explained)
    assert all(any(message.startswith(said) for said in explained) for message in logged)


def test_every_figure_is_explained() -> None:
    """The table names each figure that Prometheus reads, and no other."""
    served = re.findall(r"^# TYPE (\w+) (?:counter|histogram)$", Figures().page().decode(), flags=re.MULTILINE)
    assert {row[0].strip("`") for row in _table(PAGE, "chiffre")} == set(served)


def test_the_register_entry_has_every_item_of_the_article() -> None:
    """Points a) to g) of article 30, paragraph 1, in its order."""
    assert [row[0].split(")")[0] for row in _table(SHEETS, "article 30, paragraphe 1")] == list("abcdefg")


def test_what_was_not_confirmed_is_said() -> None:
    """The circular was not read: the page says so, and each thing reported carries its source or its doubt."""
    assert "Le texte de la circulaire n'a pas été lu" in PAGE
    for point, state, source in _table(PAGE, "point"):
        assert source.startswith("<https://") or "non confirmé" in state, point


@pytest.mark.parametrize("page", [PAGE, SHEETS], ids=["page", "sheets"])
def test_sentences_are_short(page: str) -> None:
    """No sentence of more than twenty-five words, tables included, code left aside."""
    prose = re.sub(r"```.*?```|[*`]|<https[^>]+>|\[([^\]]+)\]\([^)]+\)", r" \1 ", page, flags=re.DOTALL)
    pieces = re.split(r"\n\n|\n\s*[-|]|\n\d\. |\s\|\s|;", prose)
    long = [s for piece in pieces for s in sentences(" ".join(piece.split())) if len(words_of(s)) > LONGEST_SENTENCE]
    assert long == []
