"""
Two engines, one truth: the program and the naive reading of the same files answer the same.

`agree` is what an enumeration calls on each situation; everything below draws situations and calls it: of the law that
ships, and of small laws drawn at random, which say what it happens not to say.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import random
import shutil
import typing
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import naive
import naive_loop
import pytest
import random_laws
from depth import spread
from hypothesis import given
from hypothesis import strategies as st
from situations import BASE, FOUNDING_DAY, TODAY, answers, situations

import knowledge
from flows import Answer, Conversation
from knowledge import INCONNU, Condition, KnowledgeBase, Norm, assume_unknown
from knowledge.answering.completions import completions
from knowledge.answering.conclude import conclude
from knowledge.answering.day import law_of
from knowledge.answering.standing import weigh
from knowledge.checking.clashes import eras
from knowledge.model import All, Any, Effect, Is
from knowledge.model.errors import ConflictError, NoNormError
from knowledge.model.typography import NARROW, NBSP
from knowledge.reading.yaml_file import parse

Case = dict[str, typing.Any]
TESTS = Path(__file__).parent
LAW = naive.read(TESTS.parent / "knowledge" / "law")
CHANGES = eras(BASE)
FACTS = sorted(f.id for f in BASE.facts.values() if f.debate is None)


def _told(path: Path) -> typing.Any:
    return parse(path.name, path.read_text(encoding="utf-8")).data


CASES = {f"{p.stem}-{c['id']}": c for p in sorted((TESTS / "cases").glob("*.yaml")) for c in _told(p)}
PUBLISHED = {c["id"]: c for c in _told(TESTS / "published.yaml")["cases"]}
TOLD: dict[str, Case] = {
    **CASES,
    **PUBLISHED,
    **{f"{i}-before": {**c, "on": c["before"]["on"]} for i, c in PUBLISHED.items() if "before" in c},
}


def agree(base: KnowledgeBase, facts: dict[str, str], on: date, law: naive.Law = LAW) -> None:
    """
    Fail where the two engines answer otherwise.

    Args:
        base: the law as the program holds it.
        facts: answers by fact id, `inconnu` included; what was not asked is absent.
        on: the day of law.
        law: the same law, as the naive engine read it.

    """
    said, other = first(base, facts, on), second(law, facts, on)
    idle = other["waiting"] - said["waiting"]  # type: ignore[operator]
    if idle:  # named by a norm that something stronger outranks in the end: it is not asked, and counts as not known
        whole = other if said["waiting"] else second(law, facts, on, idle)
        other = {**whole, "waiting": said["waiting"]}
    assert said == other, (facts, on)


def first(base: KnowledgeBase, facts: dict[str, str], on: date) -> dict[str, object]:
    """Return what the program says, in the naive engine's words."""
    possible = completions(base, facts, on)
    read = {f.id: INCONNU for f in base.facts.values() if f.debate is not None}
    norms = weigh(law_of(base, on), {**facts, **read}).norms
    said: dict[str, object] = {
        "waiting": set(possible.waiting),
        "standing": {i for i, w in norms.items() if w.stands},
        "uncertain": {i for i, w in norms.items() if w.stands is None},
    }
    if said["waiting"]:
        return said
    try:
        advice = conclude(base, possible)
    except (ConflictError, NoNormError) as error:
        return {**said, "error": type(error) is ConflictError}
    return {
        **said,
        "matter": advice.matter,
        "outcome": advice.outcome,
        "governing": advice.governing,
        "also": set(advice.also),
        "bound_by": set(advice.bound_by),
        "answers": {
            (f.matter, f.outcome, f.norm) for f in advice.findings if base.norms[f.norm].effect is not Effect.REQUIRES
        },
        "perhaps": {p.norm for p in advice.perhaps if p.governs},
        "forks": {
            (f.fact, frozenset((frozenset(b.values), b.outcome, b.norm) for b in f.branches)) for f in advice.forks
        },
        "unread": set(advice.unread),
        "conditions": {(c.norm, _end(c.text, base.norms[c.norm]), c.status) for c in advice.conditions},
        "articles": {(a.article, a.start.isoformat() if a.start else None) for a in advice.articles},
        "share": {i.category for i in advice.minimum.share},
        "if_needed": {i.category for i in advice.minimum.if_needed},
        "keep": {i.category for i in advice.minimum.keep},
    }


def second(
    law: naive.Law, facts: dict[str, str], on: date, idle: typing.AbstractSet[str] = frozenset()
) -> dict[str, object]:
    """Return what the naive engine says, the `idle` questions taken as not known."""
    reading = naive.weigh(law, facts, on.isoformat())
    possible = naive_loop.completions(naive.weigh(law, {**facts, **dict.fromkeys(idle, INCONNU)}, on.isoformat()))
    said: dict[str, object] = {
        "waiting": naive_loop.waiting(possible),
        "standing": reading.surely,
        "uncertain": reading.possibly - reading.surely,
    }
    if said["waiting"]:
        return said
    try:
        answer = naive_loop.answer(reading, possible)
    except ValueError:
        return {**said, "error": True}
    return {**said, **answer} if answer is not None else {**said, "error": False}


