"""What differs between two laws is exactly what two conversations, one under each law, answer differently."""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from math import prod
from pathlib import Path

import pytest
from depth import THOROUGH, spread
from hypothesis import given, settings
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, answers, days, situations

import knowledge
from flows import Conversation, Flow, Session, State, load
from flows.exploring.difference import Difference
from flows.exploring.graph import Graphs
from knowledge import INCONNU, KnowledgeBase, law_of
from knowledge.answering.outcomes import Reply

FLOWS = load(BASE)
CONVERSATION = Conversation(BASE, FLOWS)
GRAPHS = Graphs(BASE)
DIFFERENCES = {name: Difference(GRAPHS, flow) for name, flow in FLOWS.items()}

_CITED = "cites:\n  - {article: code-penal/1, passage: La révélation}\n"
_WRITING = {
    "facts/ecrit.yaml": "code: 4\nlabel: Écrit\nquestion: Qu'écrivez-vous ?\nvalues:\n"
    "  - {id: opinion, code: 1, label: Une opinion}\n  - {id: adresse, code: 2, label: Une adresse}\n",
    "facts/cle.yaml": "code: 5\nlabel: Clé\nquestion: Est-ce sous clé ?\nfind_out: Regardez.\nvalues:\n"
    "  - {id: oui, code: 1, label: Oui}\n  - {id: non, code: 2, label: Non}\n",
    "norms/opinion.yaml": "title: Une opinion ne s'écrit pas\neffect: forbids\nmatter: recording\n"
    f"when: {{ecrit: opinion}}\n{_CITED}",
    "norms/ecrire.yaml": "title: Une adresse s'écrit\neffect: permits\nmatter: recording\n"
    f"when: {{ecrit: adresse}}\n{_CITED}",
    "norms/sous-cle.yaml": "title: Ce qui est écrit est sous clé\neffect: requires\nmatter: recording\n"
    "when: {ecrit: adresse}\nconditions:\n  - {text: C'est sous clé., met: {cle: oui}}\n" + _CITED,
}

_CODES = "ecrit: 4\necrit.opinion: 1\necrit.adresse: 2\ncle: 5\ncle.oui: 1\ncle.non: 2\n"

Told = tuple[Reply, frozenset[tuple[str, str]]]


def _answered(conversation: Conversation, flow: Flow, facts: dict[str, str], on: date) -> Told:
    """Return what a person hears, and the answers she gave."""
    session = conversation.fill(Session(flow.id, on), facts)
    advice = conversation.screen(session).advice
    assert advice is not None
    return Reply(advice.outcome, advice.governing), frozenset(session.answers)


def _offered(base: KnowledgeBase, flow: Flow, fact: str) -> list[str]:
    state = next(s for s in flow.states if s.asks == fact)
    return [v for v in answers(base.facts[fact]) if not state.only or v in (*state.only, INCONNU)]


@pytest.mark.xdist_group("paths")
@settings(max_examples=5000 if THOROUGH else 40)
@given(name=st.sampled_from([f for f in FLOWS if f != "dossier"]), facts=situations(), after=days)
def test_a_situation_changes_its_answer_if_and_only_if_the_difference_says_so(
    name: str, facts: dict[str, str], after: date
) -> None:
    """Any situation, from the founding day to any day: both answers are those of two conversations."""
    flow = FLOWS[name]
    chosen = {
        s.asks: facts[s.asks] if facts[s.asks] in _offered(BASE, flow, s.asks) else s.only[0] for s in flow.states
    }
    said = DIFFERENCES[name].replies(law_of(BASE, FOUNDING_DAY), law_of(BASE, after), chosen)
    told = tuple(_answered(CONVERSATION, flow, chosen, on)[0] for on in (FOUNDING_DAY, after))
    assert said == told


Pair = tuple[Reply, Reply]
Counted = dict[Pair, tuple[int, float]]


