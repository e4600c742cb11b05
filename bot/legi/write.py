"""An article back into the YAML of the corpus: what did not change is written again byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from knowledge.model import Article, ArticleVersion
from knowledge.model.law import Gap
from knowledge.reading.yaml_file import Data

_OPEN = ("code", "code_id", "number", "title", "source_url", "checked_as_of")
_ALWAYS = ("start", "end", "modified_by", "certainty", "provenance", "text")
_KEYS = (
    "start", "end", "modified_by", "certainty", "partial", "provenance", "legifrance_id", "date_certainty",
    "cross_check", "nota", "note", "status", "text",
)  # fmt: skip


class _Quoted(str):
    __slots__ = ()


class _Block(str):
    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """The style of the corpus: words in quotes, texts in blocks, lists set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def _styled(style: str) -> object:
    def represent(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)

    return represent


_Dumper.add_representer(_Quoted, _styled('"'))  # type: ignore[arg-type]
_Dumper.add_representer(_Block, _styled("|"))  # type: ignore[arg-type]
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "null"))


def written(article: Article, before: Mapping[str, Data] | None = None) -> bytes:
    """
    Return the file of an article.

    Args:
        article: what it must say.
        before: the file as it was read, whose first lines keep their order; None for a new article.

    """
    told = before or dict.fromkeys((*_OPEN, "versions"))
    rows = told.get("versions")
    orders = {str(row.get("start")): list(row) for row in rows or () if isinstance(row, dict)}
    head = {key: _value(getattr(article, key)) for key in told}
    head["versions"] = [_version(v, orders.get(v.start.isoformat(), [])) for v in article.versions]
    head.pop("gaps", None)
    if article.gaps:
        gaps = [_gap(gap) for gap in article.gaps]
        head = dict(_placed(head, "gaps", gaps, before="versions" if "gaps" not in told else _after(told, "gaps")))
    said: str = yaml.dump(head, Dumper=_Dumper, allow_unicode=True, width=float("inf"), sort_keys=False)
    return said.encode()


def _after(told: Mapping[str, Data], key: str) -> str | None:
    keys = list(told)
    return next(iter(keys[keys.index(key) + 1 :]), None)


def _placed(head: Mapping[str, object], key: str, value: object, *, before: str | None) -> Iterator[tuple[str, object]]:
    for other, said in head.items():
        if other == before:
            yield key, value
        yield other, said
    if before is None:
        yield key, value


def _version(version: ArticleVersion, order: list[str]) -> dict[str, object]:
    """Return a version with its keys in the order that its file had; those that it had not follow `provenance`."""
    keys = order or list(_KEYS)
    at = keys.index("provenance") + 1
    found: dict[str, object] = {}
    for key in (*keys[:at], *(k for k in _KEYS if k not in keys), *keys[at:]):
        value = getattr(version, key)
        if key in _ALWAYS or value not in (None, (), False):
            found[key] = _value(value)
    return found


def _gap(gap: Gap) -> dict[str, object]:
    found = {"start": gap.start, "end": gap.end, "note": gap.note}
    return {key: _value(value) for key, value in found.items() if value is not None or key != "note"}


def _value(value: object) -> object:
    if isinstance(value, str):
        return _Block(value) if value.endswith("\n") else _Quoted(str(value))
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return value if value is None or isinstance(value, bool | date) else str(value)
