"""The pages that anyone may read by their address, since they hold no answer: articles, what is kept, danger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.app import App
from bot.errors import Refused
from bot.web.screens import Page
from bot.words.article import article_text, danger_text, in_order
from bot.words.lookup import find_article, find_collection, read_day
from bot.words.templating import Render
from knowledge import Article
from knowledge.answering import address

_LONGEST = 40
_NUMBER = re.compile(r"(?=.*\d)[\w .-]{1,24}")
_NOT_HERE = "Cette page n'existe pas. La liste des articles repris est en bas de page."
_WRONG_DAY = "Ce jour ne se lit pas : voici le texte d'aujourd'hui. Écrivez par exemple 02/11/2009."


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reading room: a page for an address, of a day."""

    app: App
    render: Render

    def article(self, code: str, number: str, typed: str, today: date) -> Page:
        """
        Return the page of an article.

        Args:
            code: a name of its code, as in an address.
            number: its number.
            typed: the day asked, as typed; empty for today.
            today: the day of law where none was asked.

        """
        found = self._find(code, number)
        if not isinstance(found, Article):
            return self._page("text", "Article inconnu", 404, notice=found, heading="Article inconnu", said="")
        day = read_day(typed)
        on = day if day is not None else today
        return self._page(
            "article",
            f"{found.code}, article {found.number}",
            notice=(_WRONG_DAY,) if typed and day is None else (),
            said=article_text(self.app.base, found, on, self.render),
            link=address(found, found.at(on), on),
        )

    def articles(self) -> Page:
        """Return the list of the articles, code by code."""
        base = self.app.base
        codes = [(c, in_order(base, c.id)) for c in base.collections.values()]
        return self._page("articles", "Les articles", codes=[(c, found) for c, found in codes if found])

    def danger(self, today: date) -> Page:
        """Return the danger page, for whoever is not in a conversation."""
        said = danger_text(self.app.base, today, self.render)
        return self._page("text", "Danger immédiat", heading="Danger immédiat", said=said)

    def about(self) -> Page:
        """Say what is kept, and to what day the texts were read."""
        fresh = []
        for collection in self.app.base.collections.values():
            found = in_order(self.app.base, collection.id)
            days = sorted(a.checked_as_of for a in found if a.checked_as_of is not None)
            if found:
                ends = (days[0], days[-1]) if days else (None, None)
                fresh.append((collection.name, len(found), *ends, len(found) - len(days)))
        return self._page("about", "À propos", fresh=fresh)

    def missing(self, status: int = 404, notice: str = _NOT_HERE) -> Page:
        """Say that there is no such page, or why it is refused."""
        return self._page("text", "Page absente", status, notice=(notice,), heading="Page absente", said="")

    def _find(self, code: str, number: str) -> Article | tuple[str, ...]:
        """Return an article, or what can be said instead; words that name no code are not repeated."""
        if len(code) > _LONGEST or not _NUMBER.fullmatch(number):
            return (_NOT_HERE,)
        try:
            find_collection(self.app.base, code)
        except Refused:
            return (_NOT_HERE,)
        try:
            return find_article(self.app.base, code, number)
        except Refused as refused:
            return tuple(line for line in refused.lines if "motus articles" not in line)

    def _page(self, template: str, title: str, status: int = 200, **said: object) -> Page:
        given = {"notice": (), "danger": None, "ways": (), "state": None, **said}
        return Page(self.render(f"{template}.html", title=f"{title} · Motus", **given), status)
