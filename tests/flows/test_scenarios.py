"""The scenarios: read strictly, answered by the law as their authors expect, and said so where they no longer are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.words.french import OUTCOMES
from flows import Conversation, FlowError
from flows.training.answers import DAY, answered, decisive, differences, problems
from flows.training.grading import Score, mark, marks, scores
from flows.training.load import load
from flows.training.model import LEVELS, Pack, Scenario
from flows.training.quiz import ARTICLES, Examiner, Part
from flows.training.scenario_file import read_scenario
from knowledge.reading import parse

SHIPPED = Path(__file__).parents[2] / "flows" / "scenarios"
THEMES = {
    "protection-enfance", "police-justice", "elus", "hierarchie-logiciel", "logement", "sante",
    "violences-couple", "adultes-vulnerables", "hier-aujourdhui", "cas-fondateur",
}  # fmt: skip
TEXT = (SHIPPED / "elus" / "le-maire-veut-savoir.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def packs(conversation: Conversation) -> dict[str, Pack]:
    """Give the scenarios that ship."""
    return load(conversation.base, conversation.flows)


def _all(packs: Mapping[str, Pack]) -> dict[str, Scenario]:
    return {s.id: s for pack in packs.values() for s in pack.scenarios}


def _said(conversation: Conversation, text: str) -> list[str]:
    found = read_scenario(conversation.base, conversation.flows, "elus", "essai", parse("essai.yaml", text))
    assert (found.scenario is None) == bool(found.problems)
    return [" ".join(str(p).split()) for p in found.problems]


def test_there_are_scenarios_for_every_theme(packs: dict[str, Pack]) -> None:
    """Thirty at least, and the founding case in three levels."""
    assert set(packs) == THEMES
    assert len(_all(packs)) >= 30
    assert {s.level for s in packs["cas-fondateur"].scenarios} == set(LEVELS)


def test_the_law_answers_every_scenario_as_its_author_expects(
    conversation: Conversation, packs: dict[str, Pack]
) -> None:
    """Outcome, rule, article, what goes, what stays, what comes first; and each pair is one."""
    assert list(problems(conversation, packs.values())) == []


def test_every_pack_has_a_pair_one_decisive_fact_apart(packs: dict[str, Pack]) -> None:
    """Two stories of the same pack; between 2009 and today, the day is what differs."""
    known = _all(packs)
    for pack in packs.values():
        apart = {decisive(s, known[s.pair]) for s in pack.scenarios if s.pair is not None}
        assert apart
        assert all(len(facts) == 1 for facts in apart)
    assert decisive(known["hier-aujourdhui/la-commission-en-2009"], known["logement/la-commission-des-expulsions"]) == (
        DAY,
    )


@pytest.mark.parametrize(
    ("change", "by", "said"),
    [
        ("outcome: forbidden", "outcome: obliged", "outcome attend obliged ; le droit répond forbidden"),
        ("governing: base/cp-226-13", "governing: justice/perquisition", "governing attend justice/perquisition ;"),
        ("article: code-penal/226-13", "article: casf/L411-3", "ce qui décide : code-penal/226-13"),
        (
            "goes: [anonyme]",
            "goes: [logement]",
            "goes attend logement ; d'après le droit, cette information doit rester",
        ),
        ("[identite_demande, ", "[anonyme, ", "stays attend anonyme ; d'après le droit, cette information peut partir"),
        ("collective_needed: non, ", "", "il faut dire « collective_needed: … », ou « collective_needed: inconnu »"),
        ("recipient: maire, ", "", "pas de réponse : il faut dire recipient"),
        ("collective_needed: non", "collective_needed: inconnu", "outcome attend forbidden ; le droit répond depends"),
    ],
)
def test_an_answer_that_is_no_longer_the_expected_one_is_named(
    conversation: Conversation, change: str, by: str, said: str
) -> None:
    """With what the law answers instead."""
    assert change in TEXT
    text = TEXT.replace(change, by, 1)
    if by.startswith("[anonyme"):
        text = text.replace("goes: [anonyme]", "goes: []")
    found = read_scenario(conversation.base, conversation.flows, "elus", "essai", parse("essai.yaml", text))
    assert found.scenario is not None, found.problems

    told = list(differences(conversation, found.scenario.decisions[0]))

    assert any(said in " ".join(one.split()) for one in told), told


@pytest.mark.parametrize(
    ("change", "by", "said"),
    [
        ("level: 1", "level: 4", "essai.yaml:2 : level : « 4 » n'est pas un niveau ; écrivez 1, 2 ou 3"),
        ("level: 1", "levl: 1", "clé inconnue « levl » ; peut-être « level »"),
        ("level: 1\n", "", "la clé « level » manque ; ajoutez-la"),
        ("- stage: 3", "- stage: 5", "stage : l'étape 5 n'existe pas ; il y en a 3, comptées depuis 1"),
        ("flow: partager", "flow: partagé", "flow : parcours inconnu « partagé »"),
        ("recipient: maire", "recipient: mair", "valeur inconnue « mair » pour « recipient » ; peut-être « maire »"),
        ("recipient: maire", "recipient: inconnu", "« recipient » n'admet pas « inconnu »"),
        ("outcome: forbidden", "outcome: interdit", "« interdit » n'est pas admis"),
        (
            "article: code-penal/226-13",
            "article: code-penal/226-31x",
            "article qui n'existe pas « code-penal/226-31x »",
        ),
        ("goes: [anonyme]", "goes: [anonime]", "information qui n'existe pas « anonime » ; peut-être « anonyme »"),
        ("goes: [anonyme]", "goes: [existence_suivi]", "« existence_suivi » est deux fois dans goes et stays"),
        ("lesson: ", "moral: ", "clé inconnue « moral »"),
        ("    on: 2026-11-25", "    on: hier", "« hier » n'est pas une date"),
        ('title: "Le maire veut savoir"', "title: ", "title : attend un texte"),
    ],
)
def test_a_slip_in_a_file_is_said_with_what_would_be_right(
    conversation: Conversation, change: str, by: str, said: str
) -> None:
    """The file, the line, what was wrong, what would be right."""
    assert change in TEXT

    told = _said(conversation, TEXT.replace(change, by, 1))

    assert any(said in one and one.startswith("essai.yaml:") for one in told), told


@pytest.mark.parametrize("text", ["- un\n- deux\n", "seulement des mots\n", "", "title: [\n", "decisions: non\n"])
def test_what_is_no_scenario_is_refused(conversation: Conversation, text: str) -> None:
    """Whatever it is, with a line."""
    assert _said(conversation, text)


def test_a_pair_that_is_none_is_said(conversation: Conversation, packs: dict[str, Pack]) -> None:
    """No such scenario; two facts that differ; an outcome that does not."""
    known = _all(packs)
    one = known["elus/le-maire-veut-savoir"]
    wrong = {
        "elus/nulle-part": "il n'y a pas d'autre scénario",
        "elus/autour-de-la-table": "ceux qui changent : recipient, request",
        one.id: "il n'y a pas d'autre scénario",
    }
    for pair, said in wrong.items():
        pack = Pack("elus", "Élus", (replace(one, pair=pair), known["elus/autour-de-la-table"]))
        told = [" ".join(str(p).split()) for p in problems(conversation, [pack])]
        assert any(said in t for t in told), told
    asked = replace(one.decisions[0].case, facts={**one.decisions[0].case.facts, "request": "demande_ecrite"})
    other = replace(one, id="elus/autre", pair=None, decisions=(replace(one.decisions[0], case=asked),))
    told = [str(p) for p in problems(conversation, [Pack("elus", "Élus", (replace(one, pair=other.id), other))])]
    assert [t for t in told if "la réponse ne change pas" in t]


def test_a_folder_is_read_whole_or_refused(conversation: Conversation, tmp_path: Path) -> None:
    """A pack without its line, a file out of place: nothing is skipped in silence."""
    (tmp_path / "packs.yaml").write_text('elus: "Les élus"\n', encoding="utf-8")
    for place in ("elus/bon.yaml", "autre/bon.yaml", "perdu.yaml"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(TEXT, encoding="utf-8")

    with pytest.raises(FlowError) as refused:
        load(conversation.base, conversation.flows, tmp_path)

    said = [" ".join(str(p).split()) for p in refused.value.problems]
    assert len(said) == 2
    assert "« autre » n'est pas dans scenarios/packs.yaml" in said[0]
    assert "attendu : scenarios/<paquet>/<nom>.yaml" in said[1]


def test_a_quiz_asks_what_the_law_answers(conversation: Conversation, packs: dict[str, Pack]) -> None:
    """One right article among four, none of the wrong ones decides; what goes is what the law lets go."""
    examiner = Examiner(conversation, _all(packs).values(), OUTCOMES)
    for scenario in _all(packs).values():
        for decision in scenario.decisions:
            quiz = examiner.quiz(decision)
            asked = {q.part: q for q in quiz.questions}
            article = asked[Part.ARTICLE]
            assert len(article.options) == ARTICLES
            assert {o.id for o in article.options} & set(quiz.model.deciding) == {decision.expected.article}
            assert asked[Part.MINIMUM].right == set(decision.expected.goes)
            first = asked.get(Part.FIRST)
            assert (first is None) == (decision.expected.first is None)
            assert first is None or (len(first.options) == 4 and len(first.right) == 1)
            assert quiz == examiner.quiz(decision)


def test_what_a_stronger_rule_holds_back_does_not_go_instead(
    conversation: Conversation, packs: dict[str, Pack]
) -> None:
    """The mother may learn much of her daughter, but not that she came: the law is asked about each information."""
    decision = _all(packs)["sante/la-mere-au-guichet"].decisions[0]
    model = answered(conversation, decision)[1]

    assert model is not None
    assert "existence_suivi" in model.stays
    assert "existence_suivi" not in model.goes


def test_each_part_is_marked_apart(conversation: Conversation, packs: dict[str, Pack]) -> None:
    """All right, all wrong, and the minimum item by item."""
    quiz = Examiner(conversation, _all(packs).values(), OUTCOMES).quiz(
        _all(packs)["police-justice/l-ecrit-du-commissariat"].decisions[0]
    )
    right = {q.part: q.right for q in quiz.questions}
    minimum = next(q for q in quiz.questions if q.part is Part.MINIMUM)

    assert scores(marks(quiz, right)) == (
        Score(Part.OUTCOME, 1, 1),
        Score(Part.ARTICLE, 1, 1),
        Score(Part.MINIMUM, 6, 6),
        Score(Part.FIRST, 1, 1),
    )
    assert [s.right for s in scores(marks(quiz, {}))] == [0, 0, 3, 0]
    got = mark(minimum, frozenset({"adresse_contact", "identite_demande", "informateur"}))
    assert (got.right, got.missed, got.wrong) == (4, ("dossier_administratif",), ("informateur",))
