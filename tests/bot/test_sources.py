"""Sources and copies: check, compile, codes, the import of the law, a read-only disk."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.bot.conftest import ROOT, Motus, runner

QUICK = ("ask", "partager", "--json", "--answers", "-")
NEIGHBOUR = "{profession: assistant_service_social, recipient: voisin, information: sante}"


def test_check_counts_what_is_sound_and_names_the_missing_texts(called: Motus) -> None:
    """One line of counts, then each article without any text."""
    done = called("check")
    assert done.returncode == 0, done.stderr
    assert "Rien à signaler" in done.stdout
    assert "Texte manquant\u00a0: casf/L147-16" in done.stdout


def test_check_names_the_file_and_the_line_of_every_problem(motus_copy: Motus, copy: Path) -> None:
    """Exit code 1; the same problems stop every other command, in the same words."""
    norm = copy / "knowledge" / "norms" / "base" / "cp-226-13.yaml"
    norm.write_text(norm.read_text(encoding="utf-8") + "surprise: 1\n", encoding="utf-8")
    fact = copy / "knowledge" / "facts" / "danger.yaml"
    fact.write_text(fact.read_text(encoding="utf-8").replace("label:", "labl:", 1), encoding="utf-8")
    done = motus_copy("check")
    assert done.returncode == 1
    assert "norms/base/cp-226-13.yaml:" in done.stderr
    assert "facts/danger.yaml:" in done.stderr
    assert motus_copy("norms").stderr == done.stderr


def test_a_change_in_the_sources_is_never_answered_from_the_old_copy(motus_copy: Motus, copy: Path) -> None:
    """Compiled, then changed: the next command reads the change."""
    assert motus_copy("compile").returncode == 0
    assert (copy / "knowledge" / "compiled" / "base.bin").is_file()
    norm = copy / "knowledge" / "norms" / "base" / "cp-226-13.yaml"
    text = norm.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    norm.write_text(text.replace(title, 'title: "Le titre a changé"'), encoding="utf-8")
    assert "Le titre a changé" in motus_copy(*QUICK, stdin=NEIGHBOUR).stdout


@pytest.mark.parametrize("spoil", [b"", b"motus-compiled-1\n", b"\x80\x05garbage"])
def test_a_spoiled_copy_is_ignored_then_replaced(motus_copy: Motus, copy: Path, spoil: bytes) -> None:
    """Empty, cut or foreign: the sources are read, and a good copy is written again."""
    place = copy / "knowledge" / "compiled" / "base.bin"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(spoil)
    assert motus_copy(*QUICK, stdin=NEIGHBOUR).returncode == 0
    assert place.read_bytes().startswith(b"motus-compiled-1\n")
    assert len(place.read_bytes()) > 100_000


def test_a_copy_that_others_may_write_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pickle runs code: a file that another user could have changed is left alone."""
    from bot import compiled

    place = tmp_path / "base.bin"
    monkeypatch.setattr(compiled, "places", lambda: iter([place]))
    compiled.write((None, {}), "abc")  # type: ignore[arg-type]
    assert compiled.read("abc") == (None, {})
    assert compiled.read("abd") is None
    place.chmod(0o666)
    assert compiled.read("abc") is None
    if os.geteuid() == 0:
        place.chmod(0o644)
        os.chown(place, 12345, 12345)
        assert compiled.read("abc") is None


def test_everything_works_on_a_read_only_disk_with_no_home(copy: Path, tmp_path: Path) -> None:
    """No compiled copy can be written anywhere: same answer, no complaint, nothing left behind."""
    for path in sorted(copy.rglob("*"), reverse=True):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = sorted(str(p) for p in copy.rglob("*"))
    blocked = copy / "knowledge" / "compiled"
    if os.geteuid() == 0 and not blocked.exists():  # root writes anywhere: a file where a folder must go stops it
        blocked.write_text("")
        before = sorted([*before, str(blocked)])
    run = runner(tmp_path, copy)
    done = run(*QUICK, stdin=NEIGHBOUR, HOME="/proc/nowhere", XDG_CACHE_HOME="/proc/nowhere", PYTHONDONTWRITEBYTECODE="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"outcome": "forbidden"' in done.stdout
    assert sorted(str(p) for p in copy.rglob("*")) == before


def test_the_first_question_needs_neither_yaml_nor_pydantic_nor_rich(motus: Motus, tmp_path: Path) -> None:
    """What is slow to import stays out of the way of the first question."""
    code = (
        "import sys\nfrom bot.cli import main\nsys.argv=['motus','ask','partager']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('SLOW', sorted({'yaml','pydantic','rich'} & sys.modules.keys()))"
    )
    import subprocess
    import sys

    motus("compile")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env, input="")
    assert "question 1" in done.stdout
    assert "SLOW []" in done.stdout


