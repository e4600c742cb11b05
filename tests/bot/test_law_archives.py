"""Archives that are cut, damaged or made to do harm: clear words, and nothing half-written."""

from __future__ import annotations

import gzip
import io
import resource
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from legi_archives import PENAL, Row, delta, header, written

from bot.errors import Refused
from bot.legi.archive import Member, Withdrawn, in_order, read
from bot.legi.wording import Unreadable, read_wording
from tests.bot.conftest import Motus

ROW = Row("LEGIARTI000000000001", "1", "2010-01-01", text="<p>La révélation est punie plus fort.</p>")
STAMP = "20260915-211530"
NAME = f"LEGI_{STAMP}.tar.gz"


def members(path: Path) -> list[Member | Withdrawn]:
    """Read an archive to its end."""
    (archive,) = in_order([str(path)])
    return list(read(archive, {PENAL}, lambda: None))


def why(path: Path) -> str:
    """Return what is said of an archive that cannot be trusted."""
    with pytest.raises(Refused) as caught:
        members(path)
    said = str(caught.value)
    assert said.startswith(NAME)
    assert said.endswith("Rien n'a été écrit.")
    return said


def raw(path: Path, content: bytes) -> Path:
    """Write a compressed file that `tarfile` would not write."""
    path.write_bytes(gzip.compress(content))
    return path


def test_a_whole_archive_is_read(tmp_path: Path) -> None:
    """What it brings, and what it takes out."""
    found = members(delta(tmp_path, STAMP, [ROW], gone=[replace(ROW, id="LEGIARTI000000000002")]))

    assert [f.id for f in found] == ["LEGIARTI000000000002", ROW.id]


def test_an_archive_cut_anywhere_is_refused(tmp_path: Path) -> None:
    """No cut is taken for an end, not even in the last bytes, where what is left is a readable archive."""
    whole = delta(tmp_path, STAMP, [ROW])
    content = whole.read_bytes()
    assert len(members(whole)) == 1

    for size in (*range(0, len(content), 11), *range(len(content) - 40, len(content))):
        whole.write_bytes(content[:size])
        assert "l'archive est" in why(whole), size


def test_an_archive_damaged_is_refused(tmp_path: Path) -> None:
    """A byte changed in its middle does not pass, nor a tar cut before it was compressed, nor another kind of file."""
    whole = delta(tmp_path, STAMP, [ROW])
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 0xFF
    whole.write_bytes(content)
    assert "abîmée" in why(whole)

    plain = gzip.decompress(delta(tmp_path, STAMP, [ROW]).read_bytes())
    assert "incomplète" in why(raw(tmp_path / NAME, plain[: plain.rindex(b"</ARTICLE>")]))
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        (member,) = tar.getmembers()
    end = -(-(member.offset_data + member.size) // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    assert "incomplète" in why(raw(tmp_path / NAME, plain[:end]))  # only the blocks of zeros that end it are missing
    whole.write_bytes(b"PK\x03\x04 un zip")
    assert "n'est pas un .tar.gz" in why(whole)


def _huge(kind: bytes, size: int) -> Callable[[], bytes]:
    def made() -> bytes:
        found = header(f"{ROW.path}.xml", size)
        found.type = kind
        return found.tobuf()

    return made


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (_huge(tarfile.REGTYPE, 1 << 40), "pèserait"),  # a file that is followed
        (_huge(tarfile.GNUTYPE_LONGNAME, 1 << 32), "pèserait"),  # a name of four gibibytes
        (_huge(tarfile.XHDTYPE, 1 << 32), "pèserait"),  # as many attributes
        (lambda: _huge(tarfile.GNUTYPE_LONGNAME, 0)() * 5000, "abîmée"),  # names of names of names
        (lambda: header(f"../../{ROW.path}.xml", 0).tobuf(), "sort de l'archive"),
        (lambda: header("/etc/passwd", 0).tobuf(), "sort de l'archive"),
    ],
)
def test_what_claims_too_much_is_refused_at_once(tmp_path: Path, made: Callable[[], bytes], said: str) -> None:
    """Before a byte of it is read: the memory does not grow by what a header claims."""
    path = raw(tmp_path / NAME, made() + bytes(1024))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert said in why(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_zeros_that_swell_are_passed_over_in_little_memory(tmp_path: Path) -> None:
    """Two hundred mebibytes of zeros for nobody, in two hundred kilobytes: skipped by pieces."""
    path = tmp_path / NAME
    size = 200 << 20
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header("autre.xml", size).tobuf())
        for _ in range(size >> 20):
            file.write(bytes(1 << 20))
        file.write(bytes(1024))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert members(path) == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    """It has the name of an article and no content of its own."""
    path = tmp_path / NAME
    with tarfile.open(path, "w:gz") as tar:
        link = header(f"{ROW.path}.xml", 0)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    assert members(path) == []


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        (f'<!DOCTYPE a [<!ENTITY e0 "haha">{BOMB}]>', "&e9;", "entité|XML"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "entité"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', "&x;", "entité"),
        ("", "<p>jamais fermé", "XML"),
        ("", "</CONTENU></BLOC_TEXTUEL><META/>", "XML"),
    ],
)
def test_an_xml_that_is_no_wording_is_refused(head: str, body: str, said: str) -> None:
    """Entities are neither resolved nor fetched, and what is not well formed is not guessed."""
    xml = replace(ROW, text=body).xml().replace("<ARTICLE>", f"{head}<ARTICLE>", 1)

    with pytest.raises(Unreadable, match=said):
        read_wording(PENAL, xml.encode())


