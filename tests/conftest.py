"""The real base and the real flows, loaded once."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from situations import BASE

import flows
import knowledge

settings.register_profile("every-change", max_examples=150, deadline=None)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "every-change"))


@pytest.fixture(scope="session")
def base() -> knowledge.KnowledgeBase:
    """Give the law that ships, checked."""
    return BASE


@pytest.fixture(scope="session")
def conversation(base: knowledge.KnowledgeBase) -> flows.Conversation:
    """Give the flows that ship, over the law that ships."""
    return flows.Conversation(base, flows.load(base))
