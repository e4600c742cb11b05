"""An edit of the law: what it touches, and the contradictions that it makes, found without reading all of it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import random_laws

from knowledge import KnowledgeBase, Norm, in_force
from knowledge.checking import edited, eras
from knowledge.checking.clashes import _unlike, conflicts


def _edits(base: KnowledgeBase, draw: Random) -> Iterator[KnowledgeBase]:
    """Yield bases with one norm taken out, disarmed, or saying what another law says."""
    other = list(random_laws.law(draw).base.norms.values())
    for norm in base.norms.values():
        kept = {i: n for i, n in base.norms.items() if i != norm.id}
        yield replace(base, norms=kept)
        yield _with(base, replace(norm, exception_to=(), prevails_over=()))
        drawn = draw.choice(other)
        yield _with(base, replace(norm, when=drawn.when, effect=drawn.effect, establishes=drawn.establishes))


def _with(base: KnowledgeBase, norm: Norm) -> KnowledgeBase:
    return replace(base, norms={**base.norms, norm.id: norm})


def test_the_contradictions_of_an_edit_are_those_of_the_whole_law() -> None:
    """Laws drawn at random, each norm edited: what is found from a sound law is what is found from none."""
    draw, found, tried = Random(11), 0, 0
    for _ in range(60):
        base = random_laws.law(draw).base
        if list(conflicts(base)):
            continue
        for after in _edits(base, draw):
            whole = list(conflicts(after))
            tried += 1
            found += bool(whole)
            assert list(conflicts(after, base)) == whole

    assert tried > 300
    assert found > 30


def test_the_days_searched_stand_for_all(base: KnowledgeBase) -> None:
    """Each day on which the law changes has the norms in force of a day that is searched, and no two of these agree."""
    norms = list(base.norms.values())
    all_days, searched = (
        [tuple(in_force(base, n, day) for n in norms) for day in days] for days in (eras(base), _unlike(base))
    )

    assert set(all_days) == set(searched)
    assert len(searched) == len(set(searched)) < len(all_days)


def test_an_edit_touches_what_it_writes_and_what_rests_on_it(base: KnowledgeBase) -> None:
    """A norm, the norms that cite an article, or everything, where the questions change."""
    norm = base.norms["base/cp-226-13"]
    article = base.articles["cpc/1528-3"]
    fact = base.facts["danger"]
    same = replace(base)
    reworded = replace(base, articles={**base.articles, article.id: replace(article, title="Autre titre")})
    asked = replace(base, facts={**base.facts, fact.id: replace(fact, question="Un danger ?")})
    gone = replace(base, norms={i: n for i, n in base.norms.items() if i != norm.id})

    assert edited(base, same) == frozenset()
    assert edited(base, _with(base, replace(norm, title="Autre titre"))) == {norm.id}
    assert edited(base, gone) == {norm.id}
    assert edited(base, reworded) == {n.id for n in base.norms.values() if article.id in {c.article for c in n.cites}}
    assert edited(base, asked) is None
