"""The report of played cases in the JUnit form that build servers read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as Xml

from bot.cli.failures import Failure
from flows.exploring.cases import Played

_REFUSED = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Suites = Mapping[str, Sequence[tuple[Played, float]]]
"""By file, the cases played and how many seconds each took."""


def junit(suites: Suites, failures: Mapping[tuple[str, str], Failure], left_out: Mapping[str, Sequence[str]]) -> bytes:
    """
    Return the report.

    Args:
        suites: what was played.
        failures: by file and case, what differs.
        left_out: by file, the cases that are not played.

    """
    total = [row for rows in suites.values() for row in rows]
    top = Xml.Element("testsuites", _counts(total, failures, sum(map(len, left_out.values()))), name="motus test")
    for file, rows in suites.items():
        skipped = left_out.get(file, ())
        suite = Xml.SubElement(top, "testsuite", _counts(rows, failures, len(skipped)), name=_clean(file))
        for played, seconds in rows:
            case = played.case
            attributes = {"classname": _clean(file), "name": _clean(case.id), "time": f"{seconds:.3f}"}
            attributes |= {"file": _clean(file), "line": str(case.line)}
            element = Xml.SubElement(suite, "testcase", attributes)
            failed = failures.get((file, case.id))
            if failed is not None:
                said = f"attendu : {failed.expected} ; obtenu : {failed.got}"
                Xml.SubElement(element, "failure", message=_clean(said), type="réponse").text = _clean(_detail(failed))
        for name in skipped:
            element = Xml.SubElement(suite, "testcase", classname=_clean(file), name=_clean(name), time="0.000")
            Xml.SubElement(element, "skipped", message="aucun parcours ne sait dire cette situation")
    Xml.indent(top)
    content: bytes = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _counts(
    rows: Sequence[tuple[Played, float]], failures: Mapping[tuple[str, str], Failure], skipped: int
) -> dict[str, str]:
    failed = sum((p.case.file, p.case.id) in failures for p, _ in rows)
    seconds = sum(s for _, s in rows)
    counts = {"tests": len(rows) + skipped, "failures": failed, "errors": 0, "skipped": skipped}
    return {key: str(value) for key, value in counts.items()} | {"time": f"{seconds:.3f}"}


def _detail(failed: Failure) -> str:
    told = (failed.case.says, *failed.why, failed.parted, *failed.instead)
    return "\n".join(line for line in told if line)


def _clean(text: str) -> str:
    """Drop the characters that XML does not admit."""
    return _REFUSED.sub("", text)
