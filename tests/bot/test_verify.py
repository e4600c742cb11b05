"""`motus verify` as a reader sees it: what holds, over how many situations, or what breaks it and how to see it."""

from __future__ import annotations

import dataclasses
import re

import pytest
from situations import TODAY

from bot.app import TOKEN_KEY, open_app
from bot.cli.verify import _lines, verify
from flows import decode
from knowledge import evaluate
from knowledge.model.errors import NoNormError
from knowledge.proving.prover import NO_GAP

APP = open_app()


def _only(*flows: str, without: str | None = None):
    base = dataclasses.replace(APP.base, norms={i: n for i, n in APP.base.norms.items() if i != without})
    return dataclasses.replace(APP, base=base, flows={f: APP.flows[f] for f in flows})


@pytest.mark.xdist_group("symbolic")
def test_every_promise_holds_today() -> None:
    """Each promise is named with its state; the flow says how many paths it has."""
    report = verify(_only("tenu", "acces"), [TODAY])
    said = "\n".join(_lines(APP, report))

    assert report.broken == []
    assert "rompue" not in said
    assert said.count("[tenue]") == len(report.promises) == 19
    assert re.search(r"tenu : \d.\d{3} suites de réponses, réunies en \d+ situations", said)
    assert "Impasses : 0 ; boucles : 0 ; questions dont aucune réponse ne change rien : 0" in said


@pytest.mark.xdist_group("symbolic")
def test_a_law_with_a_hole_is_shown_with_a_situation_to_replay() -> None:
    """Without the rule of those who are not bound, somebody gets no answer: the token shows who."""
    app = _only("tenu", "acces", without="statut/non-tenu")
    report = verify(app, [TODAY])
    said = "\n".join(_lines(app, report))

    assert f"[rompue] {NO_GAP}" in said
    token = re.search(r"motus ask tenu --token (\S+)", said)
    assert token is not None
    session, _ = decode(token[1], app.base, app.flows, [TOKEN_KEY])
    with pytest.raises(NoNormError):
        evaluate(app.base, {**dict(app.flows["tenu"].sets), **dict(session.answers)}, TODAY)
