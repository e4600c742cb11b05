"""`motus schema`: the JSON Schema of an answer, or of a file of situations."""

from __future__ import annotations

import json
import sys


def show_schema(*, cases: bool) -> None:
    """
    Print a schema.

    Args:
        cases: that of files of situations, for editors; else that of `motus ask --json`.

    Raises:
        Refused: the law, whose questions a situation answers, is refused.

    """
    if cases:
        from bot.app import open_app
        from bot.words.french import OUTCOMES
        from flows.exploring.case_schema import case_schema

        app = open_app()
        made: object = case_schema(app.base, app.flows, OUTCOMES)
    else:
        from bot.words.advice_json import schema

        made = schema()
    sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
