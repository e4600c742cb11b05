"""Find an article from what people type: « CP 226-14 », « L. 226-2-2 », « code pénal L226-13 »."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from bot.errors import Refused
from bot.words.choices import plain
from bot.words.french import day, printable
from flows.token import FIRST_DAY, LAST_DAY
from knowledge import Article, KnowledgeBase
from knowledge.model import Collection, Moved
from knowledge.model.typography import french

_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FILLERS = {"art", "article", "n", "no", "loi", "decret", "ordonnance"}


def find_collection(base: KnowledgeBase, typed: str) -> Collection:
    """
    Find a code by any of its names, whatever the case and the accents.

    Raises:
        Refused: with the names that are known.

    """
    called = [(n, c) for c in base.collections.values() for n in (c.id, c.name, *c.names)]
    exact = {plain(n): c for n, c in called}  # « C. pén. » is not « CPEN »
    if plain(typed) in exact:
        return exact[plain(typed)]
    wanted = _bare(typed)
    names = {_bare(n): c for n, c in reversed(called)}
    if wanted in names:
        return names[wanted]
    near = get_close_matches(wanted, list(names), n=3, cutoff=0.6)
    found = list(dict.fromkeys(names[n].id for n in near))
    known = ", ".join(short_name(base.collections[i]) for i in found or base.collections)
    said = "peut-être" if found else "codes connus :"
    raise Refused(french(f"code inconnu « {printable(typed)} » ; {said} {known}"))


def find_article(base: KnowledgeBase, code: str, number: str) -> Article:
    """
    Find an article by its code and its number.

    Raises:
        Refused: with the right numbers, and how to ask for them.

    """
    collection = find_collection(base, code)
    inside = [a for a in base.articles.values() if a.collection == collection.id]
    wanted = _tokens(number)
    found = [a for a in inside if wanted == _tokens(a.id.split("/", 1)[1])] or [
        a for a in inside if wanted == _tokens(a.number)
    ]
    if len(found) == 1:
        return found[0]
    moved = next((m for m in base.moved.values() if _is(m, collection, wanted)), None)
    if moved is not None:
        lines = where_now(base, moved)
    elif found:
        lines = [f"Plusieurs textes ont un article {printable(number)} :", *_ways(collection, found)]
    else:
        lines = _unknown(collection, inside, number, wanted)
    raise Refused([french(line) for line in lines])


def read_day(text: str) -> date | None:
    """
    Read a day that a token can carry: 1970 to 2149.

    >>> read_day("2/11/2009") == read_day("2009-11-02") == date(2009, 11, 2)
    True
    >>> read_day("31/02/2009"), read_day("hier"), read_day("01/01/1815")
    (None, None, None)
    """
    typed = text.strip()
    written = _DAY.fullmatch(typed)
    try:
        if written:
            found = date(int(written[3]), int(written[2]), int(written[1]))
        elif _ISO.fullmatch(typed):
            found = date.fromisoformat(typed)
        else:
            return None
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def where_now(base: KnowledgeBase, moved: Moved) -> list[str]:
    """Return where the content of an old article is read now, and how to ask for it."""
    targets = [base.articles[i] for i in moved.to]
    names = " et ".join(f"{a.number} ({_lower(base.collections[a.collection].name)})" for a in targets)
    articles = "à l'article" if len(targets) == 1 else "aux articles"
    return [
        f"Depuis le {day(moved.since)}, cherchez {articles} {names}.",
        *([moved.note] if moved.note is not None else []),
        *(way for a in targets for way in _ways(base.collections[a.collection], [a])),
    ]


def _is(moved: Moved, collection: Collection, wanted: tuple[str, ...]) -> bool:
    inside, number = moved.id.split("/", 1)
    return inside == collection.id and _tokens(number) == wanted


def _unknown(collection: Collection, inside: list[Article], number: str, wanted: tuple[str, ...]) -> list[str]:
    figures = _figures(wanted)
    same = [a for a in inside if figures and _figures(_tokens(a.number)) == figures]
    letters = [t for t in wanted if t.isalpha()]
    if same:
        numbers = " ou ".join(a.number for a in same)
        bare = [a for a in same if _tokens(a.number) == figures]
        if letters and len(bare) == len(same) == 1:
            head = f"Le {_lower(collection.name)} numérote cet article {numbers}, sans {letters[0].upper()}."
        else:
            head = f"{collection.name} : cet article s'écrit {numbers}."
        return [head, *_ways(collection, same)]
    keys = {" ".join(_tokens(a.number)): a for a in inside}
    near = [keys[k] for k in get_close_matches(" ".join(wanted), list(keys), n=3, cutoff=0.5)]
    return [
        f"{collection.name} : pas d'article « {printable(number)} » dans le recueil.",
        *(["Numéros proches :", *_ways(collection, near)] if near else []),
        f"Tous les articles repris : motus articles {short_name(collection)}",
    ]


def _ways(collection: Collection, articles: list[Article]) -> list[str]:
    numbered = [a.number for a in articles]
    return [
        f"Demandez : motus article {short_name(collection)} "
        + (a.number if numbered.count(a.number) == 1 and " " not in a.number else a.id.split("/", 1)[1])
        for a in articles
    ]


def short_name(collection: Collection) -> str:
    """Return the shortest name that people type, in quotes where it has a space."""
    name = min(collection.names, key=lambda n: (" " in n, len(n)), default=collection.id)
    return f"« {name} »" if " " in name else name


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(name))


def _tokens(number: str) -> tuple[str, ...]:
    """
    Return a number without what people write in different ways.

    >>> _tokens("L. 226-2-2") == _tokens("l226-2-2 ") == ("l", "226", "2", "2")
    True
    """
    return tuple(t for t in re.findall(r"\d+|[a-z]+", plain(number)) if t not in _FILLERS)


def _figures(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(t for t in tokens if t.isdecimal())
