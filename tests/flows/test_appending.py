"""A walk recorded joins a file without touching the rest of it, and is the same case when it is read again."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from flows import Conversation, Session
from flows.exploring.appending import appended
from flows.exploring.case_file import read_cases
from flows.exploring.cases import Case, Expected, expecting, play
from flows.vocabulary import admitted
from knowledge import Outcome

ONE = """\
# Nos situations.

- id: voisin  # la plus fréquente
  says: Un voisin demande si elle suit la personne.
  flow: tenu
  on: 2026-11-23
  facts: {profession: educateur, service: prevention_specialisee}
  outcome: bound
"""
INDENTED = "cases:\n" + "".join(f"  {line}" if line.strip() else line for line in ONE.splitlines(keepends=True)[2:])
LAYOUTS = {
    "nothing yet": "",
    "a comment alone": "# À remplir.\n",
    "a list": ONE,
    "a list without a last line end": ONE.rstrip("\n"),
    "a list of Windows": ONE.replace("\n", "\r\n"),
    "a key": INDENTED,
    "a key, counted": f"count: 1\n{INDENTED}",
    "a key, counted after": f"{INDENTED}\n# Le compte.\ncount: 1\n",
}
NEW = Case("nouveau", "Une éducatrice s'interroge.", "tenu", date(2026, 11, 23), {"profession": "educateur"})


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=list(LAYOUTS))
def test_a_case_joins_the_end_of_a_list_and_nothing_else_moves(text: str, conversation: Conversation) -> None:
    """However the file is laid out: its lines are all there, in their order, and one case more is read."""
    case = Case(NEW.id, NEW.says, NEW.flow, NEW.on, NEW.facts, Expected(Outcome.BOUND))
    after = appended(text, case)

    assert after is not None
    read = read_cases(conversation.base, conversation.flows, "situations.yaml", after)
    assert read.problems == ()
    assert [c.id for c in read.cases] == (["voisin", "nouveau"] if "voisin" in text else ["nouveau"])
    assert read.cases[-1].facts == case.facts
    kept = Counter(line for line in text.splitlines() if not line.startswith("count"))
    assert kept <= Counter(after.splitlines())
    assert ("\r" in after) == ("\r" in text)


@pytest.mark.parametrize("text", ["[{id: a}]", "cases: [{id: a}]\n", "-\n  id: a\n"])
def test_a_list_that_is_not_one_case_a_dash_is_left_alone(text: str) -> None:
    """Nothing is guessed about a text that is written otherwise."""
    assert appended(text, NEW) is None


def _drawn(conversation: Conversation, flow: str, draw: random.Random) -> Session:
    session = Session(flow, date(2026, 11, 23))
    while (fact := conversation.asked(session)) is not None:
        answer = fact.id, draw.choice(list(admitted(fact)))
        session = Session(flow, session.on, (*session.answers, answer))
    return session


@pytest.mark.parametrize("flow", ["partager", "dossier", "tenu", "alerter", "justice", "acces"])
def test_a_walk_recorded_is_the_same_case_when_it_is_read_again(flow: str, conversation: Conversation) -> None:
    """Walks drawn in each flow: told by their answers alone, they lead to the answer that was shown."""
    draw = random.Random(7)
    text, shown = "", []
    for i in range(8):
        walk = _drawn(conversation, flow, draw)
        advice = conversation.screen(walk).advice
        assert advice is not None
        shown.append(advice)
        told = Case(f"s{i}", "Un parcours.", flow, walk.on, dict(walk.answers), expecting(advice))
        text = appended(text, told) or ""
    read = read_cases(conversation.base, conversation.flows, "situations.yaml", text)

    assert read.problems == ()
    for case, advice in zip(read.cases, shown, strict=True):
        again = play(conversation, case)
        assert again.advice is not None
        assert (again.kept, again.advice.governing) == (True, advice.governing)
