"""Sources and copies: check, compile, codes, the import of the law, a read-only disk."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import compiled
from bot.files import write_text
from tests.bot.conftest import Motus, runner

QUICK = ("ask", "essai", "--json", "--on", "2009-11-02", "--answers", "-")
BOUND = "{metier: assistante, information: sante}"


def test_check_counts_what_is_sound_and_names_the_missing_texts(called: Motus, motus_small: Motus, small: Path) -> None:
    """One line of counts, then each article without any text: there is none left in the law itself."""
    done = called("check")
    assert done.returncode == 0, done.stderr
    assert "Rien à signaler" in done.stdout
    assert "Texte manquant" not in done.stdout
    named = '{code: "Code pénal", number: "2", title: "Jamais lu", named_by: essai}'
    (small / "knowledge" / "law" / "missing.yaml").write_text(f"code-penal/2: {named}\n", encoding="utf-8")
    assert "Texte manquant\u00a0: code-penal/2" in motus_small("check").stdout


def test_check_names_the_file_and_the_line_of_every_problem(motus_small: Motus, small: Path) -> None:
    """Exit code 1; the same problems stop every other command, in the same words."""
    norm = small / "knowledge" / "law" / "norms" / "secret.yaml"
    norm.write_text(norm.read_text(encoding="utf-8") + "surprise: 1\n", encoding="utf-8")
    fact = small / "knowledge" / "law" / "facts" / "information.yaml"
    fact.write_text(fact.read_text(encoding="utf-8").replace("label:", "labl:", 1), encoding="utf-8")
    done = motus_small("check")
    assert done.returncode == 1
    assert "norms/secret.yaml:6" in done.stderr
    assert "facts/information.yaml:" in done.stderr
    assert motus_small("norms").stderr == done.stderr


def test_a_bad_flow_is_named_too(motus_small: Motus, small: Path) -> None:
    """The flows are checked with the law."""
    flow = small / "flows" / "parcours" / "essai.yaml"
    flow.write_text(flow.read_text(encoding="utf-8").replace("asks: accord", "asks: acord"), encoding="utf-8")
    done = motus_small("check")
    assert done.returncode == 1
    assert "parcours/essai.yaml:8" in done.stderr


def test_a_change_in_the_sources_is_never_answered_from_the_old_copy(motus_small: Motus, small: Path) -> None:
    """Compiled, then changed: the next command reads the change."""
    assert motus_small("compile").returncode == 0
    assert (small / "knowledge" / "compiled" / "base.bin").is_file()
    norm = small / "knowledge" / "law" / "norms" / "secret.yaml"
    text = norm.read_text(encoding="utf-8")
    norm.write_text(text.replace("Le secret interdit de révéler", "Le titre a changé"), encoding="utf-8")
    assert "Le titre a changé" in motus_small(*QUICK, stdin=BOUND).stdout


EDITED_MEANWHILE = """
import sys
from pathlib import Path
from bot.main import main

edited, when, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
text, done = edited.read_text("utf-8"), []

def edit(event, arguments):
    if event == "open" and str(arguments[0]).endswith(when) and not done:
        done.append(True)
        edited.write_text(text.replace(old, new), "utf-8")

sys.addaudithook(edit)
sys.argv = ["motus", *sys.argv[5:]]
try:
    main()
finally:
    print("EDITED", done, file=sys.stderr)
"""
OLD, NEW = "Le secret interdit de révéler", "Le titre a changé"


def edited_meanwhile(small: Path, command: tuple[str, ...], edit: tuple[Path, str, str, str]) -> None:
    """Run a command; a file is edited between the moment it was read and that when another file is opened."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(small), "PYTHONUTF8": "1", "HOME": str(small)}
    line = [sys.executable, "-c", EDITED_MEANWHILE, *map(str, edit), *command]
    done = subprocess.run(line, cwd=small, capture_output=True, text=True, check=False, env=env, input=BOUND)
    assert (done.returncode, "EDITED [True]" in done.stderr) == (0, True), done.stderr


def test_a_law_edited_while_it_is_compiled_is_not_served_old(motus_small: Motus, small: Path) -> None:
    """Read with its old title, edited before the next file was opened: the next answer has the new title."""
    norm = small / "knowledge" / "law" / "norms" / "secret.yaml"
    edited_meanwhile(small, ("compile",), (norm, "norms/tenue.yaml", OLD, NEW))
    assert NEW in motus_small(*QUICK, stdin=BOUND).stdout


def test_an_edit_taken_back_is_not_served(motus_small: Motus, small: Path) -> None:
    """Edited while the first answer was prepared, then as before: the edit is not kept under the old name."""
    norm = small / "knowledge" / "law" / "norms" / "secret.yaml"
    text = norm.read_text(encoding="utf-8")
    edited_meanwhile(small, QUICK, (norm, "norms/tenue.yaml", OLD, NEW))
    norm.write_text(text, encoding="utf-8")
    assert OLD in motus_small(*QUICK, stdin=BOUND).stdout


