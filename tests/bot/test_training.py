"""`motus train` and `motus scenario`: played as a trainee plays, written as a trainer writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from bot.app import App, open_app
from bot.errors import Refused
from bot.training.memory import Memory
from bot.training.packs import all_packs
from bot.words.french import OUTCOMES
from flows.training.quiz import Examiner, Part, Question
from tests.bot.conftest import Motus, plain

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PACK = "elus"
SHARES = {100 / n for n in range(1, 11)} | {0.0}
"""The parts of a mark that Moodle's documentation lists, for up to ten answers."""


@pytest.fixture(scope="module")
def app() -> App:
    """Give the law and the flows that ship."""
    return open_app()


def _numbers(question: Question, ids: frozenset[str]) -> str:
    return " ".join(str(i) for i, o in enumerate(question.options, 1) if o.id in ids) or "0"


def _typed(app: App, answer: Callable[[Question], str], pack: str = PACK) -> list[str]:
    """Return the lines of somebody who plays the whole pack, answering each part by `answer`."""
    packs = all_packs(app)
    examiner = Examiner(app.conversation, (s for p in packs.values() for s in p.scenarios), OUTCOMES)
    lines: list[str] = []
    for scenario in packs[pack].scenarios:
        for i in range(1, len(scenario.stages) + 1):
            here = [d for d in scenario.decisions if d.stage == i]
            lines.extend(answer(q) for d in here for q in examiner.quiz(d).questions)
            if not here or i < len(scenario.stages):
                lines.append("")
        lines.append("")
    return lines[:-1]


def _right(question: Question) -> str:
    return _numbers(question, question.right)


def _article_wrong(question: Question) -> str:
    if question.part is not Part.ARTICLE:
        return _right(question)
    return _numbers(question, frozenset([next(o.id for o in question.options if o.id not in question.right)]))


def test_who_answers_right_has_every_point(called: Motus, app: App) -> None:
    """Part by part; nothing comes back, nothing is kept."""
    done = called("train", PACK, stdin="\n".join(_typed(app, _right)) + "\n")

    said = plain(done.stdout)
    assert done.returncode == 0, done.stderr
    for part in (
        "La réponse : 5 sur 5",
        "L'article : 5 sur 5",
        "Le minimum : 19 sur 19",
        "Ce qu'on fait d'abord : 3 sur 3",
    ):
        assert part in said
    assert "revient" not in said
    assert said.endswith("Rien n'a été gardé. Au revoir.")


def test_the_law_is_shown_only_once_everything_is_committed(called: Motus, app: App) -> None:
    """Three parts of four are answered: neither the card, nor what was right."""
    lines = _typed(app, _right)[:5]
    said = plain(called("train", PACK, stdin="\n".join(lines[:4]) + "\n").stdout)
    assert "Qu'est-ce qui peut partir" in said
    assert "La réponse de la loi" not in said
    assert "c'est juste" not in said
    assert "La réponse de la loi" in plain(called("train", PACK, stdin="\n".join(lines) + "\n").stdout)


def test_what_was_missed_is_said_with_its_reason_and_comes_back(called: Motus, app: App) -> None:
    """Five articles missed, five that come back; the points count the first answers."""
    typed = _typed(app, _article_wrong)
    done = called("train", PACK, stdin="\n".join([*typed, *"11111"]) + "\n")
    said = plain(done.stdout)

    assert done.returncode == 0, done.stderr
    assert "L'article : 0 sur 5" in said
    assert "La réponse : 5 sur 5" in said
    assert "L'article : il fallait « CASF L121-6-2" in said
    assert "Ce que vous aviez manqué revient : 5 points." in said
    assert re.search(r"Encore à revoir : [1-4] points?\.", said)


def test_of_a_file_one_is_asked_what_may_be_written(called: Motus, app: App) -> None:
    """Not what may go: nothing goes anywhere."""
    typed = _typed(app, lambda _: "1", "cas-fondateur")
    said = plain(called("train", "cas-fondateur", stdin="\n".join(typed) + "\n").stdout)
    form = said.split("Le formulaire · niveau 2")[1].split("La police saisit")[0]
    assert form.count("Qu'est-ce qui peut s'écrire") == 2
    assert "peut s'écrire : La décision à prendre et ce qui la fonde" in form
    assert "peut partir" not in form


