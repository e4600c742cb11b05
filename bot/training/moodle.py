"""
`motus scenario export`: a pack as Moodle XML, the format that the question bank of Moodle imports.

A category for the pack; for each decision, the story as a description, then one question for each part. The minimum
is one question with several right answers: what goes counts for, what stays counts against.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from html import escape
from xml.etree import ElementTree as Xml

from bot.app import App, open_app
from bot.files import write_bytes
from bot.training.explained import TITLES, how
from bot.training.packs import all_packs, named
from bot.words.french import OUTCOMES
from flows.training.model import Decision, Pack, Scenario
from flows.training.quiz import Examiner, Part, Question, Quiz
from knowledge.model.typography import french

_ALL = 100
_NAMES = {Part.OUTCOME: "réponse", Part.ARTICLE: "article", Part.MINIMUM: "minimum", Part.FIRST: "d'abord"}
_NOTHING = "Rien de tout cela"


def write_moodle(pack: str, path: str) -> None:
    """
    Write a pack.

    Raises:
        Refused: there is no such pack, or the file cannot be written.

    """
    app = open_app()
    packs = all_packs(app)
    content = moodle(app, named(packs, pack), (s for p in packs.values() for s in p.scenarios))
    write_bytes(path, content)
    sys.stdout.write(french(f"Écrit : {path}. Dans Moodle : banque de questions, importer, format Moodle XML.") + "\n")


def moodle(app: App, pack: Pack, scenarios: Iterable[Scenario]) -> bytes:
    """Return a pack as Moodle XML; the wrong options come from all the `scenarios`."""
    examiner = Examiner(app.conversation, scenarios, OUTCOMES)
    quiz = Xml.Element("quiz")
    category = Xml.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/Motus/{pack.title.replace('/', ' ')}")
    for scenario in pack.scenarios:
        for i, decision in enumerate(scenario.decisions, 1):
            name = scenario.title if len(scenario.decisions) == 1 else f"{scenario.title} ({i})"
            story = _story(scenario, decision)
            told = _question(quiz, "description", f"{name} : l'histoire", story, scenario.lesson)
            Xml.SubElement(told, "defaultgrade").text = "0"
            made = examiner.quiz(decision)
            for question in made.questions:
                asked = story + _paragraph(decision.question) + _paragraph(_how(made, question))
                titled = french(f"{name} : {_NAMES[question.part]}")
                _choices(_question(quiz, "multichoice", titled, asked, scenario.lesson), question)
    Xml.indent(quiz)
    written: bytes = Xml.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written


def _story(scenario: Scenario, decision: Decision) -> str:
    return "".join(_paragraph(stage) for stage in scenario.stages[: decision.stage])


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _how(quiz: Quiz, question: Question) -> str:
    """Say what is asked, without how to type it."""
    asked = how(quiz, question.part).split(" ?")[0].split("\u202f?")[0]
    return french(f"{TITLES[question.part]} : {asked[0].lower()}{asked[1:]} ?")


def _question(quiz: Xml.Element, kind: str, name: str, text: str, feedback: str) -> Xml.Element:
    question = Xml.SubElement(quiz, "question", type=kind)
    _text(question, "name", name)
    _text(question, "questiontext", text, html=True)
    _text(question, "generalfeedback", _paragraph(feedback), html=True)
    return question


def _choices(asked: Xml.Element, question: Question) -> None:
    several = question.part is Part.MINIMUM
    for tag, value in (
        ("defaultgrade", "1"),
        ("penalty", "0"),
        ("hidden", "0"),
        ("single", "false" if several else "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "abc"),
    ):
        Xml.SubElement(asked, tag).text = value
    for label, fraction in _fractions(question):
        answer = Xml.SubElement(asked, "answer", fraction=fraction, format="html")
        Xml.SubElement(answer, "text").text = escape(label, quote=False)


def _fractions(question: Question) -> Iterator[tuple[str, str]]:
    """Yield each answer with its part of the mark: Moodle knows the shares of a whole, to five digits."""
    right, wrong = len(question.right), len(question.options) - len(question.right)
    for option in question.options:
        if option.id in question.right:
            yield option.label, _share(right)
        else:
            yield option.label, f"-{_share(max(wrong, 1))}" if question.part is Part.MINIMUM else "0"
    if not right:
        yield french(_NOTHING), str(_ALL)


def _share(parts: int) -> str:
    """
    Return one share of a hundred.

    >>> _share(3), _share(4)
    ('33.33333', '25')
    """
    return f"{_ALL / parts:.5f}".rstrip("0").rstrip(".")


def _text(parent: Xml.Element, tag: str, text: str, *, html: bool = False) -> None:
    holder = Xml.SubElement(parent, tag, {"format": "html"} if html else {})
    Xml.SubElement(holder, "text").text = text
