"""Official archives put over the carried texts: only what is followed, in order, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from legi_archives import PENAL, Row, chained, delta, stock

from bot.cli.law_changes import past
from bot.legi.archive import in_order
from bot.legi.follow import Followed
from bot.legi.gather import gather
from bot.legi.merge import PUBLISHED, Official, merged
from bot.legi.update import updated
from bot.legi.wording import Wording
from bot.legi.write import written
from knowledge import Article, KnowledgeBase, default_root, sources
from knowledge.load import read_articles
from knowledge.reading import read
from tests.bot.conftest import Motus

FIRST = Row(
    "LEGIARTI000000000001", "1", "2000-01-01", "2010-01-01", "MODIFIE",
    "<p>Premier alinéa.</p><p>La révélation est punie.</p>",
)  # fmt: skip
SECOND = Row("LEGIARTI000000000002", "1", "2010-01-01", text="<p>La révélation est punie plus fort.</p>")
THIRD = Row("LEGIARTI000000000003", "1", "2026-10-01", text="<p>La révélation est punie<br/>de deux ans.</p>")
CLOSED = replace(SECOND, end="2026-10-01", state="MODIFIE")
NEW = chained(FIRST, CLOSED, THIRD)
ARTICLE = "articles/code-penal/1.yaml"


def law(small: Path) -> dict[str, bytes]:
    """Return every file of the small law."""
    root = small / "knowledge" / "law"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*.yaml"))}


def carried(small: Path) -> Article:
    """Return the article as its file now says it."""
    articles, problems = read_articles([(ARTICLE, law(small)[ARTICLE])])
    assert problems == []
    return articles["code-penal/1"]


def of(article: Article, *archives: Path, history: bool = False) -> Article:
    """Return an article once archives are put over it, without a process."""
    ordered = in_order([str(a) for a in archives])
    gathered = gather(ordered, Followed([article]), lambda: None)
    return updated({article.id: article}, ordered, gathered, history=history).get(article.id, article)


@pytest.fixture
def article(small: Path) -> Article:
    """Return the article that the small law carries: two wordings, read on 11 July 2025, without identifiers."""
    return carried(small)


def test_a_new_wording_arrives_with_its_identifiers_and_its_day(
    motus_small: Motus, small: Path, tmp_path: Path
) -> None:
    """The wording in force ends where the new one starts; the past keeps every word; what rests on it is said."""
    before = carried(small)

    archive = str(delta(tmp_path, "20260915-211530", NEW))

    done = motus_small("law", "update", archive)

    assert done.returncode == 0, done.stderr
    now = carried(small)
    assert [(str(v.start), str(v.end), v.legifrance_id) for v in now.versions] == [
        ("2000-01-01", "2010-01-01", FIRST.id),
        ("2010-01-01", "2026-10-01", SECOND.id),
        ("2026-10-01", "None", THIRD.id),
    ]
    assert [v.text for v in now.versions[:2]] == [v.text for v in before.versions]
    assert now.versions[2].text == "La révélation est punie\n\nde deux ans.\n"
    assert now.versions[2].modified_by == "LOI n°2026-1 du 1er janvier 2026 - art. 1"
    assert now.versions[2].provenance == f"DILA, base LEGI, {PUBLISHED}LEGI_20260915-211530.tar.gz"
    assert str(now.checked_as_of) == "2026-09-15"
    assert "rédaction nouvelle, du 1er octobre 2026" in done.stdout
    assert "reposent dessus accord, libre, secret, tenue" in done.stdout
    assert "Aucune situation ne change de réponse." in done.stdout
    files = law(small)
    assert "0 fichiers écrits" in motus_small("law", "update", archive).stdout  # said twice, it is no news
    assert law(small) == files


def test_deltas_are_read_from_the_oldest(article: Article, tmp_path: Path) -> None:
    """Named in any order, twice or once, the later one has the last word."""
    wrong = replace(THIRD, text="<p>La révélation est punie de dix ans.</p>")
    one = delta(tmp_path, "20260915-211530", chained(FIRST, CLOSED, wrong))
    two = delta(tmp_path, "20260916-211530", NEW)

    assert of(article, two, one) == of(article, one, two, one)
    assert "deux ans" in str(of(article, two, one).versions[2].text)


def test_a_past_wording_changes_only_with_a_human_yes(motus_small: Motus, small: Path, tmp_path: Path) -> None:
    """The words that differ are shown, and nothing is written; `--accept` writes the official ones."""
    mended = replace(FIRST, text="<p>Premier alinéa.</p><p>La révélation est punie d'un an.</p>")
    archive = str(delta(tmp_path, "20260915-211530", chained(mended, SECOND)))
    before = law(small)

    done = motus_small("law", "update", archive)

    assert done.returncode == 1
    assert "la version du 2000-01-01, déjà reprise, change de texte" in done.stderr
    assert "«\u00a0d'un an\u00a0» s'ajoute après «\u00a0alinéa. La révélation est punie\u00a0»" in done.stderr
    assert "Rien n'a été écrit." in done.stderr
    assert law(small) == before
    assert motus_small("law", "update", archive, "--accept").returncode == 0
    assert "punie d'un an." in str(carried(small).versions[0].text)


def test_spaces_dashes_and_apostrophes_are_no_other_words(article: Article, tmp_path: Path) -> None:
    """A mirror flattens paragraphs: what is carried stays, and gets its identifier."""
    flat = replace(FIRST, text="Premier  alinéa.\n<div>La révélation<br/>est punie.</div>")

    now = of(article, delta(tmp_path, "20260915-211530", chained(flat, SECOND)))

    assert [v.text for v in now.versions] == [v.text for v in article.versions]
    assert now.versions[0].legifrance_id == FIRST.id


def test_a_past_day_that_changes_is_said(article: Article, tmp_path: Path) -> None:
    """The first wording would end in 2009, and the second begin then: both are said."""
    rows = chained(replace(FIRST, end="2009-01-01"), replace(SECOND, start="2009-01-01"))
    identified = of(article, delta(tmp_path, "20260914-211530", chained(FIRST, SECOND)))

    said = list(past(identified, of(identified, delta(tmp_path, "20260915-211530", rows))))

    assert said == [
        "code-penal/1 : la version du 2000-01-01, déjà reprise, finissait le 2010-01-01 ; elle finirait le 2009-01-01",
        "code-penal/1 : la version du 2010-01-01, déjà reprise, commencerait le 2009-01-01",
    ]


@pytest.fixture
def second(small: Path) -> tuple[Row, Row]:
    """Give the small law another article, on which its only permission rests; return its two wordings."""
    root = small / "knowledge" / "law"
    text = (root / ARTICLE).read_text(encoding="utf-8").replace('number: "1"', 'number: "2"')
    (root / "articles" / "code-penal" / "2.yaml").write_text(text, encoding="utf-8")
    norm = root / "norms" / "accord.yaml"
    norm.write_text(norm.read_text(encoding="utf-8").replace("code-penal/1", "code-penal/2"), encoding="utf-8")
    return replace(FIRST, id="LEGIARTI000000000021", number="2"), replace(SECOND, id="LEGIARTI000000000022", number="2")


def test_an_article_repealed_changes_answers(motus_small: Motus, second: tuple[Row, Row], tmp_path: Path) -> None:
    """The permission that rests on it is no more: the answers that change are counted, with the rule and its text."""
    rows = chained(second[0], replace(second[1], end="2026-01-01", state="ABROGE"))

    done = motus_small("law", "update", str(delta(tmp_path, "20260915-211530", rows)))

    assert done.returncode == 0, done.stderr
    assert "code-penal/2\u00a0: cesse d'être en vigueur le 1er janvier 2026" in done.stdout
    assert "code-penal/2\u00a0: reposent dessus accord\u202f; parcours\u00a0: essai" in done.stdout
    assert "L'adresse peut aller, avec l'accord" in done.stdout
    assert "Interdit" in done.stdout


def test_an_article_renumbered_is_named_by_its_new_number(
    motus_small: Motus, second: tuple[Row, Row], small: Path, tmp_path: Path
) -> None:
    """Its old number ends on that day, and the lawyer is told what to write where."""
    moved = replace(second[1], end="2026-01-01", state="TRANSFERE")
    then = Row("LEGIARTI000000000029", "2-1", "2026-01-01", text="<p>La révélation est punie plus fort.</p>")

    done = motus_small("law", "update", str(delta(tmp_path, "20260915-211530", chained(second[0], moved, then))))

    assert done.returncode == 0, done.stderr
    assert "code-penal/2\u00a0: devient l'article 2-1 le 2026-01-01 (LEGIARTI000000000029)" in done.stdout
    assert b"end: 2026-01-01" in law(small)["articles/code-penal/2.yaml"]


def test_a_law_left_without_any_rule_is_said(motus_small: Motus, tmp_path: Path) -> None:
    """Every rule rested on the article that is repealed: each answer that is no more is named."""
    rows = chained(FIRST, replace(SECOND, end="2026-01-01", state="ABROGE"))

    done = motus_small("law", "update", str(delta(tmp_path, "20260915-211530", rows)))

    assert (done.returncode, done.stderr) == (0, "")
    assert "PAS DE SECRET PÉNAL → AUCUNE RÈGLE NE RÉPOND" in done.stdout


def test_what_nobody_follows_is_ignored(article: Article, tmp_path: Path) -> None:
    """Another number, another code, a section: none is taken, and what is not followed is not even read as XML."""
    other = Row("LEGIARTI000000000007", "226-99", "2026-01-01")
    elsewhere = replace(THIRD, id="LEGIARTI000000000008", code="LEGITEXT000006070721")

    now = of(article, delta(tmp_path, "20260915-211530", [other, elsewhere]))

    assert now.versions == article.versions


def test_a_stillborn_wording_and_one_without_a_day_are_not_the_law(article: Article, tmp_path: Path) -> None:
    """The base keeps wordings that never came into force, and writes a day unknown as one that will never come."""
    never = replace(THIRD, id="LEGIARTI000000000004", end="2026-12-01", state="MODIFIE_MORT_NE")
    waits = replace(THIRD, id="LEGIARTI000000000005", start="2222-02-22", state="VIGUEUR_DIFF")

    now = of(article, delta(tmp_path, "20260915-211530", chained(FIRST, SECOND, never, waits)))

    assert [v.start for v in now.versions] == [v.start for v in article.versions]


def test_a_wording_that_is_only_named_is_law_unknown(article: Article, tmp_path: Path) -> None:
    """A delta is missing: the file of the last wording lists one whose text never came, and it is never bridged."""
    between = Row("LEGIARTI000000000006", "1", "2026-03-01", "2026-10-01", "MODIFIE")
    rows = chained(FIRST, replace(SECOND, end="2026-03-01", state="MODIFIE"), between, THIRD)

    now = of(article, delta(tmp_path, "20260915-211530", [rows[3]]))

    assert [(str(v.start), v.text is None, v.certainty.value) for v in now.versions][1:] == [
        ("2010-01-01", False, "official-mirror"),
        ("2026-03-01", True, "missing"),
        ("2026-10-01", False, "official-mirror"),
    ]
    assert now.versions[2].legifrance_id == between.id


def test_a_withdrawn_wording_leaves_a_hole_not_a_silence(article: Article, tmp_path: Path) -> None:
    """It needs a human yes, and the days that it covered become unknown. A path that only moves is no withdrawal."""
    before = of(article, delta(tmp_path, "20260915-211530", NEW))
    moved = delta(tmp_path, "20260916-211530", [NEW[1]], gone=[NEW[1]])
    gone = delta(tmp_path, "20260917-211530", gone=[NEW[2]])
    assert of(before, moved).versions == before.versions

    now = of(before, moved, gone)

    assert list(past(before, now)) == ["code-penal/1 : la version du 2026-10-01, déjà reprise, disparaît"]
    assert now.versions == before.versions[:2]
    assert [str(g.start) for g in now.gaps] == ["2026-10-01"]
    assert now.in_force(now.gaps[0].start).value == "unknown"


def test_older_wordings_come_only_when_asked(article: Article, tmp_path: Path) -> None:
    """Today's rules were not read against them; asked for, they are all taken."""
    older = Row("LEGIARTI000000000010", "1", "1994-03-01", "2000-01-01", "MODIFIE", "<p>Ancien.</p>")
    archive = stock(tmp_path, "20250713-140000", chained(older, FIRST, SECOND))

    assert of(article, archive).versions[0].start == article.versions[0].start
    assert str(of(article, archive, history=True).versions[0].start) == "1994-03-01"


