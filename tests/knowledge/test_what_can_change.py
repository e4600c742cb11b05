"""What would change the answer never tells anyone to say something else, except that nobody could be recognised."""

from __future__ import annotations

from datetime import date

from situations import BASE

from knowledge import Advice, evaluate
from knowledge.answering import assume_unknown, changes

DAY = date(2026, 11, 23)


def test_an_information_changes_into_nothing_but_an_anonymous_one() -> None:
    """« Dites plutôt son adresse » is no advice: the information is what there is to say."""
    assert BASE.facts["information"].changeable
    met: set[str] = set()
    for value in ("sante", "existence_suivi", "adresse", "ensemble"):
        facts = {
            "act": "transmettre",
            "profession": "assistant_service_social",
            "recipient": "crip",
            "information": value,
        }
        given, needed = assume_unknown(BASE, facts, DAY)
        assert not needed
        advice = evaluate(BASE, given, DAY)
        assert isinstance(advice, Advice)
        for change in changes(BASE, advice):
            met |= {change.facts["information"], *change.others} if "information" in change.facts else set()
    assert met <= {"anonyme"}
    assert met
