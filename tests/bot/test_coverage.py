"""What situations reach and miss (`motus test`), and where walks lead nowhere (`motus walk`), over four norms."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from tests.bot.conftest import Motus, plain

ONE = """\
- id: sante
  says: Un voisin demande des nouvelles.
  flow: essai
  on: 2026-11-23
  facts: {metier: assistante, information: sante}
  outcome: forbidden
"""
DAY = ("--on", "2026-11-23")


@pytest.fixture
def one(tmp_path: Path) -> str:
    """Write one situation, and return its file."""
    (tmp_path / "s.yaml").write_text(ONE, encoding="utf-8")
    return "s.yaml"


def test_what_no_situation_reaches_is_listed(motus_small: Motus, one: str) -> None:
    """Questions, answers, outcomes and norms, each counted, and each that is missing named."""
    done = motus_small("test", one, "--coverage", *DAY)
    said = plain(done.stdout)

    assert done.returncode == 0
    for words in (
        "1 situation ; questions 2 sur 3 ; réponses 2 sur 8 ; issues 1 sur 4 ; règles 2 sur 4.",
        "question jamais posée : Accord (accord)",
        "Métier (metier), réponses jamais données : voisin",
        "Information (information), réponses jamais données : ensemble, adresse",
        "issue jamais obtenue : Pas de secret pénal (not_covered)",
        "règles jamais entendues (2) : accord, libre",
    ):
        assert words in said


def test_the_page_says_the_same_and_needs_nothing_else(motus_small: Motus, one: str, tmp_path: Path) -> None:
    """A browser reads it; no script, no other file, and what nothing reaches is marked."""
    done = motus_small("test", one, "--coverage-html", "page.html", *DAY)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)

    assert "Page écrite : page.html" in plain(done.stdout)
    assert not list(page.iter("script"))
    assert not [e for e in page.iter() for key in ("src", "href") if (e.get(key) or "#")[0] != "#"]
    missed = {code.text for row in page.iter("tr") if row.get("class") == "miss" for code in row.iter("code")}
    assert missed == {
        *("voisin", "ensemble", "adresse", "oui", "non", "inconnu"),
        *("conditional", "not_covered", "permitted"),
        *("accord", "libre"),
    }


def test_the_situations_proposed_reach_all_that_was_missing(motus_small: Motus, one: str, tmp_path: Path) -> None:
    """Alone on the output, they are a file of situations that plays; with it, nothing is missing any more."""
    done = motus_small("test", one, "--missing", *DAY)
    (tmp_path / "proposees.yaml").write_text(done.stdout, encoding="utf-8")
    again = motus_small("test", one, "proposees.yaml", "--missing", *DAY)

    assert "Toutes les réponses sont celles attendues (1 situation" in plain(done.stderr)
    assert done.stdout.count("- id: a-verifier-essai-") == 4
    assert "à vérifier" in plain(done.stdout)
    assert "Toutes les réponses sont celles attendues (5 situations" in plain(again.stderr)
    assert plain(again.stdout) == "# Rien ne manque, au droit du 23 novembre 2026."


def test_a_page_that_cannot_be_written_is_said(motus_small: Motus, one: str) -> None:
    """With what would be right; so is a flow that does not exist."""
    done = motus_small("test", one, "--coverage-html", "absent/page.html", *DAY)
    assert done.returncode == 2
    assert "absent/page.html : ce fichier ne s'écrit pas" in plain(done.stderr)

    other = motus_small("test", one, "--coverage", "--flow", "esai", *DAY)
    assert other.returncode == 2
    assert "parcours inconnu « esai » ; parcours : essai" in plain(other.stderr)


@pytest.mark.parametrize("how", [("--random", "50", "--seed", "1"), ("--all",)], ids=["random", "all"])
def test_a_walk_that_leads_nowhere_is_a_dead_end(how: tuple[str, ...], motus_small: Motus, small: Path) -> None:
    """A flow that forgets a question: the answers after which nobody asks it are named, once, and the status is 1."""
    whole = motus_small("walk", "essai", *how, *DAY)
    flow = small / "flows" / "parcours" / "essai.yaml"
    text = flow.read_text(encoding="utf-8")
    flow.write_text(text.replace("  - {id: accord, asks: accord}\n", ""), encoding="utf-8")
    done = motus_small("walk", "essai", *how, *DAY)
    said = plain(done.stdout)

    assert (whole.returncode, done.returncode) == (0, 1)
    assert "Impasses : 0" in plain(whole.stdout)
    assert "Impasses : 0" not in said
    assert "Métier : Assistante sociale ; Information : Plusieurs choses :" in said
    assert said.count("Information : Plusieurs choses :") == 1
    assert "personne ne demande accord" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--random", "zéro"), "« zéro » n'est pas un nombre : écrivez par exemple --random 1000"),
        (("--all", "--seed", "1"), "--all compte tous les parcours : retirez --random et --seed"),
    ],
)
def test_options_that_say_nothing_are_refused(options: tuple[str, ...], words: str, motus_small: Motus) -> None:
    """Before any walk is taken."""
    done = motus_small("walk", "essai", *options)

    assert done.returncode == 2
    assert words in plain(done.stderr)
