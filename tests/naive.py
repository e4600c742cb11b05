"""
A second reading of the law, deliberately naive, to be compared with the first one. It shares no code with it.

Here one situation is weighed as it stands; `naive_loop` goes over all that it can really be, and answers.
A condition has two ends, the worst and the best that answers can still bring, every `fact: value` taken alone;
derived facts and standing norms are found by going round until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Node = dict[str, Any]
"""A mapping as its file writes it. Days are strings too, in an order that is that of time."""

Ends = tuple[int, int]
"""How something can end, at worst and at best: 0 no, 1 not known, 2 yes."""

Atom = tuple[str, tuple[str, ...]]
"""A question, and the answers that a condition wants."""

NO, UNKNOWN, YES = 0, 1, 2
UNREAD = "texte non lu"  # a question that nobody asks, always answered inconnu: what the law of that day says
MATTERS = ["disclosure", "recording", "status"]
OUTCOMES = ["forbidden", "bound", "depends", "may_decline", "debated"]
OUTCOMES += ["conditional", "permitted", "not_covered", "not_bound", "obliged"]
ANSWER = {"forbids": "forbidden", "permits": "permitted", "obliges": "obliged", "binds": "bound"}
ANSWER |= {"does_not_bind": "not_bound"} | {e: e for e in ("may_decline", "debated", "not_covered")}
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(eq=False)
class Law:
    """The parsed files, by id."""

    articles: dict[str, Node]
    norms: dict[str, Node]
    questions: dict[str, Node]
    derived: list[str]


@dataclass(eq=False)
class Day:
    """The norms of a day, by matter and effect; whole conditions; who sets aside, or only governs before, whom."""

    on: str
    norms: dict[str, Node]
    groups: dict[tuple[str, str], list[str]]
    whole: dict[str, Node]
    set_aside_by: dict[str, set[str]]
    governed_by: dict[str, set[str]]


@dataclass(eq=False)
class Reading:
    """
    What the facts make of the norms of a day: `surely` and `possibly` are the norms that stand.

    Only the norms `among` which one may apply are weighed. `supposed` are the values tried of what nobody knows.
    """

    law: Law
    day: Day
    facts: dict[str, str]
    supposed: dict[str, list[str]]
    among: set[str]
    derived: dict[str, Ends] = field(default_factory=dict)
    applies: dict[str, Ends] = field(default_factory=dict)
    surely: set[str] = field(default_factory=set)
    possibly: set[str] = field(default_factory=set)
    behind: dict[str, set[Atom]] = field(default_factory=dict)

    def established(self, fact: str) -> Node:
        """Return the condition that settles a derived fact."""
        norms = self.day.norms
        return {"any": [self.day.whole[i] for i in sorted(self.among) if norms[i].get("establishes") == fact]}


def read(root: Path) -> Law:
    """Read the folder of the law, every scalar as a string."""
    paths = {path.relative_to(root).with_suffix("").as_posix(): path for path in root.rglob("*.yaml")}
    files = {i: yaml.load(path.read_text("utf-8"), LOADER) for i, path in paths.items()}  # noqa: S506 - it makes strings
    parts = ("articles/", "norms/", "facts/")
    articles, norms, questions = ({f.removeprefix(p): files[f] for f in files if f.startswith(p)} for p in parts)
    return Law({**(files.get("missing") or {}), **articles}, norms, questions, list(files["derived"]))


def _within(span: Node, on: str) -> bool:
    first, last = span.get("start", span.get("since")), span.get("end", span.get("until"))
    return (first is None or first <= on) and (last in (None, "null") or on < last)


def version_of(law: Law, article: str, on: str) -> Node | None:
    """Return the version of that day, or None."""
    return next((v for v in law.articles[article].get("versions", []) if _within(v, on)), None)


def in_force(law: Law, article: str, on: str) -> str:
    """Return yes, no, or unknown where the text of that day was not read."""
    version = version_of(law, article, on)
    if version is not None:
        return "yes" if version["text"] != "null" else "unknown" if version["certainty"] == "missing" else "no"
    in_gap = any(_within(gap, on) for gap in law.articles[article].get("gaps", []))
    before = all(on < v["start"] for v in law.articles[article].get("versions", []))
    return "unknown" if in_gap or before else "no"


def cited(norm: Node, on: str) -> list[str]:
    """Return the articles that `norm` rests on that day."""
    return [c["article"] for c in norm["cites"] if _within(c, on)]


def covers(norm: Node) -> Node:
    """Return the condition that keeps a norm to the information that its minimum lists, if it lists some."""
    items = [i["category"] for part in ("share", "if_needed") for i in norm.get("minimum", {}).get(part, [])]
    limited = items and norm["effect"] in ("permits", "obliges", "debated", "may_decline")
    return {"information": ["ensemble", *items]} if limited else {}


@cache
def day_of(law: Law, on: str) -> Day:
    """Return the norms in force: a norm lives while every article that it rests on does."""
    states = {i: {in_force(law, a, on) for a in cited(n, on)} for i, n in law.norms.items() if _within(n, on)}
    norms = {i: law.norms[i] for i, state in states.items() if state and "no" not in state}
    day = Day(on, norms, {}, {}, {i: set() for i in norms}, {i: set() for i in norms})
    for i, norm in norms.items():
        unread: list[Node] = [] if states[i] == {"yes"} else [{UNREAD: []}]
        day.whole[i] = {"all": [norm["when"], covers(norm), *unread]}
        day.groups.setdefault((norm.get("matter", "disclosure"), norm["effect"]), []).append(i)
        sets_aside = norm.get("exception_to", [])
        for other in norms.keys() & {*sets_aside, *norm.get("prevails_over", [])}:
            aside = other in sets_aside or not together(norm["effect"], norms[other]["effect"])
            (day.set_aside_by if aside else day.governed_by)[other].add(i)
    return day


def together(one: str, other: str) -> bool:
    """Tell whether two effects can hold at once: the same one, or a permission and an obligation."""
    return one == other or {one, other} == {"permits", "obliges"}


def ends(condition: Node, reading: Reading) -> Ends:
    """Return how a condition can end, every `fact: value` not asked going either way."""
    return _joined("all", (_part(key, value, reading) for key, value in condition.items()))


def _part(key: str, value: Any, reading: Reading) -> Ends:
    answer = reading.facts.get(key)
    if answer is not None and answer != "inconnu":
        return (YES, YES) if answer in ([value] if isinstance(value, str) else value) else (NO, NO)
    if key in ("all", "any"):
        return _joined(key, (ends(item, reading) for item in value))
    if key == "not" or key in reading.derived:
        low, high = ends(value, reading) if key == "not" else reading.derived[key]
        return (YES - high, YES - low) if key == "not" or "non" in value else (low, high)
    return (NO, YES) if answer is None else (UNKNOWN, UNKNOWN)


def _joined(word: str, parts: Iterable[Ends]) -> Ends:
    pick, whole, settled = (min, (YES, YES), (NO, NO)) if word == "all" else (max, (NO, NO), (YES, YES))
    for part in parts:
        if part == settled:
            return settled
        whole = whole if part == whole else (pick(whole[0], part[0]), pick(whole[1], part[1]))
    return whole


def hanging(condition: Node, reading: Reading, worst: int = NO, best: int = YES) -> set[Atom]:
    """Return what was not asked and can still move the end of a condition, from `worst` to `best`."""
    low, high = ends(condition, reading)
    if max(low, worst) >= min(high, best):
        return set()
    key, value = next(iter(condition.items()))
    if len(condition) > 1:
        key, value = "all", [{part: condition[part]} for part in condition]
    if key == "not":
        return hanging(value, reading, YES - best, YES - worst)
    if key in reading.derived:
        if key not in reading.behind:
            reading.behind[key] = hanging(reading.established(key), reading)
        return reading.behind[key]
    if key not in ("all", "any"):
        return {(key, (value,) if isinstance(value, str) else tuple(value))}
    found, parts = set[Atom](), [ends(item, reading) for item in value]
    for i, item in enumerate(value):
        low, high = _joined(key, parts[:i] + parts[i + 1 :])
        above, below = (worst, min(best, high)) if key == "all" else (max(worst, low), best)
        found |= hanging(item, reading, above, below)
    return found


def weigh(law: Law, facts: dict[str, str], on: str) -> Reading:
    """Weigh the norms of a day against the answers as they stand; nobody answers what lawyers debate."""
    asked = {f: v for f, v in facts.items() if "debate" not in law.questions.get(f, {"debate": {}})}
    told = {**asked, **dict.fromkeys(debated(law), "inconnu"), UNREAD: "inconnu"}
    return weighed(law, day_of(law, on), told, {}, set(day_of(law, on).norms))


def debated(law: Law) -> set[str]:
    """Return the questions on which lawyers disagree."""
    return {fact for fact, question in law.questions.items() if "debate" in question}


def weighed(law: Law, day: Day, facts: dict[str, str], supposed: dict[str, list[str]], among: set[str]) -> Reading:
    """Go round until nothing changes: first the derived facts, then which norms stand beside those above them."""
    reading = Reading(law, day, facts, supposed, among, dict.fromkeys(law.derived, (NO, YES)))
    before: dict[str, Ends] = {}
    while before != reading.derived:
        before = reading.derived
        found = {f: ends(reading.established(f), reading) for f in before if before[f][0] < before[f][1]}
        reading.derived = {**before, **found}
    reading.applies = {i: ends(day.whole[i], reading) for i in among}
    surely, possibly = set[str](), {i for i in among if reading.applies[i][1] > NO}
    while (surely, possibly) != (reading.surely, reading.possibly):
        reading.surely, reading.possibly = surely, possibly
        surely = {i for i in possibly if reading.applies[i][0] == YES and not day.set_aside_by[i] & reading.possibly}
        possibly = {i for i in among if reading.applies[i][1] > NO and not day.set_aside_by[i] & reading.surely}
    return reading


def of(reading: Reading, matter: str, effects: Iterable[str]) -> set[str]:
    """Return the norms of a matter with one of these effects that stand, or may."""
    return {i for e in effects for i in reading.day.groups.get((matter, e), []) if i in reading.possibly}


def governs_before(day: Day, one: str, other: str) -> bool:
    """Tell whether a norm that stands leaves no place to another: a contrary effect, an obligation, the order."""
    first, second = day.norms[one]["effect"], day.norms[other]["effect"]
    return one in day.governed_by[other] if first == second else first == "obliges" or not together(first, second)


def counting(reading: Reading, matter: str) -> set[str]:
    """Return the norms that can govern, or set aside one that can: no sure one goes before them."""
    alive = of(reading, matter, ANSWER)
    found = {i for i in alive if not any(governs_before(reading.day, s, i) for s in alive & reading.surely)}
    for _ in alive:
        found |= {above for i in found for above in reading.day.set_aside_by[i] & alive}
    return found


def pending(reading: Reading) -> set[Atom]:
    """Return what is still worth knowing: what is behind a norm that counts, or a condition that one adds."""
    day, wanted = reading.day, set[Atom]()
    for matter in MATTERS:
        for i in counting(reading, matter) | of(reading, matter, ["requires"]):
            asks = day.norms[i].get("conditions", []) if day.norms[i]["effect"] in ("permits", "requires") else []
            for condition in (day.whole[i], *(c.get("met", {}) for c in asks)):
                wanted |= hanging(condition, reading)
    return wanted
