"""Several archives, one over the other: what the official base says of each article followed on the last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.errors import DATA, Refused
from bot.legi.archive import Archive, Withdrawn, read
from bot.legi.follow import Followed, plain
from bot.legi.wording import Unreadable, Wording, read_wording
from knowledge.model.typography import french

ORDINARY = timedelta(days=4)
"""The base is published each working day at least: beyond a long weekend between two deltas, one is likely missing."""


@dataclass
class Gathered:
    """
    What the archives say.

    `wordings` is by article, then by identifier; `seen` is the last day on which an archive spoke of an article;
    `source` names the archive of each wording; `withdrawn` holds those that the base no longer has.
    """

    wordings: dict[str, dict[str, Wording]] = field(default_factory=lambda: defaultdict(dict))
    seen: dict[str, date] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, Wording] = field(default_factory=dict)
    """By identifier, what an article followed became under a number that nobody follows."""
    members: int = 0


def gather(archives: Sequence[Archive], followed: Followed, step: Callable[[], None]) -> Gathered:
    """
    Read archives in their order; a later one replaces what an earlier one said of the same wording.

    Raises:
        Refused: an archive, or the XML of an article followed, cannot be trusted.

    """
    found = Gathered()
    for archive in archives:
        _apply(found, archive, followed, step)
    return found


def _apply(found: Gathered, archive: Archive, followed: Followed, step: Callable[[], None]) -> None:
    came: set[str] = set()
    gone: set[str] = set()
    for member in read(archive, followed.texts, step):
        if isinstance(member, Withdrawn):
            gone.add(member.id)
            continue
        found.members += 1
        try:
            wording = read_wording(member.text, member.content)
        except Unreadable as why:
            said = f"{archive.path.name} : {member.name} : {why} ; téléchargez l'archive de nouveau."
            raise Refused([french(said), french("Rien n'a été écrit.")], DATA) from None
        article = followed.of(wording)
        if article is None:
            _became(found, wording, followed)
            continue
        came.add(wording.id)
        _put(found, article, wording, archive)
    for id_ in gone - came:
        # a path is withdrawn too when its wording only moves to another folder, and then it comes again
        if any(rows.pop(id_, None) is not None for rows in found.wordings.values()) or followed.holds(id_):
            found.withdrawn[id_] = archive.path.name


def _put(found: Gathered, article: str, wording: Wording, archive: Archive) -> None:
    rows = found.wordings[article]
    for listed in wording.others:
        known = rows.get(listed.id)
        if listed.id != wording.id and plain(listed.number) == plain(wording.number) and (not known or not known.text):
            rows[listed.id] = listed
            found.source[listed.id] = archive.path.name
    rows[wording.id] = wording
    found.source[wording.id] = archive.path.name
    found.withdrawn.pop(wording.id, None)
    found.seen[article] = archive.day


def _became(found: Gathered, wording: Wording, followed: Followed) -> None:
    """Remember a wording that nobody follows, where it goes on from one that somebody does."""
    for listed in wording.others:
        if listed.end is not None and listed.end == wording.start and followed.of(listed) is not None:
            found.elsewhere[listed.id] = wording


def unbroken(since: date, archives: Iterable[Archive]) -> date:
    """
    Return the last day to which archives go on from a day without a hole.

    >>> from pathlib import Path
    >>> days = [Archive(f"202609{d}-210000", False, Path()) for d in ("14", "15", "18", "23")]
    >>> unbroken(date(2026, 9, 13), days)
    datetime.date(2026, 9, 18)
    """
    for archive in sorted(archives):
        if archive.stock or archive.day <= since:
            continue
        if archive.day - since > ORDINARY:
            break
        since = archive.day
    return since