def test_while_the_program_is_edited_nothing_is_compiled(motus_small: Motus, small: Path) -> None:
    """What runs is then no longer what is written: kept under its name, it would be served to the new program."""
    code = small / "knowledge" / "load.py"
    edited_meanwhile(small, ("compile",), (code, "norms/tenue.yaml", "Args:", "Given:"))
    assert not (small / "knowledge" / "compiled" / "base.bin").exists()
    assert motus_small("compile").returncode == 0
    assert (small / "knowledge" / "compiled" / "base.bin").exists()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("knowledge/law/norms/autre.yml", "norms/autre.yml : ce nom n'est pas lu"),
        ("knowledge/law/.secret.yaml.swp", ".secret.yaml.swp : rien de caché"),
        ("flows/parcours/autre.yml", "parcours/autre.yml : ce nom n'est pas lu"),
    ],
)
def test_a_stray_file_stops_every_command_even_after_a_good_copy_was_compiled(
    motus_small: Motus, small: Path, place: str, said: str
) -> None:
    """Neither answered from the old copy, nor left out in silence, nor a traceback."""
    assert motus_small("compile").returncode == 0
    (small / place).write_text("title: x\n", encoding="utf-8")
    for command in (("check",), QUICK, ("codes",)):
        done = motus_small(*command, stdin=BOUND)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_check_reads_the_promises_too(motus_small: Motus, small: Path) -> None:
    """They lie in the folder of the law: badly written, they are refused before anything is proved; absent, too."""
    promises = small / "knowledge" / "law" / "promises.yaml"
    promises.write_text(promises.read_text(encoding="utf-8").replace("fact: accord", "fact: acord"), encoding="utf-8")
    done = motus_small("check")
    assert done.returncode == 1
    assert "promises.yaml:3" in done.stderr
    promises.unlink()
    done = motus_small("check")
    assert done.returncode == 1
    assert "il manque promises.yaml" in done.stderr


@pytest.mark.parametrize("spoil", [b"", b"motus-compiled-1\n", b"\x80\x05garbage"])
def test_a_spoiled_copy_is_ignored_then_replaced(motus_small: Motus, small: Path, spoil: bytes) -> None:
    """Empty, cut or foreign: the sources are read, and a good copy is written again."""
    place = small / "knowledge" / "compiled" / "base.bin"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(spoil)
    assert motus_small(*QUICK, stdin=BOUND).returncode == 0
    assert place.read_bytes().startswith(b"motus-compiled-1\n")
    assert len(place.read_bytes()) > 1000