def test_the_day_of_reading_stops_at_a_hole(article: Article, tmp_path: Path) -> None:
    """Days follow one another from the stock; after ten days of nothing, an archive is likely missing."""
    whole = stock(tmp_path, "20250713-140000", chained(FIRST, SECOND))
    days = [
        delta(tmp_path, f"202507{d}-210000", [Row("LEGIARTI000000000077", "7", "2025-01-01")]) for d in (14, 16, 26)
    ]

    assert str(of(article, whole, *days).checked_as_of) == "2025-07-16"
    assert str(of(article, days[2]).checked_as_of) == "2025-07-11"


def test_an_archive_older_than_the_corpus_gives_identifiers_and_nothing_else(article: Article, tmp_path: Path) -> None:
    """What it says of the end of a wording is overtaken."""
    later = replace(article, checked_as_of=article.versions[1].start.replace(year=2026))

    now = of(later, stock(tmp_path, "20250713-140000", chained(FIRST, replace(SECOND, end="2020-01-01"))))

    assert [v.legifrance_id for v in now.versions] == [FIRST.id, SECOND.id]
    assert [replace(v, legifrance_id=None) for v in now.versions] == list(later.versions)
    assert now.checked_as_of == later.checked_as_of


def test_a_delta_before_the_last_reading_overrules_nothing(article: Article, tmp_path: Path) -> None:
    """Read among newer ones that do not speak of the article, it is still older than what the corpus says."""
    later = replace(
        article, checked_as_of=date(2026, 9, 15), versions=of(article, delta(tmp_path, "20260914-210000", NEW)).versions
    )
    august = delta(tmp_path, "20260801-210000", chained(FIRST, SECOND))
    newer = delta(tmp_path, "20260916-210000", [Row("LEGIARTI000000000077", "7", "2025-01-01")])

    now = of(later, august, newer)

    assert now == replace(later, checked_as_of=date(2026, 9, 16))


