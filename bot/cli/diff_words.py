"""The words of a comparison of answers: what is shown of each group, on the screen and in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.app import TOKEN_KEY, App
from bot.words.advise import token_of
from bot.words.french import OUTCOMES
from flows import UNKNOWN_LABEL, Conversation, Session
from knowledge.model.typography import french

if TYPE_CHECKING:
    from flows.exploring.grouping import Example
    from knowledge.answering import Reply


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its day of law, and its name in a sentence."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one flow shows: sequences and shares that change, and those that keep their answer on other rules."""

    flow: str
    title: str
    tally: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the outcome, and the rule that governs. All None where no rule answers."""

    outcome: str | None
    label: str
    norm: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """A rule that makes the difference, and the wording that starts (`begins`) or ends it on that day."""

    norm: str
    title: str
    on: date
    begins: bool
    read: bool
    article: str
    article_id: str
    modified_by: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A rule that makes the difference, what became of it in the files, and its keys or the articles that changed."""

    norm: str
    title: str
    how: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One situation, in codes and in words, and the command that answers it on each side."""

    flow: str
    facts: Mapping[str, str]
    words: tuple[str, ...]
    replay: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A group of situations that go from one answer to another. `share` is over all flows, each as likely."""

    before: Said
    after: Said
    share: float
    shares: Mapping[str, float]
    paths: int
    because: tuple[Text, ...] | tuple[Edit, ...]
    examples: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole comparison. `groups` and `paths` count all of it, `changes` are the largest groups."""

    sides: tuple[Side, Side]
    flows: tuple[Row, ...]
    groups: int
    paths: int
    changes: tuple[Change, ...]


def said(reply: Reply | None, titles: Mapping[str, str]) -> Said:
    """Say an answer; `titles` are those of the rules."""
    if reply is None:
        return Said(None, "Aucune règle ne répond", None, None)
    return Said(reply.outcome, OUTCOMES[reply.outcome], reply.norm, titles[reply.norm])


def say_answers(conversation: Conversation, example: Example) -> tuple[str, ...]:
    """Say each answer of a situation, in the words of its flow."""
    found = []
    for fact_id, value_id in example.answers:
        fact = conversation.question(example.flow, fact_id)
        value = fact.value(value_id)
        found.append(french(f"{fact.label} : {value.label if value is not None else UNKNOWN_LABEL}"))
    return tuple(found)


def replay(app: App, example: Example, on: date) -> str:
    """Return the command that answers a situation on a day."""
    token = token_of(app, Session(example.flow, on), dict(example.answers), TOKEN_KEY)
    if token is not None:
        return f"motus ask {example.flow} --token {token}"
    told = "\\n".join(f"{fact}: {value}" for fact, value in example.answers)
    return f"printf '{told}\\n' | motus ask {example.flow} --answers - --on {on}"


def percent(share: float) -> str:
    r"""
    Say a share as a percentage, with two figures that count.

    >>> percent(0.0327), percent(0.00051), percent(0.000001)
    ('3,3\xa0%', '0,051\xa0%', 'moins de 0,001\xa0%')
    """
    hundred = share * 100
    if hundred < 0.001:
        return french("moins de 0,001 %" if hundred > 0 else "0 %")
    figures = f"{hundred:.1f}" if hundred >= 1 else f"{hundred:.2f}" if hundred >= 0.1 else f"{hundred:.3f}"
    return french(f"{figures} %".replace(".", ","))


def count(number: int) -> str:
    r"""
    Write a number with French thousands.

    >>> count(1234567)
    '1\u202f234\u202f567'
    """
    return f"{number:,}".replace(",", "\u202f")
