"""`motus ask FLOW --answers`: the advice as data, and every refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from tests.bot.conftest import ROOT, Motus

NEIGHBOUR = "profession: assistant_service_social\nrecipient: voisin\ninformation: existence_suivi\n"
EVICTION = "profession: assistant_service_social\nrecipient: ccapex\ninformation: logement\npurpose: expulsion\n"
SCHEMA = json.loads((ROOT / "docs" / "advice.schema.json").read_text(encoding="utf-8"))
Write = Callable[[str], str]


def advice(called: Motus, path: str, *args: str, flow: str = "partager") -> dict[str, Any]:
    """Run and return the JSON, checked against the published schema."""
    done = called("ask", flow, "--answers", path, "--json", *args)
    data: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(data, SCHEMA)
    assert done.returncode == (3 if data["status"] == "pending" else 0)
    return data


def test_the_published_schema_is_the_one_of_the_code(called: Motus) -> None:
    """`docs/advice.schema.json` is what `motus schema` writes; write it again after a change."""
    assert json.loads(called("schema").stdout) == SCHEMA


def test_a_forbidden_disclosure_says_all_it_must(called: Motus, answers: Write) -> None:
    """Outcome, governing norm, dated article, minimum, risks, trace, token and the identity of the base."""
    data = advice(called, answers(NEIGHBOUR), "--on", "2009-11-02")
    assert (data["status"], data["outcome"], data["outcome_label"]) == ("advice", "forbidden", "Interdit")
    assert data["governing"]["id"] == "base/cp-226-13"
    article = next(a for a in data["articles"] if a["id"] == "code-penal/226-13")
    assert (article["number"], article["version_start"], article["in_force"]) == ("226-13", "2002-01-01", "yes")
    assert article["address"].startswith("https://")
    assert [b["source"] for b in data["bound_by"]] == ["profession"]
    assert all(i["reason"] for i in data["minimum"]["keep"])
    assert data["risks"]
    assert data["trace"][0]["norm"] == "base/cp-226-13"
    assert data["token"]
    assert len(data["base_digest"]) == 32


def test_what_was_not_answered_is_assumed_unknown_and_listed(called: Motus, answers: Write) -> None:
    """A fact that may honestly be unknown is taken as « je ne sais pas », with its question."""
    known = "profession: assistant_service_social\nrecipient: crip\nservice: ase\ninformation: sante\n"
    data = advice(called, answers(known), "--on", "2026-11-23")
    assumed = {a["fact"]: a["question"] for a in data["assumed_unknown"]}
    assert assumed
    assert all(q.endswith("?") for q in assumed.values())
    assert all(data["facts"][f] == "inconnu" for f in assumed)


def test_questions_that_admit_no_unknown_stay_pending(called: Motus, answers: Write) -> None:
    """Without the recipient there is no answer: code 3, the question and its values."""
    data = advice(called, answers("profession: assistant_service_social\n"))
    assert data["status"] == "pending"
    recipient = next(p for p in data["pending"] if p["fact"] == "recipient")
    assert recipient["question"]
    assert {"id": "voisin", "label": "Un voisin, un gardien, un commerçant"} in recipient["values"]


def test_an_empty_file_is_no_answer_at_all(called: Motus, answers: Write) -> None:
    """Nothing answered: everything that matters is pending."""
    assert advice(called, answers(""))["status"] == "pending"


def test_the_same_advice_reads_as_text(called: Motus, answers: Write) -> None:
    """Without --json, the verdict screen."""
    said = called("ask", "partager", "--detail", "--answers", answers(NEIGHBOUR), "--on", "2009-11-02").stdout
    assert "RÉPONSE\u00a0: INTERDIT" in said
    assert max(map(len, said.splitlines())) <= 80


def test_pending_questions_read_as_text(called: Motus, answers: Write) -> None:
    """Without --json too, the missing questions are named with their values."""
    done = called("ask", "partager", "--answers", answers("profession: educateur\n"))
    assert done.returncode == 3
    assert "recipient" in done.stdout


def test_answers_come_from_the_standard_input(called: Motus) -> None:
    """`--answers -`."""
    done = called("ask", "partager", "--answers", "-", "--json", stdin=NEIGHBOUR)
    assert json.loads(done.stdout)["outcome"] == "forbidden"


def test_a_token_gives_the_same_advice_again(called: Motus, answers: Write) -> None:
    """The token of an advice, replayed, gives that advice: same day, same norm, same token."""
    first = advice(called, answers(NEIGHBOUR), "--on", "2009-11-02")
    again = json.loads(called("ask", "--token", first["token"], "--json").stdout)
    assert len(first["token"]) <= 64
    for key in ("on", "outcome", "governing", "token", "articles"):
        assert again[key] == first[key]


def test_a_token_resumes_the_conversation(called: Motus, answers: Write) -> None:
    """Without --json the token opens on its verdict, at its own day of law."""
    token = advice(called, answers(NEIGHBOUR), "--on", "2009-11-02")["token"]
    said = called("ask", "--token", token, stdin="d\n").stdout
    assert "Non\u00a0: ne dites pas" in said
    assert "droit du 2 novembre 2009" in said


@pytest.mark.parametrize("spoil", ["{0}x", "A{0}", "", "éééé", "{0:.20}"])
def test_a_spoiled_token_is_refused_kindly(called: Motus, answers: Write, spoil: str) -> None:
    """Cut, changed, empty or foreign: no trace of a crash, and how to start again."""
    token = advice(called, answers(NEIGHBOUR))["token"]
    done = called("ask", "--token", spoil.format(token), "--json")
    assert done.returncode == 2
    assert "recommencez avec" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_wrong_answer_is_reported_at_once_with_its_line_and_the_right_ids(called: Motus, answers: Write) -> None:
    """An unknown fact, an unknown value, an unknown not admitted, a derived fact: four lines, four remedies."""
    done = called(
        "ask", "partager", "--json", "--answers",
        answers("profesion: educateur\nrecipient: voisinn\ninformation: inconnu\nbound: oui\nact: ecrire\n"),
    )  # fmt: skip
    said = done.stderr.replace("\u00a0", " ").splitlines()
    assert done.returncode == 2
    assert json.loads(done.stdout)["errors"] == done.stderr.splitlines()
    assert len(said) == 5
    assert "yaml:1" in said[0]
    assert "« profession »" in said[0]
    assert "yaml:2" in said[1]
    assert "« voisin »" in said[1]
    assert "n'admet pas « inconnu »" in said[2]
    assert "l'outil le déduit" in said[3]
    assert "« transmettre »" in said[4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profession: educateur\nprofession: medecin\n", "écrite deux fois"),
        ("- profession\n", "couples"),
        ("profession: [a, b]\n", "une seule valeur"),
        ("profession: 'x\n", "YAML"),
        ("profession:\n", "une seule valeur"),
    ],
)
def test_a_file_badly_written_is_refused_in_plain_words(called: Motus, answers: Write, text: str, words: str) -> None:
    """Equal keys, a list, no value, broken quotes."""
    done = called("ask", "partager", "--answers", answers(text))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("ask", "partagr", "--json", "--answers", "-"), "partager"),
        (("ask", "partager", "--on", "2/11/2009"), "2009-11-02"),
        (("ask", "partager", "--on", "20091102"), "2009-11-02"),
        (("ask", "partager", "--json"), "--answers"),
        (("ask", "--answers", "-"), "parcours"),
        (("ask", "partager", "--answers", "absent.yaml"), "il n'existe pas"),
        (("ask", "partager", "--onn", "2009-11-02"), "option inconnue"),
        (("ask", "partager", "trop"), "mots en trop"),
        (("aks",), "ask"),
        (("article", "CP"), "il manque"),
        (("ask", "--on"), "attend une valeur"),
    ],
)
def test_a_wrong_command_says_what_would_be_right(called: Motus, args: tuple[str, ...], words: str) -> None:
    """Exit code 2, French, and the remedy."""
    done = called(*args)
    assert done.returncode == 2
    assert words in done.stderr.replace("\u00a0", " ")
    assert "Error" not in done.stderr


def test_evictions_change_with_the_law(called: Motus, answers: Write) -> None:
    """The commission on evictions: forbidden on 2009-11-02, obliged today, each on the articles of its day."""
    facts = json.loads(called("facts", "--json").stdout)["facts"]
    purposes = {v["id"] for f in facts if f["id"] == "purpose" for v in f["values"]}
    purpose = next(p for p in purposes if "expulsion" in p)
    path = answers(EVICTION.replace("purpose: expulsion", f"purpose: {purpose}"))
    then, now = (advice(called, path, "--on", day) for day in ("2009-11-02", "2026-11-23"))
    assert then["outcome"] == "forbidden"
    assert now["outcome"] == "obliged"
    assert "lois/90-449-art-7-2" in {a["id"] for a in now["articles"] if a["in_force"] == "yes"}
    assert {"logement"} <= {i["category"] for i in now["minimum"]["share"]}
    assert all(i["reason"] and i["label"] for part in ("share", "if_needed", "keep") for i in now["minimum"][part])


def test_answers_without_end_are_refused(motus: Motus) -> None:
    """A device or a stream that never stops is read up to the size of a file, and no further."""
    for source, stdin in (("/dev/zero", ""), ("-", "a: b\n" * 300_000)):
        done = motus("ask", "partager", "--answers", source, stdin=stdin)
        assert done.returncode == 2
        assert "ce fichier est trop long" in done.stderr
