"""What was missed and why, in French, beside the answer of the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.words.advice_json import AdviceJson, Piece
from bot.words.grammar import cut
from flows.training.grading import Mark
from flows.training.quiz import Part, Question, Quiz
from knowledge.model import Matter
from knowledge.model.typography import french

TITLES: Mapping[Part, str] = {
    Part.OUTCOME: "La réponse",
    Part.ARTICLE: "L'article",
    Part.MINIMUM: "Le minimum",
    Part.FIRST: "Ce qu'on fait d'abord",
}
"""The name of each part."""
_HOW: Mapping[Part, str] = {
    Part.OUTCOME: "Que dit la loi ? Un nombre.",
    Part.ARTICLE: "Quel article décide ? Un nombre.",
    Part.MINIMUM: "Qu'est-ce qui peut partir ? Des nombres, ou 0 si rien ne part. Le reste se tait.",
    Part.FIRST: "Que fait-on d'abord, ou sous quelle forme ? Un nombre.",
}
_WRITING = "Qu'est-ce qui peut s'écrire ? Des nombres, ou 0 si rien ne s'écrit."
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One part, marked, as a person reads it."""

    title: str
    full: bool
    said: str
    why: tuple[str, ...]


def how(quiz: Quiz, part: Part) -> str:
    """Say what a part asks, and how to answer: of an information, whether it may go, or be written."""
    return _WRITING if part is Part.MINIMUM and writes(quiz) else _HOW[part]


def writes(quiz: Quiz) -> bool:
    """Tell whether the decision is about writing, not about telling."""
    return quiz.model.advice.matter is Matter.RECORDING


def told(quiz: Quiz, question: Question, mark: Mark, advice: AdviceJson) -> Told:
    """Say how a part went; what was missed or wrong is said with its reason."""
    labels = {o.id: o.label for o in question.options}
    if question.part is Part.MINIMUM:
        said = f"{mark.right} informations bien triées sur {mark.of}."
        why = tuple(_sorting(quiz, mark, labels, advice))
    else:
        said = f"il fallait « {labels[next(iter(question.right))].rstrip('.')} »."
        why = tuple(_why(quiz, question.part, advice))
    return Told(TITLES[question.part], mark.full, french(said), tuple(french(cut(line, _LONGEST)) for line in why))


def _why(quiz: Quiz, part: Part, advice: AdviceJson) -> Iterator[str]:
    if part is Part.OUTCOME:
        yield advice.governing.title
    elif part is Part.ARTICLE:
        cited = next((c for c in advice.articles if c.id == quiz.decision.expected.article), None)
        if cited is not None and cited.excerpt:
            yield f"« {cited.excerpt} »"


def _sorting(quiz: Quiz, mark: Mark, labels: Mapping[str, str], advice: AdviceJson) -> Iterator[str]:
    offered = (advice.minimum, *((advice.instead,) if advice.instead is not None else ()))
    goes = {p.category: p for least in offered for p in (*least.share, *least.if_needed)}
    keep = {p.category: p for p in advice.minimum.keep}
    may, may_not = ("peut s'écrire", "ne s'écrit pas") if writes(quiz) else ("peut partir", "reste")
    for category in mark.missed:
        yield f"{may} : {labels[category]}{_reason(goes.get(category))}"
    for category in mark.wrong:
        yield f"{may_not} : {labels[category]}{_reason(keep.get(category))}"


def _reason(piece: Piece | None) -> str:
    return f". {piece.reason}" if piece is not None and piece.reason else ""