def test_a_copy_that_others_may_write_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pickle runs code: a file that another user could have changed is left alone."""
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


class _Names:
    """A value that, read back, is what a function gives."""

    def __init__(self, function: object, *args: object) -> None:
        self._how = function, args

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self._how


@pytest.mark.parametrize("spoil", ["function", "ours"])
def test_a_copy_names_nothing_but_our_own_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    """Even under the right name and with the right hash: no function runs, be it ours or reached through ours."""
    place, ran = tmp_path / "base.bin", tmp_path / "ran"
    monkeypatch.setattr(compiled, "places", lambda: iter([place]))
    named: dict[str, object] = {
        "function": _Names(os.mkdir, str(ran)),
        "ours": _Names(write_text, str(ran), ""),
    }
    payload = pickle.dumps((named[spoil], {}), 5)
    hashed = hashlib.blake2b(payload, digest_size=16).hexdigest().encode()
    place.write_bytes(b"\n".join([b"motus-compiled-1", b"abc", hashed, payload]))

    assert compiled.read("abc") is None
    assert not ran.exists()
    pickle.loads(payload)  # noqa: S301 - what it would have done
    assert ran.exists()


def test_everything_works_on_a_read_only_disk_with_no_home(small: Path, tmp_path: Path) -> None:
    """No compiled copy can be written anywhere: same answer, no complaint, nothing left behind."""
    # Root writes through any mode: a file where the folder of the copy must go stops it as a read-only disk does.
    (small / "knowledge" / "compiled").write_text("")
    for path in sorted(small.rglob("*"), reverse=True):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = sorted(str(p) for p in small.rglob("*"))
    nowhere = {"HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere", "PYTHONDONTWRITEBYTECODE": "1"}
    done = runner(tmp_path, small)(*QUICK, stdin=BOUND, **nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"outcome": "forbidden"' in done.stdout
    assert sorted(str(p) for p in small.rglob("*")) == before


def test_the_first_question_needs_neither_yaml_nor_pydantic_nor_rich(motus_small: Motus, small: Path) -> None:
    """What is slow to import stays out of the way of the first question."""
    motus_small("compile")
    script = small / "demarrer.py"
    script.write_text(
        "import sys\nfrom bot.main import main\nsys.argv=['motus','ask','essai']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('SLOW', sorted({'yaml','pydantic','rich'} & sys.modules.keys()))\n"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(small), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, env=env, input="")
    assert "question 1" in done.stdout
    assert "SLOW []" in done.stdout


def test_codes_are_appended_and_never_changed(motus_small: Motus, small: Path) -> None:
    """A new value is written at the end; a second run adds nothing; a changed code is refused."""
    registry = small / "knowledge" / "law" / "codes.yaml"
    assert motus_small("codes").returncode == 0
    first = registry.read_text(encoding="utf-8")
    assert "flow.essai: 1\n" in first
    assert "metier: 1\n" in first
    fact = small / "knowledge" / "law" / "facts" / "metier.yaml"
    text = fact.read_text(encoding="utf-8")
    fact.write_text(text.rstrip() + "\n  - {id: nouveau, code: 99, label: Nouveau}\n", encoding="utf-8")
    assert motus_small("check").returncode == 1
    assert motus_small("codes").returncode == 0
    second = registry.read_text(encoding="utf-8")
    assert second == first + "metier.nouveau: 99\n"
    assert motus_small("check").returncode == 0
    fact.write_text(text.rstrip() + "\n  - {id: nouveau, code: 98, label: Nouveau}\n", encoding="utf-8")
    done = motus_small("codes")
    assert done.returncode == 1
    assert "valait 99 et vaut 98" in done.stderr
    assert registry.read_text(encoding="utf-8") == second


def corpus(root: Path, tmp_path: Path) -> Path:
    """Return a corpus equal to the one carried."""
    return Path(shutil.copytree(root / "knowledge" / "law" / "articles", tmp_path / "recueil"))


def test_the_whole_law_imports_twice_and_changes_nothing(motus_copy: Motus, copy: Path, tmp_path: Path) -> None:
    """The corpus already carried: all unchanged, no file touched."""
    given = corpus(copy, tmp_path)
    carried = copy / "knowledge" / "law" / "articles" / "code-penal" / "226-13.yaml"
    before = carried.stat().st_mtime_ns
    for _ in range(2):
        done = motus_copy("law", "import", str(given))
        assert done.returncode == 0, done.stderr
        assert "0 nouveaux, 0 changés" in done.stdout
    assert carried.stat().st_mtime_ns == before


def test_law_import_copies_new_files_verbatim_and_names_the_absent(
    motus_small: Motus, small: Path, tmp_path: Path
) -> None:
    """A file not carried yet is new; one that the corpus lacks is kept and named."""
    given = corpus(small, tmp_path)
    carried = small / "knowledge" / "law" / "articles" / "code-penal"
    (given / "code-penal" / "1.yaml").rename(given / "code-penal" / "2.yaml")
    done = motus_small("law", "import", str(given))
    assert done.returncode == 0, done.stderr
    assert "nouveau\u00a0: articles/code-penal/2.yaml" in done.stdout
    assert "gardé\u00a0: articles/code-penal/1.yaml" in done.stdout
    assert (carried / "2.yaml").read_bytes() == (given / "code-penal" / "2.yaml").read_bytes()
    assert (carried / "1.yaml").is_file()


def test_a_text_that_changes_needs_a_human_yes(motus_small: Motus, small: Path, tmp_path: Path) -> None:
    """The version is named and nothing is written; with --accept it is."""
    given = corpus(small, tmp_path)
    new = given / "code-penal" / "1.yaml"
    new.write_text(new.read_text(encoding="utf-8").replace("plus fort", "davantage"), encoding="utf-8")
    carried = small / "knowledge" / "law" / "articles" / "code-penal" / "1.yaml"
    before = carried.read_bytes()
    done = motus_small("law", "import", str(given))
    assert done.returncode == 1
    assert "articles/code-penal/1.yaml\u00a0: le texte de la version du " in done.stderr
    assert "--accept" in done.stderr
    assert carried.read_bytes() == before
    assert motus_small("law", "import", str(given), "--accept").returncode == 0
    assert carried.read_bytes() == new.read_bytes()


BAD = {
    "code-penal/2.yaml": b"code: [\n",
    "code-penal/3.yaml": b"\xff\xfe",
    "code-penal/4.yaml": b"code: X\nnumber: '226-13'\n",
    "nulle-part/1.yaml": b"code: X\nnumber: '1'\ntitle: X\nsource_url: https://x.fr\nchecked_as_of: null\n"
    b"versions:\n- {start: 2000-01-01, end: null, modified_by: x, certainty: secondary, provenance: x, text: x}\n",
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_stops_the_whole_import(motus_small: Motus, small: Path, tmp_path: Path, name: str) -> None:
    """Unreadable, not UTF-8, incomplete, of an unknown code: named, and nothing at all is written."""
    given = corpus(small, tmp_path)
    shutil.copy(given / "code-penal" / "1.yaml", given / "code-penal" / "9.yaml")
    (given / name).parent.mkdir(exist_ok=True)
    (given / name).write_bytes(BAD[name])
    done = motus_small("law", "import", str(given))
    assert done.returncode == 1
    assert name in done.stderr
    assert "Rien n'a été écrit" in done.stderr
    assert not (small / "knowledge" / "law" / "articles" / "code-penal" / "9.yaml").exists()


def test_a_link_out_of_the_corpus_is_refused(motus_small: Motus, small: Path, tmp_path: Path) -> None:
    """A file that is a link to elsewhere is not copied."""
    given = corpus(small, tmp_path)
    (given / "code-penal" / "2.yaml").symlink_to("/etc/hostname")
    done = motus_small("law", "import", str(given))
    assert done.returncode == 1
    assert "un lien" in done.stderr


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
