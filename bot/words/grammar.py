"""The few rules of French that join the forms of a sentence: contraction, elision, the capital and the stop."""

from __future__ import annotations

_VOWELS = "aeiouyhàâéèêëîïôûœ"


def to(who: str) -> str:
    """
    Say to whom.

    >>> to("le maire"), to("les secours"), to("l'école"), to("France Travail"), to("votre chef")
    ('au maire', 'aux secours', "à l'école", 'à France Travail', 'à votre chef')
    """
    return _joined("à", "au", "aux", who)


def of(what: str) -> str:
    """
    Say of what.

    >>> of("le danger"), of("les délais"), of("votre service"), of("un accord"), of("où vous écrivez")
    ('du danger', 'des délais', 'de votre service', "d'un accord", "d'où vous écrivez")
    """
    if what[0].lower() in _VOWELS and not what.startswith(("le ", "les ")):
        return f"d'{what}" if not what.startswith(("l'", "l’")) else f"de {what}"
    return _joined("de", "du", "des", what)


def _joined(bare: str, masculine: str, plural: str, noun: str) -> str:
    for article, contracted in (("le ", masculine), ("les ", plural)):
        if noun.startswith(article):
            return f"{contracted} {noun[len(article) :]}"
    return f"{bare} {noun}"


def capital(text: str) -> str:
    """
    Begin a sentence.

    >>> capital("éducatrice")
    'Éducatrice'
    """
    return text[:1].upper() + text[1:]


def inner(text: str) -> str:
    """
    Put a label inside a sentence: an article or a pronoun loses its capital, a name or an acronym keeps it.

    >>> inner("Elle refuse"), inner("Un adulte"), inner("ASE"), inner("Polyvalence (département)")
    ('elle refuse', 'un adulte', 'ASE', 'Polyvalence (département)')
    """
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _SMALL else text


_SMALL = frozenset(
    {"Elle", "Il", "Ils", "On", "Un", "Une", "Le", "La", "Les", "Oui,", "Non,", "Oui", "Non", "Au", "Par"}
)


def cut(text: str, size: int) -> str:
    """
    Keep a text whole where it fits, else cut it at a word.

    >>> cut("Les faits, sans jugement", 12), cut("Les faits", 12)
    ('Les faits…', 'Les faits')
    """
    if len(text) <= size:
        return text
    return text[: size - 1].rsplit(" ", 1)[0].rstrip(" ,;:.·→") + "…"
