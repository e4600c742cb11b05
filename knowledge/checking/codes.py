"""
Codes are forever: a token written last week must still read.

`codes.yaml` remembers every code ever given to a fact, a value or a flow.
It only grows; a code that changed or went away is refused: here for facts and values, where flows are loaded for flows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.model import Fact, FlowCode, KnowledgeBase
from knowledge.model.errors import Problem
from knowledge.reading import YamlFile

Codes = dict[str, int]
_FLOW = "flow."


def codes_of(facts: Mapping[str, Fact]) -> Codes:
    """Return the codes in use: `fact` and `fact.value` to code."""
    codes: Codes = {}
    for fact in facts.values():
        codes[fact.id] = fact.code
        codes.update({f"{fact.id}.{value.id}": value.code for value in fact.values})
    return codes


def check_codes(base: KnowledgeBase, remembered: YamlFile | None) -> Iterator[Problem]:
    """Yield a problem for each code that is used twice, out of range, changed, gone, or not yet remembered."""
    used = codes_of(base.facts)
    yield from _twice(base.facts)
    if remembered is None or not isinstance(remembered.data, dict):
        remembered = YamlFile("codes.yaml", {})
    past = {key: str(code) for key, code in remembered.data.items()} if isinstance(remembered.data, dict) else {}
    yield from _flows(remembered, past)
    for key, code in past.items():
        if key.startswith(_FLOW):
            continue
        if key not in used:
            yield remembered.problem(
                (key,),
                f"ce code a servi et n'existe plus dans les faits ; remettez « {key} » (code {code}), "
                "les anciens boutons le portent",
            )
        elif str(used[key]) != code:
            yield remembered.problem(
                (key,), f"le code valait {code} et vaut maintenant {used[key]} ; un code ne change jamais"
            )
    for key in used:
        if key not in past:
            yield Problem("codes.yaml", 0, f"« {key} » n'est pas inscrit ; lancez « motus codes »")


def flow_codes(remembered: YamlFile | None) -> dict[str, FlowCode]:
    """Return the codes given to flows, by flow. What is badly written is left to `check_codes`."""
    if remembered is None or not isinstance(remembered.data, dict):
        return {}
    return {
        key.removeprefix(_FLOW): FlowCode(int(str(code)), remembered.line((key,)))
        for key, code in remembered.data.items()
        if key.startswith(_FLOW) and _readable(str(code))
    }


def _flows(remembered: YamlFile, past: Mapping[str, str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, code in past.items():
        if not key.startswith(_FLOW):
            continue
        if not _readable(code):
            yield remembered.problem((key,), f"« {code} » n'est pas un code : attend un nombre de 1 à 255")
        elif code in seen:
            yield remembered.problem((key,), f"le code {code} a déjà été donné à « {seen[code]} » ; prenez-en un neuf")
        seen.setdefault(code, key)


def _readable(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) <= 3 and 1 <= int(code) <= 255


def _twice(facts: Mapping[str, Fact]) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for fact in facts.values():
        file = f"facts/{fact.id}.yaml"
        if fact.id == _FLOW.rstrip("."):
            yield Problem(file, 1, "ce nom est celui des parcours dans codes.yaml ; donnez-en un autre à ce fait")
        if not 1 <= fact.code <= 255:
            yield Problem(file, 1, f"le code {fact.code} doit être entre 1 et 255")
        if fact.code in seen:
            yield Problem(file, 1, f"le code {fact.code} sert déjà au fait « {seen[fact.code]} » ; prenez-en un neuf")
        seen.setdefault(fact.code, fact.id)
        values: dict[int, str] = {}
        for value in fact.values:
            if not 1 <= value.code <= 255:
                yield Problem(file, 1, f"le code {value.code} de « {value.id} » doit être entre 1 et 255")
            if value.code in values:
                yield Problem(file, 1, f"« {value.id} » et « {values[value.code]} » ont le même code {value.code}")
            values.setdefault(value.code, value.id)
