"""`motus diff`: what changes from one day of law to another, and which text changed it."""

from __future__ import annotations

import json
import re

import pytest
from depth import spread

from tests.bot.conftest import Motus

DAYS = ("2009-11-02", "2026-11-23")


def flat(text: str) -> str:
    """Return a text on one line with plain spaces."""
    return re.sub(r"\s+", " ", text)


def test_every_group_can_be_lived_again_on_both_days(called: Motus) -> None:
    """Its two commands give its two answers, under the two rules it names."""
    report = json.loads(called("diff", *DAYS, "--flow", "acces", "--json", "--top", "1000").stdout)
    assert len(report["changes"]) == report["groups"] > 5
    for change in spread(report["changes"], 24):
        for example in change["examples"]:
            for command, said in zip(example["replay"], (change["before"], change["after"]), strict=True):
                answer = json.loads(called(*command.split()[1:], "--json").stdout)
                assert (answer["outcome"], answer["governing"]["id"]) == (said["outcome"], said["norm"])


def test_a_group_names_the_text_that_changed_the_answer_and_its_day(called: Motus) -> None:
    """The Défenseur des droits came on 2011-03-31, by an organic law that has its address."""
    report = json.loads(called("diff", *DAYS, "--flow", "acces", "--json").stdout)
    change = next(c for c in report["changes"] if c["after"]["norm"] == "administration/defenseur-droits")
    text = change["because"][0]
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("forbidden", "conditional")
    assert (text["norm"], text["on"], text["begins"]) == ("administration/defenseur-droits", "2011-03-31", True)
    assert text["article"].endswith("article 20")
    assert text["address"].startswith("https://www.legifrance.gouv.fr/")


def test_groups_come_from_the_largest_and_add_up(called: Motus) -> None:
    """Those whose outcome changes come first; nothing that changes is in no group, or in two."""
    report = json.loads(called("diff", *DAYS, "--flow", "acces", "--json", "--top", "1000").stdout)
    order = [(c["before"]["outcome"] == c["after"]["outcome"], -c["share"]) for c in report["changes"]]
    assert order == sorted(order)
    tally = report["flows"][0]["tally"]
    assert sum(c["paths"] for c in report["changes"]) == tally["paths"] == report["paths"]
    assert sum(c["share"] for c in report["changes"]) == pytest.approx(tally["share"])


def test_the_screen_reads_in_eighty_columns(called: Motus) -> None:
    """Both answers in words, the text, an example in words; only a command may be wider."""
    said = called("diff", *DAYS, "--flow", "tenu").stdout
    words = flat(said)
    assert "NON → OUI" in words
    assert "depuis le 18 novembre 2017, Code de l'action sociale et des familles, article R223-31" in words
    assert "Exemple, parcours tenu Métier : " in words
    assert max(len(line) for line in said.splitlines() if "motus ask" not in line) <= 80


def test_one_day_and_itself(called: Motus) -> None:
    """Nothing changes, and the screen says so."""
    assert "Aucune situation ne change de réponse." in flat(called("diff", DAYS[0], DAYS[0]).stdout)


def test_top_says_how_many_groups_are_shown(called: Motus) -> None:
    """And how many there are."""
    assert "1 GROUPE SUR " in flat(called("diff", *DAYS, "--flow", "acces", "--top", "1").stdout)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("02/11/2009", "2026-11-23"), "AAAA-MM-JJ"),
        ((*DAYS, "--flow", "partage"), "parcours inconnu « partage » ; parcours : partager, dossier"),
        ((*DAYS, "--top", "0"), "--top 10"),
    ],
)
def test_what_is_mistyped_is_answered_with_what_is_right(called: Motus, typed: tuple[str, ...], said: str) -> None:
    """In French, with nothing on the standard output."""
    done = called("diff", *typed)
    assert done.returncode == 2
    assert said in flat(done.stderr)
    assert done.stdout == ""
