"""Ready phrases and blanks follow the outcome and the recipient."""

from __future__ import annotations

import pytest
from situations import BASE, TODAY

from knowledge import Advice, assume_unknown, evaluate, phrases, record


def _advice(**facts: str) -> Advice:
    completed, missing = assume_unknown(BASE, {"act": "transmettre", **facts}, TODAY)
    assert not missing
    result = evaluate(BASE, completed, TODAY)
    assert isinstance(result, Advice)
    return result


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"recipient": "police_gendarmerie", "request": "demande_orale", "danger": "aucun"}, "Je note votre demande."),
        ({"recipient": "maire", "collective_needed": "non"}, "ce que prévoit le dispositif"),
        ({"recipient": "bailleur"}, "rendez-vous à trois"),
        ({"recipient": "voisin"}, "ni confirmer ni infirmer"),
        ({"recipient": "crip", "danger": "maltraitance", "subject": "mineur"}, "les mots exacts"),
    ],
    ids=["police", "maire", "bailleur", "voisin", "crip"],
)
def test_an_assistante_sociale_is_given_the_sentence_for_her_recipient(facts: dict[str, str], said: str) -> None:
    """The first phrase proposed speaks to that recipient."""
    advice = _advice(profession="assistant_service_social", information="existence_suivi", **facts)
    if facts["recipient"] == "crip":
        advice = _advice(profession="assistant_service_social", information="faits_danger", **facts)

    assert said in phrases(BASE, advice)[0]


def test_nothing_is_noted_where_nothing_goes() -> None:
    """A refusal has no record of transmission."""
    advice = _advice(profession="assistant_service_social", information="existence_suivi", recipient="voisin")

    assert record(BASE, advice) == ()


def test_a_transmission_is_noted_by_hand_with_blanks() -> None:
    """What goes out has its nine blanks: when, who, to whom, on which article, why, what, who was told, how, answer."""
    advice = _advice(
        profession="assistant_service_social", information="ensemble", recipient="ccapex", purpose="prevenir_expulsion"
    )

    assert len(record(BASE, advice)) == 9
    assert all("………" in line for line in record(BASE, advice))


def test_a_sentence_holds_no_name_and_no_blank() -> None:
    """A phrase can be said as it stands."""
    assert BASE.phrases
    assert not [p.id for p in BASE.phrases if "…" in p.text]
