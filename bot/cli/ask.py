"""`motus ask`: with answers given, it answers; without, it asks."""

from __future__ import annotations

import sys
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


def ask(
    flow: str | None,
    answers: str | None,
    token: str | None,
    on: str | None,
    certificate: str | None = None,
    *,
    as_json: bool,
    plain: bool,
) -> int:
    """
    Run the command. With a `certificate`, the answer is also written to that file, to be checked by anyone.

    Returns:
        The exit code.

    Raises:
        Refused: an id, a day, a file or a token is wrong.

    """
    day = parse_day(on) if on is not None else None
    if token is not None and (answers is not None or on is not None):
        raise Refused(french("un jeton porte déjà ses réponses et son jour : retirez --answers et --on"))
    if certificate is not None and answers is None and token is None:
        raise Refused(french("--certificate va avec --answers FICHIER ou --token JETON : il certifie une réponse"))
    app = open_app()
    if token is not None:
        session = _from_token(app, flow, token)
    elif flow is None:
        session = None
    else:
        session = _start(app, flow, day or today())
    if answers is None and not ((as_json or certificate is not None) and token):
        if as_json:
            raise Refused(french("--json va avec --answers FICHIER ou --token JETON : sans eux, l'outil questionne"))
        return _talk(app, session, day or today(), plain=plain)
    if session is None:
        raise Refused(french(f"--answers va avec un parcours : {', '.join(app.flows)}"))
    from bot.cli.answers import read_answers
    from bot.words.advise import advise  # late: the first question comes sooner

    given = dict(session.answers) if answers is None else read_answers(app, app.flows[session.flow], answers)
    result = advise(app, session, given, TOKEN_KEY)
    if as_json:
        _print_json(result)
    else:
        sys.stdout.write(_text(app, result, plain=plain))
    if certificate is not None:
        _certify(app, result, certificate)
    return PENDING if result.status == "pending" else 0


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


def _text(app: App, result: AdviceJson | PendingJson, *, plain: bool) -> str:
    """Return what `motus ask --answers` shows without `--json`."""
    from bot.cli.terminal import renderer
    from bot.words.verdict import verdict_text

    render = renderer(plain=plain)
    if result.status == "pending":
        return render("pending", p=result, flow=app.flows[result.flow])
    return verdict_text(app, result, render, today=today())


def _print_json(result: AdviceJson | PendingJson) -> None:
    from dataclasses import asdict

    write_json(asdict(result))


def _talk(app: App, session: Session | None, on: date, *, plain: bool) -> int:
    from bot.cli.dialogue import Dialogue

    return Dialogue(app, on, plain=plain).run(session)
