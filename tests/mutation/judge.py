"""
Who catches a mutant: the checks of the loader, the cases, the boundaries, the properties, or the search for clashes.

The cases are judged by what `motus test` compares, the published ones by the very tests that run them. Only those
that a mutant can change are run: the others see the same norms apply, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError
from pathlib import Path
from typing import Any

import test_published
from case_advice import advice_of

from flows import Conversation
from flows.exploring.cases import Expected, compare
from knowledge import KnowledgeBase, Outcome, assume_unknown
from knowledge.answering.conditions import holds
from knowledge.answering.day import covered, law_of
from knowledge.answering.standing import weigh
from knowledge.checking.clashes import conflicts
from knowledge.checking.norms import check_norm
from knowledge.model import All, Condition, Norm
from knowledge.model.errors import ConflictError, NoNormError
from knowledge.reading.yaml_file import YamlFile, parse
from tests.mutation.boundary import Boundary
from tests.mutation.equivalent import proof
from tests.mutation.mutants import Mutant
from tests.mutation.properties import broken

Test = Callable[[dict[str, Any], KnowledgeBase, Conversation], None]
JUDGES = ("loader", "boundaries", "cases", "properties", "clashes")
"""The quickest first: a mutant is credited to the first that catches it."""

QUICK = ("loader", "boundaries")
"""Those who are asked before a proof is looked for: a mutant that says the same law is nobody's to catch."""

_UNSEEN = ("sentence dropped", "doubt dropped", "debate dropped")
"""What no case speaks of."""

_WORDS = (*_UNSEEN, "article dropped", "requirement dropped")
"""What cannot make two norms clash: no norm applies more or less."""

_CRASHES = (ConflictError, NoNormError, CycleError, AssertionError, KeyError)


@dataclass(frozen=True)
class Replayed:
    """
    A case, its tests, and its facts under the law as it is, derived ones included.

    `holding` are the norms that surely establish a fact; `expected` the articles that the case names.
    """

    case: dict[str, Any]
    facts: dict[str, str]
    tests: tuple[Test, ...]
    holding: frozenset[str]
    expected: frozenset[str]


@dataclass
class Jury:
    """Judges the mutants of one base."""

    base: KnowledgeBase
    conversation: Conversation
    boundaries: dict[str, Boundary]
    ordinary: dict[str, str]
    judges: tuple[str, ...] = JUDGES
    _replayed: list[Replayed] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the cases."""
        answered = [c for c in test_published.CASES if "not_covered_because" not in c]
        self._replayed.extend(self._read(c, _LEGAL) for c in _cases())
        self._replayed.extend(self._read(c, _PUBLISHED) for c in answered)

    def _read(self, case: dict[str, Any], tests: tuple[Test, ...]) -> Replayed:
        given = {**dict(self.conversation.flows[case["flow"]].sets), **case["facts"]}
        on = date.fromisoformat(case["on"])
        completed, _ = assume_unknown(self.base, given, on)
        weighing = weigh(law_of(self.base, on), completed)
        holding = frozenset(i for i, w in weighing.norms.items() if w.dated.norm.establishes and w.applies)
        expected = frozenset(case.get("articles") or case["published"]["articles"])
        return Replayed(case, dict(weighing.facts), tests, holding, expected)

    def judged(self, mutant: Mutant) -> tuple[str | None, str | None]:
        """Return the first judge that catches `mutant`, or the proof that it says the same law, or neither."""
        judge = self._first(mutant, [j for j in self.judges if j in QUICK])
        equal = None if judge else proof(self.base, mutant, self.ordinary)
        if judge is None and equal is None:
            judge = self._first(mutant, [j for j in self.judges if j not in QUICK])
        return judge, equal

    def _first(self, mutant: Mutant, judges: Iterable[str]) -> str | None:
        base = mutant.applied(self.base)
        asked = {
            "loader": lambda: any(self._refused(base, mutant)),
            "cases": lambda: any(self._failed(base, mutant)),
            "boundaries": lambda: any(self.boundaries[mutant.norm].differences(base)),
            "properties": lambda: broken(base, mutant.norm, self.boundaries[mutant.norm]),
            "clashes": lambda: mutant.kind not in _WORDS and any(conflicts(base)),
        }
        for judge in judges:
            try:
                if asked[judge]():
                    return judge
            except _CRASHES:
                return judge
        return None

    def _refused(self, base: KnowledgeBase, mutant: Mutant) -> Iterator[bool]:
        changed = [mutant.mutated] if mutant.mutated is not None else []
        naming = [n for n in base.norms.values() if mutant.mutated is None and mutant.norm in n.beats]
        for norm in (*changed, *naming):
            yield any(check_norm(base, norm, YamlFile(f"norms/{norm.id}.yaml", None)))

    def _failed(self, base: KnowledgeBase, mutant: Mutant) -> Iterator[bool]:
        if mutant.kind in _UNSEEN:
            return
        named_first = sorted(self._replayed, key=lambda r: r.case.get("governing") != mutant.norm)
        for replayed in named_first:
            if not self._touches(replayed, mutant):
                continue
            for test in replayed.tests:
                try:
                    test(replayed.case, base, self.conversation)
                except AssertionError:
                    yield True

    def _touches(self, replayed: Replayed, mutant: Mutant) -> bool:
        before = holds(_applies(self.base.norms[mutant.norm]), replayed.facts)
        after = before if mutant.mutated is None else holds(_applies(mutant.mutated), replayed.facts)
        if mutant.kind.startswith("when:") and before is not None:
            return before is not after and not self._idle(replayed, self.base.norms[mutant.norm])
        if mutant.kind.startswith("item") and before is after:
            return before is not False and replayed.facts.get("information") == mutant.where.split(" ", 1)[0]
        return before is not False or after is not False

    def _idle(self, replayed: Replayed, norm: Norm) -> bool:
        """Tell whether `norm` only establishes what another does in this case, on articles that it does not expect."""
        fact, cited = norm.establishes, {c.article for c in norm.cites}
        others = (i for i in replayed.holding - {norm.id} if self.base.norms[i].establishes == fact)
        return fact is not None and any(others) and replayed.expected.isdisjoint(cited)


def _applies(norm: Norm) -> Condition:
    covers = covered(norm)
    return norm.when if covers is None else All((norm.when, covers))


def _cases() -> Iterator[dict[str, Any]]:
    for path in sorted((Path(__file__).parents[1] / "cases").glob("*.yaml")):
        cases: Any = parse(path.name, path.read_text(encoding="utf-8")).data
        yield from cases


def _answers_as_expected(case: dict[str, Any], base: KnowledgeBase, conversation: Conversation) -> None:
    """Compare as `motus test` does."""
    named = (tuple(case.get(key, ())) for key in ("articles", "findings", "warns"))
    expected = Expected(Outcome(case["outcome"]), case.get("governing"), *named)
    assert not list(compare(expected, advice_of(case, base, conversation)))


_LEGAL: tuple[Test, ...] = (_answers_as_expected,)
_PUBLISHED: tuple[Test, ...] = (
    test_published.test_the_outcome_is_the_published_one,
    test_published.test_the_articles_are_the_published_ones,
    test_published.test_what_is_published_as_forbidden_is_never_opened,
)

__all__ = ["JUDGES", "Jury"]


def read_survivors() -> dict[str, str]:
    """Return the mutants that are known to survive every judge, each with its reason."""
    file = Path(__file__).with_name("survivors.yaml")
    data = parse(file.name, file.read_text(encoding="utf-8")).data
    return {key: str(value) for key, value in data.items()} if isinstance(data, dict) else {}
