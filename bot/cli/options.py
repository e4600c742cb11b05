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
Detail = Annotated[
    bool, typer.Option("--detail", help="Montre tout avant la fiche : le minimum, les formes, les risques, les textes.")
]
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
CertificateFile = Annotated[
    str | None,
    typer.Option(
        "--certificate",
        metavar="FICHIER",
        help="Écrit aussi un certificat de la réponse, à contrôler avec « motus certify ».",
    ),
]
CertificateName = Annotated[
    str,
    typer.Argument(metavar="FICHIER", show_default=False, help="Le certificat, ou - pour l'entrée standard."),
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
Accept = Annotated[
    bool, typer.Option("--accept", help="Accepte que le texte ou la fin d'une version déjà reprise change.")
]
Anyway = Annotated[
    bool, typer.Option("--anyway", help="Écrit même si des règles ne s'y retrouvent plus : à reprendre aussitôt.")
]
Archives = Annotated[
    list[str],
    typer.Argument(metavar="ARCHIVE…", show_default=False, help="Par exemple LEGI_20260915-211530.tar.gz."),
]
Older = Annotated[
    bool, typer.Option("--history", help="Reprend aussi les rédactions plus anciennes que celles du recueil.")
]
Webhook = Annotated[bool, typer.Option("--webhook", help="Attend les appels de Telegram au lieu de l'interroger.")]
Demo = Annotated[bool, typer.Option("--demo", help="Sur cette machine seule, avec une clé tirée au démarrage.")]
BookFolder = Annotated[
    str,
    typer.Option(
        "--out", metavar="DOSSIER", show_default=False, help="Où écrire ; « livre » par défaut. Le dossier est créé."
    ),
]
BookDay = Annotated[
    str | None,
    typer.Option("--date", "--on", metavar="AAAA-MM-JJ", help="Le jour du droit ; aujourd'hui par défaut."),
]
Cases = Annotated[
    str | None,
    typer.Option("--cases", metavar="DOSSIER", help="Des situations vérifiées à joindre, par exemple tests/cases."),
]
HtmlOnly = Annotated[bool, typer.Option("--html", help="La page seule, sans le PDF.")]
EveryDay = Annotated[bool, typer.Option("--all", help="Aussi chaque jour où un texte cité ou une règle a changé.")]
Day = Annotated[str, typer.Argument(metavar="AAAA-MM-JJ", show_default=False, help="Un jour de droit.")]
OneFlow = Annotated[str | None, typer.Option("--flow", metavar="PARCOURS", help="Ce parcours seul ; tous par défaut.")]
Top = Annotated[
    str, typer.Option("--top", metavar="NOMBRE", show_default=False, help="Combien de groupes montrer ; 10 par défaut.")
]
Other = Annotated[
    str,
    typer.Argument(
        metavar="AUTRE",
        show_default=False,
        help="Un dossier (un projet Motus, ou son dossier knowledge), ou une révision git, par exemple HEAD~1.",
    ),
]
EveryText = Annotated[bool, typer.Option("--all", help="Tous les textes et toutes les règles, même relus depuis peu.")]
CaseNames = Annotated[
    list[str],
    typer.Argument(metavar="FICHIER|DOSSIER …", show_default=False, help="Des situations, par exemple tests/cases."),
]
Junit = Annotated[
    str | None, typer.Option("--junit", metavar="FICHIER", help="Écrit aussi un rapport JUnit, pour un serveur.")
]
CoverageText = Annotated[bool, typer.Option("--coverage", help="Dit ce qu'aucune situation n'atteint, par parcours.")]
CoverageHtml = Annotated[
    str | None,
    typer.Option("--coverage-html", metavar="FICHIER", help="L'écrit en une page, avec ce qui est atteint."),
]
MissingCases = Annotated[
    bool,
    typer.Option("--missing", help="Propose les situations qui manquent, en YAML, seules sur la sortie."),
]
CoverageDay = Annotated[
    str | None,
    typer.Option("--on", metavar="AAAA-MM-JJ", help="Le jour du droit de la couverture ; aujourd'hui par défaut."),
]
WalkedFlow = Annotated[str, typer.Argument(metavar="PARCOURS", show_default=False, help="Par exemple « partager ».")]
HowMany = Annotated[
    str | None, typer.Option("--random", metavar="NOMBRE", help="Combien en tirer au sort ; 1000 par défaut.")
]
EveryWalk = Annotated[bool, typer.Option("--all", help="Tous, comptés exactement.")]
Seed = Annotated[str | None, typer.Option("--seed", metavar="NOMBRE", help="Refait le même tirage.")]
WatchedFolder = Annotated[
    str,
    typer.Argument(
        metavar="DOSSIER",
        show_default=False,
        help="Vos situations ; ou le droit, les parcours ou le projet : ses situations sont alors rejouées.",
    ),
]
Record = Annotated[
    str | None,
    typer.Option("--record", metavar="FICHIER", help="Ajoute la suite de réponses à un fichier de situations."),
]
CaseName = Annotated[
    str | None,
    typer.Option(
        "--name", metavar="NOM", help="Le nom de la situation ajoutée, sans espace ; « situation-1 », -2… sinon."
    ),
]
CaseSchema = Annotated[bool, typer.Option("--cases", help="Celui des fichiers de situations.")]
PackName = Annotated[
    str | None,
    typer.Argument(
        metavar="PAQUET", show_default=False, help="Par exemple « elus » ; « motus scenario list » les dit."
    ),
]
OnePack = Annotated[str, typer.Argument(metavar="PAQUET", show_default=False, help="Par exemple « elus ».")]
MemoryFile = Annotated[
    str | None,
    typer.Option("--memory", metavar="FICHIER", help="Y garde vos points manqués, pour y revenir d'autres jours."),
]
NewScenario = Annotated[
    str, typer.Argument(metavar="FICHIER", show_default=False, help="Le fichier à créer, par exemple elus/visite.yaml.")
]
ScenarioFiles = Annotated[
    list[str], typer.Argument(metavar="FICHIER …", show_default=False, help="Vos scénarios, un par fichier.")
]
MoodleFile = Annotated[
    str, typer.Option("--moodle", metavar="FICHIER", show_default=False, help="Le fichier Moodle XML à écrire.")
]
