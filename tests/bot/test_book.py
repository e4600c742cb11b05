"""The book holds all the law once, word for word, and stands alone: no script, no network, no dead link."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree.ElementTree import Element

import html5lib
import pytest

import flows
from bot.app import App
from bot.book.contents import CONTENTS, read_contents
from bot.book.html import page
from bot.book.matrix import citing
from bot.book.model import anchor, worded
from bot.book.norms import chapters, reach_of
from bot.book.tables import cell
from bot.book.write import make
from bot.errors import Refused
from knowledge import INCONNU, InForce, KnowledgeBase, evaluate, in_force
from knowledge.answering.conditions import atoms
from knowledge.model.advice import Advice
from knowledge.model.typography import french

TODAY = date(2026, 11, 23)
FOUNDING_DAY = date(2009, 11, 2)
CASES = Path(__file__).parents[1] / "cases"
LONG = "roles/protection-enfance-concours"
Motus = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def app(base: KnowledgeBase) -> App:
    """Put together the law and the flows that ship."""
    law = (base, flows.load(base))
    return App(*law, flows.Conversation(*law))


@pytest.fixture(scope="module")
def data(app: App) -> object:
    """Return the book of today, with the situations of the project."""
    return worded(asdict(make(app, TODAY, CASES)))


@pytest.fixture(scope="module")
def html(data: object) -> str:
    """Return its page."""
    return page(data)


@pytest.fixture(scope="module")
def tree(html: str) -> Element:
    """Return its elements, read as a browser does, and refuse what is not valid HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    assert parser.errors == []
    return document


@pytest.fixture(scope="module")
def by_id(tree: Element) -> dict[str, Element]:
    """Return the elements that have an anchor, and refuse two with the same one."""
    counted = Counter(e.get("id") for e in tree.iter() if e.get("id"))
    assert [i for i, n in counted.items() if n > 1] == []
    return {i: e for e in tree.iter() if (i := e.get("id"))}


def _said(element: Element) -> str:
    return "".join(element.itertext())


def _paragraphs(element: Element) -> list[str]:
    return [_said(p) for p in element.iter("p")]


