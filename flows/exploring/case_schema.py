"""
The JSON Schema of files of cases: an editor completes the keys, the questions and their answers, and underlines a slip.

It says what an editor can know; `case_file` refuses more: rules, articles, what a flow does not offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.conversation import UNKNOWN_LABEL
from flows.exploring.case_file import KEYS, TOLD
from flows.model import Flow
from flows.vocabulary import admitted
from knowledge import Fact, KnowledgeBase, Outcome
from knowledge.model.typography import NARROW, NBSP

Tree = dict[str, Any]


def case_schema(base: KnowledgeBase, flows: Mapping[str, Flow], outcomes: Mapping[Outcome, str]) -> Tree:
    """
    Return the schema, for a law and its flows; `outcomes` are the words of the answers.

    Rules and articles are left as free text: each new one would change the schema, and `motus test` names the nearest.
    """
    told = TOLD.json_schema()
    del told["description"]
    parts = {name: _part(part) for name, part in told.pop("$defs").items()}
    parts["Outcome"] = {"oneOf": [{"const": o.value, "title": _plain(outcomes[o])} for o in Outcome]}
    keys: Tree = told.pop("properties")
    keys["flow"] = {"oneOf": [{"const": f.id, "title": _plain(f.title)} for f in flows.values()]}
    keys["id"] |= {"pattern": r"^\S+$"}
    keys["facts"] = {
        "type": "object",
        "properties": {fact.id: _answers(fact) for fact in base.facts.values() if fact.debate is None},
        "additionalProperties": False,
    }
    properties = {key: _written(keys[key]) | {"description": said} for key, said in KEYS.items()}
    case = {
        **told,
        "title": "Une situation et la réponse attendue",
        "properties": properties,
        "anyOf": [{"required": ["outcome"]}, {"required": ["published"]}],
    }
    cases = {"type": "array", "items": {"$ref": "#/$defs/Case"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fichier de situations, lu par « motus test »",
        "oneOf": [
            cases,
            {
                "type": "object",
                "properties": {
                    "cases": cases,
                    "count": {"description": "combien il y en a", "type": ["integer", "string"], "pattern": "^[0-9]+$"},
                },
                "required": ["cases"],
                "additionalProperties": False,
            },
        ],
        "$defs": {"Case": case, **parts},
    }


def _answers(fact: Fact) -> Tree:
    known = {v.id: v.label for v in fact.values}
    rows = [{"const": v, "title": _plain(known.get(v, UNKNOWN_LABEL))} for v in admitted(fact)]
    return {"description": _plain(fact.question), "oneOf": rows}


def _part(schema: Tree) -> Tree:
    """Keep of a part what an editor shows to somebody who writes French."""
    kept = {key: value for key, value in schema.items() if key not in {"title", "description"}}
    if "properties" in kept:
        kept["properties"] = {key: _written(value) for key, value in kept["properties"].items()}
    return kept


def _written(schema: Tree) -> Tree:
    """Return the schema of a key that is written: a name made from its own, a default and « nothing » say nothing."""
    some: Tree = next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), {})
    return {key: value for key, value in schema.items() if key not in {"title", "default", "anyOf"}} | some


def _plain(text: str) -> str:
    return text.replace(NBSP, " ").replace(NARROW, " ")
