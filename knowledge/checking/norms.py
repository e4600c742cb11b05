"""The norms: what they cite exists and says so, what they name is known, their keys go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.answering import SETTLES
from knowledge.model import ArticleVersion, Certainty, Cite, Effect, KnowledgeBase, Minimum, Norm
from knowledge.model.errors import Problem
from knowledge.reading import Path, YamlFile

_SOURCES = ("profession", "fonction", "mission", "etat")


def check_norm(base: KnowledgeBase, norm: Norm, file: YamlFile) -> Iterator[Problem]:
    """Yield what is wrong with the meaning of one norm; `file` gives the lines."""
    if not norm.cites:
        yield file.problem(("cites",), "une norme cite au moins un article")
    for i, cite in enumerate(norm.cites):
        yield from _cite(base, norm, cite, file, ("cites", i))
    yield from _named(base, norm, file)
    yield from _shape(base, norm, file)
    if norm.minimum is not None:
        yield from _categories(base, norm.minimum, file)


def _named(base: KnowledgeBase, norm: Norm, file: YamlFile) -> Iterator[Problem]:
    for key in ("exception_to", "prevails_over"):
        for i, target in enumerate(getattr(norm, key)):
            other = base.norms.get(target)
            if other is None:
                yield file.problem((key, i), f"norme inconnue « {target} » ; écrivez un chemin sous norms/, sans .yaml")
            elif other.matter is not norm.matter:
                yield file.problem((key, i), f"« {target} » est d'une autre matière : pas de contradiction possible")
            elif key == "prevails_over" and (norm.effect, other.effect) == (Effect.PERMITS, Effect.OBLIGES):
                said = f"« {target} » oblige : l'obligation l'emporte toujours sur une permission"
                yield file.problem((key, i), f"{said} ; retirez cette ligne, ou écrivez exception_to si elle l'écarte")


def _categories(base: KnowledgeBase, minimum: Minimum, file: YamlFile) -> Iterator[Problem]:
    known = {v.id for v in base.facts["information"].values} if "information" in base.facts else set()
    seen: set[str] = set()
    for key in ("share", "if_needed", "keep"):
        for i, item in enumerate(getattr(minimum, key)):
            path: Path = ("minimum", key, i)
            if item.category not in known:
                yield file.problem(
                    path, f"catégorie inconnue « {item.category} » ; prenez une valeur du fait information"
                )
            if item.category in seen:
                yield file.problem(path, f"« {item.category} » est déjà classée plus haut")
            seen.add(item.category)


def _shape(base: KnowledgeBase, norm: Norm, file: YamlFile) -> Iterator[Problem]:
    establishes = norm.effect is Effect.ESTABLISHES
    if establishes is not (norm.establishes is not None):
        yield file.problem(("effect",), "« establishes » va avec effect: establishes, et seulement avec lui")
    if norm.establishes is not None and norm.establishes not in base.derived:
        yield file.problem(
            ("establishes",), f"fait dérivé inconnu « {norm.establishes} » ; connus : {', '.join(base.derived)}"
        )
    if norm.establishes == "bound" and norm.source not in _SOURCES:
        yield file.problem(("source",), f"dites d'où vient le secret : {', '.join(_SOURCES)}")
    if (norm.effect is Effect.DEBATED) is not (norm.debate is not None):
        yield file.problem(("debate",), "« debate » va avec effect: debated, et seulement avec lui")
    if norm.beats and norm.effect not in SETTLES:
        yield file.problem(("effect",), "seule une norme qui répond peut en écarter une autre")
    if norm.effect in (Effect.REQUIRES,) and not norm.conditions:
        yield file.problem(("conditions",), "effect: requires ajoute au moins une condition")
    if norm.since is not None and norm.until is not None and norm.until <= norm.since:
        yield file.problem(("until",), f"la fin {norm.until} n'est pas après le début {norm.since}")


def _cite(base: KnowledgeBase, norm: Norm, cite: Cite, file: YamlFile, path: Path) -> Iterator[Problem]:
    article = base.articles.get(cite.article)
    if article is None:
        yield file.problem(path, f"article inconnu « {cite.article} » ; un chemin sous articles/, comme casf/L411-3")
        return
    alive = [v for v in article.versions if _overlap(norm, cite, v.start, v.end)]
    worded = [v for v in alive if v.text is not None]
    if article.versions and not worded and not any(v.certainty is Certainty.MISSING for v in alive):
        yield file.problem(path, f"« {cite.article} » n'est en vigueur à aucune des dates de la norme")
    for version in worded:
        if cite.passage is not None and version.quotable and not _quotes(version, cite.passage):
            said = f"le passage « {cite.passage} » n'est pas dans « {cite.article} », version du {version.start}"
            yield file.problem(path, said)


def _quotes(version: ArticleVersion, passage: str) -> bool:
    return version.text is not None and any(passage in paragraph for paragraph in version.text.split("\n"))


def _overlap(norm: Norm, cite: Cite, start: date, end: date | None) -> bool:
    starts = [d for d in (norm.since, cite.since, start) if d is not None]
    ends = [d for d in (norm.until, cite.until, end) if d is not None]
    return not ends or max(starts) < min(ends)
