"""`motus verify`: every path of every flow, every situation of the law, every day on which the law changed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.app import TOKEN_KEY, App, open_app
from bot.cli.promises import promised
from bot.clock import today
from bot.errors import Refused
from bot.words.french import day as write_day
from bot.words.french import parse_day
from flows import Session
from flows.exploring.graph import Graphs
from flows.exploring.paths import Paths, count_paths, within
from flows.token import encode
from knowledge import INCONNU, law_of
from knowledge.answering import DatedLaw
from knowledge.checking import eras
from knowledge.model.typography import french

BROKEN = 1


@dataclass(slots=True)
class Report:
    """What was proved: `kept` promises with how many situations, `broken` ones with a situation to replay."""

    days: list[date] = field(default_factory=list)
    laws: int = 0
    situations: int = 0
    paths: dict[str, Paths] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    in_vain: int = 0
    loops: int = 0
    dead_ends: int = 0
    applied: set[str] = field(default_factory=set)
    promises: tuple[str, ...] = ()
    broken: list[tuple[str, str]] = field(default_factory=list)


def show_verify(on: str | None, *, every: bool) -> int:
    """
    Prove or refute every promise, and say so.

    Args:
        on: the day of law; today by default.
        every: also each day on which a cited article, or a rule, changed.

    Returns:
        0 where every promise holds, 1 where one is broken.

    Raises:
        Refused: the day is wrong, or the `verify` extra is missing.

    """
    gc.disable()  # millions of values that stay, none of them garbage: the collector would take a quarter of the time
    app = open_app()
    first = parse_day(on) if on is not None else today()
    days = [first, *sorted(set(eras(app.base)) - {first}, reverse=True)] if every else [first]
    report = verify(app, days)
    sys.stdout.writelines(french(line) + "\n" for line in _lines(app, report))
    return BROKEN if report.broken else 0


def verify(app: App, days: Iterable[date]) -> Report:
    """
    Prove the promises on each day. Days with the same norms in force are one law, and proved once.

    Raises:
        Refused: the `verify` extra is missing.

    """
    try:
        from knowledge.proving.diagrams import Space
        from knowledge.proving.prover import HELD, Prover
    except ImportError as error:
        said = french("il manque l'outil de preuve : dans le dossier de Motus, lancez pip install '.[verify]'")
        raise Refused(said) from error
    promises = promised(app.base)
    prover = Prover(Space(app.base), promises)
    report = Report(situations=prover.situations, promises=(*HELD, *(p.title for p in promises)))
    graphs = Graphs(app.base)
    seen: set[frozenset[tuple[str, bool]]] = set()
    for on in days:
        law = law_of(app.base, on)
        report.days.append(on)
        identity = frozenset(_norms(law))
        if identity in seen:
            report.broken.extend((b.promise, f"{write_day(on)} : {b.because}") for b in prover.in_force(law))
            continue
        seen.add(identity)
        for flow_id, flow in app.flows.items():
            _explore(report, graphs, app, flow_id, law)
            if on == report.days[0]:
                report.paths[flow_id] = count_paths(graphs, flow, on)
        for breach in prover.breaches(law):
            said = f"{write_day(on)} : {breach.because}{_replay(app, on, breach.facts)}"
            report.broken.append((breach.promise, said))
    report.laws = len(seen)
    report.applied = prover.applied
    if len(report.days) > 1:
        report.broken.extend(_unreached(app, report))
    return report


def _norms(law: DatedLaw) -> Iterator[tuple[str, bool]]:
    for _, items in law.establishing:
        yield from ((i.norm.id, i.sure) for i in items)
    for group in (law.settling, law.requiring):
        for items in group.values():
            yield from ((i.norm.id, i.sure) for i in items)
    yield from ((i.norm.id, i.sure) for i in law.warning)


def _explore(report: Report, graphs: Graphs, app: App, flow: str, law: DatedLaw) -> None:
    start = graphs.explore(app.flows[flow], law)
    for node, answers in graphs.reached(start).items():
        here = graphs.nodes[node]
        if here.asks is not None:
            report.asked.add((flow, here.asks))
        if any(behind >= node for behind in (*here.parts, *(b.node for b in here.branches))):
            report.loops += 1
            report.broken.append(("Aucune boucle", f"{flow} : {dict(answers)}"))
        if here.open:
            report.dead_ends += 1
            report.broken.append(("Aucune impasse", f"{flow} : {dict(answers)}, personne ne demande {set(here.open)}"))
    for node in graphs.in_vain(start):
        report.in_vain += 1
        answers = graphs.reached(start)[node]
        said = f"{write_day(law.on)}, {flow} : « {graphs.nodes[node].asks} » après {dict(answers)}"
        report.broken.append(("Aucune question inutile", said))


def _unreached(app: App, report: Report) -> Iterator[tuple[str, str]]:
    for norm in app.base.norms:
        if norm not in report.applied:
            yield "Toute règle peut s'appliquer un jour", norm
    for flow in app.flows.values():
        for state in flow.states:
            if (flow.id, state.asks) not in report.asked:
                yield "Toute question peut être posée", f"{flow.id} : {state.id}"


def _replay(app: App, on: date, facts: Mapping[str, str]) -> str:
    """Say a situation, and the command that shows it: by a flow that asks all of it, else by a file of answers."""
    if not facts:
        return ""
    told = ", ".join(f"{k}: {v}" for k, v in facts.items())
    whole = {f.id: facts.get(f.id, f.values[0].id if f.find_out is None else INCONNU) for f in app.base.facts.values()}
    for flow in app.flows.values():
        asks = {**dict(flow.sets), **{s.asks: whole[s.asks] for s in flow.states}}
        if facts.items() <= asks.items():
            session = app.conversation.fill(Session(flow.id, on), whole)
            token = encode(session, app.base, app.flows, TOKEN_KEY)
            return f" ; par exemple {{{told}}}\n      motus ask {flow.id} --token {token}"
    return f" ; par exemple {{{told}}}, à écrire dans un fichier pour « --answers »"


def _lines(app: App, report: Report) -> Iterator[str]:
    base = app.base
    yield f"Droit du {write_day(report.days[0])}"
    if len(report.days) > 1:
        yield (
            f"et des {len(report.days) - 1} jours où un texte cité ou une règle a changé : "
            f"{report.laws} états du droit différents"
        )
    yield ""
    yield "PARCOURS, toutes les réponses à toutes les questions, « je ne sais pas » compris"
    for flow, paths in report.paths.items():
        yield (
            f"  {flow} : {_number(paths.total)} suites de réponses, réunies en {_number(paths.merged)} situations ; "
            f"questions posées, médiane {within(paths.by_situation, 0.5)}, "
            f"neuf fois sur dix {within(paths.by_situation, 0.9)} au plus, jamais plus de {max(paths.by_length)}"
        )
    yield (
        f"  Impasses : {report.dead_ends} ; boucles : {report.loops} ; "
        f"questions dont aucune réponse ne change rien : {report.in_vain}"
    )
    yield ""
    yield f"PROMESSES, sur les {_number(report.situations)} situations que les faits peuvent dire, chaque jour"
    broken = dict.fromkeys(p for p, _ in report.broken)
    for promise in dict.fromkeys((*report.promises, *broken)):
        yield f"  [{'rompue' if promise in broken else 'tenue'}] {promise}"
        yield from (f"    {said}" for name, said in report.broken if name == promise)
    yield ""
    cited = {c.article for n in base.norms.values() for c in n.cites}
    unread = sum(not a.versions for a in base.articles.values())
    yield (
        f"Textes : {len(cited)} cités par une règle, {len(base.articles) - len(cited)} gardés pour être lus seulement "
        f"(« motus articles ») ; {unread} nommés et non lus (« motus check »)."
    )


def _number(amount: int) -> str:
    """Write a number; beyond a thousand billion, its first figures and a power of ten."""
    if amount < 10**12:
        return f"{amount:,}".replace(",", "\u202f")
    power = len(str(amount)) - 1
    return f"{amount / 10**power:.1f}".replace(".", ",") + f" × 10^{power}"
