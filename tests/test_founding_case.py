"""The founding case, on the day the press told it and today."""

from __future__ import annotations

from datetime import date

import pytest

from examples.founding_case import advise, main, read_situation, sharing, writing
from knowledge import Advice, KnowledgeBase, Outcome

THEN, NOW = date(2009, 11, 2), date(2026, 11, 23)


def _sharing(base: KnowledgeBase, recipient: str) -> dict[str, tuple[Advice, Advice]]:
    found = {item: (a[0], a[1]) for says, item, a in sharing(base, read_situation()) if says.startswith(recipient)}
    assert len(found) == 10
    return found


def _articles(advice: Advice) -> set[str]:
    return {a.article for a in advice.articles}


def test_nothing_went_to_the_commission_on_evictions_in_2009(base: KnowledgeBase) -> None:
    """In 2009 no text lifted secrecy for that commission: every item of the form is forbidden."""
    for then, _ in _sharing(base, "La commission").values():
        assert then.outcome is Outcome.FORBIDDEN
        assert {"code-penal/226-13", "casf/L411-3"} <= _articles(then)
        assert "lois/90-449-art-7-2" not in _articles(then)


def test_the_commission_on_evictions_is_owed_the_strictly_necessary_today(base: KnowledgeBase) -> None:
    """Today the law orders what the assessment of the household needs, and only that."""
    found = _sharing(base, "La commission")
    _, identity = found["identite_demande"]

    assert identity.outcome is Outcome.OBLIGED
    assert identity.articles[0].article == "lois/90-449-art-7-2"
    assert {i.category for i in identity.minimum.share} >= {"ressources_charges", "logement"}
    assert "sante" in {i.category for i in identity.minimum.keep}
    for item in ("conflit_conjugal", "sejour", "psychologique", "appreciation", "freins_potentialites", "nir"):
        _, now = found[item]
        assert now.outcome is Outcome.FORBIDDEN
        assert "lois/90-449-art-7-2" in _articles(now), "the text that sets the limit is shown"


def test_the_security_council_gets_no_name_then_or_now(base: KnowledgeBase) -> None:
    """Each day has its own article, and neither lifts secrecy."""
    for then, now in _sharing(base, "Le conseil local").values():
        assert (then.outcome, now.outcome) == (Outcome.FORBIDDEN, Outcome.FORBIDDEN)
        assert "cgct/L2211-5" in _articles(then)
        assert "csi/L132-5" in _articles(now)


def test_the_mayor_learns_at_most_that_several_professionals_are_needed(base: KnowledgeBase) -> None:
    """L121-6-2 opens to identity and purpose, when things get worse; never to the nature of the difficulties."""
    worse = _sharing(base, "Le maire, quand")
    for then, now in _sharing(base, "Le maire, alors").values():
        assert (then.outcome, now.outcome) == (Outcome.FORBIDDEN, Outcome.FORBIDDEN)
    for advice in worse["identite_demande"]:
        assert advice.outcome is Outcome.CONDITIONAL
        assert advice.articles[0].article == "casf/L121-6-2"
    for item in ("conflit_conjugal", "sejour", "psychologique", "appreciation", "conseils", "nir"):
        assert {a.outcome for a in worse[item]} == {Outcome.FORBIDDEN}


@pytest.mark.parametrize("recipient", ["La réussite", "La cellule", "La police, au téléphone"])
def test_no_item_of_the_form_goes_to_them(base: KnowledgeBase, recipient: str) -> None:
    """Réussite éducative, the concern-report unit without danger, the police by phone: nothing, then as now."""
    for advices in _sharing(base, recipient).values():
        for advice in advices:
            assert advice.outcome is Outcome.FORBIDDEN
            assert advice.governing == "base/cp-226-13"


def test_managers_read_what_decides_and_never_the_private_life(base: KnowledgeBase) -> None:
    """Rank opens nothing: identity and purpose with conditions, the rest is kept."""
    found = _sharing(base, "Le chef de service")
    assert {a.outcome for a in found["identite_demande"]} == {Outcome.CONDITIONAL}
    for item in ("difficultes_familiales", "conflit_conjugal", "sejour", "psychologique", "appreciation", "nir"):
        assert {a.outcome for a in found[item]} == {Outcome.FORBIDDEN}


FINDINGS = {
    "appreciation": ("donnees/appreciation", {THEN: "lois/78-17-art-6", NOW: "rgpd/5"}),
    "nir": ("donnees/nir", {THEN: "lois/78-17-art-6", NOW: "lois/78-17-art-30"}),
    "psychologique": ("donnees/donnees-sensibles", {THEN: "lois/78-17-art-8", NOW: "rgpd/9"}),
    "conflit_conjugal": ("donnees/vie-privee", {THEN: "lois/78-17-art-6", NOW: "rgpd/5"}),
}
FILE_FINDINGS = {
    "donnees/duree": {THEN: "lois/78-17-art-6", NOW: "rgpd/5"},
    "donnees/personne-avertie": {THEN: "lois/78-17-art-6", NOW: "rgpd/13"},
    "donnees/securite": {THEN: "lois/78-17-art-2", NOW: "rgpd/32"},
}


@pytest.mark.parametrize("item", FINDINGS)
def test_what_the_authority_found_in_each_item_is_found_from_its_own_norm(base: KnowledgeBase, item: str) -> None:
    """Subjective judgements, private life and the social-security number are refused, each day by its own text."""
    norm, articles = FINDINGS[item]
    (advices,) = [a for i, a in writing(base, read_situation()) if i == item]
    for advice in advices:
        assert (advice.outcome, advice.governing) == (Outcome.FORBIDDEN, norm)
        assert articles[advice.on] in advice.findings[0].articles


def test_what_the_authority_found_in_the_file_is_found_from_its_own_norms(base: KnowledgeBase) -> None:
    """Formalities, retention, information of persons and security, paper included: one finding each."""
    (advices,) = [a for i, a in writing(base, read_situation()) if i == "ensemble"]
    for advice, formalities, article in zip(
        advices, ("formalites-cnil", "formalites-rgpd"), ("code-penal/226-16", "rgpd/30"), strict=True
    ):
        found = {f.norm: f for f in advice.findings}
        assert advice.outcome is Outcome.FORBIDDEN
        assert article in found[f"donnees/{formalities}"].articles
        for norm, articles in FILE_FINDINGS.items():
            assert found[norm].outcome is Outcome.CONDITIONAL
            assert articles[advice.on] in found[norm].articles


def test_a_file_in_order_raises_no_finding(base: KnowledgeBase) -> None:
    """The same identity and purpose, in a file kept in order, may be written on both days."""
    situation = read_situation()
    order = {
        "systematic": "non",
        "retention": "justifiee",
        "person_told": "oui",
        "formalities_done": "oui",
        "file_security": "limitee",
    }
    facts = {"act": "ecrire", **situation["worker"], **situation["file"], **order, "information": "identite_demande"}

    for on in (THEN, NOW):
        assert advise(base, facts, on).outcome is Outcome.PERMITTED


def test_the_demo_prints_every_reader_and_every_item(capsys: pytest.CaptureFixture[str]) -> None:
    """`make demo` shows the outcome, the article and the minimum, on both days."""
    main()
    said = capsys.readouterr().out.replace("\u00a0", " ")

    assert said.count("2 novembre 2009 :") == 11 * 10 + 11
    assert said.count("23 novembre 2026 :") == 11 * 10 + 11
    assert "Obligatoire — Loi n° 90-449 art. 7-2" in said
    assert "L226-13" not in said
