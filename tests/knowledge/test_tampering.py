"""Whatever is changed in a certificate, field by field or sign by sign, it is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from certified import SUBJECTS, advice, first, subject
from depth import THOROUGH, spread
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, answers, days, situations
from tampering import falsified, paths

import knowledge
from flows import Conversation
from knowledge import Outcome
from knowledge.certifying.certificate import certificate
from knowledge.certifying.checker import certify, sealed
from knowledge.certifying.refusal import refusals


@pytest.mark.parametrize("situation", SUBJECTS)
def test_a_certificate_tampered_in_one_field_is_refused(situation: str, conversation: Conversation) -> None:
    """
    At each leaf, key and list, every change that fits is refused, and said; sealed again, it is refused too.

    A spread of the places on every change, all of them when thorough.
    """
    text = certificate(BASE, subject(situation, conversation))
    tree = json.loads(text)
    tried = 0
    for path in spread(list(paths(tree)), 20):
        for name, changed in falsified(tree, path):
            loose = json.dumps(changed, ensure_ascii=False, indent=1) + "\n"
            if loose == text:
                continue
            tried += 1
            assert not certify(BASE, loose), name
            if isinstance(changed, dict) and path != ("seal",):
                again = sealed({key: value for key, value in changed.items() if key != "seal"})
                assert not certify(BASE, again) or again == text or _is_another_truth(again, path), name

    assert tried > (1000 if THOROUGH else 60)


def _is_another_truth(text: str, path: tuple[str | int, ...]) -> bool:
    """Other answers or another day, sealed again, are another certificate: it holds if the evaluator gives it too."""
    other = json.loads(text)
    if not all(value in answers(BASE.facts[fact]) for fact, value in other["facts"].items()):
        return False
    true = certificate(BASE, advice(other["facts"], date.fromisoformat(other["on"])))
    return path[0] in ("facts", "on") and text == true


@pytest.mark.parametrize("situation", ["obliged", "not known in 2009"])
def test_every_refusal_says_what_is_wrong(situation: str, conversation: Conversation) -> None:
    """Whatever is tampered with, something is said, in one line each."""
    tree = json.loads(certificate(BASE, subject(situation, conversation)))
    for path in list(paths(tree))[1::7]:
        for name, changed in falsified(tree, path):
            if changed != tree:
                said = refusals(BASE, json.dumps(changed, ensure_ascii=False, indent=1) + "\n")
                assert said, name
                assert all(line and "\n" not in line for line in said), name


@given(facts=situations(), on=days, data=st.data())
def test_any_change_to_any_certificate_is_refused(facts: dict[str, str], on: date, data: st.DataObject) -> None:
    """The same over drawn situations, drawn places and drawn changes."""
    text = certificate(BASE, advice(facts, on))
    tree = json.loads(text)
    path = data.draw(st.sampled_from(list(paths(tree))[1:]))
    name, changed = data.draw(st.sampled_from(list(falsified(tree, path))))
    loose = json.dumps(changed, ensure_ascii=False, indent=1) + "\n"

    assert loose == text or not certify(BASE, loose), name


@given(facts=situations(), on=days, data=st.data())
def test_any_change_of_a_character_is_refused(facts: dict[str, str], on: date, data: st.DataObject) -> None:
    """Not only fields: any one character put, replaced or taken away."""
    text = certificate(BASE, advice(facts, on))
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(max_size=2))
    spoilt = text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]

    assert spoilt == text or not certify(BASE, spoilt)


def _twice(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    for i in range(1, len(lines) - 1):
        yield "".join([*lines[: i + 1], lines[i], *lines[i + 1 :]])
        yield "".join([*lines[:i], lines[i + 1], lines[i], *lines[i + 2 :]])
        yield "".join([*lines[:i], *lines[i + 1 :]])


def test_a_line_repeated_moved_or_taken_away_is_refused(conversation: Conversation) -> None:
    """A key written twice reads as one in JSON: only the text shows it."""
    text = certificate(BASE, first(Outcome.CONDITIONAL, conversation))

    assert [spoilt for spoilt in _twice(text) if spoilt != text and certify(BASE, spoilt)] == []


def test_the_certificates_tampered_with_hold_every_field(conversation: Conversation) -> None:
    """Else the walk above would pass over an empty list: each field is filled in one of them, on several days."""
    held = [json.loads(certificate(BASE, subject(name, conversation))) for name in SUBJECTS]

    assert {field for tree in held for field in tree if not any(other[field] for other in held)} == set()
    assert len({tree["on"] for tree in held}) >= 4
    assert {tree["outcome"] for tree in held} == set(Outcome)
    assert any(knowledge.INCONNU in tree["facts"].values() for tree in held)
    assert any(len(tree["facts"]) < len(BASE.facts) * 2 / 3 for tree in held)
