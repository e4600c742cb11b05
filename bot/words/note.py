"""The note to print: what was asked, what the law answers, and blanks for every name and every decision."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.words.advice_json import AdviceJson, Cited, Least
from bot.words.french import STATUSES, day, span
from bot.words.templating import clip
from bot.words.verdict import answered
from flows import Flow, SummaryLine
from knowledge.model.advice import NormState
from knowledge.model.typography import french

_SHEET = Path(__file__).parent / "templates" / "note.typ"
_RULE = "_" * 40
BLANKS = ("Date et lieu", "Service", "Professionnel", "Personne concernée")
DECISIONS = ("Ce que je décide", "Ce que je transmets, à qui", "Personne prévenue le", "Vu avec", "Signature")


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A note to print: titled lists of lines, the same on paper and in a text file.

    `mark` is what stands before each line; `blanks` are what the worker fills in by hand.
    """

    title: str
    about: str
    blanks: tuple[str, ...]
    parts: tuple[Part, ...]
    decisions: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One titled list of a note."""

    title: str
    lines: tuple[str, ...]
    mark: str = "–"


def paper(advice: AdviceJson, given: Iterable[SummaryLine], flow: Flow) -> Paper:
    """
    Return the note of an answer.

    Args:
        advice: the answer.
        given: the answers given.
        flow: the flow that asked.

    """
    boxes = [f"{c.text} ({STATUSES[c.status]})" for c in advice.conditions]
    parts = [
        Part("La situation", tuple(f"{line.label} : {line.value_label}" for line in given)),
        Part("La réponse", (f"{answered(advice)} — {advice.governing.title}", *_some(advice.explanation))),
        Part("Les textes", tuple(_cited(c) for c in advice.articles if c.role is NormState.GOVERNS)),
        *_minimum(advice.minimum, writing=advice.matter == "recording"),
        Part("À faire d'abord", advice.first, "☐"),
        Part("Les conditions", tuple(boxes), "☐"),
        Part("Les formes", advice.formalities, "☐"),
        Part("À noter à la main", advice.record, "☐"),
        Part("Ce qui n'est pas sûr", advice.doubt),
    ]
    foot = ["Motus est un outil d'orientation : il ne remplace ni un avocat, ni votre encadrement, ni Légifrance."]
    if advice.token is not None:
        foot.append(f"La même réponse, sans réseau : motus ask --token {advice.token}")
    return Paper(
        title="Note sur le secret professionnel",
        about=french(f"{flow.title} Droit du {day(advice.on)}."),
        blanks=BLANKS,
        parts=tuple(Part(french(p.title), tuple(map(french, p.lines)), p.mark) for p in parts if p.lines),
        decisions=DECISIONS,
        foot=tuple(map(french, foot)),
    )


def text(note: Paper) -> str:
    """Return the note as plain text."""
    lines = [note.title.upper(), note.about, ""]
    lines += [french(f"{blank} : {_RULE}") for blank in note.blanks]
    for part in note.parts:
        lines += ["", part.title.upper(), *(f"{part.mark} {line}" for line in part.lines)]
    lines += ["", *(french(f"{blank} : {_RULE}") for blank in note.decisions), "", *note.foot]
    return "\n".join(lines) + "\n"


def pdf(note: Paper) -> bytes:
    """Return the note as a tagged PDF. It takes tens of milliseconds: not for the event loop."""
    import typst

    data = {
        "title": note.title,
        "about": note.about,
        "blanks": note.blanks,
        "parts": [{"title": p.title, "mark": p.mark, "lines": p.lines} for p in note.parts],
        "decisions": note.decisions,
        "foot": note.foot,
    }
    made = typst.compile(
        _source(), format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs={"note": json.dumps(data)}
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _SHEET.read_bytes()


def _some(line: str | None) -> tuple[str, ...]:
    return (line,) if line else ()


def _cited(c: Cited) -> str:
    point = f", {c.point}" if c.point else ""
    quoted = c.excerpt is not None and c.certainty != "reconstructed"
    said = f" : « {clip(c.excerpt or '', None)} »" if quoted else ""
    return f"{c.code}, article {c.number}{point}, {span(c.version_start, c.version_end)}{said}"


def _minimum(least: Least, *, writing: bool) -> list[Part]:
    kept = [f"{i.label}. {i.reason}" for i in least.keep if i.specific]
    rest = ["tout le reste."] if any(not i.specific for i in least.keep) else []
    return [
        Part("À écrire" if writing else "À transmettre", tuple(f"{i.label}. {i.reason}" for i in least.share), "+"),
        Part("Seulement si c'est nécessaire", tuple(f"{i.label}. {i.reason}" for i in least.if_needed), "?"),
        Part(
            "À ne pas écrire" if writing else "À garder",
            (*kept, *rest),
            "×",
        ),
    ]
