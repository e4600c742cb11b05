"""`motus history` and `motus stale`: how a text came to be what it is, and to what day it is vouched for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.app import open_app
from bot.cli.history import Edit, resting, steps, word_edits
from tests.bot.conftest import ROOT, Motus


def flat(text: str) -> str:
    """Return a text on one line with plain spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("typed", [("CP", "226-14"), ("code pénal", "226-14"), ("c. pén.", "article", "226-14")])
def test_every_version_shows_what_it_changed(called: Motus, typed: tuple[str, ...]) -> None:
    """Dates, law, source, words put in and taken out, said and not only coloured."""
    said = flat(called("history", *typed).stdout)
    assert "7. VERSION DU 7 MARS 2007 AU 6 NOVEMBRE 2015 Loi n° 2007-297 du 5 mars 2007" in said
    assert "« mineure » devient « un mineur ou une personne qui n'est pas en mesure de se protéger" in said
    assert "+ ajouté après « autorités judiciaires, médicales ou administratives » : « de maltraitances, »" in said
    assert said.count("Source : ") == len(open_app().base.articles["code-penal/226-14"].versions)


def test_a_change_from_or_to_a_rebuilt_text_is_not_to_be_quoted(called: Motus) -> None:
    """The wording of 20 March 2024 was rebuilt."""
    said = flat(called("history", "CPP", "138").stdout)
    assert "Un de ces deux textes est reconstitué : relisez ces mots, ne les citez jamais." in said


def test_a_rule_rests_on_an_article_since_a_day(called: Motus) -> None:
    """A rule of 2024 since 2024, one that ended until it did, one older than the first reading at least since then."""
    said = flat(called("history", "CP", "226-14").stdout)
    assert "(danger/maltraitance-autorites) : en vigueur depuis le 10 avril 2024" in said
    assert "(danger/sevices-autorites-avant-2024) : du 3 janvier 2004 au 9 avril 2024" in said


def test_every_article_has_a_history_in_eighty_columns(called: Motus) -> None:
    """One of each code, and none fails."""
    base = open_app().base
    for article in base.articles.values():
        assert len(list(steps(article))) == len(article.versions)
        assert all(r.norm in base.norms for r in resting(base, article))
    said = called("history", "CASF", "L226-2-2").stdout
    assert max(map(len, said.splitlines())) <= 80


def test_words_are_compared_as_a_reader_does() -> None:
    """What only one word separates is one change; what is written anew is not cut in pieces."""
    before = "Le service informe le père, la mère et le tuteur avant la réunion du mardi."
    after = "Le service informe la personne, la mère ou le tuteur avant la réunion du mardi."
    assert word_edits(before, after) == (
        Edit("Le service informe", "le père", "la personne"),
        Edit("informe la personne, la mère", "et", "ou"),
    )
    assert word_edits(before, before) == ()
    assert word_edits(before, "Nul ne peut être tenu de répondre.") is None


def test_an_unknown_article_is_refused_as_elsewhere(called: Motus) -> None:
    """With the right way to write it."""
    done = called("history", "CP", "L226-13")
    assert done.returncode == 2
    assert "numérote cet article 226-13, sans L" in flat(done.stderr)


def test_stale_says_what_rests_on_a_text_rules_and_flows(called: Motus) -> None:
    """The day to which it is vouched for, then who would be wrong after it."""
    said = flat(called("stale", "--on", "2026-11-23").stdout)
    assert "garanti jusqu'au jour où il a été relu" in said
    entry = said[said.index("cch/L441-2-3 — relu au 6 décembre 2023") :].split(" - ")[0]
    assert "partage/dalo-fournir" in entry
    assert "Parcours : partager" in entry


def test_stale_can_list_every_text(called: Motus) -> None:
    """However late it was read."""
    said = called("stale", "--all", "--on", "2023-12-07").stdout
    base = open_app().base
    assert f"{len(base.articles)} ARTICLES" in said
    assert f"{len(base.norms)} RÈGLES" in said


def test_an_advice_says_in_one_line_that_its_texts_were_read_before_the_day_asked(called: Motus) -> None:
    """In the terminal and in JSON; on a day that the reading covers, nothing is said."""
    given = str(Path(ROOT) / "tests" / "voisin.yaml")
    article = open_app().base.articles["code-penal/226-13"]
    assert article.checked_as_of is not None
    for day, vouched in (("2026-11-23", False), ("2020-01-15", True)):
        said = flat(called("ask", "partager", "--detail", "--answers", given, "--on", day).stdout)
        data = json.loads(called("ask", "partager", "--answers", given, "--on", day, "--json").stdout)
        cited = next(a for a in data["articles"] if a["id"] == "code-penal/226-13")
        assert (cited["vouched"], cited["checked_as_of"]) == (vouched, article.checked_as_of.isoformat())
        assert ("Relus avant ce jour" in said) is not vouched
