"""The texts: dates in order, no overlap, and a wording or a stated absence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.model import Article, ArticleVersion, Certainty, KnowledgeBase
from knowledge.model.errors import Problem
from knowledge.reading import Path, YamlFile


def check_articles(base: KnowledgeBase, files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """Yield what is wrong with the articles of `base`; `files` give the lines."""
    for article in base.articles.values():
        file = files.get(f"articles/{article.id}.yaml")
        if file is not None:
            yield from _article(base, article, file)
            yield from _spans(article, file)
            for i, version in enumerate(article.versions):
                yield from _version(version, file, ("versions", i))


def _article(base: KnowledgeBase, article: Article, file: YamlFile) -> Iterator[Problem]:
    if not article.versions:
        yield file.problem(
            ("versions",),
            "aucune version : dites au moins une version ; un article jamais lu s'inscrit dans missing.yaml",
        )
    if article.collection not in base.collections:
        yield file.problem((), f"recueil inconnu « {article.collection} » ; ajoutez-le à collections.yaml")
    if article.source_url is not None and not article.source_url.startswith("https://"):
        yield file.problem(("source_url",), "attend une adresse publique qui commence par https://")


def _spans(article: Article, file: YamlFile) -> Iterator[Problem]:
    versions = [(v.start, v.end, ("versions", i)) for i, v in enumerate(article.versions)]
    gaps = [(g.start, g.end, ("gaps", i)) for i, g in enumerate(article.gaps)]
    ordered = sorted([*versions, *gaps], key=lambda s: s[0])
    for (start, end, place), following in zip(ordered, [*ordered[1:], None], strict=False):
        if end is not None and end <= start:
            yield file.problem(place, f"la fin {end} n'est pas après le début {start}")
        if following is not None and (end is None or end > following[0]):
            yield file.problem(following[2], f"recouvre la période qui commence le {start}")
    if versions != sorted(versions, key=lambda s: s[0]):
        yield file.problem(("versions",), "les versions ne sont pas dans l'ordre des dates")


def _version(version: ArticleVersion, file: YamlFile, path: Path) -> Iterator[Problem]:
    absent = version.certainty is Certainty.MISSING or version.status == "abrogé"
    if (version.text is None) is not absent:
        yield file.problem(path, "text est vide si, et seulement si, certainty vaut missing ou status vaut abrogé")
    if version.text is None:
        return
    if not version.text.strip():
        yield file.problem(path, "texte vide ; écrivez null et certainty: missing")
    if "[…]" in version.text and not version.partial:
        yield file.problem(path, "« […] » marque un passage absent : ajoutez partial: true")
