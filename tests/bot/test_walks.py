"""Twenty situations that workers ask about, walked from the menu through the real program."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.bot.conftest import Motus

MOST_ANSWERS = 10
DAY = "2026-11-23"


@dataclass(frozen=True, slots=True)
class Walk:
    """A situation in French, the line chosen in the menu, the answers in order, and what the screen must say."""

    name: str
    menu: str
    answers: tuple[str, ...]
    outcome: str
    article: str


def _walk(name: str, menu: str, answers: str, outcome: str, article: str) -> Walk:
    return Walk(name, menu, tuple(answers.split()), outcome, article)


WALKS = [
    _walk(
        "la police appelle le foyer pour savoir si quelqu'un y est hébergé",
        "5",
        "demande_orale police_gendarmerie existence_suivi educateur aucun chrs enquete_justice",
        "Interdit",
        "226-13",
    ),
    _walk(
        "une réquisition écrite demande le dossier",
        "5",
        "requisition police_gendarmerie ensemble assistant_service_social aucun",
        "Obligatoire",
        "60-1",
    ),
    _walk(
        "l'éducatrice d'une mesure judiciaire est convoquée au commissariat",
        "5",
        "convocation police_gendarmerie contenu_entretien educateur enfant_danger_risque "
        "mesure_judiciaire_enfance enquete_justice",
        "Vous pouvez refuser de répondre",
        "78",
    ),
    _walk(
        "la police perquisitionne le service",
        "5",
        "perquisition police_gendarmerie ensemble assistant_service_social aucun",
        "Obligatoire",
        "56",
    ),
    _walk(
        "l'avocat d'une mère demande une attestation pour le divorce",
        "5",
        "demande_ecrite avocat_personne conflit_conjugal assistant_service_social",
        "Interdit",
        "226-13",
    ),
    _walk(
        "suis-je tenue, éducatrice de prévention spécialisée",
        "3",
        "educateur prevention_specialisee",
        "Oui",
        "226-13",
    ),
    _walk(
        "suis-je tenu, bénévole d'une association",
        "3",
        "benevole association non",
        "Pas de secret pénal",
        "9",
    ),
    _walk(
        "un enfant a des marques de coups",
        "4",
        "maltraitance crip mineur assistant_service_social service_social_departemental aucun",
        "Obligatoire",
        "L226-2-1",
    ),
    _walk(
        "une enseignante s'inquiète pour un élève",
        "4",
        "enfant_danger_risque crip mineur enseignant etablissement_scolaire_public aucun",
        "Obligatoire",
        "L226-2-1",
    ),
    _walk(
        "le maire veut la liste des familles aidées",
        "1",
        "cesf maire identite_demande securite_publique ccas",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la situation d'une famille s'aggrave, faut-il prévenir le maire",
        "1",
        "assistant_service_social maire ensemble aucun coordonner_action_sociale oui oui",
        "Permis si…",
        "L121-6-2",
    ),
    _walk(
        "le chef de service veut le récit des entretiens",
        "1",
        "assistant_service_social chef_service contenu_entretien",
        "Interdit",
        "226-13",
    ),
    _walk(
        "le logiciel demande les difficultés psychologiques",
        "2",
        "logiciel psychologique chef_service non assistant_service_social "
        "service_social_departemental majeur encadrer_decider",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la préfecture demande l'adresse d'un étranger",
        "1",
        "assistant_service_social prefecture adresse_contact",
        "Interdit",
        "226-13",
    ),
    _walk(
        "la commission des expulsions demande la situation du ménage",
        "1",
        "assistant_service_social ccapex logement prevenir_expulsion",
        "Obligatoire",
        "7-2",
    ),
    _walk(
        "agent public, dois-je dénoncer une fraude au procureur",
        "1",
        "assistant_service_social procureur spontane fraude aucun oui",
        "Le droit est discuté",
        "40",
    ),
    _walk(
        "une personne veut lire son dossier",
        "6",
        "personne ensemble",
        "Permis si…",
        "9",
    ),
    _walk(
        "l'employeur interroge l'assistante sociale du travail sur un salarié",
        "1",
        "assistant_service_social employeur_personne sante",
        "Interdit",
        "226-13",
    ),
    _walk(
        "une femme victime de son conjoint refuse de porter plainte",
        "4",
        "violences_couple police_gendarmerie majeur assistant_service_social proteger_majeur",
        "Interdit",
        "226-13",
    ),
    _walk(
        "l'aide à domicile voit une vieille dame maltraitée",
        "4",
        "maltraitance ars_maltraitance majeur_vulnerable aide_domicile service_domicile_essms",
        "Permis si…",
        "L119-2",
    ),
]


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("walk", WALKS, ids=[w.name for w in WALKS])
def test_a_worker_finds_the_answer_from_the_menu(walk: Walk, motus: Motus) -> None:
    """The menu, at most ten answers, then the outcome in words and the article that decides."""
    done = motus("ask", "--plain", "--on", DAY, stdin="\n".join((walk.menu, *walk.answers)) + "\n")

    assert done.returncode == 0, done.stderr
    assert "n'est pas une réponse ici" not in done.stdout
    assert len(walk.answers) <= MOST_ANSWERS
    verdict = _plain(done.stdout.split("RÉPONSE", 1)[1])
    assert verdict.startswith(f": {walk.outcome.upper()} — ")
    top, _, others = verdict.partition("LES AUTRES TEXTES")
    deciding = top.split("LE TEXTE QUI DÉCIDE", 1)[1].split("LE DÉTAIL")[0]
    deciding += others.partition("Ce qui décide aussi")[2].split("Ce qui s'applique aussi")[0]
    assert f"article {walk.article}" in deciding


def test_the_walks_are_twenty_and_use_every_line_of_the_menu() -> None:
    """None is asked twice, and no line of the menu is left untried."""
    assert len({w.name for w in WALKS}) == len(WALKS) == 20
    assert {w.menu for w in WALKS} == {"1", "2", "3", "4", "5", "6"}


def test_what_the_flow_sets_is_not_said_to_change_the_answer(motus: Motus) -> None:
    """A worker who alerts was not asked what she would say, nor who asked: neither is proposed as a change."""
    walk = next(w for w in WALKS if w.menu == "4")
    said = motus("ask", "--plain", "--on", DAY, stdin="\n".join((walk.menu, *walk.answers)) + "\n").stdout
    changes = said.split("CE QUI CHANGERAIT LA RÉPONSE", 1)[1]

    assert "« Danger » devient" in _plain(changes)
    assert "« Information » devient" not in _plain(changes)


def test_a_boss_is_not_answered_like_a_stranger(motus: Motus) -> None:
    """« Ni confirmer ni infirmer » is for those who may not know that the person is followed."""
    walk = next(w for w in WALKS if "chef_service" in w.answers and w.menu == "1")
    said = motus("ask", "--plain", "--on", DAY, stdin="\n".join((walk.menu, *walk.answers)) + "\n").stdout

    assert "ni infirmer" not in _plain(said)
    assert "ce qui est nécessaire à la décision" in _plain(said)


def test_the_police_that_nobody_heard_is_not_asked_for_a_writing(motus: Motus) -> None:
    """Where the worker takes the first step, no sentence answers a demand that was never made."""
    walk = next(w for w in WALKS if "police_gendarmerie" in w.answers and w.menu == "4")
    said = motus("ask", "--plain", "--on", DAY, stdin="\n".join((walk.menu, *walk.answers)) + "\n").stdout

    assert "Je note votre demande" not in _plain(said)
    assert "Demandez un écrit" not in _plain(said)
    assert "l'accompagner" in _plain(said)


def test_the_last_lines_of_a_verdict_say_the_answer_again(motus: Motus) -> None:
    """The answer is longer than a screen: what is left in sight says what it was."""
    walk = WALKS[0]
    said = motus("ask", "--plain", "--on", DAY, stdin="\n".join((walk.menu, *walk.answers)) + "\n").stdout

    assert f"En bref : {walk.outcome}" in _plain(said.split("p pourquoi")[0])