def _lived(base: KnowledgeBase, flow: Flow, days: tuple[date, date]) -> Counted:
    """Live through every situation on both days, and count those that change: sequences of answers, and share."""
    conversation = Conversation(base, {flow.id: flow})
    asked = [s.asks for s in flow.states]
    every = list(itertools.product(*(_offered(base, flow, f) for f in asked)))
    paths: dict[Pair, set[frozenset[tuple[str, str]]]] = {}
    many: Counter[Pair] = Counter()
    for values in every:
        facts = dict(zip(asked, values, strict=True))
        (one, said), (two, again) = (_answered(conversation, flow, facts, on) for on in days)
        if one != two:
            paths.setdefault((one, two), set()).add(said | again)
            many[one, two] += 1
    return {pair: (len(found), pytest.approx(many[pair] / len(every))) for pair, found in paths.items()}


def _said(base: KnowledgeBase, flow: Flow, days: tuple[date, date]) -> Counted:
    """Return the same as the difference says it."""
    found: Counted = {}
    for end in Difference(Graphs(base), flow).ends(*(law_of(base, on) for on in days)):
        assert end.before is not None
        assert end.after is not None
        if end.before != end.after:
            count, share = found.get((end.before, end.after), (0, 0.0))
            found[end.before, end.after] = count + end.paths, share + end.share
    return found


@pytest.mark.xdist_group("paths")
@settings(max_examples=5000 if THOROUGH else 40)
@given(name=st.sampled_from(list(FLOWS)), data=st.data())
def test_the_situations_that_change_are_counted_one_by_one(name: str, data: st.DataObject) -> None:
    """With all but a few answers fixed, every situation is lived through twice, and counted."""
    whole = FLOWS[name]
    left = data.draw(st.lists(st.sampled_from([s.asks for s in whole.states]), min_size=1, max_size=3, unique=True))
    while prod(len(_offered(BASE, whole, f)) for f in left) > 120:
        left = left[1:]
    fixed = {s.asks: data.draw(st.sampled_from(_offered(BASE, whole, s.asks))) for s in whole.states}
    sets = (*whole.sets, *((f, v) for f, v in fixed.items() if f not in left))
    flow = replace(whole, sets=sets, states=tuple(s for s in whole.states if s.asks in left))
    days = (FOUNDING_DAY, TODAY)
    assert _said(BASE, flow, days) == _lived(BASE, flow, days)


def test_what_changes_beside_what_does_not_is_counted_with_it(tmp_path: Path) -> None:
    """
    Two matters that nothing joins, one of which changes: the answer is the least permissive of both.

    Before 2005 the address could not go; what is written, and under which key, never changed.
    """
    root = Path(shutil.copytree(Path(__file__).parents[1] / "small", tmp_path / "petit"))
    for path, text in _WRITING.items():
        (root / path).write_text(text, encoding="utf-8")
    codes = root / "codes.yaml"
    codes.write_text(codes.read_text(encoding="utf-8") + _CODES, encoding="utf-8")
    base = knowledge.load(root)
    asked = ("metier", "information", "accord", "ecrit", "cle")
    flow = Flow("essai", 1, "Essai", "Un essai.", (), tuple(State(f, f) for f in asked))
    days = (date(2004, 1, 1), date(2006, 1, 1))
    lived = _lived(base, flow, days)
    assert len(lived) > 3
    assert _said(base, flow, days) == lived


def test_the_same_day_twice_changes_nothing() -> None:
    """Not one end, and no graph is drawn."""
    graphs = Graphs(BASE)
    law = law_of(BASE, TODAY)
    assert [e for flow in FLOWS.values() for e in Difference(graphs, flow).ends(law, law)] == []
    assert graphs.nodes == []


def test_every_example_lives_through_the_change_that_it_shows() -> None:
    """The answers kept at each end lead two conversations to the two answers said, in every flow but the longest."""
    for name in ("tenu", "acces"):
        flow = FLOWS[name]
        for end in spread(list(DIFFERENCES[name].ends(law_of(BASE, FOUNDING_DAY), law_of(BASE, TODAY))), 40):
            facts = dict(end.answers)
            told = tuple(_answered(CONVERSATION, flow, facts, on)[0] for on in (FOUNDING_DAY, TODAY))
            assert (end.before, end.after) == told
