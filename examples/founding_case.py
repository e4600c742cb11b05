"""
Print the founding case: each item of the form, each reader, the law of 2009-11-02 and today's.

Run with `make demo`. The situation is in `founding_case.yaml`; every answer comes from the law files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.app import open_app
from bot.words.french import OUTCOMES, day
from knowledge import Advice, KnowledgeBase, assume_unknown, evaluate
from knowledge.answering.citations import name_of
from knowledge.reading.yaml_file import parse

SITUATION = Path(__file__).with_suffix(".yaml")


def read_situation() -> Any:
    """Return the situation as written: the worker, the days, the items, the recipients, the file."""
    return parse(SITUATION.name, SITUATION.read_text(encoding="utf-8")).data


def advise(base: KnowledgeBase, facts: Mapping[str, str], on: date) -> Advice:
    """Return the advice, what is not said being unknown."""
    completed, _ = assume_unknown(base, facts, on)
    advice = evaluate(base, completed, on)
    if not isinstance(advice, Advice):
        raise TypeError(f"the situation must also say {sorted(advice.facts)}")
    return advice


def sharing(base: KnowledgeBase, situation: Any) -> Iterator[tuple[str, str, list[Advice]]]:
    """Yield, for each recipient and each item, the advice of each day."""
    days = [date.fromisoformat(d) for d in situation["days"]]
    for recipient in situation["recipients"]:
        for item in situation["items"]:
            facts = {"act": "transmettre", **situation["worker"], **recipient["facts"], "information": item}
            yield recipient["says"], item, [advise(base, facts, on) for on in days]


def writing(base: KnowledgeBase, situation: Any) -> Iterator[tuple[str, list[Advice]]]:
    """Yield, for the whole form and for each item, the advice of each day on writing it."""
    days = [date.fromisoformat(d) for d in situation["days"]]
    for item in ["ensemble", *situation["items"]]:
        facts = {"act": "ecrire", **situation["worker"], **situation["file"], "information": item}
        yield item, [advise(base, facts, on) for on in days]


def main() -> None:
    """Print everything."""
    base = open_app().base
    situation = read_situation()
    labels = {v.id: v.label for v in base.facts["information"].values}
    said = ""
    for recipient, item, advices in sharing(base, situation):
        if recipient != said:
            print(f"\n{recipient.upper()}")
            said = recipient
        _print(labels, item, advices)
    print("\nÉCRIRE DANS LE FORMULAIRE")
    for item, advices in writing(base, situation):
        _print(labels, item, advices)
        if item == "ensemble":
            for advice in advices:
                print(f"    Ce que le fichier enfreint, droit du {day(advice.on)}")
                for finding in advice.findings:
                    names = ", ".join(name_of(base, base.articles[a]) for a in finding.articles)
                    print(f"      - {finding.title} ({names})")


def _print(labels: Mapping[str, str], item: str, advices: list[Advice]) -> None:
    print(f"  {labels[item]}")
    for advice in advices:
        governing = [a.name for a in advice.articles if a.role == "governs"]
        print(f"    {day(advice.on)} : {OUTCOMES[advice.outcome]} — {', '.join(governing)}")
        share = " ; ".join(labels[i.category] for i in advice.minimum.share) or "rien"
        print(f"      au plus : {share}")


if __name__ == "__main__":
    main()
