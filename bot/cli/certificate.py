"""`motus ask … --certificate FILE` and `motus certify FILE`: an answer that someone else can check."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.app import App, open_app
from bot.cli.terminal import renderer
from bot.errors import DATA, PENDING, Refused
from bot.files import read_text, write_text
from bot.words.advice_json import AdviceJson, PendingJson
from bot.words.french import parse_day
from knowledge import Pending, evaluate
from knowledge.certifying.certificate import certificate
from knowledge.certifying.checker import FORMAT, Tree
from knowledge.certifying.refusal import refusals
from knowledge.model import Outcome
from knowledge.model.typography import french
from knowledge.reading import LARGEST

_KIND = FORMAT.partition("/")[0]
"""What every version of a certificate says that it is."""
_MOST = 12
_WIDEST = 400


def write_certificate(app: App, result: AdviceJson | PendingJson, path: str) -> None:
    """
    Write the certificate of an answer, and say so on the standard error: the answer stays alone on the output.

    Raises:
        Refused: there is no answer yet, the file holds something else, or it cannot be written.

    """
    if isinstance(result, PendingJson):
        missing = ", ".join(w.fact for w in result.pending)
        said = f"{path} : pas de certificat sans réponse ; il manque d'abord : {missing}"
        raise Refused(french(said), PENDING)
    advice = evaluate(app.base, result.facts, result.on)
    if isinstance(advice, Pending):
        raise TypeError(advice)  # an answer was just given to these very facts
    if not _may_replace(Path(path)):
        raise Refused(french(f"{path} : ce fichier existe et n'est pas un certificat ; choisissez un autre nom"))
    text = certificate(app.base, advice)
    write_text(path, text)
    sys.stderr.write(french(f"Certificat écrit : {path} (code {short_code(json.loads(text))})") + "\n")


def show_certify(source: str, *, plain: bool) -> None:
    """
    Check a certificate and say what it certifies.

    Raises:
        Refused: it is not valid, with every reason.

    """
    name, text = read_text(source)
    base = open_app().base
    wrong = refusals(base, text)
    if wrong:
        more = [f"{name} : et {len(wrong) - _MOST} autres différences"] if len(wrong) > _MOST else []
        lines = [f"{name} : {_clean(said)}" for said in wrong[:_MOST]]
        raise Refused([french(line) for line in [*lines, *more, "Certificat refusé : ne vous y fiez pas."]], DATA)
    given: Tree = json.loads(text)
    sys.stdout.write(
        renderer(plain=plain)(
            "certificate",
            c=given,
            on=parse_day(given["on"]),
            outcome=Outcome(given["outcome"]),
            norm=base.norms[given["governing"]],
            cited=[(base.articles[a["article"]], a["point"]) for a in given["articles"] if a["role"] == "governs"],
            code=short_code(given),
        )
    )


def short_code(tree: Tree) -> str:
    """
    Return the start of the seal, to be printed and read aloud.

    >>> short_code({"seal": "9f3a22b177c05d1e" + 48 * "0"})
    '9f3a-22b1-77c0-5d1e'
    """
    start = str(tree["seal"])[:16]
    return "-".join(start[i : i + 4] for i in range(0, len(start), 4))


def _may_replace(path: Path) -> bool:
    """Tell whether nothing but a certificate would be lost; a file that only speaks of one is not one."""
    try:
        if not path.is_file():
            return True  # nothing, or a terminal or a pipe: nothing is lost
        with path.open("rb") as file:
            held = json.loads(file.read(LARGEST))
    except (ValueError, RecursionError):
        return False
    except OSError:
        return not path.exists()
    return isinstance(held, dict) and str(held.get("format")).startswith(_KIND)


def _clean(said: str) -> str:
    """Drop what could drive a terminal, and cut what would fill it."""
    shown = "".join(c if c.isprintable() else " " for c in said)
    return shown if len(shown) <= _WIDEST else f"{shown[:_WIDEST]}…"
