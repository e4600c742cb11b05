"""The answers to a question as buttons list them: made once, since they are the same for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from bot.words.choices import Choice, Group, groups_of
from flows import UNKNOWN_LABEL
from knowledge import INCONNU, Fact
from knowledge.model.typography import french

LONGEST = 8
"""A screen shows no more answers than this: a longer list is asked by group, and what is longer in several screens."""


@dataclass(frozen=True, slots=True)
class Listing:
    """
    The answers to a question, by page: all of them, or the list of the groups and then each group, in as many pages.

    `values` and `labels` go together, « je ne sais pas » among them; `names` are those of the groups, `first` the page
    on which each begins; `following` is the page that goes on with the same group, 0 where it ends.
    """

    groups: tuple[Group, ...]
    grouped: bool
    names: tuple[str, ...]
    first: tuple[int, ...]
    following: tuple[int, ...]
    values: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]

    def page(self, asked: int) -> int:
        """Return the page asked where there is one, else the first."""
        return asked if asked < len(self.values) else 0

    def label(self, value: str) -> str:
        """Return the words of an answer, on whatever page it is."""
        rows = zip(self.values, self.labels, strict=True)
        return next(labels[values.index(value)] for values, labels in rows if value in values)

    def name(self, page: int) -> str | None:
        """Return the group that a page is of; None where there is none."""
        begun = [name for name, first in zip(self.names, self.first, strict=False) if first <= page]
        return begun[-1] if begun else None


class Listings:
    """The lists made so far, by flow and question."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Listing] = {}

    def of(self, flow: str, fact: Fact) -> Listing:
        """Return the list of a question, in the words of a flow."""
        found = self._made.get((flow, fact.id))
        if found is None:
            found = self._made[flow, fact.id] = _listing(fact)
        return found

    def forget(self) -> None:
        """Forget them: which were made says which questions were asked."""
        self._made.clear()


def grouped(fact: Fact) -> bool:
    """Tell whether a question is asked in two steps: the group, then the answer."""
    return len(fact.values) > LONGEST and len(groups_of(fact)) > 1


def _listing(fact: Fact) -> Listing:
    groups = groups_of(fact)
    by_group = [_screens(g.choices) for g in groups]
    if grouped(fact):
        first = tuple(accumulate((len(screens) for screens in by_group[:-1]), initial=1))
        rows = [(), *(screen for screens in by_group for screen in screens)]
    else:
        first, rows = (), _screens(tuple(c for g in groups for c in g.choices))
    ends = {len(rows), *first}
    following = tuple(0 if page + 1 in ends or (first and not page) else page + 1 for page in range(len(rows)))
    unknown = (INCONNU,) if fact.find_out is not None else ()
    return Listing(
        groups=groups,
        grouped=grouped(fact),
        names=tuple(french(g.name or "Autres réponses") for g in groups),
        first=first,
        following=following,
        values=tuple((*(c.id for c in choices), *unknown) for choices in rows),
        labels=tuple((*(french(c.short) for c in choices), *(UNKNOWN_LABEL for _ in unknown)) for choices in rows),
    )


def _screens(choices: tuple[Choice, ...]) -> list[tuple[Choice, ...]]:
    """Share out the answers of a group over as few screens as hold them, as evenly as can be."""
    screens = -(-len(choices) // LONGEST)
    size = -(-len(choices) // screens)
    return [choices[i : i + size] for i in range(0, len(choices), size)]
