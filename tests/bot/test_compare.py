"""`motus compare`: an edit of the law's files is reviewed by its effect on the answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Motus

DAY = ("--date", "2026-11-23")


def flat(text: str) -> str:
    """Return a text on one line with plain spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def before(small: Path, tmp_path: Path) -> Path:
    """Return the law as it was before an edit."""
    return Path(shutil.copytree(small, tmp_path / "avant"))


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Change one line of one file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def compared(motus: Motus, before: Path) -> dict[str, Any]:
    """Return what the command says, as data."""
    done = motus("compare", str(before), *DAY, "--json")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_equal_bases_differ_in_nothing(motus_small: Motus, before: Path) -> None:
    """Neither answers nor files."""
    said = compared(motus_small, before)
    assert (said["report"]["paths"], said["report"]["changes"], said["files"]) == (0, [], {})
    words = flat(motus_small("compare", str(before), *DAY).stdout)
    assert "Aucune situation ne change de réponse." in words
    assert "Les fichiers disent la même chose." in words


def test_a_law_that_lies_among_the_program_is_compared_too(motus_small: Motus, small: Path, before: Path) -> None:
    """As in the revisions before the law had a folder of its own: the program's files beside it are left out."""
    for part in (before / "knowledge" / "law").iterdir():
        shutil.move(part, before / "knowledge" / part.name)
    edit(small, "knowledge/law/norms/accord.yaml", "category: adresse", "category: sante")
    assert compared(motus_small, before)["report"]["changes"] != []


def test_an_edit_of_one_line_is_counted_and_shown(motus_small: Motus, small: Path, before: Path) -> None:
    """What may go is the state of health instead of the address: three answers for each, in two groups each."""
    edit(small, "knowledge/law/norms/accord.yaml", "category: adresse", "category: sante")
    report = compared(motus_small, before)["report"]
    found = {
        (c["before"]["outcome"], c["after"]["outcome"]): (c["paths"], round(c["share"], 6)) for c in report["changes"]
    }
    assert found == {
        ("permitted", "forbidden"): (1, round(1 / 18, 6)),
        ("conditional", "forbidden"): (2, round(2 / 18, 6)),
        ("forbidden", "permitted"): (1, round(1 / 18, 6)),
        ("forbidden", "conditional"): (2, round(2 / 18, 6)),
    }
    lost = next(c for c in report["changes"] if (c["before"]["outcome"], c["after"]["outcome"])[0] == "permitted")
    assert lost["examples"][0]["facts"] == {"metier": "assistante", "information": "adresse", "accord": "oui"}
    assert lost["because"] == [
        {"norm": "accord", "title": "L'adresse peut aller, avec l'accord", "how": "règle changée", "what": ["minimum"]}
    ]


def test_what_goes_only_if_needed_is_told_apart(motus_small: Motus, small: Path, before: Path) -> None:
    """The address may go if it is needed: with consent, one condition more; several things at once are as before."""
    edit(small, "knowledge/law/norms/accord.yaml", "  share:", "  if_needed:")
    report = compared(motus_small, before)["report"]
    changes = [(c["before"]["outcome"], c["after"]["outcome"], c["paths"]) for c in report["changes"]]
    assert changes == [("permitted", "conditional", 1)]
    assert report["changes"][0]["examples"][0]["facts"]["information"] == "adresse"


def test_words_alone_change_no_answer_and_are_listed_apart(motus_small: Motus, small: Path, before: Path) -> None:
    """The rule and the keys that changed."""
    edit(
        small,
        "knowledge/law/norms/secret.yaml",
        "title: Le secret interdit de révéler",
        "title: Le secret interdit de dire",
    )
    said = compared(motus_small, before)
    assert said["report"]["paths"] == 0
    assert said["files"] == {
        "règles, dans leurs mots seulement": {"added": [], "removed": [], "changed": [["secret", ["title"]]]}
    }


def test_a_new_rule_a_new_question_and_a_new_answer_are_named(motus_small: Motus, before: Path) -> None:
    """A rule removed gives its answers back; an answer that only one side has is not counted, but said."""
    (before / "knowledge" / "law" / "norms" / "accord.yaml").unlink()
    (before / "knowledge" / "law" / "facts" / "accord.yaml").unlink()
    edit(before, "knowledge/law/facts/metier.yaml", "  - {id: voisin, code: 2, label: Voisin}\n", "")
    edit(before, "flows/parcours/essai.yaml", "  - {id: accord, asks: accord}\n", "")
    edit(before, "knowledge/law/codes.yaml", "accord: 3\naccord.oui: 1\naccord.non: 2\n", "")
    edit(before, "knowledge/law/codes.yaml", "metier.voisin: 2\n", "")
    said = compared(motus_small, before)
    assert said["files"]["règles"]["added"] == ["accord"]
    assert said["files"]["questions"]["added"] == ["accord"]
    assert said["files"]["réponses"]["added"] == ["metier: voisin"]
    assert said["files"]["étapes"]["added"] == ["essai: accord"]
    changes = {(c["before"]["outcome"], c["after"]["outcome"]): c["paths"] for c in said["report"]["changes"]}
    assert changes == {("forbidden", "permitted"): 2, ("forbidden", "conditional"): 4}
    assert said["report"]["changes"][0]["because"][0]["how"] == "règle nouvelle"
    assert "Une réponse que seul un des deux connaît n'est pas comptée" in flat(
        motus_small("compare", str(before), *DAY).stdout
    )
    assert [len(c["examples"]) for c in said["report"]["changes"]] == [3, 2]


def test_a_folder_of_law_alone_is_enough(motus_small: Motus, before: Path) -> None:
    """The flows are then those of this project."""
    assert compared(motus_small, before / "knowledge" / "law")["report"]["paths"] == 0


def test_a_revision_is_read_from_the_history(motus_small: Motus, small: Path) -> None:
    """The law of the last commit, whatever the files say since; nothing is checked out."""
    git = ("git", "-C", str(small), "-c", "user.name=x", "-c", "user.email=x@example.org")
    for step in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "x")):
        subprocess.run([*git, *step], check=True)
    edit(small, "knowledge/law/norms/accord.yaml", "category: adresse", "category: sante")
    done = motus_small("compare", "HEAD", *DAY)
    assert done.returncode == 0, done.stderr
    assert "Avant (HEAD)" in done.stdout
    assert "4 GROUPES" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if "motus ask" not in line) <= 80


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("nulle-part", "n'est ni un dossier, ni une révision git connue"),
        ("--", "AUTRE"),
        ("vide", "n'a pas de dossier knowledge/law/norms"),
    ],
)
def test_another_base_that_is_none_is_refused(motus_small: Motus, tmp_path: Path, other: str, said: str) -> None:
    """With the ways to name one."""
    (tmp_path / "vide").mkdir()
    done = motus_small("compare", other)
    assert done.returncode == 2
    assert said in flat(done.stderr)
    assert done.stdout == ""


def test_another_base_that_is_broken_is_refused_with_its_file_and_line(motus_small: Motus, before: Path) -> None:
    """Nothing is compared with what cannot be read."""
    edit(before, "knowledge/law/norms/accord.yaml", "effect: permits", "effect: autorise")
    done = motus_small("compare", str(before))
    assert done.returncode == 4
    assert "ne se lit pas : rien n'est comparé." in flat(done.stderr)
    assert "norms/accord.yaml" in done.stderr
