"""
The card: the answer on one phone screen.

The sentence first, then what this situation asks for: the duty, what to say, what goes and what stays, why, on which
article. Each part takes its place while there is room; the whole is one tap away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from typing import Any

from bot.app import App
from bot.words.advice_json import AdviceJson, Parting, Piece, Protecting
from bot.words.grammar import capital, cut, inner, to
from bot.words.sentence import sentence, who_of
from bot.words.templating import Render
from bot.words.verdict import STYLES, day_note
from knowledge import INCONNU, Fact
from knowledge.answering import facts_in
from knowledge.model import Matter, Outcome, Status
from knowledge.model.advice import NormState
from knowledge.model.typography import french

ROOM = 600
"""Characters of a card."""
HEIGHT = 20
"""
Lines of a card: with four rows of buttons they hold within 610 px of a phone 360 px wide, twenty pixels a line.
"""
WIDTH = 35
"""Characters of a line there, as measured: bold words are wider."""
_LINES = 3
_LINE = 100
_LIMIT = 170
"""Characters of a line with its limit: a limit is said whole, or the line is left out."""


@dataclass(frozen=True, slots=True)
class Card:
    """
    What one screen says, in the order shown; a part that has nothing to say is empty.

    `situation` is the case in her words, `duty` what must be done whoever she speaks to, `forks` where it depends,
    `conditions` what must be so, `do` what comes first, `say` the words that she may use, `goes` and `stays` with the
    limit of each, `why` the rule and its article, `fresh` when that text was last read.
    """

    situation: str
    answer: str
    duty: str = ""
    forks: tuple[str, ...] = ()
    find_out: str = ""
    conditions: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    say: str = ""
    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    why: str = ""
    fresh: str = ""
    writing: bool = False

    @property
    def size(self) -> int:
        """Characters that a person reads."""
        return sum(len(text) for text, _ in self._parts())

    @property
    def height(self) -> int:
        """Lines that it takes on a phone, headings and blank lines among them."""
        return sum(len(wrap(text, WIDTH)) + above for text, above in self._parts() if text)

    def _parts(self) -> Iterator[tuple[str, int]]:
        """Yield each text with the lines above it: a heading, a blank line."""
        for text in (self.situation, self.answer, self.duty, *self.forks):
            yield text, 0
        yield (f"Pour le savoir : {self.find_out}" if self.find_out else ""), 0
        for part, above in ((self.conditions, 2), (self.do, 2), ((self.say,), 3), (self.goes, 2), (self.stays, 1)):
            for i, text in enumerate(part):
                yield text, 0 if i else above
        yield self.why, 1
        yield self.fresh, 0


def card_of(app: App, advice: AdviceJson) -> Card:
    """Make the card of an answer from the law, whose values carry the small forms, and the answer."""
    facts = advice.facts
    forks = advice.forks if advice.outcome is Outcome.DEPENDS else ()
    order = [s.asks for s in app.flows[advice.flow].states]
    hinges = [f.fact for f in forks] or [f for f in order if facts.get(f) == INCONNU][:2]
    card = Card(
        situation=situation(app, facts),
        answer=_headline(app, advice) or sentence(app.base, facts, advice.matter, advice.outcome, hinges),
        duty=_duty(app, advice),
        why=_why(advice),
        writing=advice.matter is Matter.RECORDING,
    )
    return _filled(app, card, advice)


def card_text(app: App, advice: AdviceJson, render: Render, today: date | None = None) -> str:
    """Return the screen of a card."""
    note = day_note(app, advice.on, today)
    return render("card", c=card_of(app, advice), style=STYLES[advice.outcome], day_note=note)


def situation(app: App, facts: Mapping[str, str]) -> str:
    """Say in one line who would say what to whom."""
    shown = {f: _short(app.base.facts[f], v) for f, v in facts.items() if v not in (INCONNU, "aucun")}
    about = "information" if facts.get("information") != "ensemble" else "subject"
    left = [shown[f] for f in ("profession", "service") if f in shown]
    right = [shown[f] for f in ("recipient", "support", about, "danger", "request") if f in shown]
    said = " · ".join(left) + (" → " if left and right else "") + " · ".join(right)
    return french(cut(said, 2 * WIDTH))


def _short(fact: Fact, value_id: str) -> str:
    value = fact.value(value_id)
    return value_id if value is None else value.short or value.label


def _headline(app: App, advice: AdviceJson) -> str | None:
    if advice.outcome is Outcome.DEPENDS:
        return None
    norm = app.base.norms[advice.governing.id]
    return norm.headline


def _duty(app: App, advice: AdviceJson) -> str:
    """
    Say who must be told of a danger, whoever she speaks to; where nobody must and this door is closed, who may.

    A text that orders is said once, by the first whom it names.
    """
    told = advice.facts.get("recipient")
    others = [p for p in advice.protection if p.recipient != told]
    ordered = {p.governing.id: p for p in reversed(others) if p.outcome is Outcome.OBLIGED}
    same = {p.governing.id for p in advice.protection if p.recipient == told and p.outcome is Outcome.OBLIGED}
    duties = [p for p in others if ordered.get(p.governing.id) is p and p.governing.id not in same]
    if duties:
        first = duties[0]
        when = " sans délai" if first.at_once else ""
        must = "Vous devez aussi" if advice.outcome is Outcome.OBLIGED else "Vous devez"
        enough = advice.outcome in (Outcome.OBLIGED, Outcome.FORBIDDEN)
        instead = "" if enough else f" Cela ne suffit pas d'en parler {to(_who(app, told))}."
        return french(f"{must} alerter{when} {_who(app, first.recipient)}{_on(first)}.{instead}")
    if advice.outcome in (Outcome.FORBIDDEN, Outcome.DEPENDS) and others:
        named = " ou ".join(_who(app, p.recipient) for p in others[:2])
        return french(f"La porte ouverte : vous pouvez alerter {named}{_on(others[0])}.")
    return ""


def _on(protecting: Protecting) -> str:
    return f" ({protecting.articles[0]})" if protecting.articles else ""


def _who(app: App, recipient: str | None) -> str:
    fact = app.base.facts.get("recipient")
    value = fact.value(recipient or "") if fact is not None else None
    return who_of(value) if value is not None else "quelqu'un d'autre"


def _filled(app: App, card: Card, advice: AdviceJson) -> Card:
    """Add the parts that there is room for, the most useful first: what goes where one may speak, else what to do."""
    for name, value in _wanted(app, advice):
        for tried in _shorter(value):
            change: dict[str, Any] = {name: tried}
            grown = replace(card, **change)
            if grown.height <= HEIGHT and grown.size <= ROOM:
                card = grown
                break
    return card


def _steps(app: App, advice: AdviceJson) -> list[str]:
    """
    Return the first steps that this answer calls for.

    Where one may not speak, how a file is kept is beside the point: what remains is about this recipient, this request,
    this danger.
    """
    if advice.outcome is not Outcome.FORBIDDEN:
        return list(advice.first)
    about = [n.first for n in app.base.norms.values() if n.first and _CLOSE & set(facts_in(n.when))]
    own = app.base.norms[advice.governing.id].first
    return [step for step in advice.first if step in own or any(step in first for first in about)]


_NOTHING = Fact("information", 0, "", "", ())
"""The question of a law that asks none about the information."""
_CLOSE = frozenset({"recipient", "request", "danger"})


def _wanted(app: App, advice: AdviceJson) -> Iterator[tuple[str, tuple[str, ...] | str]]:
    information = app.base.facts.get("information") or _NOTHING
    say = ("say", advice.phrases[0] if advice.phrases else "")
    steps = _steps(app, advice)
    first, all_first = (("do", tuple(cut(t, 120) for t in steps[:n])) for n in (1, _LINES))
    goes, stays = ("goes", _goes(information, advice)), ("stays", _stays(information, advice))
    if advice.forks:
        yield "forks", _forks(app.base.facts[advice.forks[0].fact], advice.forks[0])
        yield "find_out", french(cut(advice.forks[0].find_out, 130))
    speaks = advice.outcome in (Outcome.OBLIGED, Outcome.PERMITTED, Outcome.CONDITIONAL)
    if advice.outcome is Outcome.CONDITIONAL:
        yield "conditions", tuple(c.text for c in advice.conditions if c.status is not Status.MET)[:_LINES]
    yield from (goes, stays, first, say) if speaks else (first, say, stays, goes)
    yield all_first
    yield "fresh", f"{advice.fresh}." if advice.fresh else ""


def _shorter(value: tuple[str, ...] | str) -> Iterable[tuple[str, ...] | str]:
    """Yield a part whole, then with fewer lines; a text stays whole or is left out."""
    yield value
    if isinstance(value, tuple):
        for many in range(len(value) - 1, 0, -1):
            yield value[:many]


def _forks(fact: Fact, fork: Parting) -> tuple[str, ...]:
    """Say which values lead where, two by name and how many others."""
    lines = []
    for branch in fork.branches[:_LINES]:
        first, *more_named = [_short(fact, v) for v in branch.values[:2]]
        named, others = [first, *map(inner, more_named)], len(branch.values) - 2
        more = "un autre cas" if others == 1 else f"{others} autres cas"
        lead = " ou ".join(named) if others < 1 else f"{', '.join(named)} ou {more}"
        lines.append(french(f"{capital(lead)} → {branch.outcome_label.lower().rstrip('…')}"))
    return tuple(lines)


def _goes(information: Fact, advice: AdviceJson) -> tuple[str, ...]:
    """
    Say what goes, what she asked about first, each with its limit.

    What names nobody may always be said: it is no answer to who asked for something else.
    """
    asked = advice.facts.get("information")
    pieces = (*advice.minimum.share, *advice.minimum.if_needed)
    told = [p for p in pieces if p.category in (asked, *(v.id for v in information.values if v.keep is not None))]
    lines = [_piece(information, p, limit=True) for p in sorted(told, key=lambda p: p.category != asked)]
    return tuple([line for line in lines if len(line) <= _LIMIT][:_LINES])


def _stays(information: Fact, advice: AdviceJson) -> tuple[str, ...]:
    """Say what stays: what she asked about, and why it stays; then what the norm itself names."""
    asked = advice.facts.get("information")
    own = [p for p in advice.minimum.keep if p.category == asked]
    kept = [p for p in advice.minimum.keep if p.specific and p.category != asked]
    return (
        *(_piece(information, p, limit=True) for p in own),
        *(_piece(information, p, limit=False) for p in kept[: _LINES - len(own)]),
    )


def _piece(information: Fact, piece: Piece, *, limit: bool) -> str:
    """Name what goes or stays, with its limit, whole: cut, it could say the contrary."""
    label = _short(information, piece.category)
    return french(f"{label} : {piece.reason[:1].lower() + piece.reason[1:]}" if limit else label)


def _why(advice: AdviceJson) -> str:
    """Say the rule and its text; where it depends, the text of the answer that most of the cases lead to."""
    cited = next((a for a in advice.articles if a.role is NormState.GOVERNS), None)
    code = f"{cited.code}, article {cited.number}" if cited is not None else ""
    article = cited.name if cited is not None and len(code) > _LINE // 2 else code
    rule = advice.governing.title
    if advice.outcome is Outcome.DEPENDS:
        rule = "Le texte en jeu"
        if advice.forks:
            common = max(advice.forks[0].branches, key=lambda b: len(b.values))
            article = common.articles[0] if common.articles else article
    said = f"{rule} ({article})" if article else rule
    return french(f"{said}. Droit du {advice.on:%d/%m/%Y}.")
