"""`motus book`: all the law of one day as a book, for a reader who runs no program."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bot.app import App, open_app
from bot.book.cases import play
from bot.book.contents import Contents, read_contents
from bot.book.flows import flow_pages
from bot.book.law import codes
from bot.book.matrix import citing, index, matrix
from bot.book.model import worded
from bot.book.norms import chapters, debates, norm_link, reach_of
from bot.book.tables import decision_table, recipient_pages, said
from bot.book.unsure import unsure
from bot.book.views import Book
from bot.clock import today
from bot.errors import DATA, Refused
from bot.files import put
from bot.words.french import OUTCOMES, parse_day
from bot.words.french import day as write_day
from flows.exploring.offered import carried
from knowledge import InForce, Outcome
from knowledge.model.typography import french

NAME = "livre-motus"


def show_book(out: str, on: str | None, cases: str | None, *, pdf: bool) -> None:
    """
    Write the book in a folder, which is made if needed.

    Args:
        out: the folder.
        on: the day of law, today by default.
        cases: a folder of situations to play, for the last column of the matrix.
        pdf: write the paper too.

    Raises:
        Refused: the day, the folder, the situations or the plan is wrong, or what makes the PDF is not installed.

    """
    day = parse_day(on) if on is not None else today()
    app = open_app()
    data = worded(asdict(make(app, day, Path(cases) if cases is not None else None)))
    from bot.book.html import page

    _write(Path(out), f"{NAME}.html", page(data).encode())
    if pdf:
        from bot.book.pdf import paper

        _write(Path(out), f"{NAME}.pdf", paper(data))


def make(app: App, on: date, cases: Path | None = None, contents: Contents | None = None) -> Book:
    """
    Return the book of one day.

    Raises:
        Refused: the plan of the book or a situation is wrong.

    """
    base = app.base
    plan = contents or read_contents(base)
    reach = reach_of(app)
    played = play(app, cases) if cases is not None else ()
    by_article = {id_: [norm_link(n) for n in norms] for id_, norms in citing(base).items()}
    norms = chapters(app, on, plan.chapters, reach)
    return Book(
        day=write_day(on),
        digest=base.digest[:12],
        counts={
            "norms": len(base.norms),
            "in_force": sum(n.force != InForce.NO for c in norms for n in c.norms),
            "articles": len(by_article),
            "debates": sum(n.debate is not None for n in base.norms.values()),
            "doubts": sum(len(n.doubts) for c in norms for n in c.norms),
        },
        legend=tuple((o, OUTCOMES[o], _MEANINGS[o]) for o in Outcome),
        tables=tuple(decision_table(base, table, on) for table in plan.tables),
        profile=said(base, plan.profile),
        recipients=recipient_pages(base, plan.profile, on),
        chapters=norms,
        debates=debates(base, on),
        codes=codes(base, on, by_article),
        flows=flow_pages(app, reach),
        matrix=matrix(app, reach, played),
        with_cases=cases is not None,
        cases=tuple(p.case for p in played),
        unsure=unsure(base, on, carried(app.base, app.flows)),
        index=index(base, plan.index),
    )


_MEANINGS = {
    Outcome.FORBIDDEN: "Le dire serait une faute : révéler un secret, ou violer une autre règle, qui est nommée.",
    Outcome.MAY_DECLINE: "Il faut venir ou remettre l'écrit, mais on peut garder le silence.",
    Outcome.DEBATED: "Deux lectures du texte existent. Le livre donne les deux, et la conduite prudente.",
    Outcome.CONDITIONAL: "La loi le permet une fois remplies les conditions de la liste.",
    Outcome.PERMITTED: "La loi le permet sans l'ordonner : on peut se taire.",
    Outcome.NOT_COVERED: "Le secret pénal ne s'applique pas. La discrétion et la vie privée restent.",
    Outcome.OBLIGED: "La loi l'ordonne.",
    Outcome.DEPENDS: "Ce qui n'est pas encore su décide : les cas possibles mènent à des réponses différentes.",
    Outcome.BOUND: "Le secret pénal s'impose : par défaut, on ne révèle rien.",
    Outcome.NOT_BOUND: "Aucun texte lu ne soumet au secret pénal. La discrétion et la vie privée restent.",
}


def _write(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put(path, content)
    except OSError:
        said = f"« {path} » ne peut pas être écrit ; choisissez un autre dossier avec --out"
        raise Refused(french(said), DATA) from None
    sys.stdout.write(french(f"Écrit : {path} ({max(len(content) // 1000, 1)} ko)\n"))
