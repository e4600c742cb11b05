"""The answers to a question as buttons list them: made once, since they are the same for everyone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.words.choices import Group, groups_of
from flows import UNKNOWN_LABEL
from knowledge import INCONNU, Fact
from knowledge.model.typography import french

LONGEST = 40
"""A question with more answers than this is shown group by group: the list would not fit on two screens."""


@dataclass(frozen=True, slots=True)
class Listing:
    """
    The answers to a question, by page: all of them, or the list of the groups and then each group.

    `values` and `labels` go together, « je ne sais pas » among them; `names` are those of the groups, to list first.
    """

    groups: tuple[Group, ...]
    grouped: bool
    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]

    def page(self, asked: int) -> int:
        """Return the page asked where there is one, else the first."""
        return asked if self.grouped and asked < len(self.values) else 0


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
    return len(fact.values) > LONGEST


def _listing(fact: Fact) -> Listing:
    groups = groups_of(fact)
    by_group = [g.choices for g in groups]
    rows = [(), *by_group] if grouped(fact) else [tuple(c for choices in by_group for c in choices)]
    unknown = (INCONNU,) if fact.find_out is not None else ()
    return Listing(
        groups=groups,
        grouped=grouped(fact),
        names=tuple(french(g.name or "Autres réponses") for g in groups),
        values=tuple((*(c.id for c in choices), *unknown) for choices in rows),
        labels=tuple((*(french(c.label) for c in choices), *(UNKNOWN_LABEL for _ in unknown)) for choices in rows),
    )
