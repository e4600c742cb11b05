"""An advice as text: the same words whether it was asked or answered from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.app import App
from bot.words.advice_json import AdviceJson, Cited, Found, Step
from bot.words.french import MATTERS, day
from bot.words.plan import plan_of
from bot.words.templating import Render
from knowledge import Effect, holds
from knowledge.model import Outcome
from knowledge.model.advice import NormState
from knowledge.model.typography import french

STYLES = {
    Outcome.FORBIDDEN: "red",
    Outcome.BOUND: "red",
    Outcome.DEPENDS: "amber",
    Outcome.MAY_DECLINE: "amber",
    Outcome.DEBATED: "amber",
    Outcome.CONDITIONAL: "amber",
    Outcome.PERMITTED: "green",
    Outcome.NOT_COVERED: "blue",
    Outcome.NOT_BOUND: "blue",
    Outcome.OBLIGED: "green",
}


def verdict_text(
    app: App, advice: AdviceJson, render: Render, *, detail: bool = True, today: date | None = None
) -> str:
    """
    Return the screen of a verdict; without its `detail`, only down to the text that decides.

    A day after `today` is said to be one, and so is a day older than every text of the base.
    """
    texts = _texts(advice.articles)
    return render(
        "verdict",
        a=advice,
        flow=app.flows[advice.flow],
        answered=answered(advice),
        day_note=day_note(app, advice.on, today),
        style=STYLES[advice.outcome],
        texts=texts if detail else texts[:1],
        passages={(c.id, c.point): _passage(app, c) for c in advice.articles},
        surely_bound=advice.derived.get("bound") == "oui",
        unsure=_unvouched(advice) if detail else None,
        points=[(_point(app, f, len({x.matter for x in advice.findings}) > 1), f.title) for f in advice.findings],
        opens=any(_personal(app, i.category) for i in (*advice.minimum.share, *advice.minimum.if_needed)),
        missing=[q.question for q in advice.assumed_unknown],
        plan=plan_of(app, advice.protection),
    )


def day_note(app: App, on: date, today: date | None) -> str | None:
    """Say that a day has not come yet, or that no text of the base is so old."""
    if today is not None and on > today:
        return french("Ce jour n'est pas encore venu : voici le droit connu aujourd'hui, qui peut changer d'ici là.")
    if all(v.start > on for a in app.base.articles.values() for v in a.versions):
        return french("Aucun texte du recueil n'est aussi ancien : ce jour-là, rien de sûr ne peut être dit.")
    return None


def answered(advice: AdviceJson) -> str:
    """Say the answer in a few words."""
    return advice.outcome_label


def why_text(app: App, advice: AdviceJson, render: Render) -> str:
    """Return the trace in plain words: each rule that counted, and those that could have with other answers."""
    settled = {f: v for f, v in advice.facts.items() if not app.base.facts[f].changeable} | advice.derived
    telling = [s for s in advice.trace if _telling(app, advice, s, settled)]
    groups = {state: [s for s in telling if s.state is state] for state in NormState}
    return render("why", a=advice, groups={state: steps for state, steps in groups.items() if steps})


def _telling(app: App, advice: AdviceJson, step: Step, settled: Mapping[str, str]) -> bool:
    """
    Leave out what no one would ask about: the rules of other trades, and who else may be bound once one is.

    `settled` are the facts that nobody can change.
    """
    norm = app.base.norms[step.norm]
    if step.state not in (NormState.NOT_MET, NormState.UNCERTAIN):
        return True
    if step.effect is Effect.ESTABLISHES and (norm.establishes != "bound" or advice.derived.get("bound") == "oui"):
        return False
    if step.state is NormState.UNCERTAIN:
        return True
    return holds(norm.when, settled) is not False


def _point(app: App, found: Found, several: bool) -> str:
    """Say a finding in two or three words: an answer, or a condition that is met or not."""
    if app.base.norms[found.norm].effect is Effect.REQUIRES:
        return "Rempli" if found.outcome is Outcome.PERMITTED else "Reste à faire ou à vérifier"
    return f"{MATTERS[found.matter]} — {found.outcome_label}" if several else found.outcome_label


def _personal(app: App, category: str) -> bool:
    """Tell whether a category says something of a person: only those have a reason to be kept."""
    value = app.base.facts["information"].value(category)
    return value is not None and value.keep is not None


def _texts(articles: Iterable[Cited]) -> list[tuple[str, list[tuple[str | None, list[Cited]]]]]:
    """Set apart the first text that decides, for the top of the screen; then the others, by what they do."""
    by_role = {role: [a for a in articles if a.role is role] for role in NormState}
    first, also = by_role[NormState.GOVERNS][:1], by_role[NormState.GOVERNS][1:]
    others: list[tuple[str | None, list[Cited]]] = [
        ("Ce qui décide aussi", also),
        ("Ce qui permettrait de transmettre autre chose", by_role[NormState.LIMITS]),
        ("Ce qui s'applique aussi", _merged(by_role[NormState.APPLIES])),
    ]
    return [
        ("LE TEXTE QUI DÉCIDE", [(None, first)] if first else []),
        ("LES AUTRES TEXTES", [(name, cited) for name, cited in others if cited]),
    ]


def _merged(articles: list[Cited]) -> list[Cited]:
    """Show an article once, with all its points, and the articles of a code together: its address is shown once."""
    points: dict[str, list[str]] = {}
    for a in articles:
        points.setdefault(a.id, []).extend([a.point] if a.point else [])
    first = {a.id: a for a in reversed(articles)}
    codes = list(dict.fromkeys((a.code, a.address) for a in articles))
    together = sorted(points, key=lambda i: codes.index((first[i].code, first[i].address)))
    return [replace(first[i], point=" et ".join(points[i]) or None) for i in together]


def _passage(app: App, cited: Cited) -> str | None:
    cites = app.base.norms[cited.norm].cites
    return next((c.passage for c in cites if c.article == cited.id and c.point == cited.point), None)


def _unvouched(advice: AdviceJson) -> str | None:
    """Say in one line which texts were last read before the day asked."""
    late = {(a.name, a.checked_as_of) for a in advice.articles if not a.vouched and a.version_start}
    days: dict[str, list[str]] = {}
    for name, checked in sorted(late, key=lambda pair: (str(pair[1]), pair[0])):
        days.setdefault(f"relu au {day(checked)}" if checked else "jour de relecture inconnu", []).append(name)
    if not days:
        return None
    return french(" ; ".join(f"{', '.join(names)} : {when}" for when, names in days.items()))
