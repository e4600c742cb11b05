"""The common errors are shown where a person is about to make them, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from situations import BASE, FOUNDING_DAY, TODAY

from knowledge import Advice, evaluate

USUAL = {
    "act": "transmettre",
    "profession": "assistant_service_social",
    "service": "service_social_departemental",
    "public_agent": "oui",
    "recipient": "collegue_equipe",
    "request": "spontane",
    "information": "ensemble",
    "danger": "aucun",
    "subject": "majeur",
    "child_missing": "non",
    "under_fifteen": "non",
    "purpose": "coordonner_action_sociale",
    "same_case": "oui",
    "mandate": "aucun",
    "recipient_bound": "non",
    "collective_needed": "non",
    "consent": "non_demande",
    "person_informed": "non",
    "support": "logiciel",
    "systematic": "non",
    "relevance": "oui",
    "person_told": "oui",
    "retention": "justifiee",
    "file_security": "oui",
    "formalities_done": "oui",
}
ABUSE = {"danger": "maltraitance", "recipient": "procureur", "purpose": "proteger_enfant"}

MOMENTS = {
    "erreurs/secret-partage": ({"request": "reunion"}, {"request": "spontane"}),
    "erreurs/accord": ({"consent": "accord"}, {"consent": "demande"}),
    "erreurs/hierarchie": ({"recipient": "chef_service"}, {"recipient": "collegue_equipe"}),
    "erreurs/tous-tenus": ({"recipient_bound": "oui"}, {"recipient_bound": "non"}),
    "erreurs/signaler-police": (
        {"danger": "enfant_danger_risque", "subject": "mineur", "recipient": "police_gendarmerie"},
        {"recipient": "crip"},
    ),
    "erreurs/tout-mineur": (
        {**ABUSE, "subject": "mineur", "profession": "animateur", "service": "loisirs", "public_agent": "non"},
        {"subject": "majeur_vulnerable"},
    ),
    "erreurs/faits-anciens": ({**ABUSE, "subject": "mineur"}, {"danger": "aucun"}),
    "erreurs/enfant-devenu-majeur": ({**ABUSE, "subject": "majeur"}, {"subject": "mineur"}),
    "erreurs/charte": ({"recipient": "clspd"}, {"recipient": "collegue_equipe"}),
    "erreurs/deja-connu": ({"recipient": "voisin"}, {"recipient": "collegue_equipe"}),
    "erreurs/rgpd": ({"act": "ecrire"}, {"act": "ecrire", "recipient": "aucun"}),
    "erreurs/prescription": ({"act": "situer", "recipient": "aucun"}, {"act": "transmettre"}),
    "erreurs/secret-privilege": ({"act": "situer", "recipient": "aucun"}, {"act": "transmettre"}),
    "erreurs/defense": ({"purpose": "se_defendre"}, {"purpose": "autre"}),
    "erreurs/article-40": (
        {"recipient": "procureur", "information": "fraude", "service": "association", "public_agent": "non"},
        {"public_agent": "oui"},
    ),
    "employeur/benevole": (
        {"profession": "benevole", "service": "ccas"},
        {"profession": "secretaire_accueil", "service": "ccas"},
    ),
}


def _shown(facts: dict[str, str], on: date = TODAY) -> set[str]:
    advice = evaluate(BASE, {**USUAL, **facts}, on)
    assert isinstance(advice, Advice)
    return {s.norm for s in advice.trace if s.state == "applies"}


def test_every_error_norm_has_its_moment() -> None:
    """A new error comes with the situation that shows it."""
    assert {n for n in BASE.norms if n.startswith("erreurs/")} <= MOMENTS.keys()


@pytest.mark.parametrize("norm", MOMENTS)
def test_an_error_is_put_right_when_it_is_about_to_be_made(norm: str) -> None:
    """It is shown in its moment, and gone in the neighbouring one."""
    moment, elsewhere = MOMENTS[norm]

    assert norm in _shown(moment)
    assert norm not in _shown({**moment, **elsewhere})


def test_an_error_about_a_law_to_come_is_not_put_right_before_it() -> None:
    """In 2009 the text did stop at fifteen."""
    assert "erreurs/tout-mineur" not in _shown(MOMENTS["erreurs/tout-mineur"][0], FOUNDING_DAY)


@pytest.mark.parametrize("norm", sorted(n for n in BASE.norms if n.startswith("erreurs/")))
def test_an_error_is_quoted_then_answered(norm: str) -> None:
    """What people say comes first, between quotation marks; the answer follows."""
    for text in BASE.norms[norm].risks:
        assert text.startswith("«")
        assert text.index("»") < len(text) / 2 + 20
