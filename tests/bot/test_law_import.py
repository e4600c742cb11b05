"""The import of the law, whole or not at all: texts that arrive, rules left behind, a past rewritten, a full disk."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.law_missing import without_arrived
from bot.errors import Refused
from bot.files import replace_files
from tests.bot.conftest import Motus

MISSING = """# Ce qui manque.
code-penal/2: {code: "Code pénal", number: "2", title: "Pas encore lu", named_by: essai}
# Nommé deux fois.
code-penal/3:
  code: "Code pénal"
  number: "3"
  title: "Toujours pas lu"
  named_by: essai

# Une décision.
code-penal/4: {code: "Code pénal", number: "4", title: "Pas lu non plus", named_by: essai}
"""


@pytest.fixture
def given(small: Path, tmp_path: Path) -> Path:
    """Return a corpus equal to the one that the small law carries."""
    return Path(shutil.copytree(small / "knowledge" / "law" / "articles", tmp_path / "recueil"))


def carried(small: Path) -> dict[str, bytes]:
    """Return every file of the small law."""
    root = small / "knowledge" / "law"
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def replaced(path: Path, old: str, new: str) -> None:
    """Change words of a file that holds them."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_text_that_arrives_leaves_the_list_of_missing_texts(motus_small: Motus, small: Path, given: Path) -> None:
    """Its entry is taken out and said; the others, and their comments, stay as they were."""
    missing = small / "knowledge" / "law" / "missing.yaml"
    missing.write_text(MISSING, encoding="utf-8")
    shutil.copy(given / "code-penal" / "1.yaml", given / "code-penal" / "3.yaml")

    done = motus_small("law", "import", str(given))

    assert done.returncode == 0, done.stderr
    assert "texte arrivé, retiré de missing.yaml\u00a0: code-penal/3" in done.stdout
    kept = missing.read_text(encoding="utf-8")
    assert kept == MISSING[: MISSING.index("code-penal/3")] + MISSING[MISSING.index("\n# Une décision") :]
    checked = motus_small("check").stdout
    assert "Texte manquant\u00a0: code-penal/2" in checked
    assert "code-penal/3" not in checked


def test_the_last_missing_text_arrives(motus_small: Motus, small: Path, given: Path) -> None:
    """What is left of the list is its comments, or nothing at all: both are read as an empty list."""
    missing = small / "knowledge" / "law" / "missing.yaml"
    missing.write_text("# Plus rien.\n" + MISSING.splitlines()[1] + "\n", encoding="utf-8")
    shutil.copy(given / "code-penal" / "1.yaml", given / "code-penal" / "2.yaml")

    assert motus_small("law", "import", str(given)).returncode == 0

    assert missing.read_text(encoding="utf-8") == "# Plus rien.\n"
    assert motus_small("check").returncode == 0
    missing.write_bytes(b"")
    assert motus_small("check").returncode == 0


def test_an_entry_left_by_hand_after_its_text_is_taken_out_too(motus_small: Motus, small: Path, given: Path) -> None:
    """`check` refuses it with its line; an import that brings nothing else mends it."""
    missing = small / "knowledge" / "law" / "missing.yaml"
    missing.write_text(MISSING.replace("code-penal/4", "code-penal/1"), encoding="utf-8")
    refused = motus_small("check")
    assert refused.returncode == 1
    assert "missing.yaml:11" in refused.stderr
    assert "Traceback" not in refused.stderr

    assert motus_small("law", "import", str(given)).returncode == 0

    assert motus_small("check").returncode == 0


def test_a_list_that_does_not_read_is_left_alone() -> None:
    """Two equal keys, or no table: nothing is taken out of what is not understood."""
    for text in ("a/1: {x: y}\na/1: {x: y}\n", "- a/1\n", "a: [\n", ""):
        assert without_arrived(text, {"a/1"}) == (text, [])


def test_rules_that_the_new_texts_leave_behind_are_named_before_anything_is_written(
    motus_small: Motus, small: Path, given: Path
) -> None:
    """The older wording lacks the words quoted: file, line and version are said. `--anyway` writes all the same."""
    old = "versions:\n  - {start: 1990-01-01, end: 2000-01-01, modified_by: x, certainty: secondary, provenance: x, "
    replaced(given / "code-penal" / "1.yaml", "versions:\n", old + "text: Rien ne dit le secret.}\n")
    before = carried(small)

    done = motus_small("law", "import", str(given))

    assert done.returncode == 1
    assert "norms/secret.yaml:5" in done.stderr
    assert "version du 1990-01-01" in done.stderr
    assert "norms/accord.yaml" not in done.stderr  # that rule is born in 2005
    assert "Rien n'a été écrit" in done.stderr
    assert carried(small) == before
    assert motus_small("law", "import", str(given), "--anyway").returncode == 0
    assert motus_small("check").returncode == 1


def test_the_end_of_a_past_version_changes_only_with_a_human_yes(motus_small: Motus, small: Path, given: Path) -> None:
    """Both days are said; the version in force may end without asking, since another follows it."""
    article = given / "code-penal" / "1.yaml"
    replaced(article, "end: 2010-01-01", "end: 2009-01-01")
    before = carried(small)

    done = motus_small("law", "import", str(given))

    assert done.returncode == 1
    assert "la version du 2000-01-01, déjà reprise, finissait le 2010-01-01" in done.stderr
    assert "elle finirait le 2009-01-01" in done.stderr
    assert carried(small) == before
    assert motus_small("law", "import", str(given), "--accept").returncode == 0
    replaced(article, "end: null", "end: 2020-01-01")
    assert motus_small("law", "import", str(given)).returncode == 0


def test_a_full_disk_leaves_everything_as_it_was(small: Path, given: Path, tmp_path: Path) -> None:
    """Every file is written beside its place before any takes it: the system refuses the second, neither changes."""
    shutil.copy(given / "code-penal" / "1.yaml", given / "code-penal" / "2.yaml")
    replaced(given / "code-penal" / "1.yaml", "title:", "# " + "x" * 30_000 + "\ntitle:")
    before = carried(small)

    done = subprocess.run(
        [sys.executable, "-B", "-m", "bot", "law", "import", str(given)],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={"PYTHONPATH": str(small), "PYTHONUTF8": "1", "HOME": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        check=False,
    )

    assert done.returncode == 1
    assert "code-penal/1.yaml\u00a0: impossible d'écrire" in done.stderr
    assert "rien n'a changé" in done.stderr
    assert carried(small) == before


def test_a_file_that_cannot_take_its_place_takes_back_those_that_had(tmp_path: Path) -> None:
    """A folder stands where the second file must go: the first is as it was, the new one gone, and no draft is left."""
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_bytes(b"avant")
    second.mkdir()

    with pytest.raises(Refused, match="rien n'a changé"):
        replace_files({first: b"a", tmp_path / "neuf" / "c.yaml": b"c", second: b"b"})

    assert first.read_bytes() == b"avant"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]
