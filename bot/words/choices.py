"""Numbered choices: how they are grouped and numbered, and what a typed line means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.words.french import whole_number
from flows import UNKNOWN_LABEL
from knowledge import INCONNU, Fact


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer."""

    number: int
    id: str
    label: str
    help: str | None = None


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
                choices.append(Choice(number, value.id, value.label, value.qualification or value.help))
        groups.append(Group(name, tuple(choices)))
    return tuple(groups)


def pick(typed: str, fact: Fact) -> Choice | Sequence[Choice]:
    """
    Understand an answer: its number, its id, or words of its label.

    Returns:
        The choice; or every choice that could be meant: none, or several.

    """
    choices = [c for g in groups_of(fact) for c in g.choices]
    if typed.isdecimal():
        number = whole_number(typed, 1, len(choices))
        return next((c for c in choices if c.number == number), ())
    if typed == "j" and fact.find_out is not None:
        return Choice(0, INCONNU, UNKNOWN_LABEL)
    wanted = plain(typed)
    exact = [c for c in choices if wanted in (c.id, plain(c.label))]
    if len(exact) == 1:
        return exact[0]
    near = [c for c in choices if len(wanted) > 2 and wanted in plain(c.label)]
    return near[0] if len(near) == 1 else near


def plain(text: str) -> str:
    """
    Return `text` without case, accents or punctuation at its ends.

    >>> plain("  L'École ")
    "l'ecole"
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).strip(" .;:!?\u00a0\u202f")
