"""Twenty situations that workers ask about, walked from the menu through the real program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from flows import Conversation, Session
from knowledge import INCONNU
from tests.bot.conftest import Motus

MOST_ANSWERS = 11
DAY = "2026-11-23"


@dataclass(frozen=True, slots=True)
class Walk:
    """
    A situation in French, the line chosen in the menu, all that the worker knows, and what the screen must say.

    What she is asked and does not know, she does not know: the screen is answered « je ne sais pas ».
    The outcome and the article are those of the text, whatever the order of the questions.
    """

    name: str
    menu: str
    knows: dict[str, str]
    outcome: str
    article: str


def _walk(name: str, menu: str, knows: str, outcome: str, article: str) -> Walk:
    return Walk(name, menu, dict(pair.split("=") for pair in knows.split()), outcome, article)


WALKS = [
    _walk(
        "la police appelle le foyer pour savoir si quelqu'un y est hébergé",
        "5",
        "request=demande_orale recipient=police_gendarmerie information=existence_suivi profession=educateur "
        "danger=aucun service=chrs subject=majeur purpose=enquete_justice",
        "Interdit",
        "226-13",
    ),
    _walk(
        "une réquisition écrite demande le dossier",
        "5",
        "request=requisition recipient=police_gendarmerie information=ensemble "
        "profession=assistant_service_social danger=aucun",
        "Obligatoire",
        "60-1",
    ),
    _walk(
        "l'éducatrice d'une mesure judiciaire est convoquée au commissariat",
        "5",
        "request=convocation recipient=police_gendarmerie information=contenu_entretien profession=educateur "
        "danger=enfant_danger_risque service=mesure_judiciaire_enfance subject=mineur child_missing=non "
        "purpose=enquete_justice",
        "Vous pouvez refuser de répondre",
        "78",
    ),
    _walk(
        "la police perquisitionne le service",
        "5",
        "request=perquisition recipient=police_gendarmerie information=ensemble "
        "profession=assistant_service_social danger=aucun",
        "Obligatoire",
        "56",
    ),
    _walk(
        "l'avocat d'une mère demande une attestation pour le divorce",
        "5",
        "request=demande_ecrite recipient=avocat_personne information=conflit_conjugal "
        "profession=assistant_service_social",
        "Interdit",
        "226-13",
    ),
    _walk(
        "suis-je tenue, éducatrice de prévention spécialisée",
        "3",
        "profession=educateur service=prevention_specialisee",
        "Oui",
        "226-13",
    ),
    _walk(
        "suis-je tenu, bénévole d'une association",
        "3",
        "profession=benevole service=association public_agent=non",
        "Non",
        "9",
    ),
    _walk(
        "un enfant a des marques de coups",
        "4",
        "danger=maltraitance recipient=crip subject=mineur child_missing=non "
        "profession=assistant_service_social service=service_social_departemental mandate=aucun",
        "Obligatoire",
        "L226-2-1",
    ),
    _walk(
        "une enseignante s'inquiète pour un élève",
        "4",
        "danger=enfant_danger_risque recipient=crip subject=mineur child_missing=non profession=enseignant "
        "service=etablissement_scolaire_public public_agent=oui mandate=aucun",
        "Obligatoire",
        "L226-2-1",
    ),
    _walk(
        "le maire veut la liste des familles aidées",
        "1",
        "profession=cesf recipient=maire information=identite_demande danger=aucun subject=majeur "
        "purpose=securite_publique service=ccas",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la situation d'une famille s'aggrave, faut-il prévenir le maire",
        "1",
        "profession=assistant_service_social recipient=maire information=ensemble danger=aucun "
        "subject=majeur service=ccas purpose=coordonner_action_sociale collective_needed=oui consent=oui "
        "person_informed=oui",
        "Permis si…",
        "L121-6-2",
    ),
    _walk(
        "le chef de service veut le récit des entretiens",
        "1",
        "profession=assistant_service_social recipient=chef_service information=contenu_entretien "
        "danger=aucun subject=majeur service=service_social_departemental purpose=encadrer_decider",
        "Interdit",
        "226-13",
    ),
    _walk(
        "le logiciel demande les difficultés psychologiques",
        "2",
        "support=logiciel information=psychologique recipient=chef_service systematic=non relevance=non "
        "danger=aucun profession=assistant_service_social service=service_social_departemental "
        "subject=majeur purpose=encadrer_decider",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la préfecture demande l'adresse d'un étranger",
        "1",
        "profession=assistant_service_social recipient=prefecture request=demande_ecrite "
        "information=adresse_contact danger=aucun subject=majeur service=ccas",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la commission des expulsions demande la situation du ménage",
        "1",
        "profession=assistant_service_social recipient=ccapex information=logement danger=aucun "
        "purpose=prevenir_expulsion",
        "Obligatoire",
        "7-2",
    ),
    _walk(
        "agent public, dois-je dénoncer une fraude au procureur",
        "1",
        "profession=assistant_service_social recipient=procureur request=spontane information=fraude "
        "danger=aucun public_agent=oui",
        "Le droit est discuté",
        "40",
    ),
    _walk(
        "une personne veut lire son dossier",
        "6",
        "recipient=personne information=ensemble",
        "Obligatoire",
        "L311-1",
    ),
    _walk(
        "l'employeur interroge l'assistante sociale du travail sur un salarié",
        "1",
        "profession=assistant_service_social recipient=employeur_personne information=sante danger=aucun",
        "Interdit",
        "226-13",
    ),
    _walk(
        "une femme victime de son conjoint refuse de porter plainte",
        "4",
        "danger=violences_couple recipient=police_gendarmerie subject=majeur "
        "profession=assistant_service_social purpose=proteger_majeur",
        "Interdit",
        "226-13",
    ),
    _walk(
        "l'aide à domicile voit une vieille dame maltraitée",
        "4",
        "danger=maltraitance recipient=ars_maltraitance subject=majeur_vulnerable profession=aide_domicile "
        "service=service_domicile_essms",
        "Obligatoire",
        "L119-2",
    ),
]


def _plain(text: str) -> str:
    return " ".join(text.split())


def typed(walk: Walk, conversation: Conversation) -> str:
    """Return what she types: the line of the menu, then what she knows of each question, or that she does not."""
    flow = sorted(conversation.flows.values(), key=lambda f: f.code)[int(walk.menu) - 1]
    session = conversation.start(flow.id, date.fromisoformat(DAY))
    while (asked := conversation.asked(session)) is not None:
        told = (asked.id, walk.knows.get(asked.id, INCONNU))
        session = Session(flow.id, session.on, (*session.answers, told))
    assert len(session.answers) <= MOST_ANSWERS
    return "\n".join((walk.menu, *(value for _, value in session.answers))) + "\n"


def _said(walk: Walk, motus: Motus, conversation: Conversation) -> str:
    done = motus("ask", "--plain", "--detail", "--on", DAY, stdin=typed(walk, conversation))
    assert done.returncode == 0, done.stderr
    assert "n'est pas une réponse ici" not in done.stdout
    return done.stdout


@pytest.mark.parametrize("walk", WALKS, ids=[w.name for w in WALKS])
def test_a_worker_finds_the_answer_from_the_menu(walk: Walk, motus: Motus, conversation: Conversation) -> None:
    """The menu, a few answers, then the outcome in words and the article that decides."""
    verdict = _plain(_said(walk, motus, conversation).split("RÉPONSE", 1)[1])
    assert verdict.startswith(f": {walk.outcome.upper()} — ")
    top, _, others = verdict.partition("LES AUTRES TEXTES")
    deciding = top.split("LE TEXTE QUI DÉCIDE", 1)[1].split("LE DÉTAIL")[0]
    deciding += others.partition("Ce qui décide aussi")[2].split("Ce qui s'applique aussi")[0]
    assert f"article {walk.article}" in deciding


def test_the_walks_are_twenty_and_use_every_line_of_the_menu() -> None:
    """None is asked twice, and no line of the menu is left untried."""
    assert len({w.name for w in WALKS}) == len(WALKS) == 20
    assert {w.menu for w in WALKS} == {"1", "2", "3", "4", "5", "6"}


def test_what_the_flow_sets_is_not_said_to_change_the_answer(motus: Motus, conversation: Conversation) -> None:
    """A worker who alerts was not asked what she would say, nor who asked: neither is proposed as a change."""
    walk = next(w for w in WALKS if w.menu == "4")
    said = _said(walk, motus, conversation)
    changes = said.split("CE QUI CHANGERAIT LA RÉPONSE", 1)[1]

    assert "« Danger » devient" in _plain(changes)
    assert "« Information » devient" not in _plain(changes)


def test_a_boss_is_not_answered_like_a_stranger(motus: Motus, conversation: Conversation) -> None:
    """« Ni confirmer ni infirmer » is for those who may not know that the person is followed."""
    walk = next(w for w in WALKS if "chef_service" in w.knows.values() and w.menu == "1")
    said = _said(walk, motus, conversation)

    assert "ni infirmer" not in _plain(said)
    assert "ce qui est nécessaire à la décision" in _plain(said)


def test_the_police_that_nobody_heard_is_not_asked_for_a_writing(motus: Motus, conversation: Conversation) -> None:
    """Where the worker takes the first step, no sentence answers a demand that was never made."""
    walk = next(w for w in WALKS if "police_gendarmerie" in w.knows.values() and w.menu == "4")
    said = _said(walk, motus, conversation)

    assert "Je note votre demande" not in _plain(said)
    assert "Demandez un écrit" not in _plain(said)
    assert "l'accompagner" in _plain(said)


SENTENCES = {
    "la police appelle le foyer pour savoir si quelqu'un y est hébergé": "Non : ne dites pas à la police "
    "si la personne est suivie.",
    "un enfant a des marques de coups": "Oui, c'est obligatoire : alertez la CRIP.",
    "le maire veut la liste des familles aidées": "Non : ne donnez pas l'identité de la personne au maire.",
    "la commission des expulsions demande la situation du ménage": "Oui, c'est obligatoire : donnez ce qui touche "
    "son logement à la CCAPEX.",
    "suis-je tenue, éducatrice de prévention spécialisée": "Oui : vous êtes tenu au secret professionnel.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_last_screen_answers_in_a_sentence(name: str, motus: Motus, conversation: Conversation) -> None:
    """The card comes last, whole in twenty-two lines: who, to whom, what, and the answer."""
    walk = next(w for w in WALKS if w.name == name)
    card = _said(walk, motus, conversation).rsplit("─" * 80, 1)[1].split("v tout voir")[0]

    assert SENTENCES[name] in _plain(card)
    assert len(card.strip().splitlines()) <= 20
