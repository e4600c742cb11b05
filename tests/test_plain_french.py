"""Every text shown is plain French: easy, short sentences, no jargon left alone, nothing said by a sign alone."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

import pytest
from plain import BOT, TEMPLATES, Text, ease, sentences, texts, words_of

from bot.words import french as words
from knowledge.model.typography import french

TEXTS = texts()
LEGAL = [text for text in TEXTS if not text.page.startswith(("bot/", "templates/"))]
SENTENCES = [text for text in LEGAL if text.kind not in {"derived", "full name", "group", "label", "name"}]

MEANINGFUL = 12
"""Words below which the index says more about one long word than about the text."""

EASE = {
    "title": 45,
    "conditions": 45,
    "purpose": 45,
    "first": 50,
    "formalities": 50,
    "risks": 50,
    "debate": 50,
    "doubt": 55,
    "explanation": 55,
    "question": 55,
    "help": 60,
    "unknown": 60,
    "qualification": 60,
    "reason": 60,
    "description": 60,
    "message": 40,
    "screen": 55,
    "phrase": 60,
    "story": 60,
    "label": 45,
    "consult": 40,
    "full name": 30,
}
"""The least ease of one text: a title names an institution, and a full name is long; an explanation has no excuse."""

PAGE_EASE = 60
"""The least ease of all that one rule or one question says: where a newspaper stands."""

PAGE = 30
"""Words below which a page is only a title and a line, each measured by itself."""

MEDIAN_EASE = 75
"""Half of the texts of a kind are easier than this."""

LONGEST_SENTENCE = 25
LONGEST_LABEL = 60

JARGON = (
    r"usag(er|ère)s?", r"process", r"feed-?back", r"reporting", r"manage[a-z]*", r"e?-?mails?", r"check-?lists?",
    r"deadlines?", r"staff", r"débriefing", r"briefing", r"dispatche[a-z]*", r"impacter", r"problématiques?",
    r"in fine", r"a contrario", r"a fortiori", r"a priori", r"de facto", r"de jure", r"in concreto", r"prima facie",
    r"ipso facto", r"stricto sensu", r"mutatis", r"erga omnes", r"intuitu",
    r"susvisée?s?", r"susmentionnée?s?", r"susdite?s?", r"nonobstant", r"led[iî]te?", r"lad[iî]te", r"lesdit[es]*",
    r"dudit", r"audit(e)?", r"desdit[es]*", r"excip[a-z]*", r"dilig[eé]nt[a-z]*", r"obtemp[eé]r[a-z]*", r"ester",
    r"enjoin[a-z]*", r"susceptibles?", r"eu égard", r"à l'instar", r"aux fins d[e']", r"le cas échéant", r"derechef",
    r"céans", r"icelle", r"quérable", r"idoine", r"subséquen[a-z]*", r"afférent[es]*", r"sus-?indiqué[es]*",
    r"inopposables?", r"incombe[a-z]*", r"au regard des dispositions", r"en vertu des?", r"il appert",
    r"tu (as|es|dois|peux|vas)", r"toi", r"tes", r"déroge[a-z]*", r"dérogations?", r"saisines?",
    r"(?<!logement )opposables?",
)  # fmt: skip
"""Words and turns that have a plain French equivalent: never shown."""

EXPLAINED = {
    r"clients?": r"avocat",
    r"commissions? rogatoires?": r"juge d'instruction",
    r"dépositaires?": r"tenue?s?\b",
    r"flagran[a-z]*": r"viennent d'avoir lieu",
    r"doctrine": r"juriste|auteur",
    r"immunité": r"puni",
    r"légataires?": r"testament",
    r"motif légitime": r"raison|est discuté|statut",
    r"nominati(f|ve|fs|ves)": r"\bnoms?\b",
    r"parquets?": r"procureur",
    r"réquisitions?": r"écrit",
    r"scellés?": r"enveloppe",
}
"""Terms of art that no other word replaces: a page that uses one says what it is."""

ACRONYMS = {
    "AED": "aide éducative à domicile",
    "AEMO": "action éducative en milieu ouvert",
    "ANAS": "association nationale des assistants de service social",
    "APA": "allocation personnalisée d'autonomie",
    "ARS": "agence régionale de santé",
    "ASE": "aide sociale à l'enfance",
    "CADA": "commission d'accès aux documents administratifs",
    "CAF": "caisse d'allocations familiales",
    "CARSAT": "caisse d'assurance retraite et de la santé au travail",
    "CASF": "code de l'action sociale et des familles",
    "CCAPEX": "commission de coordination des actions de prévention des expulsions",
    "CCAS": "centre communal d'action sociale",
    "CESF": "économie sociale et familiale",
    "CHRS": "centre d'hébergement et de réinsertion sociale",
    "CIAS": "centre intercommunal d'action sociale",
    "CLSPD": "conseil local de sécurité",
    "CMP": "centre médico-psychologique",
    "CNAOP": "conseil national pour l'accès aux origines personnelles",
    "CNIL": "commission nationale de l'informatique et des libertés",
    "CPAM": "caisse primaire d'assurance maladie",
    "CPE": "conseiller principal d'éducation",
    "AESH": "accompagnant d'élèves en situation de handicap",
    "ATSEM": "agent territorial spécialisé des écoles maternelles",
    "CRIP": "informations préoccupantes",
    "CSAPA": "addictologie",
    "DALO": "droit au logement opposable",
    "DASEN": "directeur académique des services de l'éducation nationale",
    "EHPAD": "maison de retraite",
    "FSL": "fonds de solidarité",
    "IME": "institut médico-éducatif",
    "MASP": "accompagnement social personnalisé",
    "MDPH": "maison départementale des personnes handicapées",
    "MECS": "maison d'enfants à caractère social",
    "MJIE": "mesure judiciaire d'investigation éducative",
    "MSA": "mutualité sociale agricole",
    "OFII": "office français de l'immigration et de l'intégration",
    "PJJ": "protection judiciaire de la jeunesse",
    "PMI": "protection maternelle et infantile",
    "RGPD": "règlement européen",
    "RSA": "revenu de solidarité active",
    "SAAD": "aide à domicile",
    "SAVS": "service d'accompagnement à la vie sociale",
    "SIAO": "service intégré d'accueil et d'orientation",
    "SPIP": "service pénitentiaire d'insertion et de probation",
}
"""What each acronym stands for, in the words that a question must give."""

EVERYDAY = {"PACS", "SAMU", "SMS"}
"""Acronyms that everybody knows better than their full name."""

_ACRONYM = re.compile(r"\b(?![IVX]+\b)[A-Z]{2,}\b")


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _named(found: Iterable[str]) -> str:
    return "\n" + "\n".join(found)


def _pages(shown: Iterable[Text]) -> dict[str, list[Text]]:
    pages: dict[str, list[Text]] = defaultdict(list)
    for text in shown:
        pages[text.page].append(text)
    return pages


def test_every_kind_of_text_is_found() -> None:
    """A text type that the reader of texts lost would pass every test below."""
    assert set(EASE) <= {text.kind for text in TEXTS}
    assert len(TEXTS) > 2000


@pytest.mark.parametrize("kind", EASE)
def test_each_text_is_easy_to_read(kind: str) -> None:
    """No text that is long enough for the index to mean something is under the least ease of its kind."""
    measured = [(ease(t.words), t) for t in TEXTS if t.kind == kind and len(words_of(t.words)) >= MEANINGFUL]
    hard = sorted((i, t.page, t.words) for i, t in measured if i < EASE[kind])
    assert not hard, _named(f"{i:.0f} < {EASE[kind]} {page} : {said}" for i, page, said in hard)


@pytest.mark.parametrize("kind", ["explanation", "doubt", "reason", "first", "risks", "help"])
def test_most_texts_are_easier_than_a_newspaper(kind: str) -> None:
    """The floor catches the worst; the median says how the rest reads."""
    assert median(ease(t.words) for t in TEXTS if t.kind == kind) >= MEDIAN_EASE


def test_each_page_is_easy_to_read() -> None:
    """All that one rule or one question says in sentences, taken together; a short answer is only a name."""
    said = {page: " ".join(f"{t.words.rstrip('.')}." for t in shown) for page, shown in _pages(SENTENCES).items()}
    hard = sorted((ease(s), p) for p, s in said.items() if len(words_of(s)) >= PAGE and ease(s) < PAGE_EASE)
    assert not hard, _named(f"{i:.0f} < {PAGE_EASE} {page}" for i, page in hard)


def test_no_sentence_is_long() -> None:
    """At most twenty-five words between two full stops."""
    long = [(len(words_of(s)), t.page, s) for t in TEXTS for s in sentences(t.words)]
    assert not (found := [s for s in long if s[0] > LONGEST_SENTENCE]), _named(map(str, found))


@pytest.mark.parametrize("jargon", JARGON)
def test_no_jargon(jargon: str) -> None:
    """No English turn, no Latin, no word of a bailiff, and nobody is called by the familiar form."""
    pattern = re.compile(rf"(?<![\w'-]){jargon}(?![\w'-])", re.IGNORECASE)
    found = [f"{t.page} : {t.words}" for t in TEXTS if pattern.search(_plain(t.words))]
    assert not found, _named(found)


@pytest.mark.parametrize("term", EXPLAINED)
def test_a_term_of_art_is_explained_where_it_stands(term: str) -> None:
    """The page that uses it says what it is."""
    used, meaning = re.compile(rf"\b{term}\b", re.IGNORECASE), re.compile(EXPLAINED[term], re.IGNORECASE)
    found = []
    for page, shown in _pages(LEGAL).items():
        said = _plain(" ".join(t.words for t in shown))
        if used.search(said) and not meaning.search(said):
            found.append(f"{page} : {next(t.words for t in shown if used.search(_plain(t.words)))}")
    assert not found, _named(found)


def test_every_acronym_is_known() -> None:
    """An acronym that this list does not expand is a new one: expand it."""
    found = {a: t.page for t in LEGAL for a in _ACRONYM.findall(t.words) if a not in {*ACRONYMS, *EVERYDAY}}
    assert not found


def test_a_question_expands_its_acronyms() -> None:
    """What `?` shows of a question holds the full name of every acronym that the question or its answers use."""
    found = []
    for page, shown in _pages(TEXTS).items():
        if page.startswith("facts/"):
            said = _plain(" ".join(t.words for t in shown)).lower()
            used = {a for t in shown for a in _ACRONYM.findall(t.words) if a in ACRONYMS}
            found += [f"{page} : {a}, {ACRONYMS[a]}" for a in sorted(used) if ACRONYMS[a] not in said]
    assert not found, _named(found)


def test_a_rule_uses_the_acronyms_of_the_questions_or_expands_its_own() -> None:
    """A worker meets an acronym in a question first, where `?` expands it, or the rule gives the full name."""
    met = {a for t in TEXTS if t.page.startswith("facts/") for a in _ACRONYM.findall(t.words)}
    found = []
    for page, shown in _pages(LEGAL).items():
        said = _plain(" ".join(t.words for t in shown)).lower()
        used = {a for t in shown for a in _ACRONYM.findall(t.words) if a in ACRONYMS} - met
        found += [f"{page} : {a}, {ACRONYMS[a]}" for a in sorted(used) if ACRONYMS[a] not in said]
    assert not found, _named(found)


def test_an_answer_fits_on_a_button() -> None:
    """The label of an answer is at most sixty characters."""
    found = [
        f"{len(t.words)} {t.page} : {t.words}" for t in TEXTS if t.kind == "label" and len(t.words) > LONGEST_LABEL
    ]
    assert not found, _named(found)


def test_spaces_that_must_not_break_do_not() -> None:
    """Loaded texts have theirs, so that no channel shows a lone colon at the start of a line."""
    found = [f"{t.page} : {t.words}" for t in LEGAL if t.words != french(t.words)]
    assert not found, _named(found)


def test_marks_of_punctuation_have_their_space() -> None:
    """A colon, a semicolon, a question mark and a quotation mark never touch the word they follow."""
    stuck = re.compile(r"[^\s«(]([;?!»]|:(?![\w/]))|«\S")
    found = [f"{t.page} : {t.words}" for t in LEGAL if stuck.search(t.words)]
    assert not found, _named(found)


def test_no_emoji() -> None:
    """A screen reader spells them, and they mean what each reader thinks. A box to tick, a tick or a cross is none."""
    shown = [*TEXTS, *(Text("screen", p.name, p.read_text(encoding="utf-8")) for p in TEMPLATES)]
    drawn = {(t.page, c) for t in shown for c in t.words if unicodedata.category(c) in {"So", "Co", "Cs"}}
    assert {c for _, c in drawn} <= {"°", "☐", "✓", "✗"}, drawn


def test_an_answer_is_told_by_its_words_not_by_its_colour() -> None:
    """Two outcomes, two conditions or two states never share their words."""
    for table in (words.OUTCOMES, words.STATUSES, words.STATES, words.CERTAINTIES, words.IN_FORCE):
        assert len(set(table.values())) == len(table)


@pytest.mark.parametrize("template", sorted(str(p.relative_to(BOT)) for p in TEMPLATES))
def test_a_mark_comes_with_its_meaning(template: str) -> None:
    """Where a list is marked + ? or ×, the same template says in words what goes and what stays."""
    source = (BOT / template).read_text(encoding="utf-8")
    if '"×"' in source:
        assert "À garder" in source or "× reste" in source
        assert "Seulement si c'est nécessaire" in source or "? seulement si c'est nécessaire" in source
