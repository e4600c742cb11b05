"""The whole base as one frozen value: texts, facts, norms, and the tables around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.model.conditions import Condition
from knowledge.model.facts import DerivedFact, Fact
from knowledge.model.law import Article, Collection, Moved, Strict
from knowledge.model.norms import Norm, Outcome


@dataclass(frozen=True, slots=True)
class Phrase(Strict):
    """A sentence ready to say or send, for some outcomes and situations."""

    id: str
    outcomes: tuple[Outcome, ...]
    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Rule(Strict):
    """
    One rule of the doctrine, by its number: what the project set out to say.

    `reason` says why no norm carries it. `partly` says what is left out of a rule that norms do carry.
    `to_check` is the point that was not sure when the rule was set: its norms show a doubt, or say where it was read.
    """

    id: str
    title: str
    reason: str | None = None
    partly: str | None = None
    to_check: str | None = None


@dataclass(frozen=True, slots=True)
class FlowCode:
    """The code that a flow was given for ever, and the line of `codes.yaml` that remembers it."""

    code: int
    line: int


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """
    All the law, loaded and checked. `digest` is the hash of every source file; two bases are never equal.

    `flow_codes` are, by flow, the codes that old buttons may carry: the law knows no flow, but remembers them all.
    """

    articles: Mapping[str, Article]
    facts: Mapping[str, Fact]
    derived: Mapping[str, DerivedFact]
    norms: Mapping[str, Norm]
    collections: Mapping[str, Collection]
    digest: str
    doctrine: Mapping[str, Rule] = field(default_factory=dict)
    moved: Mapping[str, Moved] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    record: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flow_codes: Mapping[str, FlowCode] = field(default_factory=dict)
