"""Articles, norms, sheets, age of the readings, vocabulary."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from bot.app import open_app
from bot.cli.sheet import article_sheet, norm_sheet
from bot.cli.terminal import renderer
from bot.words.french import parse_day
from tests.bot.conftest import Motus


def flat(text: str) -> str:
    """Return a text on one line with plain spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("typed", [("CP", "L226-13"), ("code penal", "L. 226-13"), ("c. pén.", "l226-13")])
def test_the_slip_of_the_press_is_answered_with_the_right_number(called: Motus, typed: tuple[str, ...]) -> None:
    """« L226-13 » does not exist: the code numbers it 226-13, and the way to ask is shown."""
    done = called("article", *typed)
    assert done.returncode == 2
    assert "Le code pénal numérote cet article 226-13, sans L." in done.stderr
    assert flat("Demandez : motus article CP 226-13") in flat(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize("number", ["L226-2-2", "L. 226-2-2", "l226-2-2", "L 226-2-2", "article L226-2-2"])
@pytest.mark.parametrize("code", ["CASF", "casf", "code de l'action sociale et des familles"])
def test_an_article_is_found_however_it_is_written(called: Motus, code: str, number: str) -> None:
    """Case, accents, dots and spaces do not matter."""
    done = called("article", code, *number.split(" "))
    assert done.returncode == 0, done.stderr
    assert "article L226-2-2" in done.stdout


def test_a_number_without_its_letter_is_answered_with_the_letter(called: Motus) -> None:
    """« 226-2-2 » in the CASF: L or R, both named."""
    done = called("article", "CASF", "226-2-2")
    assert done.returncode == 2
    assert "L226-2-2" in done.stderr


def test_an_article_shows_its_dates_its_source_and_how_sure_it_is(called: Motus) -> None:
    """Version, dates, certainty, provenance, day it was read, address, text."""
    said = flat(called("article", "CP", "223-6", "--on", "2009-11-02").stdout)
    for words in ("du 1er janvier 2002 au 5 août 2018", "copie des données officielles", "Source : ", "Relu au ",
                  "https://www.legifrance.gouv.fr/", "Quiconque pouvant empêcher"):  # fmt: skip
        assert words in said


def test_a_day_after_the_last_reading_is_not_vouched_for(called: Motus) -> None:
    """No change known is not « verified »."""
    assert "rien n'a été vérifié" in flat(called("article", "CP", "226-13", "--on", "2026-11-23").stdout)


def test_a_day_whose_text_was_not_read_is_unknown_never_nothing(called: Motus) -> None:
    """Before the first version: law unknown that day, exit code 0 since that is the answer."""
    done = called("article", "CP", "226-14", "--on", "1990-01-01")
    assert "DROIT DE CE JOUR INCONNU" in done.stdout
    assert "Cela ne veut pas dire qu'il n'y avait pas de règle" in flat(done.stdout)


def test_a_reconstructed_text_is_shown_as_such(called: Motus) -> None:
    """It comes with a warning, and never inside quotes."""
    done = called("article", "loi", "78-17", "art", "6", "--on", "2009-11-02")
    assert done.returncode == 0, done.stderr
    assert "texte reconstitué" in flat(done.stdout)
    assert "reconstitué, à ne pas citer mot à mot" in flat(done.stdout)


def test_an_unknown_code_lists_those_that_exist(called: Motus) -> None:
    """With the short names to type."""
    done = called("article", "XYZ", "1")
    assert done.returncode == 2
    assert "CASF" in done.stderr


def test_articles_lists_a_code_in_the_order_of_its_numbers(called: Motus) -> None:
    """226-1 comes before 226-13, each with its certainty and the day it was read."""
    said = called("articles", "CP").stdout
    assert said.index(" 226-1 ") < said.index(" 226-13 ") < said.index(" 434-1 ")
    assert "copie des données" in said
    assert "Code de la santé publique" not in said


def _row(said: str, norm: str) -> str:
    """Return what stands beside a rule in the table, its lines put end to end."""
    lines = said.splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip().startswith(f"{norm} "))
    rest = itertools.takewhile(lambda line: line.startswith("   "), lines[first + 1 :])
    return flat(" ".join([lines[first].replace(norm, ""), *rest])).strip()


