"""
Strict YAML: every scalar stays a string, equal keys are refused, every place keeps its line.

Plain YAML turns `no` into False, `226_13` into 22613, and keeps the last of two equal keys:
each would change the law in silence.
"""

from __future__ import annotations

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


def read(name: str, content: bytes, *, may_be_empty: bool = False) -> YamlFile:
    """Read one YAML document from the bytes of a file, which are UTF-8 or refused with their line; see `parse`."""
    try:
        return parse(name, content.decode("utf-8"), may_be_empty=may_be_empty)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "un signe de cette ligne n'est pas en UTF-8 ; réenregistrez le fichier en UTF-8"
        return YamlFile(name, None, problems=(Problem(name, line, said),))


def parse(name: str, text: str, *, may_be_empty: bool = False) -> YamlFile:
    """
    Read one YAML document.

    Args:
        name: how messages name the file.
        text: its content.
        may_be_empty: read a file with comments at most as an empty table, instead of refusing it.

    Returns:
        The data with strings only; `problems` holds syntax errors and equal keys.

    """
    import yaml  # late: a base already compiled never needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is absent from some builds
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = Problem(
            name, line, f"ce n'est pas du YAML lisible ({error.problem}) ; vérifiez les guillemets et le retrait"
        )
        return YamlFile(name, None, problems=(said,))
    except yaml.YAMLError as error:
        return YamlFile(name, None, problems=(Problem(name, 1, f"ce n'est pas du YAML lisible ({error})"),))
    if root is None and may_be_empty:
        return YamlFile(name, {})
    if root is None:
        return YamlFile(name, None, problems=(Problem(name, 1, "le fichier est vide"),))
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    data = _convert(name, root, (), lines, problems)
    return YamlFile(name, data, lines, tuple(problems))


def _convert(name: str, node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Problem]) -> Data:
    import yaml

    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Data] = {}
        for key_node, value_node in node.value:
            here = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                problems.append(Problem(name, here, "une clé doit être un mot simple"))
                continue
            key = str(key_node.value)
            if key in mapping:
                first = lines[(*path, key)]
                problems.append(
                    Problem(name, here, f"la clé « {key} » est écrite deux fois (déjà ligne {first}) ; gardez-en une")
                )
                continue
            lines[(*path, key)] = here
            mapping[key] = _convert(name, value_node, (*path, key), lines, problems)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_convert(name, item, (*path, i), lines, problems) for i, item in enumerate(node.value)]
    value = str(node.value)
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if plain and value.lower() in _NULLS else value