@pytest.mark.parametrize("typed", ["9", "1 2", "interdit", "-1", "0"])
def test_what_is_no_answer_is_asked_again(called: Motus, typed: str) -> None:
    """One number among those shown; nothing is taken for an answer."""
    said = plain(called("train", PACK, stdin=f"\n\n{typed}\n1\n").stdout)
    assert "n'est pas une réponse ici : tapez un nombre de 1 à 8 ; q pour quitter" in said
    assert "Quel article décide" in said


def test_an_empty_line_says_what_to_type(called: Motus) -> None:
    """Somebody who reads on with Enter commits to nothing."""
    said = plain(called("train", PACK, stdin="\n\n\n1\n").stdout)
    assert "Tapez un nombre de 1 à 8 ; q pour quitter." in said


def test_without_a_pack_one_is_chosen(called: Motus) -> None:
    """By its number or its name; another word is said to be none."""
    said = plain(called("train", stdin="rien\n3\n").stdout)
    assert "« rien » n'est pas une réponse ici : tapez un nombre de 1 à 10" in said
    assert "Le maire veut savoir" in said
    refused = called("train", "elu")
    assert refused.returncode == 2
    assert "pas de paquet « elu » ; paquets : « elus »" in plain(refused.stderr)


def test_nothing_is_written_by_default(called: Motus, tmp_path: Path, app: App) -> None:
    """And with a file, nothing else, nor any answer in it."""
    typed = "\n".join(_typed(app, _article_wrong)) + "\n"
    called("train", PACK, stdin=typed)
    assert list(tmp_path.iterdir()) == []

    said = plain(called("train", PACK, "--memory", "points.json", stdin=typed).stdout)

    assert "Vos points manqués sont gardés dans points.json, et nulle part ailleurs." in said
    assert [p.name for p in tmp_path.iterdir()] == ["points.json"]
    kept = json.loads((tmp_path / "points.json").read_text(encoding="utf-8"))
    assert {point.split(":")[1] for point in kept["points"]} == {"article"}
    assert len(kept["points"]) == 5
    assert all(
        set(card) <= {"state", "step", "stability", "difficulty", "due", "last_review"}
        for card in kept["points"].values()
    )


def test_a_missed_point_comes_back_later_and_later(tmp_path: Path) -> None:
    """The better it is known, the longer it waits; missed again, it is back soon. Read again, it is the same."""
    path = str(tmp_path / "points.json")
    points = ["elus/x:article", "elus/y:article"]
    Memory(path).keep(points[1], NOW, right=True)
    assert not Path(path).exists()
    Memory(path).keep(points[0], NOW, right=False)

    waits, now = [], NOW
    for _ in range(6):
        start = now
        while not Memory(path).due(points, now):
            now += timedelta(minutes=1) if now - start < timedelta(hours=1) else timedelta(hours=6)
        waits.append(now - start)
        assert Memory(path).due(points, now) == points[:1]
        Memory(path).keep(points[0], now, right=True)

    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=30)
    assert waits[-1] > timedelta(days=5)
    Memory(path).keep(points[0], now, right=False)
    assert Memory(path).due(points, now + timedelta(hours=1))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"schema": "motus-train/0", "points": {}}',
        '{"schema": "motus-train/1", "points": {"a": 1}}',
        '{"schema": "motus-train/1", "points": {"a": {"due": "hier"}}}',
    ],
)
def test_a_file_that_is_no_memory_is_left_alone(tmp_path: Path, content: str) -> None:
    """It may be something else of hers."""
    place = tmp_path / "autre.json"
    place.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match="ce n'est pas un fichier de points"):
        Memory(str(place))
    assert place.read_text(encoding="utf-8") == content


def test_what_comes_back_is_asked_first(called: Motus, tmp_path: Path) -> None:
    """The story at once, and that part alone."""
    Memory(str(tmp_path / "points.json")).keep(
        "elus/autour-de-la-table:article", NOW - timedelta(days=900), right=False
    )
    said = plain(called("train", PACK, "--memory", "points.json", stdin="1\n").stdout)
    first = said.split("Ce qui revient d'une autre fois : 1 point.")[1].split("Histoire 1 sur 5")[0]
    assert "Autour de la table" in first
    assert "Quel article décide" in first
    assert "Que dit la loi" not in first


def test_the_story_of_two_points_is_told_once(called: Motus, tmp_path: Path) -> None:
    """One after the other, they are of one story."""
    memory = Memory(str(tmp_path / "points.json"))
    for part, minutes in (("article", 2), ("minimum", 1)):
        memory.keep(f"elus/autour-de-la-table:{part}", NOW - timedelta(days=900, minutes=minutes), right=False)
    said = plain(called("train", PACK, "--memory", "points.json", stdin="1\n1\n").stdout)
    first = said.split("Ce qui revient d'une autre fois : 2 points.")[1].split("Histoire 1 sur 5")[0]
    assert first.count("Autour de la table") == 1
    assert first.count("Votre réponse") == 2


