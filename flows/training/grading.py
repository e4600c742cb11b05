"""What was committed beside what is right, part by part: a reasoning is scored, not a click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.training.quiz import Part, Question, Quiz


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One part, marked. `right` counts options rightly chosen or left, of `of`.

    `missed` should have been chosen and were not; `wrong` were chosen and should not.
    """

    part: Part
    right: int
    of: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Tell whether nothing is to be learnt again."""
        return not self.missed and not self.wrong


@dataclass(frozen=True, slots=True)
class Score:
    """The points of several decisions in one part."""

    part: Part
    right: int
    of: int


def mark(question: Question, chosen: frozenset[str]) -> Mark:
    """
    Mark one part. Of the minimum, each information counts: let go or kept; of the others, the one choice.

    >>> from flows.training.quiz import Option
    >>> asked = Question(Part.MINIMUM, tuple(Option(i, i) for i in "abc"), frozenset("a"))
    >>> mark(asked, frozenset("ab"))
    Mark(part=<Part.MINIMUM: 'minimum'>, right=2, of=3, missed=(), wrong=('b',))
    """
    ids = [o.id for o in question.options]
    missed = tuple(i for i in ids if i in question.right - chosen)
    wrong = tuple(i for i in ids if i in chosen - question.right)
    if question.part is Part.MINIMUM:
        return Mark(question.part, len(ids) - len(missed) - len(wrong), len(ids), missed, wrong)
    return Mark(question.part, int(chosen == question.right), 1, missed, wrong)


def marks(quiz: Quiz, chosen: Mapping[Part, frozenset[str]]) -> tuple[Mark, ...]:
    """Mark a decision; a part that nothing was chosen for is marked as such."""
    return tuple(mark(q, chosen.get(q.part, frozenset())) for q in quiz.questions)


def scores(given: Iterable[Mark]) -> tuple[Score, ...]:
    """Add marks, each part apart; a part that was never asked is left out."""
    given = tuple(given)
    totals = ((p, [m for m in given if m.part is p]) for p in Part)
    return tuple(Score(p, sum(m.right for m in ms), sum(m.of for m in ms)) for p, ms in totals if ms)