def test_norms_lists_each_rule_with_its_effect_and_its_day(called: Motus) -> None:
    """The same rule is not in force on every day."""
    then = called("norms", "--on", "2009-11-02").stdout
    now = called("norms", "--on", "2026-11-23").stdout
    assert _row(then, "base/cp-226-13").startswith("[interdit, en vigueur] Qui est tenu")
    assert _row(then, "partage/ccapex-fournir").startswith("[oblige, pas en vigueur]")
    assert _row(now, "partage/ccapex-fournir").startswith("[oblige, en vigueur]")


def test_the_sheet_of_a_rule_says_all_of_it_in_plain_words(called: Motus) -> None:
    """Rule, when, texts of the day, minimum, what it sets aside, flows, doubt, review."""
    said = called("fiche", "partage/ccapex-fournir", "--on", "2026-11-23").stdout
    for heading in ("QUAND ELLE S'APPLIQUE", "LES TEXTES DE CE JOUR", "LE MINIMUM", "ELLE ÉCARTE", "PARCOURS OÙ",
                    "CE QUI N'EST PAS SÛR", "Relue le "):  # fmt: skip
        assert heading in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_sheet_of_an_article_says_who_rests_on_it(called: Motus) -> None:
    """Its versions and the rules that cite it."""
    said = called("fiche", "casf/L411-3", "--on", "2009-11-02").stdout
    assert "SES VERSIONS" in said
    assert "tenu/assistant-service-social" in flat(said)


def test_every_rule_and_every_article_has_a_sheet(called: Motus) -> None:
    """No template lacks a value, on the founding day and today."""
    app, render = open_app(), renderer(plain=True)
    for day in map(parse_day, ("2009-11-02", "2026-11-23")):
        for norm in app.base.norms.values():
            assert norm_sheet(app, norm, day, render)
        for article in app.base.articles.values():
            assert article_sheet(app.base, article, day, render)
    assert called("articles").returncode == 0


def test_an_unknown_sheet_is_refused_with_the_nearest(called: Motus) -> None:
    """The full id is given."""
    done = called("fiche", "cp-226-13")
    assert done.returncode == 2
    assert "base/cp-226-13" in done.stderr


def test_stale_lists_old_readings_and_what_rests_on_them(called: Motus) -> None:
    """An article read in 2023 is old in 2026; nothing was in the year 2000."""
    said = flat(called("stale", "--on", "2026-11-23").stdout)
    assert "csp/L1110-4 — relu au 6 décembre 2023" in said
    assert "partage/equipe-de-soins" in said
    assert "csp/L1110-4" not in called("stale", "--on", "2023-12-07").stdout


@pytest.mark.parametrize("months", ["0", "-1", "six", "1,5"])
def test_a_number_of_months_that_is_none_is_refused(called: Motus, months: str) -> None:
    """With an example of the right one."""
    done = called("stale", "--months", months)
    assert done.returncode == 2
    assert "--months 6" in done.stderr


def test_facts_let_a_script_drive_the_advisor(called: Motus) -> None:
    """Ids, codes, questions and values, in the order of the flow; every flow is listed."""
    data = json.loads(called("facts", "partager", "--json").stdout)
    flows = {f["id"]: f for f in data["flows"]}
    assert {"partager", "dossier"} <= flows.keys()
    ids = [f["id"] for f in data["facts"]]
    assert ids == [*flows["partager"]["sets"], *flows["partager"]["asks"]]
    danger = next(f for f in data["facts"] if f["id"] == "danger")
    assert danger["unknown"] is True
    assert danger["find_out"]
    assert all(v.keys() >= {"id", "code", "label", "group", "qualification"} for v in danger["values"])
    assert any(v["qualification"] for v in danger["values"])
    act = next(f for f in data["facts"] if f["id"] == "act")
    assert act["set_by"]["partager"] == "transmettre"


def test_facts_read_as_text(called: Motus) -> None:
    """Every id can be copied into an answers file."""
    said = called("facts").stdout
    assert "- assistant_service_social (1)" in said
    assert "inconnu (0)" in said
