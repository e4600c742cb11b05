"""Archives in the very shape that the DILA publishes, written by the tests."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

PENAL = "LEGITEXT000006070719"
OPEN = "2999-01-01"
ROOT = "legi/global/code_et_TNC_en_vigueur"


@dataclass(frozen=True)
class Row:
    """One wording of one article. `chain` are all the wordings of its article, as its file lists them."""

    id: str
    number: str
    start: str
    end: str = OPEN
    state: str = "VIGUEUR"
    text: str = "<p>Le texte.</p>"
    nota: str = ""
    law: str = "LOI n°2026-1 du 1er janvier 2026 - art. 1"
    code: str = PENAL
    chain: tuple[Row, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies, without its suffix: as lists of suppressions write it."""
        kind, shelf = ("code", "LEGI") if self.code.startswith("LEGITEXT") else ("TNC", "JORF")
        text = f"{ROOT}/{kind}_en_vigueur/{shelf}/TEXT/{_folders(self.code)}/{self.code}"
        return f"{text}/article/LEGI/ARTI/{_folders(self.id)}/{self.id}"

    @property
    def listed(self) -> str:
        """How the other wordings of its article list it."""
        days = f'debut="{self.start}" etat="{self.state}" fin="{self.end}"'
        link = f'<LIEN_ART {days} id="{self.id}" num="{self.number}" origine="LEGI"/>'
        return f'<VERSION etat="{self.state}">{link}</VERSION>'

    def xml(self) -> str:
        """Write the file of this wording."""
        chain = self.chain or (replace(self, chain=()),)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<ARTICLE>
<META>
<META_COMMUN>
<ID>{self.id}</ID>
<ANCIEN_ID/>
<ORIGINE>LEGI</ORIGINE>
<URL>article/LEGI/ARTI/{_folders(self.id)}/{self.id}.xml</URL>
<NATURE>Article</NATURE>
</META_COMMUN>
<META_SPEC>
<META_ARTICLE>
<NUM>{self.number}</NUM>
<ETAT>{self.state}</ETAT>
<DATE_DEBUT>{self.start}</DATE_DEBUT>
<DATE_FIN>{self.end}</DATE_FIN>
<TYPE>AUTONOME</TYPE>
</META_ARTICLE>
</META_SPEC>
</META>
<CONTEXTE>
<TEXTE autorite="" cid="{self.code}" date_publi="2999-01-01" date_signature="2999-01-01" nature="CODE" nor="" num="">
<TITRE_TXT c_titre_court="Code" debut="1994-03-01" fin="2999-01-01" id_txt="{self.code}">Code</TITRE_TXT>
<TM><TITRE_TM debut="1994-03-01" fin="2999-01-01" id="LEGISCTA000006089684">Partie législative</TITRE_TM></TM>
</TEXTE>
</CONTEXTE>
<VERSIONS>
{"".join(row.listed for row in chain)}
</VERSIONS>
<NOTA><CONTENU>{self.nota}</CONTENU></NOTA>
<BLOC_TEXTUEL><CONTENU>{self.text}</CONTENU></BLOC_TEXTUEL>
<LIENS>
<LIEN cidtexte="JORFTEXT000000000001" datesignatexte="2026-01-01" id="JORFARTI000000000001" naturetexte="LOI"
 nortexte="" num="1" numtexte="2026-1" sens="cible" typelien="MODIFIE">{escape(self.law)}</LIEN>
<LIEN cidtexte="{self.code}" datesignatexte="2999-01-01" id="" naturetexte="CODE" num="2" numtexte=""
 sens="source" typelien="CITATION">Code - art. 2</LIEN>
</LIENS>
</ARTICLE>
"""


def chained(*rows: Row) -> tuple[Row, ...]:
    """Return the wordings of one article, each listing them all."""
    return tuple(replace(row, chain=rows) for row in rows)


def delta(folder: Path, stamp: str, rows: Iterable[Row] = (), gone: Iterable[Row] = ()) -> Path:
    """Write one delta: its list of suppressions, then the wordings that it brings."""
    listed = "".join(f"{row.path}\n" for row in gone)
    members = [(f"{stamp}/liste_suppression_legi.dat", listed.encode())] if listed else []
    return written(folder / f"LEGI_{stamp}.tar.gz", [*members, *((f"{stamp}/{n}", c) for n, c in _files(rows))])


def stock(folder: Path, stamp: str, rows: Iterable[Row]) -> Path:
    """Write a stock."""
    return written(folder / f"Freemium_legi_global_{stamp}.tar.gz", _files(rows))


def written(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    """Write an archive of these files, one after the other."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            tar.addfile(header(name, len(content)), io.BytesIO(content))
    return path


def header(name: str, size: int) -> tarfile.TarInfo:
    """Return the header of a file."""
    found = tarfile.TarInfo(name)
    found.size = size
    return found


def _files(rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        yield f"{row.path}.xml", row.xml().encode()


def _folders(identifier: str) -> str:
    digits = identifier[-12:][:10]
    return "/".join(digits[i : i + 2] for i in range(0, 10, 2))
