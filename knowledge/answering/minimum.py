"""The minimum of an advice: what may go in every completion, and what is kept."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.answering.outcomes import OPEN, Reply
from knowledge.model import Effect, Item, KnowledgeBase, Matter, Minimum, Norm, Outcome
from knowledge.model.typography import french

_NOTHING = {
    Matter.DISCLOSURE: "Rien de nominatif ne part.",
    Matter.RECORDING: "Rien ne s'écrit.",
    Matter.STATUS: "Par défaut, rien de nominatif ne part.",
}
_MEANWHILE = "Ce qui vaut quelle que soit la réponse qui manque."


def needed_item(norm: Norm, category: str | None) -> Item | None:
    """Return the item of this information that a norm lets go only if it is needed, or None."""
    if norm.minimum is None or norm.effect not in (Effect.PERMITS, Effect.OBLIGES):
        return None
    return next((i for i in norm.minimum.if_needed if i.category == category), None)


def common_ground(base: KnowledgeBase, replies: Iterable[Reply], whole: Reply) -> Minimum:
    """
    Return what may go whatever the completion, and what is kept: every category, with its reason.

    Where one completion closes the way, nothing goes until more is known.

    Args:
        base: the law.
        replies: the answer of each completion.
        whole: what they come to.

    """
    shown = base.norms[whole.norm]
    told = sorted(set(replies), key=lambda r: (r.norm == whole.norm, r.norm, r.outcome))
    alone = {r.norm for r in told} == {whole.norm} and whole.outcome is not Outcome.DEPENDS
    if alone:
        return _complete(base, shown.minimum or Minimum(french(_NOTHING[shown.matter])))
    given = [_open(base.norms[r.norm], r.outcome) for r in told]
    reached = [{i.category for i in (*m.share, *m.if_needed)} for m in given]
    goes = set.intersection(*reached)
    surely = {c for c in goes if all(any(i.category == c for i in m.share) for m in given)}
    items = {i.category: i for m in given for i in (*m.if_needed, *m.share)}
    kept = {i.category: i for m in given for i in m.keep}
    return _complete(
        base,
        Minimum(
            french(_MEANWHILE if goes else _NOTHING[shown.matter]),
            tuple(items[c] for c in items if c in surely),
            tuple(items[c] for c in items if c in goes - surely),
            tuple(kept[c] for c in kept if c not in goes),
        ),
    )


def _open(norm: Norm, outcome: Outcome) -> Minimum:
    """Return the minimum of a norm, empty where its answer closes the way."""
    given = norm.minimum or Minimum("")
    return given if outcome in OPEN else Minimum("", keep=given.keep)


def _complete(base: KnowledgeBase, given: Minimum) -> Minimum:
    """List every category: what is neither shared nor shared if needed is kept, with its reason."""
    listed = {i.category for i in (*given.share, *given.if_needed, *given.keep)}
    rest = tuple(
        Item(v.id, v.keep) for v in base.facts["information"].values if v.keep is not None and v.id not in listed
    )
    return Minimum(given.purpose, given.share, given.if_needed, given.keep + rest)
