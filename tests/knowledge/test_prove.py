"""A promise that a law breaks is refuted, with a situation that breaks it; a sound law keeps them all."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, KnowledgeError, Norm, evaluate, law_of, load
from knowledge.answering.day import DatedLaw
from knowledge.model import All, Effect, Is, Item, Outcome
from knowledge.model.errors import ConflictError
from knowledge.proving.diagrams import Space, SymbolicLaw
from knowledge.proving.honesty import Ignorance, honest, unjoined
from knowledge.proving.promises import Promise, read_promises
from knowledge.proving.prover import EXACT, IN_FORCE, NO_CONFLICT, NO_GAP, Breach, Prover

SMALL = load(Path(__file__).parents[1] / "small")
ON = date(2020, 1, 1)
PROMISES = """\
refus:
  title: Un refus n'ouvre jamais rien
  fact: accord
  less: [non]
  more: [oui]
assistante-muette:
  title: L'assistante ne dit rien de la santé
  never: {metier: assistante, information: sante}
"""


def _promises(base: KnowledgeBase) -> tuple[Promise, ...]:
    return read_promises(base, PROMISES.encode())


def _breaches(base: KnowledgeBase) -> list[Breach]:
    return list(Prover(Space(base), _promises(base)).breaches(law_of(base, ON)))


def _with(change: Callable[[Norm], Norm | None], name: str) -> KnowledgeBase:
    changed = {i: change(n) if i == name else n for i, n in SMALL.norms.items()}
    return dataclasses.replace(SMALL, norms={i: n for i, n in changed.items() if n is not None})


def _replace(**what: object) -> Callable[[Norm], Norm]:
    return lambda norm: dataclasses.replace(norm, **what)


def test_the_small_law_keeps_every_promise() -> None:
    """Nothing is refuted where nothing is wrong."""
    assert _breaches(SMALL) == []


LAWS = {
    "no norm for the neighbour": ("libre", lambda _: None, NO_GAP, {"metier": "voisin"}),
    "an exception that forgets its rule": ("accord", _replace(exception_to=()), NO_CONFLICT, {"metier": "assistante"}),
    "a refusal that opens": (
        "accord",
        _replace(when=All((Is("bound", frozenset({"oui"})), Is("accord", frozenset({"non"}))))),
        "Un refus n'ouvre jamais rien",
        {"accord": "non"},
    ),
    "a permission too wide": (
        "accord",
        lambda norm: dataclasses.replace(
            norm, minimum=dataclasses.replace(norm.minimum, share=(*norm.minimum.share, Item("sante", "Pour soigner.")))
        ),
        "L'assistante ne dit rien de la santé",
        {"information": "sante", "metier": "assistante"},
    ),
}


@pytest.mark.parametrize("wrong", LAWS)
def test_a_wrong_law_is_refuted_by_a_situation(wrong: str) -> None:
    """The promise that it breaks is named, and the situation shown does break it."""
    name, change, promise, facts = LAWS[wrong]
    found = {b.promise: b for b in _breaches(_with(change, name))}

    assert promise in found
    assert facts.items() <= dict(found[promise].facts).items()
    assert found[promise].count > 0


def test_a_norm_without_a_text_of_its_day_is_refuted() -> None:
    """Even where it was handed over as the law of the day."""
    law = law_of(SMALL, ON)
    early = DatedLaw(date(1900, 1, 1), law.establishing, law.settling, law.requiring, law.warning)

    assert {b.promise for b in Prover(Space(SMALL), ()).in_force(early)} == {IN_FORCE}


def test_an_item_that_may_never_go_is_refuted() -> None:
    """A minimum that lists what no situation lets go promises too much."""
    opening = next(n for n in SMALL.norms.values() if n.effect is Effect.PERMITS and n.minimum is not None)
    minimum = opening.minimum
    assert minimum is not None
    kept = dataclasses.replace(minimum, keep=minimum.share)

    assert EXACT in {b.promise for b in _breaches(_with(_replace(minimum=kept), opening.id))}


NARROWED = {
    "where it does break": ("where: {metier: assistante}", True),
    "where nobody is bound": ("where: {metier: voisin}", False),
    "at the outcome that is reached": ("at: [debated, conditional]", True),
    "at an outcome that no answer reaches": ("at: obliged", False),
}


@pytest.mark.parametrize("narrowed", NARROWED)
def test_a_promise_can_be_narrowed_to_some_situations_and_some_outcomes(narrowed: str) -> None:
    """A refusal that opens breaks it there, and leaves it whole elsewhere."""
    more, broken = NARROWED[narrowed]
    base = _with(_replace(when=All((Is("bound", frozenset({"oui"})), Is("accord", frozenset({"non"}))))), "accord")
    promises = read_promises(base, PROMISES.replace("  more: [oui]\n", f"  more: [oui]\n  {more}\n").encode())
    found = {b.promise for b in Prover(Space(base), promises).breaches(law_of(base, ON))}

    assert ("Un refus n'ouvre jamais rien" in found) is broken


BAD = {
    "unknown fact": (PROMISES.replace("fact: accord", "fact: acord"), "promises.yaml:3", "« acord »"),
    "unknown value": (PROMISES.replace("less: [non]", "less: [peut-etre]"), "promises.yaml:4", "« peut-etre »"),
    "unknown shape": (PROMISES.replace("  less: [non]\n", ""), "promises.yaml:1", "{title, fact, less, more}"),
    "unknown value in a condition": (
        PROMISES.replace(": assistante,", ": facteur,"),
        "promises.yaml:8",
        "« facteur »",
    ),
    "a condition on the fact that varies": (
        PROMISES.replace("  more: [oui]\n", "  more: [oui]\n  where: {accord: oui}\n"),
        "promises.yaml:6",
        "« accord »",
    ),
    "a condition on what norms establish": (
        PROMISES.replace("  more: [oui]\n", "  more: [oui]\n  where: {bound: oui}\n"),
        "promises.yaml:6",
        "« bound »",
    ),
    "an outcome that closes": (
        PROMISES.replace("  more: [oui]\n", "  more: [oui]\n  at: [conditional, forbidden]\n"),
        "promises.yaml:6",
        "« forbidden »",
    ),
    "an unknown key": (
        PROMISES.replace("  more: [oui]\n", "  more: [oui]\n  when: {metier: voisin}\n"),
        "promises.yaml:1",
        "where",
    ),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_bad_promise_is_refused_with_its_line(mistake: str) -> None:
    """One mistake, one message that names the line."""
    text, place, words = BAD[mistake]
    with pytest.raises(KnowledgeError) as caught:
        read_promises(SMALL, text.encode())

    assert place in str(caught.value)
    assert words in str(caught.value)


def test_the_situation_of_a_conflict_is_one_for_the_evaluator_too() -> None:
    """Both engines refuse the same law."""
    base = _with(_replace(exception_to=()), "accord")
    breach = next(b for b in _breaches(base) if b.promise == NO_CONFLICT)
    facts = {f.id: breach.facts.get(f.id, f.values[0].id) for f in base.facts.values()}

    with pytest.raises(ConflictError, match="sans ordre"):
        evaluate(base, facts, ON)


def test_what_several_answers_come_to_permits_and_forbids_only_what_all_do() -> None:
    """The table is proved whole: the order of the questions never counts, and no common answer says too much."""
    assert list(unjoined()) == []


@pytest.mark.parametrize(
    ("possible", "said"),
    [
        ({Outcome.FORBIDDEN, Outcome.OBLIGED}, Outcome.FORBIDDEN),
        ({Outcome.FORBIDDEN, Outcome.PERMITTED}, Outcome.CONDITIONAL),
        ({Outcome.CONDITIONAL, Outcome.OBLIGED}, Outcome.OBLIGED),
        ({Outcome.CONDITIONAL, Outcome.NOT_COVERED}, Outcome.NOT_COVERED),
        ({Outcome.OBLIGED}, Outcome.DEPENDS),
    ],
)
def test_an_answer_that_says_too_much_of_what_is_not_known_is_not_honest(possible: set[Outcome], said: Outcome) -> None:
    """Too closed, too open, too firm, or « cela dépend » where nothing does."""
    assert not honest(frozenset(possible), said)


def test_an_advisor_that_ignores_one_of_the_cases_is_refuted_with_its_cases() -> None:
    """The diagrams say what each answer leads to; the advisor, asked without it, is held to all of them."""
    space, wrong = Space(SMALL), _with(lambda _: None, "accord")
    right = SymbolicLaw(space, law_of(SMALL, ON))
    place = {"metier": "assistante", "information": "adresse"}
    here = {
        o: space.when(space.when(s, "metier", "assistante"), "information", "adresse")
        for o, s in right.outcomes.items()
    }
    found = list(Ignorance(space, wrong).breaches(law_of(wrong, ON), here, place, "accord"))

    assert [because for _, because in found] == [
        "accord inconnu : forbidden ; les cas : oui → permitted, non → conditional"
    ]
    assert not list(Ignorance(space, SMALL).breaches(law_of(SMALL, ON), here, place, "accord"))
