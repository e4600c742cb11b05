"""`motus doctrine`: each rule of the doctrine, and the norms, the articles and the flows that carry it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from bot.app import open_app
from bot.cli.tables import print_table
from flows.exploring.offered import carried
from knowledge.checking import FAMILIES, Row
from knowledge.model.typography import french

_HEAD = """\
# La doctrine, règle par règle

Cette page est engendrée : `motus doctrine --markdown > docs/doctrine.md`. Un test refuse une page périmée.
Les règles sont dans `knowledge/law/doctrine.yaml` ; une norme nomme les siennes avec `rules`.

Un parcours « atteint » une règle s'il peut poser toutes les questions qui décident d'une de ses normes,
les faits établis étant remontés jusqu'aux questions. Deux réponses qui s'excluent ne sont pas repérées.

Une règle « à vérifier » avait un point qui n'était pas sûr. La réponse montre alors un doute, ou la norme dit dans
`checked` ce qui a été lu, et à quelle adresse.
"""


def show_doctrine(*, markdown: bool, plain: bool) -> None:
    """Print the ledger, as a table or as the page of the documentation."""
    app = open_app()
    rows = carried(app.base, app.flows)
    if markdown:
        sys.stdout.write(page(rows))
        return
    print_table(
        french(f"La doctrine : {_count(rows)}"),
        (("Règle", 0), ("Ce qu'elle dit", 1), ("Qui la porte", 1)),
        ((row.rule.id, row.rule.title, _carried(row)) for row in rows),
        plain=plain,
    )


def page(rows: tuple[Row, ...]) -> str:
    """Return the page of the documentation."""
    return "\n".join([_HEAD, f"{_count(rows)}\n", *_families(rows)]).rstrip() + "\n"


def _count(rows: tuple[Row, ...]) -> str:
    encoded = sum(row.encoded for row in rows)
    marked = sum(row.rule.to_check is not None for row in rows)
    return (
        f"{len(rows)} règles, {encoded} portées par le droit encodé, {len(rows) - encoded} écartées avec leur raison, "
        f"{marked} marquées « à vérifier »."
    )


def _carried(row: Row) -> str:
    mark = f" ; {said}" if (said := _mark(row, row.checked)) else ""
    if not row.encoded:
        return french(f"aucune norme : {row.rule.reason}{mark}")
    carriers = [*row.norms, *(f"motus article, {old}" for old in row.moved)]
    flows = f" ; parcours : {', '.join(row.flows)}" if row.flows else ""
    return french(f"{', '.join(carriers)}{flows}{mark}")


def _mark(row: Row, pages: Iterable[str]) -> str:
    """Say what became of the point to check: a doubt shown, `pages` where it was checked, or a rule left out."""
    if row.rule.to_check is None:
        return ""
    point = row.rule.to_check
    if not row.encoded:
        return f"à vérifier ({point}) : aucune réponse n'en dépend"
    said = [f"à vérifier ({point}) : doute affiché par {', '.join(row.doubted)}"] if row.doubted else []
    if row.checked:
        where = "" if row.doubted else f" ({point})"
        said.append(f"vérifié{where} : {', '.join(pages)}")
    return " ; ".join(said)


def _families(rows: tuple[Row, ...]) -> Iterator[str]:
    for letter, name in FAMILIES.items():
        inside = [row for row in rows if row.rule.id.startswith(letter)]
        if inside:
            yield f"## {letter} — {name}\n"
            yield "| règle | ce qu'elle dit | normes | articles | parcours | à vérifier |\n|---|---|---|---|---|---|"
            yield from (_line(row) for row in inside)
            yield ""


def _line(row: Row) -> str:
    if row.encoded:
        left_out = [f"Reste à part : {row.rule.partly}"] if row.rule.partly is not None else []
        old = [f"ancien numéro `{number}`" for number in row.moved]
        norms = "<br>".join([*(f"[{n}](../knowledge/law/norms/{n}.yaml)" for n in row.norms), *old, *left_out])
    else:
        norms = f"Aucune. {row.rule.reason}"
    mark = _mark(row, (f"<{page}>" for page in row.checked)) or "—"
    cells = (row.rule.id, row.rule.title, norms, _joined(row.articles), _joined(row.flows), mark)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names) or "—"
