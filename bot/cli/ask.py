"""`motus ask`: with answers given, it answers; without, it asks."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.app import TOKEN_KEY, App, open_app
from bot.cli.streams import write_json
from bot.clock import today
from bot.errors import PENDING, Refused
from bot.words.french import parse_day, printable
from flows import Session, UnknownAnswerError, UnreadableTokenError, decode
from knowledge.model.typography import french

if TYPE_CHECKING:
    from bot.words.advice_json import AdviceJson, PendingJson


@dataclass(frozen=True, slots=True)
class Kept:
    """
    The files that an answer is also written to.

    A `certificate`, to be checked by anyone; a situation added to the file `record` under a `name`, to be played again.
    """

    certificate: str | None = None
    record: str | None = None
    name: str | None = None


def ask(
    flow: str | None,
    answers: str | None,
    token: str | None,
    on: str | None,
    kept: Kept,
    *,
    as_json: bool,
    detail: bool,
    plain: bool,
) -> int:
    """
    Run the command: the card, after all the rest where `detail` is wanted.

    Returns:
        The exit code.

    Raises:
        Refused: an id, a day, a file or a token is wrong.

    """
    day = parse_day(on) if on is not None else None
    _consistent(answers, token, on, kept)
    app = open_app()
    if kept.record is not None:
        from bot.cli.record import target

        target(app, kept.record, kept.name)  # what cannot be written is said before anything is asked
    if token is not None:
        session = _from_token(app, flow, token)
    elif flow is None:
        session = None
    else:
        session = _start(app, flow, day or today())
    if answers is None and not ((as_json or kept.certificate is not None) and token):
        if as_json:
            raise Refused(french("--json va avec --answers FICHIER ou --token JETON : sans eux, l'outil questionne"))
        return _talk(app, session, day or today(), kept, detail=detail, plain=plain)
    if session is None:
        raise Refused(french(f"--answers va avec un parcours : {', '.join(app.flows)}"))
    from bot.cli.answers import read_answers
    from bot.words.advise import advise  # late: the first question comes sooner

    given = dict(session.answers) if answers is None else read_answers(app, app.flows[session.flow], answers)
    result = advise(app, session, given, TOKEN_KEY)
    if as_json:
        _print_json(result)
    else:
        sys.stdout.write(_text(app, result, detail=detail, plain=plain))
    _keep(app, kept, Session(session.flow, session.on, tuple(given.items())), result)
    return PENDING if result.status == "pending" else 0


def _consistent(answers: str | None, token: str | None, on: str | None, kept: Kept) -> None:
    """Refuse options that do not go together."""
    if token is not None and (answers is not None or on is not None):
        raise Refused(french("un jeton porte déjà ses réponses et son jour : retirez --answers et --on"))
    if kept.certificate is not None and answers is None and token is None:
        raise Refused(french("--certificate va avec --answers FICHIER ou --token JETON : il certifie une réponse"))
    if kept.name is not None and kept.record is None:
        raise Refused(french("--name va avec --record FICHIER : il nomme la situation qui y est ajoutée"))


def _keep(app: App, kept: Kept, walk: Session, result: AdviceJson | PendingJson | None = None) -> None:
    """Write the files asked for; what is said of them comes after the answer."""
    sys.stdout.flush()
    if kept.certificate is not None and result is not None:
        _certify(app, result, kept.certificate)
    if kept.record is not None:
        from bot.cli.record import record

        record(app, kept.record, kept.name, walk)


def _certify(app: App, result: AdviceJson | PendingJson, path: str) -> None:
    from bot.cli.certificate import write_certificate

    sys.stdout.flush()  # what is said of the file comes after the answer
    try:
        write_certificate(app, result, path)
    except Refused as refused:
        raise Refused(refused.lines, refused.code, answered=True) from None


def _start(app: App, flow: str, on: date) -> Session:
    try:
        return app.conversation.start(flow, on)
    except UnknownAnswerError as error:
        raise Refused(str(error)) from None


def _from_token(app: App, flow: str | None, token: str) -> Session:
    try:
        session, _ = decode(token, app.base, app.flows, [TOKEN_KEY])
        app.conversation.asked(session)
    except (UnreadableTokenError, UnknownAnswerError) as error:
        raise Refused(french(f"ce jeton ne se lit plus ({error}) ; recommencez avec « motus ask »")) from None
    if flow is not None and flow != session.flow:
        raise Refused(french(f"ce jeton est du parcours « {session.flow} », pas « {printable(flow)} »"))
    return session


def _text(app: App, result: AdviceJson | PendingJson, *, detail: bool, plain: bool) -> str:
    """Return what `motus ask --answers` shows without `--json`."""
    from bot.cli.terminal import renderer
    from bot.words.card import card_text
    from bot.words.verdict import verdict_text

    render = renderer(plain=plain)
    if result.status == "pending":
        return render("pending", p=result, flow=app.flows[result.flow])
    whole = verdict_text(app, result, render, today=today()) if detail else ""
    return whole + card_text(app, result, render, today=today())


def _print_json(result: AdviceJson | PendingJson) -> None:
    write_json(asdict(result))


def _talk(app: App, session: Session | None, on: date, kept: Kept, *, detail: bool, plain: bool) -> int:
    from bot.cli.dialogue import Dialogue

    dialogue = Dialogue(app, on, recording=kept.record, detail=detail, plain=plain)
    code = dialogue.run(session)
    if dialogue.ended is not None:
        _keep(app, kept, dialogue.ended)
    return code