def test_a_text_named_as_missing_arrives(motus_small: Motus, small: Path, tmp_path: Path) -> None:
    """Its code is that of the others of its collection; its entry leaves the list."""
    missing = small / "knowledge" / "law" / "missing.yaml"
    missing.write_text(
        '# Ce qui manque.\ncode-penal/7: {code: "Code pénal", number: "7", title: "Attendu", named_by: essai}\n',
        encoding="utf-8",
    )
    rows = chained(
        Row("LEGIARTI000000000071", "7", "1994-03-01", text="<table><tr><td>Un</td><td>Deux</td></tr></table>")
    )

    done = motus_small("law", "update", str(stock(tmp_path, "20250713-140000", rows)))

    assert done.returncode == 0, done.stderr
    file = law(small)["articles/code-penal/7.yaml"].decode()
    assert f'code_id: "{PENAL}"\nnumber: "7"\ntitle: "Attendu"\n' in file
    assert "Un | Deux" in file
    assert missing.read_text(encoding="utf-8") == "# Ce qui manque.\n"
    assert motus_small("check").returncode == 0


def test_rules_that_lose_their_words_stop_all(motus_small: Motus, small: Path, tmp_path: Path) -> None:
    """The new wording lacks the words quoted: `check` would refuse it, so nothing is written."""
    silent = replace(THIRD, text="<p>Rien ne dit plus rien.</p>")
    archive = str(delta(tmp_path, "20260915-211530", chained(FIRST, CLOSED, silent)))
    before = law(small)

    done = motus_small("law", "update", archive)

    assert done.returncode == 1
    assert "norms/secret.yaml:5" in done.stderr
    assert law(small) == before
    done = motus_small("law", "update", archive, "--anyway")
    assert done.returncode == 0
    assert "dits par motus check" in done.stdout