def test_a_new_scenario_is_right_and_a_wrong_one_is_said(called: Motus, tmp_path: Path) -> None:
    """With what differs, at the line of its decision."""
    assert called("scenario", "new", "visite.yaml").returncode == 0
    done = called("scenario", "test", "visite.yaml")
    assert (done.returncode, plain(done.stdout)) == (0, "1 scénario : le droit répond comme attendu.")
    place = tmp_path / "visite.yaml"
    place.write_text(
        place.read_text(encoding="utf-8").replace("outcome: forbidden", "outcome: obliged"), encoding="utf-8"
    )

    done = called("scenario", "test", "visite.yaml")

    assert done.returncode == 1
    assert re.search(
        r"visite\.yaml:\d+ : scénario « [\w.-]+/visite » : outcome attend obliged ; le droit répond forbidden",
        plain(done.stdout),
    )
    place.write_text("title: non\n", encoding="utf-8")
    done = called("scenario", "test", "visite.yaml")
    assert done.returncode == 2
    assert "la clé « decisions » manque" in plain(done.stderr)


def test_a_file_that_is_there_is_never_replaced(called: Motus, tmp_path: Path) -> None:
    """Nor is one made that nobody would read."""
    (tmp_path / "mien.yaml").write_text("à moi\n", encoding="utf-8")
    assert "existe déjà" in plain(called("scenario", "new", "mien.yaml").stderr)
    assert (tmp_path / "mien.yaml").read_text(encoding="utf-8") == "à moi\n"
    assert "finit par .yaml" in plain(called("scenario", "new", "mien.txt").stderr)


def test_the_list_names_every_scenario(called: Motus, app: App) -> None:
    """By pack, with the word to type."""
    said = plain(called("scenario", "list").stdout)
    for pack in all_packs(app).values():
        assert f"motus train {pack.id}" in said
        assert all(s.id in said for s in pack.scenarios)


def test_a_change_of_the_law_that_changes_a_scenario_is_said_by_check(copy: Path, motus_copy: Motus) -> None:
    """The scenario, what was expected, and what the law answers now."""
    norm = copy / "knowledge" / "law" / "norms" / "partage" / "coordination-informer-maire-departement.yaml"
    text = norm.read_text(encoding="utf-8")
    assert text.count("share:") == 1
    norm.write_text(text.replace("category: identite_demande", "category: adresse_contact"), encoding="utf-8")

    done = motus_copy("check")

    assert done.returncode != 0
    said = plain(done.stderr)
    assert "scénario « elus/il-faut-etre-plusieurs » :" in said
    assert "elus/le-maire-veut-savoir » : outcome" not in said
    assert "relisez l'article, puis corrigez l'un ou l'autre" in said


def test_a_pack_is_what_moodle_imports(called: Motus, tmp_path: Path, app: App) -> None:
    """Read back by the structure that Moodle documents: a category, then questions whose marks add up."""
    assert called("scenario", "export", PACK, "--moodle", "elus.xml").returncode == 0
    quiz = Xml.parse(tmp_path / "elus.xml").getroot()  # noqa: S314 - our own file
    kinds = [q.get("type") for q in quiz]
    assert quiz.tag == "quiz"
    assert kinds[0] == "category"
    assert quiz.findtext("question/category/text") == "$course$/top/Motus/Les élus"
    asked = [q for q in quiz if q.get("type") == "multichoice"]
    scenarios = all_packs(app)[PACK].scenarios
    assert kinds.count("description") == sum(len(s.decisions) for s in scenarios)
    assert len(asked) == 5 * 3 + 3
    for question in asked:
        assert question.findtext("name/text")
        text = question.find("questiontext")
        assert text is not None
        assert text.get("format") == "html"
        Xml.fromstring(f"<div>{text.findtext('text')}</div>")  # noqa: S314 - our own text
        fractions = [float(a.get("fraction", "")) for a in question.iter("answer")]
        assert all(any(abs(abs(f) - share) < 1e-5 for share in SHARES) for f in fractions)
        assert sum(f for f in fractions if f > 0) == pytest.approx(100, abs=1e-3)
        single = question.findtext("single") == "true"
        assert not single or fractions.count(100) == 1
        assert single or min(fractions) < 0
        assert all(a.findtext("text") for a in question.iter("answer"))