def _law(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_every_norm_is_there_once_with_all_it_says(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """The anchor of a norm leads to its title, its reasons, its minimum and its formalities."""
    assert {i for i in by_id if i.startswith("norme-")} == {anchor("norme", i) for i in base.norms}
    for norm in base.norms.values():
        said = _said(by_id[anchor("norme", norm.id)])
        items = (*norm.minimum.share, *norm.minimum.if_needed, *norm.minimum.keep) if norm.minimum else ()
        own = [norm.title, norm.explanation, *norm.first, *norm.formalities, *norm.risks, *norm.doubts(TODAY)]
        own += [*(i.reason for i in items), *(c.text for c in norm.conditions)]
        assert [text for text in own if text is not None and french(text) not in said] == []


def test_a_condition_is_said_whole(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """A list of many answers is not cut short: the review needs every one."""
    when = next(e for e in by_id[anchor("norme", LONG)].iter("div") if e.get("class") == "when")
    longest = max(_atoms(base, LONG), key=len)

    assert len(longest) > 4
    assert [label for label in longest if french(label) not in _said(when)] == []


def _atoms(base: KnowledgeBase, norm: str) -> list[list[str]]:
    return [
        [v.label for v in base.facts[a.fact].values if v.id in a.values]
        for a in atoms(base.norms[norm].when)
        if a.fact in base.facts
    ]


def test_a_norm_stands_beside_its_law_of_the_day_word_for_word(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """The text beside a norm is that of the day asked, whole or by paragraphs, and the passage is marked."""
    for norm in base.norms.values():
        if in_force(base, norm, TODAY) is not InForce.YES:
            continue
        theirs = next(e for e in by_id[anchor("norme", norm.id)].iter("div") if e.get("class") == "theirs")
        shown = set(_paragraphs(theirs))
        marked = "".join(_said(m) for m in theirs.iter("mark"))
        for cite in (c for c in norm.cites if c.active(TODAY)):
            version = base.articles[cite.article].at(TODAY)
            assert version is not None
            assert version.text is not None
            whole = _law(version.text)
            assert shown & set(whole), f"{norm.id}: {cite.article}"
            if cite.passage is not None and cite.passage in version.text:
                assert cite.passage in marked or any(p in marked for p in cite.passage.split(". "))


def test_every_cited_article_is_there_once_with_all_its_versions(
    base: KnowledgeBase, by_id: dict[str, Element]
) -> None:
    """The texts are the files' own words: the one of the day in sight, the others folded."""
    cited = citing(base)

    assert {i for i in by_id if i.startswith("texte-")} == {anchor("texte", i) for i in cited}
    for id_ in cited:
        quotes = [_paragraphs(q) for q in by_id[anchor("texte", id_)].iter("blockquote")]
        texts = [_law(v.text) for v in base.articles[id_].versions if v.text is not None]
        assert sorted(quotes) == sorted(texts), id_


def test_every_debated_point_is_told_once(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """Both readings, the cautious course and whom to ask, in one place."""
    debated = [n for n in base.norms.values() if n.debate is not None]

    assert {i for i in by_id if i.startswith("debat-")} == {anchor("debat", n.id) for n in debated}
    for norm in debated:
        assert norm.debate is not None
        said = _said(by_id[anchor("debat", norm.id)])
        for text in (*norm.debate.readings, norm.debate.cautious, norm.debate.consult):
            assert said.count(french(text)) == 1
        assert _said(by_id["contenu"]).count(french(norm.debate.readings[0])) == 1


def test_every_recipient_has_its_page_and_every_word_its_entry(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """A reader who knows only to whom she speaks finds what she may say."""
    recipients = {v.id for v in base.facts["recipient"].values if v.id != "aucun"}

    assert {i for i in by_id if i.startswith("destinataire-")} == {anchor("destinataire", i) for i in recipients}
    for fact in ("recipient", "information", "danger", "profession", "service"):
        said = _said(by_id[anchor("index", fact)])
        assert [v.label for v in base.facts[fact].values if french(v.label) not in said] == []


def test_what_is_not_vouched_for_is_told(base: KnowledgeBase, by_id: dict[str, Element]) -> None:
    """Texts not read, doubts, and rules left out are in one chapter."""
    said = _said(by_id["reserves"])
    missing = [i for i in citing(base, TODAY) if base.articles[i].in_force(TODAY) is InForce.UNKNOWN]

    assert any(n.doubts(TODAY) for n in base.norms.values())
    assert [i for i in missing if french(base.articles[i].title) not in said] == []
    assert [d for n in base.norms.values() for d in n.doubts(TODAY) if french(d) not in said] == []
    assert [r.id for r in base.doctrine.values() if r.reason is not None and french(r.reason) not in said] == []


def test_every_link_leads_somewhere(tree: Element, by_id: dict[str, Element]) -> None:
    """Inside, to an anchor; outside, only to the official texts."""
    found = [e.get("href", "") for e in tree.iter("a")]

    assert [h for h in found if h.startswith("#") and h[1:] not in by_id] == []
    outside = {h.split("/")[2] for h in found if not h.startswith("#")}
    assert outside == {"www.legifrance.gouv.fr", "eur-lex.europa.eu"}


def test_the_page_asks_for_nothing_else(tree: Element, html: str) -> None:
    """No script, no image, no sheet, no font to fetch: the page works with the network cut."""
    assert [e.tag for e in tree.iter() if e.tag in ("script", "link", "img", "iframe", "object")] == []
    assert re.findall(r"url\(|@import|\bon\w+=\"|src=", html.split("<body>", maxsplit=1)[0]) == []
    assert [e.tag for e in tree.iter() if e.get("src") or e.get("srcset") or e.get("style")] == []


def test_the_page_can_be_read_without_seeing_it(tree: Element, by_id: dict[str, Element]) -> None:
    """Landmarks, a caption and headed cells in each table, titles without a missing step, drawings that are named."""
    assert tree.get("lang") == "fr"
    assert [sum(1 for _ in tree.iter(tag)) for tag in ("main", "nav", "footer", "h1")] == [1, 1, 1, 1]
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        assert all(th.get("scope") for th in table.iter("th"))
    assert all(e.get("aria-label") for e in tree.iter("{http://www.w3.org/2000/svg}svg"))
    assert all(e.get("aria-labelledby") in by_id for e in tree.iter() if e.get("aria-labelledby"))
    levels = [int(e.tag[1]) for e in tree.iter() if isinstance(e.tag, str) and re.fullmatch(r"h[1-6]", e.tag)]
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_our_words_are_set_as_french_is(tree: Element) -> None:
    """No plain space before a double sign, outside the words of the law and the names of files."""
    apart = {id(e) for quote in tree.iter("blockquote") for e in quote.iter()}
    apart |= {id(e) for tag in ("style", "code") for e in tree.iter(tag)}
    wrong = [
        e.text
        for e in tree.iter()
        if id(e) not in apart and isinstance(e.tag, str) and e.text and re.search(r" [:;?!»]|« ", e.text)
    ]

    assert wrong == []


def test_the_same_law_makes_the_same_book(app: App, html: str) -> None:
    """Nothing of the clock or of the machine is in it."""
    assert page(worded(asdict(make(app, TODAY, CASES)))) == html


def test_the_book_of_another_day_has_the_law_of_that_day(app: App) -> None:
    """In 2009, a rule of 2014 is not in force, and the texts are those of 2009."""
    book = make(app, FOUNDING_DAY)
    pages = {n.id: n for c in book.chapters for n in c.norms}

    assert book.day == "2 novembre 2009"
    assert pages["partage/ccapex-fournir"].force == InForce.NO
    assert pages["partage/ccapex-avant-2014"].force != InForce.NO


def test_a_cell_says_what_the_advisor_says(base: KnowledgeBase) -> None:
    """What a cell leaves out is not known, and the advisor answers the same where it is told so."""
    draw = random.Random(1)
    asked = {f.id: f for f in base.facts.values() if f.debate is None}
    for _ in range(120):
        facts = {f.id: draw.choice([v.id for v in f.values]) for f in asked.values()}
        erased = draw.sample(sorted(f for f in asked if asked[f].find_out is not None), draw.randint(0, 4))
        given = {f: v for f, v in facts.items() if f not in erased}
        advice = evaluate(base, {**facts, **dict.fromkeys(erased, INCONNU)}, TODAY)
        assert isinstance(advice, Advice)
        shown = cell(base, given, TODAY)
        assert shown.norm is not None
        assert (shown.outcome, shown.norm.to) == (advice.outcome, anchor("norme", advice.governing))


def test_a_table_answers_as_the_law_does(data: object) -> None:
    """A social worker: an endangered child goes to the unit, not to the landlord; a requisition reaches documents."""
    assert isinstance(data, dict)
    shown = {
        (table["anchor"], row["label"], column): answered["label"]
        for table in data["tables"]
        for row in table["rows"]
        for column, answered in zip(table["columns"], row["cells"], strict=True)
    }

    child = "Enfant en danger ou en risque"
    crip = "La cellule des informations préoccupantes (CRIP)"
    requisition = "Une réquisition écrite (enquête, articles 60-1 ou 77-1-1)"
    papers = french("Police : le dossier")
    assert shown["tableau-destinataires", crip, child] == "Obligatoire"
    assert shown["tableau-destinataires", "Le bailleur", child] == "Interdit"
    assert shown["tableau-justice", requisition, papers] == "Obligatoire"
    assert shown["tableau-justice", "Au téléphone, au guichet, en visite", papers] == "Interdit"


def test_the_matrix_goes_from_the_article_to_the_situations(data: object, by_id: dict[str, Element]) -> None:
    """Article 226-13 leads to its norm, the norm to its flows and to the situations that it decides."""
    assert isinstance(data, dict)
    block = next(b for b in data["matrix"] if b["article"]["to"] == "texte-code-penal-226-13")
    line = next(x for x in block["lines"] if x["norm"]["to"] == "norme-base-cp-226-13")

    assert "partager" in line["flows"]
    assert line["cases"]
    assert all(c["to"] in by_id for c in line["cases"])


def test_the_command_writes_the_page_and_the_paper(called: Motus, tmp_path: Path) -> None:
    """One command, two files that open, and the paper bears no date of the machine."""
    pytest.importorskip("typst")
    done = called("book", "--out", str(tmp_path / "livre"), "--date", "2026-11-23")
    made = (tmp_path / "livre" / "livre-motus.pdf").read_bytes()

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "livre" / "livre-motus.html").read_bytes().startswith(b"<!doctype html>")
    assert made.startswith(b"%PDF-")
    assert b"CreationDate" not in made


def test_without_the_optional_package_the_page_is_written_and_the_rest_explained(
    called: Motus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page needs nothing more; the message says what the paper needs and how to do without."""
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    done = called("book", "--out", str(tmp_path / "livre"))

    assert done.returncode == 1
    assert "pip install typst" in done.stderr
    assert "--html" in done.stderr
    assert (tmp_path / "livre" / "livre-motus.html").exists()


def test_a_wrong_day_or_folder_is_refused(called: Motus, tmp_path: Path) -> None:
    """The message says what was wrong and what would be right."""
    (tmp_path / "fichier").write_text("", encoding="utf-8")

    assert "AAAA-MM-JJ" in called("book", "--date", "hier", "--html").stderr
    assert "un autre dossier" in called("book", "--out", str(tmp_path / "fichier"), "--html").stderr
    assert "tests/cases" in called("book", "--cases", "nulle-part", "--html").stderr


def test_a_case_that_cannot_be_read_is_named_with_its_line(app: App, tmp_path: Path) -> None:
    """The file and the line of the situation are said."""
    (tmp_path / "cas.yaml").write_text("- id: bon\n- facts: {}\n", encoding="utf-8")

    with pytest.raises(Refused, match=r"cas\.yaml:1"):
        make(app, TODAY, tmp_path)


def test_two_cases_of_one_name_are_refused(app: App, tmp_path: Path) -> None:
    """A link to a situation leads to one situation."""
    case = "- {id: seul, says: Une fois., flow: tenu, on: 2026-11-23, facts: {profession: medecin}}\n"
    (tmp_path / "cas.yaml").write_text(case * 2, encoding="utf-8")

    with pytest.raises(Refused, match=r"cas\.yaml:2.*«\u00a0seul\u00a0»"):
        make(app, TODAY, tmp_path)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("rows: danger", "rows: dangers", "fait inconnu « dangers »"),
        ("profession: educateur,", "profession: educatrice,", "« educatrice » n'est pas une réponse à « profession »"),
        ("leaving: [aucun]", "leaving: [personne, rien]", "« rien » n'est pas une réponse à « recipient »"),
        ("fact: service,", "fact: services,", "fait inconnu « services »"),
        ("chapters:", "chapitres:", "clé absente, de trop"),
        ("leaving: [aucun]", "laissant: [aucun]", "clé absente, de trop"),
        ("  base:", "  bases:", "aucun dossier de norms/ ne s'appelle « bases »"),
    ],
)
def test_a_wrong_plan_is_refused_with_its_line(
    base: KnowledgeBase, tmp_path: Path, written: str, instead: str, said: str
) -> None:
    """A table that asks a question that does not exist would answer at random: it is refused."""
    plan = tmp_path / "contents.yaml"
    shutil.copy(CONTENTS, plan)
    text = plan.read_text(encoding="utf-8")
    assert written in text
    plan.write_text(text.replace(written, instead, 1), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        read_contents(base, plan)
    assert any(re.match(r"contents\.yaml:\d+", line) and french(said) in line for line in refused.value.lines)


def test_a_new_folder_of_norms_is_in_the_book(app: App) -> None:
    """A chapter without a title keeps the name of its folder: no norm can be left out."""
    found = chapters(app, TODAY, {"base": "Le principe"}, reach_of(app))

    assert found[0].title == "Le principe"
    assert sum(len(c.norms) for c in found) == len(app.base.norms)
