"""The answer as a sentence about this situation: the act, what, to whom or where, and the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.words.grammar import of, to
from knowledge import INCONNU, KnowledgeBase
from knowledge.model import Matter, Outcome, Value
from knowledge.model.typography import french

LONGEST = 140
"""Characters that the sentence may take: two or three lines of a phone."""

_PATTERNS: Mapping[Outcome, str] = {
    Outcome.FORBIDDEN: "Non : {never}.",
    Outcome.PERMITTED: "Oui, c'est permis, jamais obligatoire : vous pouvez {do}.",
    Outcome.CONDITIONAL: "Oui, à certaines conditions : vous pouvez {do}.",
    Outcome.OBLIGED: "Oui, c'est obligatoire : {order}.",
    Outcome.MAY_DECLINE: "Vous pouvez refuser : rien ne vous oblige à {do}.",
    Outcome.NOT_COVERED: "Pas de secret pénal. Par discrétion, {never} sans besoin.",
    Outcome.DEBATED: "Le droit est discuté : avant {of_doing}, demandez conseil.",
}
_READ = 62
"""Characters that what is written, where and its reader may take: beyond, the sentence would not fit."""
_STATUS: Mapping[Outcome, str] = {
    Outcome.BOUND: "Oui : vous êtes tenu au secret professionnel.",
    Outcome.NOT_BOUND: "Non : aucun texte ne vous soumet au secret pénal. La discrétion reste.",
    Outcome.DEBATED: "C'est discuté : faites comme si vous étiez tenu au secret.",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act in the three forms that a sentence takes: « donner… », « donnez… », « ne donnez pas… »."""

    do: str
    order: str
    never: str


def sentence(
    base: KnowledgeBase, facts: Mapping[str, str], matter: Matter, outcome: Outcome, hinges: Sequence[str] = ()
) -> str:
    """
    Say the answer in one sentence of at most 140 characters.

    Args:
        base: the law, whose values carry the forms.
        facts: the answers, by fact id.
        matter: what is answered.
        outcome: the answer.
        hinges: the facts that decide, where it depends on them.

    """
    if outcome is Outcome.DEPENDS:
        return french(_depends(base, hinges))
    if matter is Matter.STATUS:
        return french(_STATUS[outcome])
    act = act_of(base, facts, matter)
    return french(_PATTERNS[outcome].format(do=act.do, order=act.order, never=act.never, of_doing=of(act.do)))


def act_of(base: KnowledgeBase, facts: Mapping[str, str], matter: Matter) -> Act:
    """Return the act that a situation is about, in words."""
    information = _value(base, "information", facts)
    if matter is Matter.RECORDING:
        return _writing(information, _value(base, "support", facts))
    recipient = _value(base, "recipient", facts)
    if facts.get("act") == "ecrire":
        return _writing(information, _value(base, "support", facts), recipient)
    if recipient is not None and alerting(facts):
        return _alert(recipient)
    act = _value(base, "act", facts)
    if act is not None and act.what is not None:
        return _showing(act.what, information, recipient)
    return _giving(information, recipient)


def alerting(facts: Mapping[str, str]) -> bool:
    """Tell whether she means to speak of a danger of her own accord, whatever she would say of it."""
    danger = facts.get("danger", "aucun")
    asked = facts.get("request", "spontane")
    return facts.get("information") == "ensemble" and danger not in ("aucun", INCONNU) and asked == "spontane"


def who_of(value: Value) -> str:
    """Say who receives, as a group of words that « à » or a verb may come before."""
    return value.who or value.label[:1].lower() + value.label[1:]


def _alert(recipient: Value) -> Act:
    who = who_of(recipient)
    if recipient.protects is not None:
        return Act(f"alerter {who}", f"alertez {who}", f"n'alertez pas {who}")
    return Act(f"en parler {to(who)}", f"parlez-en {to(who)}", f"n'en parlez pas {to(who)}")


def _giving(information: Value | None, recipient: Value | None) -> Act:
    what = (information.what if information else None) or "ceci"
    whom = f" {to(who_of(recipient))}" if recipient is not None and recipient.id != "aucun" else ""
    negative = (information.negative if information else None) or f"ne donnez pas {what}{{to}}"
    return Act(f"donner {what}{whom}", f"donnez {what}{whom}", negative.replace(" {to}", "{to}").format(to=whom))


def _showing(file: str, information: Value | None, recipient: Value | None) -> Act:
    """Say that a file, or a piece of it, is given to read."""
    what = file if information is None or information.negative else information.what or "ceci"
    whom = f" {to(who_of(recipient))}" if recipient is not None else ""
    return Act(f"donner {what} à lire{whom}", f"donnez {what} à lire{whom}", f"ne donnez pas {what} à lire{whom}")


def _writing(information: Value | None, support: Value | None, reader: Value | None = None) -> Act:
    """Say that something is written; who will read it is told where there is room."""
    what = (information.what if information else None) or "ceci"
    where = f" {support.where}" if support is not None and support.where else ""
    if reader is not None and reader.id != "aucun" and len(f"{what}{where}{who_of(reader)}") <= _READ:
        where += f" que {_will_read(who_of(reader))}" if where else ""
    negative = "n'écrivez rien de cela" if information and information.negative else f"n'écrivez pas {what}"
    return Act(f"écrire {what}{where}", f"écrivez {what}{where}", f"{negative}{where}")


def _will_read(who: str) -> str:
    return f"liront {who}" if who.startswith(("les ", "des ", "ses ", "ceux ")) else f"lira {who}"


def _depends(base: KnowledgeBase, hinges: Sequence[str]) -> str:
    named = [base.facts[h].hinge or base.facts[h].label.lower() for h in hinges]
    for many in (3, 2, 1):
        if len(named) >= many:
            said = "Cela dépend " + _and([of(n) for n in named[:many]]) + "."
            if len(said) <= LONGEST:
                return said
    return "Cela dépend de ce que vous ne savez pas encore."


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " et " + parts[-1]


def _value(base: KnowledgeBase, fact_id: str, facts: Mapping[str, str]) -> Value | None:
    """Return the answer to a question; None where it has none, or where this law asks no such question."""
    fact = base.facts.get(fact_id)
    return fact.value(facts.get(fact_id, "")) if fact is not None else None
