"""Every file that lies in a folder of data is read, or refused by its name: no rule ever vanishes in silence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from situations import BASE

from bot.app import App, open_app
from bot.book.cases import play
from bot.errors import Refused
from flows import FlowError
from flows import load as load_flows
from knowledge import KnowledgeError, load
from knowledge.answering import phrases
from knowledge.load import _RECORDED
from knowledge.reading.layout import TABLES

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "small"
LISTED = "attend des clés et des valeurs"
FREE = "title: Tout est permis\neffect: not_covered\nwhen: {bound: non}\ncites: [{article: code-penal/1}]\n"

STRAYS = {
    "norm as a list": ("norms/libre.yaml", "- title: x\n- effect: permits\n", f"norms/libre.yaml:1 : {LISTED}"),
    "norm as a word": ("norms/libre.yaml", "rien\n", f"norms/libre.yaml:1 : {LISTED}"),
    "norm named .yml": ("norms/autre.yml", FREE, "norms/autre.yml : ce nom n'est pas lu ; écrivez « autre.yaml »"),
    "norm named .YAML": ("norms/autre.YAML", FREE, "écrivez « autre.yaml »"),
    "norm without a suffix": ("norms/autre", FREE, "norms/autre : ce fichier n'est pas lu"),
    "norm saved by an editor": ("norms/libre.yaml~", FREE, "norms/libre.yaml~ : ce fichier n'est pas lu"),
    "hidden norm": ("norms/.libre.yaml", FREE, "norms/.libre.yaml : rien de caché n'est lu ici"),
    "hidden folder": ("norms/.vieux/libre.yaml", FREE, "norms/.vieux : rien de caché"),
    "norm in a folder of another name": ("norm/libre.yaml", FREE, "peut-être « norms »"),
    "norm outside every folder": ("libre.yaml", FREE, "libre.yaml : aucune table n'a ce nom"),
    "fact in a folder": ("facts/vie/age.yaml", "code: 9\n", "facts/vie/age.yaml : ce fichier n'est pas à sa place"),
    "fact as a list": ("facts/age.yaml", "- code: 9\n", f"facts/age.yaml:1 : {LISTED}"),
    "article without a collection": ("articles/2.yaml", "code: x\n", "attendu : articles/<recueil>/<numéro>.yaml"),
    "article as a list": ("articles/code-penal/2.yaml", "- code: x\n", f"articles/code-penal/2.yaml:1 : {LISTED}"),
    "article without a version": (
        "articles/code-penal/2.yaml",
        "{code: x, number: '2', title: x, checked_as_of: null, versions: []}",
        "articles/code-penal/2.yaml:1 : versions : aucune version : dites au moins une version",
    ),
    "article that a row would hide": (
        "missing.yaml",
        "code-penal/1: {code: x, number: '1', title: x}\n",
        "missing.yaml:1 : code-penal/1 : articles/code-penal/1.yaml existe",
    ),
    "unknown table": ("phrase.yaml", "a: {}\n", "phrase.yaml : aucune table n'a ce nom ; peut-être « phrases.yaml »"),
    **{f"{table} as a list": (table, "- a\n- b\n", f"{table}:1 : {LISTED}") for table in TABLES},
    **{
        f"a row of {table} as a list": (table, "a: [b]\n", f"{table}:1 : a : {LISTED}")
        for table in ("collections.yaml", "doctrine.yaml", "moved.yaml", "missing.yaml", "promises.yaml")
    },
    "record that nobody shows": (
        "record.yaml",
        "transmision: [x]\n",
        "record.yaml:1 : transmision : personne ne montre",
    ),
    "derived fact without a name": ("derived.yaml", "bound:\n", "derived.yaml:1 : bound.label : attend un texte"),
    "two documents in one file": ("norms/libre.yaml", f"{FREE}---\n{FREE}", "norms/libre.yaml:5"),
    "norm that names itself": (
        "norms/libre.yaml",
        f"{FREE}id: secret\n",
        "norms/libre.yaml:5 : id : ne s'écrit pas ici",
    ),
    "article that names its collection": (
        "articles/code-penal/2.yaml",
        "code: x\ncollection: casf\n",
        "articles/code-penal/2.yaml:2 : collection : ne s'écrit pas ici",
    ),
    "row that names itself": ("doctrine.yaml", "Q-01: {title: x, id: Q-02}\n", "doctrine.yaml:1 : Q-01.id"),
}


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """Return a small law that a test may spoil."""
    return Path(shutil.copytree(SMALL, tmp_path / "droit"))


def _refusal(law: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load(law)
    return str(caught.value).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("stray", STRAYS)
def test_nothing_in_the_folder_of_the_law_is_skipped(stray: str, law: Path) -> None:
    """Each file is named, with its line where it has one, and with what would be right."""
    name, content, said = STRAYS[stray]
    (law / name).parent.mkdir(parents=True, exist_ok=True)
    (law / name).write_text(content, encoding="utf-8")

    assert said in _refusal(law)


def test_an_answer_does_not_change_because_a_rule_was_renamed(law: Path) -> None:
    """The ban of the small law, in a file that used to be skipped: refused, and not forgotten."""
    shutil.move(law / "norms" / "accord.yaml", law / "norms" / "accord.yml")

    assert "norms/accord.yml : ce nom n'est pas lu ; écrivez « accord.yaml »" in _refusal(law)


def test_a_sign_that_is_not_utf8_is_refused_with_its_line(law: Path) -> None:
    """It used to be replaced in silence, in a title or in a text of law."""
    place = law / "norms" / "libre.yaml"
    place.write_bytes(FREE.encode() + "doubt: déjà\n".encode("latin-1"))

    assert "norms/libre.yaml:5 : un signe de cette ligne n'est pas en UTF-8" in _refusal(law)


def _pipe(place: Path) -> None:
    os.mkfifo(place)


SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "broken link": (lambda place: place.symlink_to("/nulle-part"), "ce n'est pas un fichier"),
    "pipe": (_pipe, "ce n'est pas un fichier"),
    "ring of folders": (lambda place: place.symlink_to(place.parent), "un dossier de données n'a ni lien"),
}


@pytest.mark.parametrize("kind", SPECIAL)
def test_what_cannot_be_read_is_refused_and_never_waited_for(kind: str, law: Path) -> None:
    """A pipe would wait for ever, a ring of folders would never end."""
    make, said = SPECIAL[kind]
    make(law / "norms" / "autre.yaml")

    assert f"norms/autre.yaml : {said}" in _refusal(law)


def test_without_the_memory_of_codes_every_code_is_missing(law: Path) -> None:
    """To lose the file of codes does not switch the check off."""
    (law / "codes.yaml").unlink()

    assert "« metier.voisin » n'est pas inscrit ; lancez « motus codes »" in _refusal(law)


FLOW = "code: 9\ntitle: Essai\ndescription: Un essai.\nsets: {}\nstates:\n  - {id: a, asks: profession}\n"
FLOWS = {
    "flow as a list": ("essai.yaml", "- code: 9\n", "parcours/essai.yaml:1 : un parcours s'écrit avec des clés"),
    "flow named .yml": ("essai.yml", FLOW, "parcours/essai.yml : ce nom n'est pas lu ; écrivez « essai.yaml »"),
    "hidden flow": (".essai.yaml", FLOW, "parcours/.essai.yaml : rien de caché"),
    "flow in a folder": (
        "vieux/essai.yaml",
        FLOW,
        "parcours/vieux/essai.yaml:1 : les parcours n'ont pas de sous-dossier",
    ),
    "flow that is not UTF-8": (
        "essai.yaml",
        FLOW.replace("Essai", "Essaié"),
        "parcours/essai.yaml:2 : un signe de cette",
    ),
}


@pytest.mark.parametrize("stray", FLOWS)
def test_nothing_in_the_folder_of_flows_is_skipped(stray: str, tmp_path: Path) -> None:
    """A flow that vanished would leave the old buttons without an answer."""
    name, content, said = FLOWS[stray]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content.encode("latin-1"))

    with pytest.raises(FlowError) as caught:
        load_flows(BASE, tmp_path)
    assert said in str(caught.value).replace("\u00a0", " ")


CASE = "- {id: seul, says: Une fois., flow: tenu, on: 2026-11-23, facts: {profession: medecin}}\n"
CASES = {
    "cases named .yml": ("cas.yml", CASE, "cas.yml : ce nom n'est pas lu"),
    "hidden cases": (".cas.yaml", CASE, ".cas.yaml : rien de caché"),
    "cases in a folder": ("vieux/cas.yaml", CASE, "vieux/cas.yaml : les cas n'ont pas de sous-dossier"),
    "cases that are not UTF-8": ("cas.yaml", CASE.replace("fois", "fôis"), "cas.yaml:1 : un signe de cette"),
    "a fact that does not exist": ("cas.yaml", CASE.replace("profession", "metier"), "« metier: medecin »"),
    "a value that does not exist": ("cas.yaml", CASE.replace("medecin", "docteur"), "« profession: docteur »"),
}


@pytest.fixture(scope="module")
def app() -> App:
    """Give the law and the flows that ship."""
    return open_app()


@pytest.mark.parametrize("stray", CASES)
def test_nothing_in_a_folder_of_cases_is_skipped(stray: str, app: App, tmp_path: Path) -> None:
    """A case that is not played proves nothing."""
    name, content, said = CASES[stray]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content.encode("latin-1"))

    with pytest.raises(Refused) as caught:
        play(app, tmp_path)
    assert said in "\n".join(caught.value.lines).replace("\u00a0", " ")


def test_what_is_noted_by_hand_is_what_the_answers_show() -> None:
    """The keys that `record.yaml` may have are those that an answer looks for."""
    assert set(_RECORDED) == set(phrases._RECORD.values())
    assert set(BASE.record) == set(_RECORDED)


@pytest.mark.parametrize("folder", ["cases", "bad", "boundaries"])
def test_the_tests_read_all_of_their_own_files(folder: str) -> None:
    """They look for .yaml: a case of another name would pass without being played."""
    others = {p.name for p in (TESTS / folder).rglob("*") if p.suffix != ".yaml" or p.parent != TESTS / folder}

    assert others <= {"README.md"}
