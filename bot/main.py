"""The command line: what each command takes. What it does is imported only when it runs, to start fast."""

from __future__ import annotations

import sys

import typer

from bot.cli.french_typer import FrenchCommand, FrenchGroup, say
from bot.cli.options import (
    Accept,
    Answers,
    AnyCode,
    Anyway,
    Archives,
    BookDay,
    BookFolder,
    CaseName,
    CaseNames,
    Cases,
    CaseSchema,
    CertificateFile,
    CertificateName,
    Code,
    CoverageDay,
    CoverageHtml,
    CoverageText,
    Day,
    Demo,
    Detail,
    EveryDay,
    EveryText,
    EveryWalk,
    FlowName,
    Folder,
    HowMany,
    HtmlOnly,
    Json,
    Junit,
    Markdown,
    MemoryFile,
    MissingCases,
    Months,
    MoodleFile,
    NewScenario,
    Number,
    Older,
    On,
    OneFlow,
    OnePack,
    Other,
    PackName,
    Plain,
    Record,
    ScenarioFiles,
    Seed,
    SheetId,
    Token,
    Top,
    WalkedFlow,
    WatchedFolder,
    Webhook,
)
from bot.errors import DATA, DEFECT, INTERRUPTED, USAGE, Refused

cli = typer.Typer(
    cls=FrenchGroup,
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE …",
    help="Motus conseille sur le secret professionnel en travail social : "
    "puis-je le dire, à qui, quoi au plus, sur quel article. Pour commencer : motus ask",
)
law = typer.Typer(
    cls=FrenchGroup,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE …",
    invoke_without_command=True,
    help="Reprend un recueil de textes, ou le contrôle.",
)
scenario = typer.Typer(
    cls=FrenchGroup,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE …",
    invoke_without_command=True,
    help="Pour les formateurs : liste, crée, essaie ou exporte des scénarios.",
)
cli.add_typer(law, name="law")
cli.add_typer(scenario, name="scenario")


