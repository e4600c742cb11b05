"""
The second half of the naive reading: a plain loop over all that a situation can really be, and what it comes to.

What nobody knows is tried value by value, and so are the readings of what lawyers debate. It passes over a fact on
which nothing hangs any more, and tries once the values that nothing left tells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from naive import (
    ANSWER,
    MATTERS,
    NO,
    OUTCOMES,
    UNREAD,
    YES,
    Atom,
    Node,
    Reading,
    cited,
    counting,
    covers,
    debated,
    ends,
    governs_before,
    hanging,
    in_force,
    of,
    pending,
    together,
    version_of,
    weighed,
)

Reply = tuple[str, str]
"""An outcome, and the norm that gives it."""

SPEAKING = {"permitted", "conditional", "not_covered", "obliged"}
STATUS = {(YES, YES): "met", (NO, NO): "unmet"}


def real_values(question: Node) -> list[str]:
    """Return what a question that nobody can answer may stand for."""
    return [v["id"] for v in question["values"] if "obvious" not in v]


def _alike(fact: str, values: list[str], hangs: set[Atom]) -> list[list[str]]:
    """Group the values of a fact that nothing still hanging tells apart; of an information, each goes its own way."""
    wanted = [wants for asked, wants in sorted(hangs) if asked == fact]
    groups: dict[Any, list[str]] = {}
    for value in values:
        groups.setdefault(value if fact == "information" else tuple(value in w for w in wanted), []).append(value)
    return list(groups.values())


def suppose(reading: Reading, facts: set[str]) -> Iterator[Reading]:
    """Try each value of each of the `facts`, as long as something hangs on one of them."""
    hangs = pending(reading)
    asked = sorted(fact for fact, _ in hangs if fact in facts)
    if not asked:
        yield reading
        return
    fact = max(asked, key=asked.count)
    left = {i for i in reading.among if reading.applies[i][1] > NO}
    for values in _alike(fact, real_values(reading.law.questions[fact]), hangs):
        told, tried = {**reading.facts, fact: values[0]}, {**reading.supposed, fact: values}
        yield from suppose(weighed(reading.law, reading.day, told, tried, left), facts)


def unknown(reading: Reading) -> list[str]:
    """Return the questions answered inconnu."""
    left_out = {UNREAD, *debated(reading.law)}
    return sorted(f for f, answer in reading.facts.items() if answer == "inconnu" and f not in left_out)


def completions(reading: Reading) -> list[list[Reading]]:
    """Return what the situation can really be: in each completion, every reading of what lawyers debate."""
    left_out = {*unknown(reading), *debated(reading.law)}
    known = {f: v for f, v in reading.facts.items() if f not in left_out}
    asked = weighed(reading.law, reading.day, known, {}, {i for i in reading.among if reading.applies[i][1] > NO})
    return [list(suppose(one, debated(reading.law))) for one in suppose(asked, set(unknown(reading)))]


def waiting(possible: list[list[Reading]]) -> set[str]:
    """Return the questions still worth asking in some completion."""
    return {fact for readings in possible for reading in readings for fact, _ in pending(reading)}


def conditions_of(reading: Reading, norm_id: str) -> list[tuple[str, str, str]]:
    """Return `(norm, text, status)` for each condition of a norm; that of an item shared if needed is its reason."""
    norm = reading.day.norms[norm_id]
    proofs = [(c["text"], ends(c["met"], reading) if "met" in c else (NO, YES)) for c in norm.get("conditions", [])]
    needed = norm.get("minimum", {}).get("if_needed", []) if norm["effect"] in ("permits", "obliges") else []
    proofs += [(i["reason"], (NO, YES)) for i in needed if i["category"] == reading.facts.get("information")]
    return [(norm_id, text, STATUS.get(proof, "to_check")) for text, proof in proofs]


def _met(reading: Reading, norm_id: str) -> bool:
    return all(status == "met" for _, _, status in conditions_of(reading, norm_id))


def over_completions(outcomes: set[str]) -> str:
    """Join answers that may each be the right one."""
    if len(outcomes) > 1 and outcomes <= SPEAKING:
        return "conditional" if "obliged" in outcomes else min(outcomes, key=OUTCOMES.index)
    return next(iter(outcomes)) if len(outcomes) == 1 else "depends"


def over_readings(outcomes: set[str]) -> str:
    """Join answers that lawyers draw from one law."""
    if outcomes <= SPEAKING and "obliged" in outcomes:
        return "obliged"
    if len(outcomes) == 1 or "depends" in outcomes or outcomes <= SPEAKING:
        return over_completions(outcomes)
    return "forbidden" if outcomes == {"forbidden", "not_covered"} else "debated"


def shown(replies: Iterable[Reply], outcome: str) -> Reply:
    """Return the outcome that several replies come to, with the norm to show for it."""
    first = min(replies, key=lambda r: (r[0] != outcome, r[0] != "obliged", OUTCOMES.index(r[0]), r[1]))
    return outcome, first[1]


def settle(reading: Reading, matter: str) -> Reply | None:
    """Answer one matter in one completion, one reading; None if it is not in play, ValueError in a conflict."""
    effect = {i: reading.day.norms[i]["effect"] for i in of(reading, matter, ANSWER)}
    standing = [i for i in effect if i in reading.surely]
    if not all(together(effect[one], effect[other]) for one in standing for other in standing):
        raise ValueError(f"norms of contrary effects stand together: {standing}")
    gives = {i: "conditional" if effect[i] == "permits" else ANSWER[effect[i]] for i in effect}
    gives |= {i: "permitted" for i in standing if effect[i] == "permits" and _met(reading, i)}
    replies = [(gives[i], i) for i in counting(reading, matter) - reading.surely]
    if standing:
        first = [i for i in standing if not any(governs_before(reading.day, other, i) for other in standing)]
        governing = max(first, key=lambda i: (OUTCOMES.index(gives[i]), i))
        replies.append((gives[governing], governing))
        return shown(replies, over_completions({outcome for outcome, _ in replies}))
    return shown(replies, "depends") if replies else None


def verdicts(readings: list[Reading]) -> dict[str, Reply]:
    """Answer each matter in play in one completion."""
    found: dict[str, Reply] = {}
    for matter in MATTERS:
        replies = [reply for reading in readings if (reply := settle(reading, matter)) is not None]
        if replies:
            outcome, norm = shown(replies, over_readings({outcome for outcome, _ in replies}))
            met = all(_met(r, i) for r in readings for i in of(r, matter, ["requires"]))
            found[matter] = ("conditional" if outcome == "permitted" and not met else outcome, norm)
    return found


def together_over(replies: Iterable[Reply]) -> Reply:
    """Return what the replies of several completions come to."""
    replies = set(replies)
    return shown(replies, over_completions({outcome for outcome, _ in replies}))


def concerns(reading: Reading, norm_id: str) -> bool:
    """Tell whether a norm applies, or may for all that was answered: a question never asked concerns nobody."""
    return norm_id in reading.possibly and not hanging(reading.day.whole[norm_id], reading)


def out_of_reach(reading: Reading, norm_id: str) -> bool:
    """Tell whether a norm that was read would open the way to another information; who one is cannot change."""
    norm, unread = reading.day.norms[norm_id], {UNREAD: []} in reading.day.whole[norm_id]["all"]
    if unread or ends(covers(norm), reading)[1] > NO or ends(norm["when"], reading)[1] == NO:
        return False
    return all(reading.law.questions[f].get("changeable") == "true" for f, _ in hanging(norm["when"], reading))


def forks(reading: Reading, told: list[tuple[Reading, Reply]]) -> set[Any]:
    """Return `(fact, branches)` for each unknown fact that decides, all else unknown staying so."""
    found = set[Any]()
    for fact in unknown(reading) if len({reply for _, reply in told}) > 1 else []:
        branches: dict[Reply, set[str]] = {}
        for value in real_values(reading.law.questions[fact]):
            left = {reply for one, reply in told if value in one.supposed.get(fact, [value])}
            if left:
                branches.setdefault(together_over(left), set()).add(value)
        if len({outcome for outcome, _ in branches}) > 1:
            found.add((fact, frozenset((frozenset(values), *reply) for reply, values in branches.items())))
    return found


def unread(reading: Reading, possible: list[Reading]) -> set[str]:
    """Return the articles that nobody read, of the norms that count and of those that may establish what these need."""
    law, on = reading.law, reading.day.on
    norms = {i for one in possible for m in MATTERS for i in counting(one, m) | of(one, m, ["requires"])}
    todo = [i for i in norms if reading.applies[i] != (YES, YES)]
    for i in todo:
        needed = {f for f in law.derived if any(_atoms(reading.day.norms[i]["when"], f))}
        makers = {m for m in reading.possibly if reading.day.norms[m].get("establishes") in needed}
        todo += [m for m in makers if reading.applies[m][0] < YES and m not in todo]
    articles = {a for i in norms.union(todo) for a in cited(reading.day.norms[i], on)}
    return {a for a in articles if in_force(law, a, on) == "unknown"}


def _atoms(tree: Any, fact: str) -> Iterator[bool]:
    for key, item in tree.items() if isinstance(tree, dict) else []:
        yield from [True] if key == fact else []
        for part in item if isinstance(item, list) else [item]:
            yield from _atoms(part, fact)


def minimum(reading: Reading, replies: set[Reply], whole: Reply) -> dict[str, set[str]]:
    """Return what may go whatever the completion; one norm says it, or what all of them let go."""
    said = {norm: reading.day.norms[norm].get("minimum", {}) for _, norm in replies}
    lists = [
        [{i["category"] for i in m.get(part, [])} for part in ("share", "if_needed", "keep")] for m in said.values()
    ]
    outcome, norm = whole
    if outcome == "depends" or said.keys() != {norm}:
        open_ = {n: {o for o, i in replies if i == n} <= SPEAKING for n in said}
        lists = [parts if open_[n] else [set(), set(), parts[2]] for n, parts in zip(said, lists, strict=True)]
    share = set.intersection(*(parts[0] for parts in lists))
    needed = set.intersection(*(parts[0] | parts[1] for parts in lists)) - share
    default = {v["id"] for v in reading.law.questions["information"]["values"] if "keep" in v}
    kept = set.union(default, *(parts[2] for parts in lists)) - share - needed
    return {"share": share, "if_needed": needed, "keep": kept}


def answer(reading: Reading, possible: list[list[Reading]]) -> Node | None:
    """Return what the completions come to, and all it says; None if no norm answers."""
    day, on, law = reading.day, reading.day.on, reading.law
    each = [(readings[0], verdicts(readings)) for readings in possible]
    told = [(one, min(found.values(), key=lambda reply: OUTCOMES.index(reply[0]))) for one, found in each if found]
    if not told:
        return None
    replies = {reply for _, reply in told}
    outcome, governing = together_over(replies)
    matter = day.norms[governing].get("matter", "disclosure")
    play = {
        m: together_over(found[m] for _, found in each if m in found) for m in MATTERS if any(m in f for _, f in each)
    }
    governs = [{norm for _, norm in found.values()} for _, found in each]
    sure = set.intersection(*governs)
    every = [one for readings in possible for one in readings]
    governs += [{reply[1] for m in MATTERS if (reply := settle(one, m)) is not None} for one in every]
    added = {i for m in play for i in of(reading, m, ["requires"])}
    binding = {i for i in reading.possibly if day.norms[i].get("establishes") == "bound"}
    applying = {i for i in reading.possibly if reading.applies[i][0] == YES}
    bound_by = (
        (binding & applying or {i for i in binding if concerns(reading, i)}) if play.keys() - {"recording"} else set()
    )
    also = (of(reading, matter, ANSWER) & reading.surely) - {governing}
    warnings = {i for m in play for i in of(reading, m, ["warns"])} & applying
    read = [(fact, v["id"]) for fact in sorted(debated(law)) for v in law.questions[fact]["values"]]
    under = [weighed(law, day, {**reading.facts, fact: value}, {}, set(day.norms)) for fact, value in read]
    binds = {i for i in bound_by if any(one.applies.get(i, (NO, NO))[0] == YES for one in (reading, *under))}
    used = set.union(*governs) | added | binds | also | warnings
    if outcome not in ("permitted", "conditional", "obliged"):
        group = [i for e in ("permits", "obliges") for i in day.groups.get((matter, e), [])]
        used |= {i for i in group if out_of_reach(reading, i)}
    versions = {a: version_of(law, a, on) or {} for i in used for a in cited(day.norms[i], on)}
    return {
        "matter": matter,
        "outcome": outcome,
        "governing": governing,
        "also": also,
        "bound_by": bound_by,
        "answers": {(m, *reply) for m, reply in play.items()},
        "perhaps": set.union(*governs) - sure,
        "forks": forks(reading, told),
        "unread": unread(reading, [one for readings in possible for one in readings])
        if outcome == "depends"
        else set(),
        "conditions": {c for i in sure | added for c in conditions_of(reading, i)},
        "articles": {(a, version.get("start")) for a, version in versions.items()},
        **minimum(reading, replies, (outcome, governing)),
    }
