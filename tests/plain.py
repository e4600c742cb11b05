"""Every text that a user reads, and how hard it is to read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyphen
from jinja2 import Environment
from situations import BASE

import bot
import flows
from bot.words import french as words
from flows.training.load import load
from knowledge import Fact, Norm
from knowledge.model.typography import french

BOT = Path(bot.__file__).parent
TEMPLATES = sorted(BOT.glob("*/templates/**/*.j2"))
"""The templates of every channel."""
_HYPHENS = pyphen.Pyphen(lang="fr_FR")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»)]+(?=[«(\s]*[A-ZÀÂÇÉÈÊÎÔŒ0-9])")


@dataclass(frozen=True, slots=True)
class Text:
    """One text shown: its kind, the page where it stands (a rule, a question, a screen), and its words."""

    kind: str
    page: str
    words: str


def words_of(text: str) -> list[str]:
    """
    Return the words; an elision or a hyphen does not cut.

    >>> words_of("L'aide, c'est l'article 226-13.")
    ["L'aide", "c'est", "l'article", '226-13']
    """
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """
    Return the sentences; a colon or a semicolon does not end one.

    >>> sentences("Dites-le : c'est utile. Et après ? Rien…")
    ["Dites-le : c'est utile.", 'Et après ?', 'Rien…']
    """
    return [part for part in _SENTENCE_END.split(text) if words_of(part)]


def ease(text: str) -> float:
    """
    Return the reading ease of a French text: near 100 for a tale, 60 for a newspaper, under 30 for a thesis.

    Flesch's index with the French weights of Kandel and Moles (« Application de l'indice de Flesch à la langue
    française », Cahiers d'études de radio-télévision, 1958). A syllable ends where the word may be hyphenated:
    the count is short by about three in a hundred, since a first vowel is never left alone.

    >>> ease("Le chat dort. Il a faim.") > 100
    True
    >>> ease("Méconnaissance caractérisée des obligations réglementaires.") < 0
    True
    """
    found = words_of(text)
    syllables = sum(len(_HYPHENS.positions(word.lower())) + 1 for word in found)
    return 207 - 1.015 * len(found) / len(sentences(text)) - 73.6 * syllables / len(found)


def texts() -> list[Text]:
    """Return every text of the law, of the flows, of the scenarios and of the terminal."""
    found = [*_norms(), *_facts(), *_flows(), *_scenarios(), *_channel()]
    return [text for text in found if words_of(text.words)]


def _norms() -> Iterator[Text]:
    for norm in BASE.norms.values():
        for kind, written in _norm(norm):
            yield Text(kind, f"norms/{norm.id}", written)
    for derived in BASE.derived.values():
        yield Text("derived", "derived", derived.label)
    for phrase in BASE.phrases:
        yield Text("phrase", "phrases", phrase.text)
    for blanks in BASE.record.values():
        yield from (Text("record", "record", blank) for blank in blanks)


def _norm(norm: Norm) -> Iterator[tuple[str, str]]:
    for kind in ("title", "explanation", "doubt"):
        yield kind, getattr(norm, kind) or ""
    yield from (("doubt", doubt.text) for doubt in norm.dated_doubts)
    for kind in ("formalities", "first", "risks"):
        yield from ((kind, text) for text in getattr(norm, kind))
    yield from (("conditions", c.text) for c in norm.conditions)
    if norm.minimum:
        yield "purpose", norm.minimum.purpose
        listed = (*norm.minimum.share, *norm.minimum.if_needed, *norm.minimum.keep)
        yield from (("reason", item.reason) for item in listed)
    if norm.debate:
        yield from (("debate", text) for text in (*norm.debate.readings, norm.debate.cautious))
        yield "consult", norm.debate.consult


def _facts() -> Iterator[Text]:
    for fact in BASE.facts.values():
        for kind, written in _fact(fact):
            yield Text(kind, f"facts/{fact.id}", written)


def _fact(fact: Fact) -> Iterator[tuple[str, str]]:
    yield from (("question", fact.question), ("name", fact.label))
    yield from (("help", fact.help or ""), ("unknown", fact.find_out or ""))
    for value in fact.values:
        yield from (("label", value.label), ("group", value.group or ""))
        yield from (("full name", value.help or ""), ("qualification", value.qualification or ""))
        yield "reason", value.keep or ""


def _flows() -> Iterator[Text]:
    for flow in flows.load(BASE).values():
        page = f"flows/{flow.id}"
        yield from (Text("title", page, flow.title), Text("description", page, flow.description))
        for state in flow.states:
            # the question and its help share a page, with what `?` shows of the fact
            yield Text("question", f"facts/{state.asks}", state.question or "")
            yield Text("help", f"facts/{state.asks}", state.help or "")


def _scenarios() -> Iterator[Text]:
    for pack in load(BASE, flows.load(BASE)).values():
        for scenario in pack.scenarios:
            page = f"scenarios/{scenario.id}"
            told = (*scenario.stages, *(d.question for d in scenario.decisions), scenario.lesson)
            yield from (Text("story", page, text) for text in told)
            yield Text("title", page, scenario.title)


def _channel() -> Iterator[Text]:
    for name, table in vars(words).items():
        if name.isupper() and isinstance(table, Mapping):
            yield from (Text("screen", "bot/words.py", french(text)) for text in table.values())
    for template in TEMPLATES:
        tokens = Environment(autoescape=True).lex(template.read_text(encoding="utf-8"))
        for _, kind, token in tokens:
            if kind == "string" and " " in token.strip("\"' "):
                for part in token[1:-1].replace('\\"', '"').split(" · "):
                    yield Text("screen", f"templates/{template.relative_to(BOT)}", french(part))
    for module in sorted(Path(bot.__file__).parent.rglob("*.py")):
        said = (french(text) for text in _said(module) if len(words_of(text)) > 2)
        yield from (Text("message", f"bot/{module.name}", text) for text in said)


def _said(module: Path) -> Iterator[str]:
    """Yield the strings of a module, those with holes as one, without its docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    kept = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            kept.update(map(id, node.values))
            yield "".join(v.value if isinstance(v, ast.Constant) else "0" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in kept:
            yield node.value