def _end(text: str, norm: Norm) -> str:
    """Return a condition without its typography; of an item shared if needed, the reason that its file gives."""
    reasons = [i.reason for i in norm.minimum.if_needed] if norm.minimum is not None else []
    end = text if any(text == c.text for c in norm.conditions) else next(r for r in reasons if text.endswith(r))
    return end.replace(NBSP, " ").replace(NARROW, " ")


def near(norm: Norm, draw: random.Random) -> dict[str, str]:
    """
    Draw a situation that the condition of `norm` speaks of, with some answers unknown and some not given.

    At most three are unknown: the naive engine tries each value of each.
    """
    facts = {f: draw.choice(answers(BASE.facts[f])) for f in FACTS}
    for atom in _named(norm.when):
        if atom.fact in facts and draw.random() < 0.8:
            facts[atom.fact] = draw.choice(sorted(atom.values))
    missing = draw.choice([0, 0, 0.3])
    unknown = draw.choice([0, 0, 0.3])
    erased = [f for f in FACTS if BASE.facts[f].find_out is not None and draw.random() < unknown]
    erased = draw.sample(erased, min(len(erased), 3))
    return {f: INCONNU if f in erased else v for f, v in facts.items() if draw.random() >= missing}


def _named(condition: Condition) -> Iterator[Is]:
    if isinstance(condition, Is):
        yield condition
    elif isinstance(condition, All | Any):
        for item in condition.items:
            yield from _named(item)


def _facts(case: Case, conversation: Conversation) -> dict[str, str]:
    return {**dict(conversation.flows[case["flow"]].sets), **case["facts"]}


@pytest.mark.parametrize("name", TOLD)
def test_the_engines_agree_on_every_case(name: str, conversation: Conversation) -> None:
    """Told as it is, and with the rest answered "je ne sais pas", a case has one answer."""
    case = TOLD[name]
    facts, on = _facts(case, conversation), date.fromisoformat(case["on"])

    agree(BASE, facts, on)
    agree(BASE, assume_unknown(BASE, facts, on)[0], on)


@given(facts=situations(), unasked=st.sets(st.sampled_from(FACTS)), on=st.sampled_from(CHANGES))
def test_the_engines_agree_whatever_is_answered_on_the_days_of_change(
    facts: dict[str, str], unasked: set[str], on: date
) -> None:
    """Any answers, `inconnu` and questions not asked among them, on any day on which the law changed."""
    agree(BASE, {f: v for f, v in facts.items() if f not in unasked}, on)


@pytest.mark.parametrize("on", spread(CHANGES, 48), ids=str)
def test_the_engines_agree_around_each_change(on: date) -> None:
    """On each day of change and on the day before, in situations near the norms that the change can touch."""
    draw = random.Random(on.isoformat())
    days = [on, on - timedelta(days=1)]
    alive = [{i for i, _ in _states(day)} for day in days]
    touched = {i for i, _ in _states(days[0]) ^ _states(days[1])} or alive[0] or set(BASE.norms)

    for norm in draw.choices(sorted(touched), k=2):
        facts = near(BASE.norms[norm], draw)
        for day in days:
            agree(BASE, facts, day)


def _states(on: date) -> set[tuple[str, str]]:
    found = {(i, str(knowledge.in_force(BASE, n, on))) for i, n in BASE.norms.items()}
    return {(i, state) for i, state in found if state != "no"}


@pytest.mark.parametrize("folder", sorted({i.split("/")[0] for i in BASE.norms}))
def test_the_engines_agree_near_each_norm(folder: str) -> None:
    """Each norm is met in situations that its condition speaks of, today and on a day of the past."""
    draw = random.Random(folder)

    for norm in (n for n in BASE.norms.values() if n.id.startswith(f"{folder}/")):
        for on in (TODAY, draw.choice([FOUNDING_DAY, *CHANGES])):
            agree(BASE, near(norm, draw), on)


@pytest.mark.parametrize("on", [FOUNDING_DAY, TODAY], ids=str)
@pytest.mark.parametrize("flow", ["acces", "alerter", "dossier", "justice", "partager", "tenu"])
def test_the_engines_agree_at_each_step_of_a_walk(flow: str, on: date, conversation: Conversation) -> None:
    """A person answers at random: the same questions stay open at each step, and the same answer comes at the end."""
    draw = random.Random(f"{flow} {on}")

    for _ in range(4):
        session, screen = conversation.start(flow, on), conversation.screen(conversation.start(flow, on))
        while screen.question is not None:
            agree(BASE, conversation.facts(session), on)
            session, screen = conversation.step(session, Answer(draw.choice(answers(screen.question))))
        assert screen.advice is not None
        agree(BASE, conversation.facts(session), on)


