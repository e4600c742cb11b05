"""`motus law update`: the official archives, read for the articles followed; whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import flows
import knowledge
from bot.app import App, open_app
from bot.cli.compare import compare
from bot.cli.diff import uncollected
from bot.cli.diff_words import count, percent
from bot.cli.law_changes import news, past, turns
from bot.cli.law_import import LAW, LOST, MISSING
from bot.cli.law_missing import without_arrived
from bot.cli.progress import progress
from bot.cli.stale import flows_of
from bot.cli.terminal import renderer
from bot.clock import today
from bot.errors import DATA, Refused
from bot.files import replace_files
from flows import Conversation
from knowledge import Article, KnowledgeBase
from knowledge.checking import resting_on
from knowledge.load import read_base
from knowledge.model.typography import french
from knowledge.reading import read

_REREAD = "Relisez ces différences, puis relancez avec --accept."
_NOTHING = "Rien n'a été écrit."


def update_law(names: Sequence[str], *, accept: bool, anyway: bool, history: bool, plain: bool) -> None:
    """
    Bring the carried texts up to the last day of some archives, then say what rests on what changed.

    Args:
        names: archives of the base LEGI, in any order.
        accept: let what a version already carried says change.
        anyway: write even where the rules no longer find their words in the result.
        history: take also the wordings older than the oldest that an article carries.
        plain: no colour.

    Raises:
        Refused: an archive is wrong, a past would change without `accept`, `motus check` would refuse the result, or
            the disk is full. Nothing is written then.

    """
    try:
        from bot.legi import archive, follow, gather, update
    except ImportError as error:
        said = "il manque le lecteur d'archives : dans le dossier de Motus, lancez pip install '.[update]'"
        raise Refused(french(said)) from error
    archives = archive.in_order(names)
    app = open_app()
    carried = app.base.articles
    with progress("Lecture des archives", sum(a.path.stat().st_size // archive.MEBI for a in archives)) as step:
        gathered = gather.gather(archives, follow.Followed(carried.values()), step)
    found = update.updated(carried, archives, gathered, history=history)
    turned = {id_: new for id_, new in found.items() if turns(carried[id_], new)}
    changed = [line for id_, new in found.items() for line in past(carried[id_], new)]
    files = dict(knowledge.sources(knowledge.default_root()))
    written = dict(_files(found, files))
    base, lost = read_base(list({**files, **written}.items()))
    stop = [*changed, _REREAD] if changed and not accept else []
    stop += [*(str(p) for p in sorted(lost)), LOST] if lost and not anyway else []
    if stop:
        raise Refused([french(line) for line in (*stop, _NOTHING)], DATA)
    replace_files({LAW / name: content for name, content in written.items()})
    lines = [
        f"{gathered.members} rédactions lues dans {len(archives)} archive(s) ; {len(written)} fichiers écrits.",
        *(line for id_, new in found.items() for line in news(carried[id_], new)),
        *(f"accepté : {line}" for line in changed),
        *update.to_look_at(carried, found, archives, gathered),
        *_resting(app, turned),
        *([f"À reprendre aussitôt : {len(lost)} problème(s), dits par motus check."] if lost else []),
    ]
    sys.stdout.write("".join(french(line) + "\n" for line in lines))
    if turned and not lost:
        _show_answers(app, base, turned, plain=plain)


def _files(found: Mapping[str, Article], files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that an update writes: those of the articles, and the list of missing texts."""
    from bot.legi.write import written

    for id_, article in found.items():
        name = f"articles/{id_}.yaml"
        if not article.versions:
            continue
        before = read(name, files[name]).data if name in files else None
        yield name, written(article, before if isinstance(before, dict) else None)
    arrived = [id_ for id_, a in found.items() if a.versions and f"articles/{id_}.yaml" not in files]
    if arrived:
        left, _ = without_arrived(files.get(MISSING, b"").decode(), arrived)
        yield MISSING, left.encode()


def _resting(app: App, turned: Mapping[str, Article]) -> Iterator[str]:
    """Yield which rules rest on what changed, and where they count."""
    for id_, new in turned.items():
        norms = resting_on(app.base, new)
        if norms:
            yield f"{id_} : reposent dessus {', '.join(norms)} ; parcours : {', '.join(flows_of(app, norms))}"
        else:
            yield f"{id_} : aucune règle ne repose dessus"


def _show_answers(app: App, base: KnowledgeBase, turned: Mapping[str, Article], *, plain: bool) -> None:
    """Say which answers change today, and how to see those that will change on a day that was announced."""
    if not any(resting_on(app.base, a) for a in turned.values()):
        sys.stdout.write(french("Aucune règle ne repose sur ces textes : aucune réponse ne change.") + "\n")
        return
    on = today()
    asked = flows.load(base)
    now = App(base, asked, Conversation(base, asked))
    old = {id_: app.base.articles[id_] for id_ in turned}
    before = replace(app.base, articles={**base.articles, **old})  # a text that was only read again is no cause
    sys.stdout.write(french("Comparaison des réponses d'avant et de maintenant : quelques minutes.") + "\n")
    sys.stdout.flush()
    with uncollected():
        comparison = compare(now, before, app.flows, on, name="avant")
    render = renderer(plain=plain)
    sys.stdout.write("\n" + render("compare", c=comparison, r=comparison.report, count=count, percent=percent))
    later = sorted({v.start for a in turned.values() for v in a.versions if v.start > on})
    for start in later:
        sys.stdout.write(french(f"Ce qui change le {start} : motus diff {on} {start}") + "\n")
