"""
Meaning: what the schema cannot see.

Citations exist and say what is quoted, facts are known, norms know each other,
and no two norms can both answer with different effects and no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter

from knowledge.conflict import conflicts
from knowledge.dated import SETTLES
from knowledge.errors import Problem
from knowledge.model import Article, Cite, Effect, KnowledgeBase, Norm
from knowledge.yamlfile import Path, YamlFile

_SOURCES = ("profession", "fonction", "mission", "etat")


def check(base: KnowledgeBase, files: Mapping[str, YamlFile]) -> list[Problem]:
    """
    Return everything wrong with the meaning of the base.

    Args:
        base: the parsed base.
        files: the parsed files by name, for the lines.

    """
    problems: list[Problem] = []
    problems.extend(check_articles(base, files))
    for norm in base.norms.values():
        problems.extend(_norm(base, norm, files[f"norms/{norm.id}.yaml"]))
    if not problems:
        problems.extend(_cycles(base))
    if not problems:
        problems.extend(conflicts(base))
    return problems


def check_articles(base: KnowledgeBase, files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """Yield what is wrong with the articles: dates in order, no overlap, a text or a stated absence."""
    for article in base.articles.values():
        yield from _article(base, article, files.get(f"articles/{article.id}.yaml"))


def _article(base: KnowledgeBase, article: Article, file: YamlFile | None) -> Iterator[Problem]:
    if file is None:
        return
    if article.collection not in base.collections:
        yield file.problem((), f"recueil inconnu « {article.collection} » ; ajoutez-le à collections.yaml")
    if article.source_url is not None and not article.source_url.startswith("https://"):
        yield file.problem(("source_url",), "attend une adresse publique qui commence par https://")
    spans = [(v.start, v.end, ("versions", i)) for i, v in enumerate(article.versions)]
    gaps = [(g.start, g.end, ("gaps", i)) for i, g in enumerate(article.gaps)]
    ordered = sorted([*spans, *gaps], key=lambda s: s[0])
    for (start, end, place), following in zip(ordered, [*ordered[1:], None], strict=True):
        if end is not None and end <= start:
            yield file.problem(place, f"la fin {end} n'est pas après le début {start}")
        if following is not None and (end is None or end > following[0]):
            yield file.problem(following[2], f"recouvre la période qui commence le {start}")
    if [s[0] for s in spans] != sorted(s[0] for s in spans):
        yield file.problem(("versions",), "les versions ne sont pas dans l'ordre des dates")
    for i, version in enumerate(article.versions):
        path: Path = ("versions", i)
        absent = version.certainty.value == "missing" or version.status == "abrogé"
        if (version.text is None) is not absent:
            yield file.problem(path, "text est vide si, et seulement si, certainty vaut missing ou status vaut abrogé")
        if version.text is not None and not version.text.strip():
            yield file.problem(path, "texte vide ; écrivez null et certainty: missing")
        if version.text is not None and "[…]" in version.text and not version.partial:
            yield file.problem(path, "« […] » marque un passage absent : ajoutez partial: true")


def _norm(base: KnowledgeBase, norm: Norm, file: YamlFile) -> Iterator[Problem]:
    if not norm.cites:
        yield file.problem(("cites",), "une norme cite au moins un article")
    for i, cite in enumerate(norm.cites):
        yield from _cite(base, norm, cite, file, ("cites", i))
    for key in ("exception_to", "prevails_over"):
        for i, target in enumerate(getattr(norm, key)):
            other = base.norms.get(target)
            if other is None:
                yield file.problem((key, i), f"norme inconnue « {target} » ; écrivez un chemin sous norms/, sans .yaml")
            elif other.matter is not norm.matter:
                yield file.problem(
                    (key, i), f"« {target} » est d'une autre matière ; elles ne peuvent pas se contredire"
                )
    yield from _shape(base, norm, file)
    categories = {v.id for v in base.facts["information"].values} if "information" in base.facts else set()
    if norm.minimum is not None:
        seen: set[str] = set()
        for key in ("share", "if_needed", "keep"):
            for i, item in enumerate(getattr(norm.minimum, key)):
                if item.category not in categories:
                    yield file.problem(
                        ("minimum", key, i),
                        f"catégorie inconnue « {item.category} » ; c'est une valeur du fait information",
                    )
                if item.category in seen:
                    yield file.problem(("minimum", key, i), f"« {item.category} » est déjà classée plus haut")
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
        yield file.problem(
            path, f"article inconnu « {cite.article} » ; attendu : un chemin sous articles/, par exemple casf/L411-3"
        )
        return
    live = [v for v in article.versions if v.text is not None and _overlap(norm, cite, v.start, v.end)]
    if (
        article.versions
        and not live
        and not any(v.certainty.value == "missing" and _overlap(norm, cite, v.start, v.end) for v in article.versions)
    ):
        yield file.problem(path, f"« {cite.article} » n'est en vigueur à aucune des dates de la norme")
    for version in live:
        if cite.passage is not None and version.quotable and version.text is not None:
            if not any(cite.passage in paragraph for paragraph in version.text.split("\n")):
                yield file.problem(
                    path, f"le passage « {cite.passage} » n'est pas dans « {cite.article} », version du {version.start}"
                )


def _overlap(norm: Norm, cite: Cite, start: date, end: date | None) -> bool:
    starts = [d for d in (norm.since, cite.since, start) if d is not None]
    ends = [d for d in (norm.until, cite.until, end) if d is not None]
    return not ends or max(starts) < min(ends)


def _cycles(base: KnowledgeBase) -> Iterator[Problem]:
    try:
        TopologicalSorter({n.id: n.beats for n in base.norms.values()}).prepare()
    except CycleError as error:
        ring = " → ".join(error.args[1])
        yield Problem(f"norms/{error.args[1][0]}.yaml", 1, f"des normes s'écartent en rond : {ring}")