def test_another_xml_is_no_wording() -> None:
    """A section, or an article without its own words."""
    for xml in (b"<SECTION_TA><ID>LEGISCTA000006089684</ID></SECTION_TA>", b"<ARTICLE><META/></ARTICLE>", b""):
        with pytest.raises(Unreadable):
            read_wording(PENAL, xml)
    with pytest.raises(Unreadable, match="jour"):
        read_wording(PENAL, replace(ROW, start="hier").xml().encode())


def test_a_file_whose_name_has_no_day_is_refused(tmp_path: Path) -> None:
    """Its place among the others would be a guess; every wrong name is said at once."""
    path = tmp_path / "telechargement.tar.gz"
    path.touch()

    with pytest.raises(Refused) as caught:
        in_order([str(path), "LEGI_20261399-211530.tar.gz", str(tmp_path / NAME)])

    said = str(caught.value)
    assert "telechargement.tar.gz" in said
    assert "LEGI_20261399" in said
    assert f"{NAME}\u00a0: ce fichier n'existe pas" in said


def test_a_stock_makes_the_deltas_before_it_useless(tmp_path: Path) -> None:
    """They are in it."""
    for name in (NAME, "LEGI_20250712-200000.tar.gz", "Freemium_legi_global_20250713-140000.tar.gz"):
        (tmp_path / name).touch()

    ordered = in_order(str(p) for p in tmp_path.iterdir())

    assert [a.path.name for a in ordered] == ["Freemium_legi_global_20250713-140000.tar.gz", NAME]


@pytest.mark.parametrize("bad", ["cut", "bomb"])
def test_one_bad_archive_among_good_ones_stops_all(motus_small: Motus, small: Path, tmp_path: Path, bad: str) -> None:
    """The good one was read first, and brings a wording: not a byte of it is written."""
    good = delta(tmp_path, "20260914-211530", [replace(ROW, start="2026-09-01")])
    xml = ROW.xml().replace("<ARTICLE>", '<!DOCTYPE a [<!ENTITY x "x">]><ARTICLE>', 1)
    wrong = written(tmp_path / NAME, [(f"{ROW.path}.xml", xml.encode())])
    if bad == "cut":
        wrong.write_bytes(wrong.read_bytes()[:-20])
    root = small / "knowledge" / "law"
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}

    done = motus_small("law", "update", str(good), str(wrong))

    assert done.returncode == 1
    assert NAME in done.stderr
    assert "Rien n'a été écrit." in done.stderr
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_what_lies_after_the_end_is_read_for_its_sum_alone(tmp_path: Path) -> None:
    """A tar may be padded; what a second compressed stream adds is not law."""
    path = delta(tmp_path, STAMP, [ROW])
    more = io.BytesIO()
    with tarfile.open(fileobj=more, mode="w") as tar:
        content = replace(ROW, id="LEGIARTI000000000003").xml().encode()
        tar.addfile(header(f"{ROW.path[:-20]}LEGIARTI000000000003.xml", len(content)), io.BytesIO(content))
    path.write_bytes(path.read_bytes() + gzip.compress(more.getvalue()))

    assert [f.id for f in members(path)] == [ROW.id]
