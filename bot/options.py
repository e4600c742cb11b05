"""The words and options that commands take, with their help in French."""

from __future__ import annotations

from typing import Annotated

import typer

On = Annotated[
    str | None, typer.Option("--on", metavar="AAAA-MM-JJ", help="Le jour du droit ; aujourd'hui par défaut.")
]
Json = Annotated[bool, typer.Option("--json", help="Écrit du JSON, pour un programme.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Écrit la page docs/doctrine.md.")]
Plain = Annotated[bool, typer.Option("--plain", help="Sans couleur (comme NO_COLOR=1).")]
FlowName = Annotated[
    str | None,
    typer.Argument(metavar="PARCOURS", show_default=False, help="Par exemple « partager »."),
]
Answers = Annotated[
    str | None,
    typer.Option(
        "--answers",
        metavar="FICHIER",
        help="Répond sans rien demander : un fichier YAML « fait: valeur », ou - pour l'entrée standard.",
    ),
]
Token = Annotated[
    str | None,
    typer.Option("--token", metavar="JETON", help="Reprend une situation à partir de son jeton."),
]
Code = Annotated[str, typer.Argument(metavar="CODE", show_default=False, help="Par exemple CP, CASF, loi.")]
AnyCode = Annotated[str | None, typer.Argument(metavar="CODE", show_default=False, help="Seulement ce code.")]
Number = Annotated[
    list[str], typer.Argument(metavar="NUMÉRO", show_default=False, help="Par exemple 226-14 ou L226-2-2.")
]
SheetId = Annotated[
    str,
    typer.Argument(metavar="ID", show_default=False, help="Une règle (base/cp-226-13) ou un article (casf/L411-3)."),
]
Months = Annotated[
    str,
    typer.Option(
        "--months",
        metavar="MOIS",
        show_default=False,
        help="L'âge à partir duquel une relecture est ancienne ; 6 par défaut.",
    ),
]
Folder = Annotated[
    str, typer.Argument(metavar="DOSSIER", show_default=False, help="Un dossier « recueil/numéro.yaml ».")
]
Accept = Annotated[bool, typer.Option("--accept", help="Accepte que le texte d'une version déjà reprise change.")]
