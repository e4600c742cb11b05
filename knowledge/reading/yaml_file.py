"""
Strict YAML: every scalar stays a string, equal keys are refused, every place keeps its line.

Plain YAML turns `no` into False, `226_13` into 22613, and keeps the last of two equal keys:
each would change the law in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.model.errors import Problem

if TYPE_CHECKING:
    import yaml

Data = dict[str, "Data"] | list["Data"] | str | None
Path = tuple[str | int, ...]

_NULLS = {"", "~", "null"}


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: its data, the line of every path in it, and what was wrong."""

    name: str
    data: Data
    lines: dict[Path, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of its nearest parent that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, message: str) -> Problem:
        """Make a problem that points at `path`."""
        key = ".".join(str(p) for p in path)
        return Problem(self.name, self.line(path), f"{key} : {message}" if key else message)


LARGEST = 1_000_000
"""Bytes of a file. The longest text of law that we carry has a fifth of that."""
TOO_LONG = f"ce fichier est trop long ({LARGEST // 1000} ko au plus) ; partagez-le en plusieurs"
_DEEPEST = 50
_ALIAS = "les ancres (&) et les renvois (*) ne sont pas lus : écrivez le texte une seconde fois, ou entre guillemets"
_TAG = "les étiquettes (!) ne sont pas lues ; retirez-la, ou écrivez le texte entre guillemets"


def read(name: str, content: bytes, *, may_be_empty: bool = False) -> YamlFile:
    """Read one YAML document from the bytes of a file, which are UTF-8 or refused with their line; see `parse`."""
    if len(content) > LARGEST:
        return _refused(name, 1, TOO_LONG)
    try:
        return parse(name, content.decode("utf-8"), may_be_empty=may_be_empty)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(name, line, "un signe de cette ligne n'est pas en UTF-8 ; réenregistrez le fichier en UTF-8")


def parse(name: str, text: str, *, may_be_empty: bool = False) -> YamlFile:
    """
    Read one YAML document.

    Args:
        name: how messages name the file.
        text: its content.
        may_be_empty: read a file with comments at most as an empty table, instead of refusing it.

    Returns:
        The data with strings only; `problems` holds syntax errors, equal keys, and whatever would make of a short file
        a long one or of words something else: anchors, aliases, tags, endless nesting.

    """
    import yaml  # late: a base already compiled never needs it

    if len(text) > LARGEST:
        return _refused(name, 1, TOO_LONG)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is absent from some builds
    builder = _Builder(name, yaml.parse(text, Loader=loader))
    try:
        data = builder.document({} if may_be_empty else None)
    except _Refused as refused:
        return _refused(name, refused.line, str(refused))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"ce n'est pas du YAML lisible ({error.problem}) ; vérifiez les guillemets et le retrait"
        return _refused(name, mark.line + 1 if mark else 1, said)
    except yaml.YAMLError as error:
        return _refused(name, 1, f"ce n'est pas du YAML lisible ({error})")
    return YamlFile(name, data, builder.lines, tuple(builder.problems))


def _refused(name: str, line: int, said: str) -> YamlFile:
    return YamlFile(name, None, problems=(Problem(name, line, said),))


class _Refused(Exception):  # noqa: N818 - the sentence reads « refused », like the others here
    """The file cannot be read further."""

    def __init__(self, line: int, said: str) -> None:
        self.line = line
        super().__init__(said)


class _Builder:
    """Makes the data from the events of a document, one after the other: nothing is ever expanded."""

    def __init__(self, name: str, events: Iterator[yaml.Event]) -> None:
        self._name = name
        self._events = events
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def document(self, empty: Data) -> Data:
        """Return the only document, or `empty` where there is none; with no `empty`, one is needed."""
        import yaml

        found: list[Data] = []
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise _Refused(_line(event), "un fichier contient un seul document : coupez-le en deux à « --- »")
                found.append(self._value(next(self._events), ()))
        if not found and empty is not None:
            return empty
        if not found:
            raise _Refused(1, "le fichier est vide")
        return found[0]

    def _value(self, event: yaml.Event, path: Path) -> Data:
        import yaml

        self._check(event, path)
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Data] = []
            while not isinstance(following := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(following, (*path, len(items))))
            return items
        if not isinstance(event, yaml.ScalarEvent):
            raise TypeError(event)
        return None if not event.style and event.value.lower() in _NULLS else str(event.value)

    def _mapping(self, path: Path) -> Data:
        import yaml

        mapping: dict[str, Data] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._check(event, path)
            here = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(here, "une clé doit être un mot simple")
            key = str(event.value)
            following = next(self._events)
            if key in mapping:
                first = self.lines[(*path, key)]
                said = f"la clé « {key} » est écrite deux fois (déjà ligne {first}) ; gardez-en une"
                self.problems.append(Problem(self._name, here, said))
                self._value(following, (*path, key, here))
                continue
            self.lines[(*path, key)] = here
            mapping[key] = self._value(following, (*path, key))
        return mapping

    def _check(self, event: yaml.Event, path: Path) -> None:
        import yaml

        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Refused(_line(event), _ALIAS)
        if getattr(event, "tag", None) is not None:
            raise _Refused(_line(event), _TAG)
        if len(path) > _DEEPEST:
            raise _Refused(_line(event), f"plus de {_DEEPEST} étages de listes et de clés ; écrivez-le plus simplement")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