@law.callback()
@scenario.callback()
@cli.callback()
def start(ctx: typer.Context) -> None:
    """Show the help where no command is given."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@cli.command(cls=FrenchCommand, help="Pose les questions utiles, puis répond, avec les articles.")
def ask(
    *,
    flow: FlowName = None,
    answers: Answers = None,
    token: Token = None,
    on: On = None,
    certificate: CertificateFile = None,
    record: Record = None,
    name: CaseName = None,
    as_json: Json = False,
    detail: Detail = False,
    plain: Plain = False,
) -> None:
    """Ask, or answer without asking."""
    from bot.cli.ask import Kept
    from bot.cli.ask import ask as run

    kept = Kept(certificate, record, name)
    raise typer.Exit(run(flow, answers, token, on, kept, as_json=as_json, detail=detail, plain=plain))


@cli.command(cls=FrenchCommand, help="Contrôle un certificat : refait la réponse à part, et la compare.")
def certify(file: CertificateName, *, plain: Plain = False) -> None:
    """Check a certificate."""
    from bot.cli.certificate import show_certify

    show_certify(file, plain=plain)


@cli.command(cls=FrenchCommand, help="Liste les faits : identifiants, questions, réponses possibles.")
def facts(flow: FlowName = None, *, as_json: Json = False, plain: Plain = False) -> None:
    """Print the vocabulary."""
    from bot.cli.facts import show_facts

    show_facts(flow, as_json=as_json, plain=plain)


@cli.command(cls=FrenchCommand, help="Montre un article tel qu'il était un jour donné.")
def article(code: Code, number: Number, on: On = None, *, plain: Plain = False) -> None:
    """Print one article."""
    from bot.cli.articles import show_article

    show_article(code, " ".join(number), on, plain=plain)


@cli.command(cls=FrenchCommand, help="Liste les articles, leur certitude, leur dernière relecture.")
def articles(code: AnyCode = None, *, plain: Plain = False) -> None:
    """List the articles."""
    from bot.cli.articles import show_articles

    show_articles(code, plain=plain)


@cli.command(cls=FrenchCommand, help="Montre toutes les versions d'un article, et ce qui change de l'une à l'autre.")
def history(code: Code, number: Number, *, plain: Plain = False) -> None:
    """Print the versions of an article."""
    from bot.cli.history import show_history

    show_history(code, " ".join(number), plain=plain)


@cli.command(cls=FrenchCommand, help="Liste les règles, leur effet, et si elles sont en vigueur.")
def norms(on: On = None, *, plain: Plain = False) -> None:
    """List the norms."""
    from bot.cli.sheet import show_norms

    show_norms(on, plain=plain)


@cli.command(cls=FrenchCommand, help="Explique une règle ou un article en français courant.")
def fiche(id_: SheetId, on: On = None, *, plain: Plain = False) -> None:
    """Print a sheet."""
    from bot.cli.sheet import show_sheet

    show_sheet(id_, on, plain=plain)


@cli.command(cls=FrenchCommand, help="Dit, règle par règle, ce qui porte la doctrine, ou pourquoi rien ne la porte.")
def doctrine(*, markdown: Markdown = False, plain: Plain = False) -> None:
    """Print the ledger of the doctrine."""
    from bot.cli.doctrine import show_doctrine

    show_doctrine(markdown=markdown, plain=plain)


@cli.command(cls=FrenchCommand, help="Relit le droit et les parcours, et dit chaque problème.")
def check() -> None:
    """Check the sources."""
    from bot.cli.check import show_check

    show_check()


@cli.command(cls=FrenchCommand, help="Démontre chaque promesse sur toutes les situations, ou montre laquelle la rompt.")
def verify(on: On = None, *, every: EveryDay = False) -> None:
    """Prove the promises."""
    from bot.cli.verify import show_verify

    raise typer.Exit(show_verify(on, every=every))


@cli.command("test", cls=FrenchCommand, help="Joue des situations, et dit ce qui diffère des réponses attendues.")
def play(
    names: CaseNames,
    *,
    junit: Junit = None,
    coverage: CoverageText = False,
    html: CoverageHtml = None,
    missing: MissingCases = False,
    flow: OneFlow = None,
    on: CoverageDay = None,
    plain: Plain = False,
) -> None:
    """Play cases."""
    from bot.cli.test import Wanted, show_test

    wanted = Wanted(junit, html, flow, on, coverage=coverage, missing=missing)
    raise typer.Exit(show_test(names, wanted, plain=plain))


@cli.command(
    cls=FrenchCommand, help="Prend un parcours, au hasard ou en entier : impasses, longueur, réponses obtenues."
)
def walk(
    flow: WalkedFlow,
    random: HowMany = None,
    seed: Seed = None,
    on: On = None,
    *,
    every: EveryWalk = False,
    plain: Plain = False,
) -> None:
    """Take walks."""
    from bot.cli.walk import show_walk

    raise typer.Exit(show_walk(flow, random, seed, on, whole=every, plain=plain))


@cli.command(
    cls=FrenchCommand, help="À chaque enregistrement : ce qui ne va pas, ou les réponses qui changent. Ctrl-C arrête."
)
def watch(folder: WatchedFolder, *, plain: Plain = False) -> None:
    """Watch files."""
    from bot.cli.watch import show_watch

    raise typer.Exit(show_watch(folder, plain=plain))


@cli.command(cls=FrenchCommand, help="Liste ce qui n'a pas été relu depuis longtemps, et ce qui repose dessus.")
def stale(on: On = None, months: Months = "6", *, every: EveryText = False, plain: Plain = False) -> None:
    """List what is old."""
    from bot.cli.stale import show_stale

    show_stale(on, months, every=every, plain=plain)


@cli.command(
    cls=FrenchCommand, help="Dit quelles réponses changent d'un jour de droit à un autre, et quel texte l'a fait."
)
def diff(
    before: Day, after: Day, flow: OneFlow = None, top: Top = "10", *, as_json: Json = False, plain: Plain = False
) -> None:
    """Compare two days of law."""
    from bot.cli.diff import show_diff

    show_diff(before, after, flow, top, as_json=as_json, plain=plain)


@cli.command(
    cls=FrenchCommand, help="Dit quelles réponses changent entre un autre état du droit écrit ici et celui-ci."
)
def compare(other: Other, on: BookDay = None, top: Top = "10", *, as_json: Json = False, plain: Plain = False) -> None:
    """Compare two bases."""
    from bot.cli.compare import show_compare

    show_compare(other, on, top, as_json=as_json, plain=plain)


@cli.command(cls=FrenchCommand, help="Inscrit les nouveaux codes dans knowledge/law/codes.yaml.")
def codes() -> None:
    """Append the new codes."""
    from bot.cli.codes import write_codes

    write_codes()


@cli.command("compile", cls=FrenchCommand, help="Refait la copie compilée, qui rend le démarrage rapide.")
def compile_() -> None:
    """Write the compiled copy."""
    from bot.cli.check import show_compile

    show_compile()


@cli.command(cls=FrenchCommand, help="Écrit le schéma JSON de « motus ask --json », ou des fichiers de situations.")
def schema(*, cases: CaseSchema = False) -> None:
    """Print a JSON Schema."""
    from bot.cli.schema import show_schema

    show_schema(cases=cases)


@cli.command("bot", cls=FrenchCommand, help="Tient le bot Telegram ; il ne garde rien. Le jeton est dans MOTUS_TOKEN.")
def bot_(*, webhook: Webhook = False) -> None:
    """Run the Telegram channel."""
    from bot.telegram.launch import run_bot

    run_bot(webhook=webhook)


@cli.command(cls=FrenchCommand, help="Sert les pages pour un navigateur ; il ne garde rien. Pour essayer : --demo")
def web(*, demo: Demo = False) -> None:
    """Run the web channel."""
    from bot.web.launch import run_web

    run_web(demo=demo)


@cli.command(cls=FrenchCommand, help="Écrit le livre : toutes les règles et leurs textes, en une page et un PDF.")
def book(*, out: BookFolder = "livre", on: BookDay = None, cases: Cases = None, html: HtmlOnly = False) -> None:
    """Write the book."""
    from bot.book.write import show_book

    show_book(out, on, cases, pdf=not html)


@cli.command(cls=FrenchCommand, help="Pour s'entraîner : une histoire, vos décisions, puis la réponse de la loi.")
def train(pack: PackName = None, *, memory: MemoryFile = None, plain: Plain = False) -> None:
    """Play scenarios."""
    from bot.training.train import show_train

    show_train(pack, memory, plain=plain)


@scenario.command("list", cls=FrenchCommand, help="Liste les scénarios, par paquet.")
def scenario_list(pack: PackName = None, *, plain: Plain = False) -> None:
    """List the scenarios."""
    from bot.training.scenarios import show_list

    show_list(pack, plain=plain)


@scenario.command("new", cls=FrenchCommand, help="Crée un scénario à compléter, qui marche déjà.")
def scenario_new(file: NewScenario) -> None:
    """Begin a scenario."""
    from bot.training.scenarios import write_new

    write_new(file)


@scenario.command("test", cls=FrenchCommand, help="Dit si le droit répond à vos scénarios comme vous l'attendez.")
def scenario_test(files: ScenarioFiles) -> int:
    """Try scenarios."""
    from bot.training.scenarios import show_test

    return show_test(files)


@scenario.command("export", cls=FrenchCommand, help="Écrit un paquet pour la plateforme Moodle.")
def scenario_export(pack: OnePack, *, moodle: MoodleFile) -> None:
    """Export a pack."""
    from bot.training.moodle import write_moodle

    write_moodle(pack, moodle)


@law.command("import", cls=FrenchCommand, help="Reprend un recueil daté, tout entier ou pas du tout.")
def law_import(folder: Folder, *, accept: Accept = False, anyway: Anyway = False) -> None:
    """Import a corpus."""
    from bot.cli.law_import import import_law

    import_law(folder, accept=accept, anyway=anyway)


@law.command("update", cls=FrenchCommand, help="Met les textes à jour d'après les archives LEGI de la DILA.")
def law_update(
    archives: Archives, *, accept: Accept = False, anyway: Anyway = False, history: Older = False, plain: Plain = False
) -> None:
    """Update the texts from the official archives."""
    from bot.cli.law_update import update_law

    update_law(archives, accept=accept, anyway=anyway, history=history, plain=plain)


@law.command("check", cls=FrenchCommand, help="Contrôle le recueil et compte ce qui est sûr.")
def law_check() -> None:
    """Check the carried corpus."""
    from bot.cli.law_check import show_law

    show_law()


def main() -> None:
    """Run the command line. Every refusal is in French, on the standard error; no answer is ever in it."""
    from bot.cli.streams import open_streams

    open_streams()
    sys.exit(_run(as_json="--json" in sys.argv[1:]))


def _run(*, as_json: bool) -> int:
    from bot.cli.streams import defect, disk, leave, refuse

    try:
        code = cli(standalone_mode=False, prog_name="motus")
        sys.stdout.flush()
    except Refused as refused:
        said, code = refused.lines, refused.code
        as_json = as_json and not refused.answered
    except typer.TyperException as error:
        said, code = (say(error),), USAGE
    except (KeyboardInterrupt, BrokenPipeError) as left:
        said, code = (), INTERRUPTED if isinstance(left, KeyboardInterrupt) else 0
        leave(sys.stdout)  # the reader (head…) has left
    except OSError as error:
        said, code = disk(error), DATA
        leave(sys.stdout)
    except Exception as error:  # a traceback could show what was answered
        said, code = defect(error), DEFECT
    else:
        return code if isinstance(code, int) else 0
    return refuse(said, code, as_json=as_json) if said else code