def test_a_number_given_again_is_another_article() -> None:
    """An old article keeps what came before its number was given to another text; the new one takes the rest."""
    versions = """versions:
  - {start: 2004-08-07, end: 2019-06-01, modified_by: x, certainty: secondary, provenance: x, text: Avant}
"""
    head = "code: Loi\ncode_id: JORFTEXT000000886460\nnumber: '30'\ntitle: x\nsource_url: null\nchecked_as_of: null\n"
    file = (head + versions).encode()
    named = [(f"articles/lois/{n}.yaml", file) for n in ("78-17-art-30", "78-17-art-30-ancien")]
    followed = Followed(read_articles(named)[0].values())
    row = Wording("LEGIARTI000000000001", "JORFTEXT000000886460", "30", "MODIFIE", None, None)

    found = [followed.of(replace(row, start=day)) for day in (date(2004, 8, 7), date(2019, 6, 1))]

    assert found == ["lois/78-17-art-30-ancien", "lois/78-17-art-30"]


def test_carried_files_are_written_again_byte_for_byte(base: KnowledgeBase) -> None:
    """So an update changes the lines that it means to change, and no other; four differ by quotes."""
    named = [(n, c) for n, c in sources(default_root()) if n.startswith("articles/")][::4]

    others = [(n, c, written(base.articles[n[9:-5]], _data(n, c))) for n, c in named]

    assert [n for n, c, w in others if w.replace(b'"', b"") != c.replace(b'"', b"")] == []
    assert sum(w != c for _, c, w in others) < 10


def _data(name: str, content: bytes) -> dict[str, object]:
    found = read(name, content).data
    assert isinstance(found, dict)
    return dict(found)


def test_no_archive_changes_nothing(base: KnowledgeBase) -> None:
    """What nothing is said of stays as it is, to the last article."""
    assert [a.id for a in base.articles.values() if merged(a, Official((), {}, {}), history=False) != a] == []
