"""Every way to falsify one field of a JSON tree: at each leaf, each key, each list."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

Path = tuple[str | int, ...]
Tree = dict[str, Any]
Node = Any
MISSING = object()

WORDS = {
    "outcome": [
        "forbidden",
        "bound",
        "depends",
        "may_decline",
        "debated",
        "conditional",
        "permitted",
        "not_covered",
        "not_bound",
        "obliged",
    ],
    "matter": ["disclosure", "recording", "status"],
    "status": ["met", "unmet", "to_check"],
    "role": ["governs", "limits", "applies"],
    "in_force": ["yes", "no", "unknown"],
    "certainty": ["official-mirror", "secondary", "reconstructed", "missing"],
    "norms": ["stands", "uncertain", "set aside by base/cp-226-13"],
    "derived": ["oui", "non", "inconnu"],
    "facts": ["oui", "non", "inconnu", "aucun"],
    "article": ["code-penal/226-13", "code-penal/226-14", "casf/L411-3"],
    "norm": ["base/cp-226-13", "base/hors-secret"],
    "governing": ["base/cp-226-13", "base/hors-secret"],
    "start": ["1994-03-01", "2002-01-01", "2016-01-28"],
    "end": ["2030-01-01", None],
    "point": ["I", "3°"],
    "fact": ["service", "danger", "consent"],
    "values": ["oui", "non", "autre"],
    "perhaps": ["base/cp-226-13", "base/hors-secret"],
    "unread": ["code-penal/226-13", "casf/L411-3"],
    "format": ["motus-certificate/1", "motus-advice/1"],
}
"""By field, values that another certificate could hold there."""


def paths(node: Node, path: Path = ()) -> Iterator[Path]:
    """Yield the place of every node, the root first."""
    yield path
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in below:
        yield from paths(item, (*path, key))


def at(tree: Node, path: Path) -> Node:
    """Return the node at a place."""
    for key in path:
        tree = tree[key]
    return tree


def falsified(tree: Tree, path: Path) -> Iterator[tuple[str, Tree]]:
    """Yield the name and the result of each single change at one place; the tree itself is left as it is."""
    for name, node in _changes(at(tree, path), path):
        yield f"{'.'.join(map(str, path)) or 'root'}: {name}", _put(tree, path, node)


def _put(tree: Node, path: Path, node: Node) -> Node:
    """Return a tree with another node at a place, sharing all that is not on the way."""
    if not path:
        return node
    changed = copy.copy(tree)
    if node is MISSING and len(path) == 1:
        del changed[path[0]]
    else:
        changed[path[0]] = _put(tree[path[0]], path[1:], node)
    return changed


def _changes(node: Node, path: Path) -> Iterator[tuple[str, Node]]:
    if path:
        yield "drop", MISSING
        yield "wrap", [node]
        yield from ((f"become {other!r}", other) for other in (None, "", 0, True, {}))
    if isinstance(node, dict):
        yield "add", {**node, "ajout": "oui"}
        yield "reorder", dict(reversed(node.items()))
        for key in node:
            yield f"rename {key}", {(f"{k}s" if k == key else k): v for k, v in node.items()}
    elif isinstance(node, list):
        yield "add a word", [*node, "ajout"]
        yield "reverse", node[::-1]
        for i, item in enumerate(node):
            yield f"repeat {i}", [*node[: i + 1], item, *node[i + 1 :]]
            yield f"swap {i}", [*node[:i], *node[i + 1 : i + 2], item, *node[i + 2 :]]
    elif isinstance(node, bool):
        yield "negate", not node
        yield "say as a word", str(node).lower()
    elif isinstance(node, str):
        yield from _other_words(node, path)


def _other_words(node: str, path: Path) -> Iterator[tuple[str, str | None]]:
    yield "lengthen", f"{node} "
    yield "shorten", node[:-1]
    yield "capitals", node.swapcase()
    if len(node) >= 16 and set(node) <= set("0123456789abcdef"):
        yield "other hash", ("0" if node[0] != "0" else "1") + node[1:]
    if len(node) == 10 and node[4] == "-":
        for days in (-366, -1, 1, 366):
            yield f"{days} days", str(date.fromisoformat(node) + timedelta(days=days))
    field = next((key for key in reversed(path) if isinstance(key, str) and key in WORDS), None)
    yield from ((f"become {word}", word) for word in WORDS.get(field or "", []))
