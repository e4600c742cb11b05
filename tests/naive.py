"""
A second reading of the law, deliberately naive, to be compared with the first one. It shares no code with it.

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

NO, UNKNOWN, YES = 0, 1, 2
UNREAD = "texte non lu"  # a question that nobody asks, always answered inconnu: what the law of that day says
MATTERS = ["disclosure", "recording", "status"]
OUTCOMES = ["forbidden", "may_decline", "debated", "conditional", "permitted", "not_covered", "obliged"]
EFFECTS = ["forbids", "may_decline", "debated", "permits", "not_covered", "obliges"]
ANSWER = dict(zip(EFFECTS, [o for o in OUTCOMES if o != "conditional"], strict=True))
STATUS = {(YES, YES): "met", (NO, NO): "unmet"}
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass
class Day:
    """The norms of a day, by matter and effect; whole conditions; who sets aside, or only governs before, whom."""

    norms: dict[str, Node]
    groups: dict[tuple[str, str], list[str]]
    whole: dict[str, Node]
    established: dict[str, Node]
    set_aside_by: dict[str, set[str]]
    governed_by: dict[str, set[str]]


@dataclass(eq=False)
class Law:
    """The parsed files, by id."""

    articles: dict[str, Node]
    norms: dict[str, Node]
    questions: dict[str, Node]
    derived: list[str]


@dataclass
class Reading:
    """What the facts make of the norms of a day: `surely` and `possibly` are the norms that stand."""

    law: Law
    day: Day
    on: str
    facts: dict[str, str]
    derived: dict[str, Ends] = field(default_factory=dict)
    surely: set[str] = field(default_factory=set)
    possibly: set[str] = field(default_factory=set)


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
    day = Day(norms, {}, {}, {}, {i: set() for i in norms}, {i: set() for i in norms})
    for i, norm in norms.items():
        unread: list[Node] = [] if states[i] == {"yes"} else [{UNREAD: []}]
        day.whole[i] = {"all": [norm["when"], covers(norm), *unread]}
        day.groups.setdefault((norm.get("matter", "disclosure"), norm["effect"]), []).append(i)
        sets_aside = norm.get("exception_to", [])
        for other in norms.keys() & {*sets_aside, *norm.get("prevails_over", [])}:
            aside = other in sets_aside or not together(norm["effect"], norms[other]["effect"])
            (day.set_aside_by if aside else day.governed_by)[other].add(i)
    for fact in law.derived:
        day.established[fact] = {"any": [day.whole[i] for i in norms if norms[i].get("establishes") == fact]}
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


def hanging(condition: Node, reading: Reading, worst: int = NO, best: int = YES) -> set[str]:
    """Return the questions not asked whose answer can still move the end of a condition, from `worst` to `best`."""
    low, high = ends(condition, reading)
    if max(low, worst) >= min(high, best):
        return set()
    key, value = next(iter(condition.items()))
    if len(condition) > 1:
        key, value = "all", [{part: condition[part]} for part in condition]
    if key == "not":
        return hanging(value, reading, YES - best, YES - worst)
    if key in reading.derived:
        return hanging(reading.day.established[key], reading)
    if key not in ("all", "any"):
        return {key}
    found, parts = set[str](), [ends(item, reading) for item in value]
    for i, item in enumerate(value):
        low, high = _joined(key, parts[:i] + parts[i + 1 :])
        above, below = (worst, min(best, high)) if key == "all" else (max(worst, low), best)
        found |= hanging(item, reading, above, below)
    return found


def weigh(law: Law, facts: dict[str, str], on: str) -> Reading:
    """Go round until nothing changes: first the derived facts, then which norms stand beside those above them."""
    day = day_of(law, on)
    reading = Reading(law, day, on, {**facts, UNREAD: "inconnu"}, dict.fromkeys(day.established, (NO, YES)))
    before: dict[str, Ends] = {}
    while before != reading.derived:
        before = reading.derived
        open_still = {f for f in before if before[f][0] < before[f][1]}
        reading.derived = {**before, **{f: ends(day.established[f], reading) for f in open_still}}
    applies = {i: ends(whole, reading) for i, whole in day.whole.items()}
    surely, possibly = set[str](), {i for i in applies if applies[i][1] > NO}
    while (surely, possibly) != (reading.surely, reading.possibly):
        reading.surely, reading.possibly = surely, possibly
        surely = {i for i in possibly if applies[i][0] == YES and not day.set_aside_by[i] & reading.possibly}
        possibly = {i for i in applies if applies[i][1] > NO and not day.set_aside_by[i] & reading.surely}
    return reading


def _of(reading: Reading, matter: str, effects: Iterable[str]) -> list[str]:
    return [i for effect in effects for i in reading.day.groups.get((matter, effect), [])]


def _governs_before(day: Day, one: str, other: str) -> bool:
    first, second = day.norms[one]["effect"], day.norms[other]["effect"]
    return one in day.governed_by[other] if first == second else first == "obliges" or not together(first, second)


def pending(reading: Reading) -> set[str]:
    """Return the questions still worth asking: those behind a norm that can govern, or set aside one that can."""
    day, wanted = reading.day, set[str]()
    for matter in MATTERS:
        alive = reading.possibly & set(_of(reading, matter, ANSWER))
        counting = {i for i in alive if not any(_governs_before(day, s, i) for s in alive & reading.surely)}
        for _ in alive:
            counting |= {above for i in counting for above in day.set_aside_by[i] & alive}
        for i in counting | reading.possibly & set(_of(reading, matter, ["requires"])):
            asks = day.norms[i].get("conditions", []) if day.norms[i]["effect"] in ("permits", "requires") else []
            for condition in (day.whole[i], *(c.get("met", {}) for c in asks)):
                wanted |= hanging(condition, reading)
    return wanted


def conditions_of(reading: Reading, norm_id: str) -> list[tuple[str, str, str]]:
    """Return `(norm, text, status)` for each condition of a norm; that of an item shared if needed is its reason."""
    norm = reading.day.norms[norm_id]
    proofs = [(c["text"], ends(c["met"], reading) if "met" in c else (NO, YES)) for c in norm.get("conditions", [])]
    needed = norm.get("minimum", {}).get("if_needed", []) if norm["effect"] in ("permits", "obliges") else []
    proofs += [(i["reason"], (NO, YES)) for i in needed if i["category"] == reading.facts.get("information")]
    return [(norm_id, text, STATUS.get(proof, "to_check")) for text, proof in proofs]


def _outcome(effect: str, conditions: list[tuple[str, str, str]]) -> str:
    return "conditional" if effect == "permits" and any(s != "met" for _, _, s in conditions) else ANSWER[effect]


def settle(reading: Reading, matter: str) -> tuple[str, str, list[str]] | None:
    """Answer one matter: the outcome, the norm that governs, those that add a condition; ValueError in a conflict."""
    effect = {i: n["effect"] for i, n in reading.day.norms.items()}
    norms = [i for i in _of(reading, matter, ANSWER) if i in reading.possibly]
    standing = [i for i in norms if i in reading.surely]
    if not all(together(effect[one], effect[other]) for one in standing for other in standing):
        raise ValueError(f"norms of contrary effects stand together: {standing}")
    if standing:
        first = [i for i in standing if not any(_governs_before(reading.day, other, i) for other in standing)]
        governing = max(first, key=lambda i: (OUTCOMES.index(_outcome(effect[i], conditions_of(reading, i))), i))
    elif norms:
        governing = min(norms, key=lambda i: (OUTCOMES.index(ANSWER[effect[i]]), i))
    else:
        return None
    adding = [i for i in _of(reading, matter, ["requires"]) if i in reading.possibly]
    outcome = _outcome(effect[governing], [c for i in (governing, *adding) for c in conditions_of(reading, i)])
    return ("conditional" if outcome == "permitted" and not standing else outcome), governing, adding


def concerns(reading: Reading, norm_id: str) -> bool:
    """Tell whether a norm applies, or may for all that was answered: a question never asked concerns nobody."""
    return norm_id in reading.possibly and not hanging(reading.day.whole[norm_id], reading)


def out_of_reach(reading: Reading, norm_id: str) -> bool:
    """Tell whether a norm that was read would open the way to another information; who one is cannot change."""
    norm, unread = reading.day.norms[norm_id], {UNREAD: []} in reading.day.whole[norm_id]["all"]
    if unread or ends(covers(norm), reading)[1] > NO or ends(norm["when"], reading)[1] == NO:
        return False
    return all(reading.law.questions[f].get("changeable") == "true" for f in hanging(norm["when"], reading))


def answer(reading: Reading) -> Node | None:
    """Return the least permissive of the answers to the matters in play, and all it says; None if none answers."""
    day, on, law = reading.day, reading.on, reading.law
    verdicts = {m: verdict for m in MATTERS if (verdict := settle(reading, m)) is not None}
    if not verdicts:
        return None
    matter = min(verdicts, key=lambda m: OUTCOMES.index(verdicts[m][0]))
    outcome, governing, _ = verdicts[matter]
    binding = {i for i, n in day.norms.items() if n.get("establishes") == "bound" and concerns(reading, i)}
    binding = (binding & reading.surely or binding) if verdicts.keys() - {"recording"} else set()
    also = {i for i in _of(reading, matter, ANSWER) if i in reading.surely and i != governing}
    speaking = {i for _, governs, adding in verdicts.values() for i in (governs, *adding)}
    used = also | binding | speaking
    used |= {i for m in verdicts for i in _of(reading, m, ["warns"]) if concerns(reading, i)}
    if outcome not in ("permitted", "conditional", "obliged"):
        used |= {i for i in _of(reading, matter, ["permits", "obliges"]) if out_of_reach(reading, i)}
    minimum = day.norms[governing].get("minimum", {})
    listed = {part: [i["category"] for i in minimum.get(part, [])] for part in ("share", "if_needed", "keep")}
    others = [v["id"] for v in law.questions["information"]["values"] if "keep" in v]
    listed["keep"] += [c for c in others if not any(c in items for items in listed.values())]
    versions = {a: version_of(law, a, on) or {} for i in used for a in cited(day.norms[i], on)}
    return {
        "matter": matter,
        "outcome": outcome,
        "governing": governing,
        "also": also,
        "bound_by": binding,
        "answers": {(m, result, governs) for m, (result, governs, _) in verdicts.items()},
        "conditions": {c for i in speaking for c in conditions_of(reading, i)},
        "articles": {(a, version.get("start")) for a, version in versions.items()},
        **listed,
    }