def test_codes_are_appended_and_never_changed(motus_copy: Motus, copy: Path) -> None:
    """A new value is written at the end; a second run adds nothing; a changed code is refused."""
    registry = copy / "knowledge" / "codes.yaml"
    motus_copy("codes")
    first = registry.read_text(encoding="utf-8")
    assert "flow.partager: 1\n" in first
    assert "profession: 1\n" in first
    fact = copy / "knowledge" / "facts" / "danger.yaml"
    text = fact.read_text(encoding="utf-8")
    fact.write_text(text.rstrip() + "\n  - {id: nouveau, code: 99, label: Nouveau}\n", encoding="utf-8")
    assert motus_copy("codes").returncode == 0
    second = registry.read_text(encoding="utf-8")
    assert second == first + "danger.nouveau: 99\n"
    fact.write_text(text.rstrip() + "\n  - {id: nouveau, code: 98, label: Nouveau}\n", encoding="utf-8")
    done = motus_copy("codes")
    assert done.returncode == 1
    assert "valait 99 et vaut 98" in done.stderr
    assert registry.read_text(encoding="utf-8") == second


def corpus(copy: Path, tmp_path: Path) -> Path:
    """Return a corpus equal to the one carried."""
    return Path(shutil.copytree(copy / "knowledge" / "articles", tmp_path / "recueil"))


def test_law_import_twice_changes_nothing(motus_copy: Motus, copy: Path, tmp_path: Path) -> None:
    """The corpus already carried: all unchanged, no file touched."""
    given = corpus(copy, tmp_path)
    carried = copy / "knowledge" / "articles" / "code-penal" / "226-13.yaml"
    before = carried.stat().st_mtime_ns
    for _ in range(2):
        done = motus_copy("law", "import", str(given))
        assert done.returncode == 0, done.stderr
        assert "0 nouveaux, 0 changés" in done.stdout
    assert carried.stat().st_mtime_ns == before


def test_law_import_copies_new_files_verbatim_and_names_the_absent(
    motus_copy: Motus, copy: Path, tmp_path: Path
) -> None:
    """A file not carried yet is new; one that the corpus lacks is kept and named."""
    given = corpus(copy, tmp_path)
    carried = copy / "knowledge" / "articles" / "code-penal"
    (carried / "226-14.yaml").unlink()
    (given / "code-penal" / "226-13.yaml").unlink()
    done = motus_copy("law", "import", str(given))
    assert done.returncode == 0, done.stderr
    assert "nouveau\u00a0: articles/code-penal/226-14.yaml" in done.stdout
    assert "gardé\u00a0: articles/code-penal/226-13.yaml" in done.stdout
    assert (carried / "226-14.yaml").read_bytes() == (given / "code-penal" / "226-14.yaml").read_bytes()
    assert (carried / "226-13.yaml").is_file()


def test_a_text_that_changes_needs_a_human_yes(motus_copy: Motus, copy: Path, tmp_path: Path) -> None:
    """The version is named and nothing is written; with --accept it is."""
    given = corpus(copy, tmp_path)
    new = given / "code-penal" / "226-13.yaml"
    new.write_text(new.read_text(encoding="utf-8").replace("15 000 euros", "16 000 euros"), encoding="utf-8")
    carried = copy / "knowledge" / "articles" / "code-penal" / "226-13.yaml"
    before = carried.read_bytes()
    done = motus_copy("law", "import", str(given))
    assert done.returncode == 1
    assert "le texte de la version du 2002-01-01" in done.stderr
    assert "--accept" in done.stderr
    assert carried.read_bytes() == before
    assert motus_copy("law", "import", str(given), "--accept").returncode == 0
    assert carried.read_bytes() == new.read_bytes()


BAD = {
    "casf/L411-3.yaml": b"code: [\n",
    "csp/L1110-4.yaml": b"\xff\xfe",
    "code-penal/226-13.yaml": "code: Code pénal\nnumber: '226-13'\n".encode(),
    "nulle-part/1.yaml": b"code: X\nnumber: '1'\ntitle: X\nsource_url: https://x.fr\nchecked_as_of: null\nversions: []\n",
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_stops_the_whole_import(motus_copy: Motus, copy: Path, tmp_path: Path, name: str) -> None:
    """Unreadable, not UTF-8, incomplete, of an unknown code: named, and nothing at all is written."""
    given = corpus(copy, tmp_path)
    (copy / "knowledge" / "articles" / "code-penal" / "226-14.yaml").unlink()
    (given / name).parent.mkdir(exist_ok=True)
    (given / name).write_bytes(BAD[name])
    done = motus_copy("law", "import", str(given))
    assert done.returncode == 1
    assert name in done.stderr
    assert "Rien n'a été écrit" in done.stderr
    assert not (copy / "knowledge" / "articles" / "code-penal" / "226-14.yaml").exists()


def test_a_folder_that_is_no_corpus_is_refused(called: Motus, tmp_path: Path) -> None:
    """Absent or empty: exit code 2, and what is expected."""
    for folder in (tmp_path / "absent", tmp_path):
        done = called("law", "import", str(folder))
        assert done.returncode == 2
        assert "recueil/numéro.yaml" in done.stderr


def test_law_check_counts_the_corpus_by_certainty(called: Motus) -> None:
    """Versions by certainty, extracts and gaps, from the files themselves."""
    done = called("law", "check")
    assert done.returncode == 0, done.stderr
    for words in ("official-mirror", "reconstructed", "extraits (partial)", "articles avec trou (gaps)"):
        assert words in done.stdout
