"""Numbered choices: how they are grouped and numbered, and what a typed line means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.words.french import whole_number
from flows import UNKNOWN_LABEL
from knowledge import INCONNU, Fact


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer; `short` is its label where there is little room, `also` other words for it."""

    number: int
    id: str
    label: str
    help: str | None = None
    short: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Answers under one heading; `name` is None where there is none."""

    name: str | None
    choices: tuple[Choice, ...]


def groups_of(fact: Fact) -> tuple[Group, ...]:
    """Return the answers of `fact`, numbered in the order shown."""
    names = list(dict.fromkeys(v.group for v in fact.values))
    number = 0
    groups = []
    for name in names:
        choices = []
        for value in fact.values:
            if value.group == name:
                number += 1
                said = value.qualification or value.help
                choices.append(Choice(number, value.id, value.label, said, value.short or value.label, value.also))
        groups.append(Group(name, tuple(choices)))
    return tuple(groups)


def pick(typed: str, fact: Fact) -> Choice | Sequence[Choice]:
    """
    Understand an answer: its number, its id, its label, one of its other names, or whole words of these.

    Returns:
        The choice where the words are its own or fit no other; else every choice that could be meant: none, one whose
        words are only near, or several.

    """
    choices = [c for g in groups_of(fact) for c in g.choices]
    number = whole_number(typed, 1, len(choices)) if typed.isdecimal() else None
    if number is not None:
        return choices[number - 1]
    if fact.find_out is not None and plain(typed) in ("j", INCONNU, plain(UNKNOWN_LABEL)):
        return Choice(0, INCONNU, UNKNOWN_LABEL, None, UNKNOWN_LABEL)
    wanted = plain(typed)
    exact = [c for c in choices if wanted in (c.id, *map(plain, _names(c)))]
    if exact:
        return exact[0] if len(exact) == 1 else exact
    words = _words(wanted)
    whole = [c for c in choices if words and any(words <= _words(plain(name)) for name in _names(c))]
    if len(whole) == 1 and len(words) == len(_words(wanted) & _words(plain(" ".join(_names(whole[0]))))):
        return whole[0]
    return whole or [c for c in choices if len(wanted) > _SHORTEST and any(wanted in plain(n) for n in _names(c))]


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.label, choice.short, *choice.also)


def _words(text: str) -> set[str]:
    return {w for w in re.split(r"[^\w+]+", text) if w not in _EMPTY and w}


_EMPTY = frozenset(
    {"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "mon", "ma", "mes", "ou", "et", "a", "au"}
)
"""Words that tell no answer from another."""
_SHORTEST = 2


def plain(text: str) -> str:
    """
    Return `text` without case, accents or punctuation at its ends.

    >>> plain("  L'École ")
    "l'ecole"
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).strip(" .;:!?\u00a0\u202f")