def test_the_walks_take_every_flow(conversation: Conversation) -> None:
    """No flow is left out of the walks above."""
    assert sorted(conversation.flows) == ["acces", "alerter", "dossier", "justice", "partager", "tenu"]


def test_another_information_is_not_offered_on_the_text_of_another_trade() -> None:
    """The service was not asked, and nobody needs it: a text for some services only is not held out to this worker."""
    facts = {"act": "transmettre", "profession": "medecin", "recipient": "dalo", "information": "freins_potentialites"}

    agree(BASE, facts, TODAY)


@pytest.fixture
def two_permissions(tmp_path: Path) -> Path:
    """Give a small law where a permission with a condition prevails over one that asks nothing."""
    root = tmp_path / "law"
    shutil.copytree(TESTS / "small", root)
    special = (root / "norms" / "accord.yaml").read_text(encoding="utf-8")
    general = (
        special.split("conditions:")[0] + "exception_to: [secret]\n" + special.split("exception_to: [secret]\n")[1]
    )
    (root / "norms" / "large.yaml").write_text(general.replace("bound: oui", "metier: assistante"), encoding="utf-8")
    (root / "norms" / "accord.yaml").write_text(special + "prevails_over: [large]\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("accord", ["oui", "non", INCONNU])
def test_the_permission_that_prevails_governs_whatever_its_condition(two_permissions: Path, accord: str) -> None:
    """The stated order decides which permission governs, even where the other one asks for less."""
    base, law = knowledge.load(two_permissions), naive.read(two_permissions)
    facts = {"metier": "assistante", "information": "adresse", "accord": accord}

    agree(base, facts, TODAY, law)
    assert second(law, facts, TODAY)["governing"] == "accord"


def _without(law: naive.Law, norm: str, key: str) -> naive.Law:
    kept = {k: v for k, v in law.norms[norm].items() if k != key}
    return dataclasses.replace(law, norms={**law.norms, norm: kept})


@pytest.mark.parametrize("key", ["exception_to", "minimum", "conditions", "since"])
def test_one_key_lost_in_one_norm_is_a_disagreement(key: str, conversation: Conversation) -> None:
    """The comparison is not blind: an engine that reads one norm amiss no longer agrees on its first case."""
    told = [c for c in CASES.values() if key in LAW.norms.get(c.get("governing"), {})]
    norm = BASE.norms[told[0]["governing"]]
    amiss = _without(LAW, norm.id, key)
    days = [date.fromisoformat(told[0]["on"]), *([norm.since - timedelta(days=1)] if norm.since else [])]
    facts, _ = assume_unknown(BASE, _facts(told[0], conversation), days[0])

    assert any(first(BASE, facts, on) != second(amiss, facts, on) for on in days)


@pytest.mark.parametrize("seed", spread(range(12), 4))
def test_the_engines_agree_on_laws_drawn_at_random(seed: int) -> None:
    """Debated questions, unread texts, orders and minimums of every shape, in situations known in part."""
    draw = random.Random(seed)

    for _ in range(120):
        law = random_laws.law(draw)
        for _ in range(8):
            agree(law.base, random_laws.situation(draw), random_laws.ON, law.naive)


def test_the_loop_passes_over_nothing() -> None:
    """What it skips and what it groups change nothing: it says what the whole product of the values says."""
    draw, told = random.Random("product"), 0

    for _ in range(300):
        law = random_laws.law(draw).naive
        facts = random_laws.situation(draw)
        erased = [f for f, v in facts.items() if v == INCONNU]
        values = [naive_loop.real_values(law.questions[f]) for f in erased]
        each = [{**facts, **dict(zip(erased, v, strict=True))} for v in itertools.product(*values)]
        alone, whole = [second(law, f, random_laws.ON) for f in each], second(law, facts, random_laws.ON)
        waiting = set().union(*(typing.cast("set[str]", one["waiting"]) for one in alone))

        assert whole["waiting"] == waiting, facts
        replies = {(one["outcome"], one["governing"]) for one in alone if "outcome" in one}
        if replies and not waiting:
            assert (whole["outcome"], whole["governing"]) == naive_loop.together_over(replies), facts
            told += len(replies) > 1

    assert told > 20


def test_the_naive_engine_shares_no_code_and_stays_small() -> None:
    """It imports nothing of the program, and each half fits in three hundred lines."""
    names = set[str]()
    for half in ("naive.py", "naive_loop.py"):
        text = (TESTS / half).read_text(encoding="utf-8")
        nodes = list(ast.walk(ast.parse(text)))
        names |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        names |= {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
        assert len(text.splitlines()) <= 300

    assert names == {
        *("__future__", "collections.abc", "dataclasses", "functools", "naive", "pathlib", "typing", "yaml"),
    }
