"""The pages over real HTTP: headers, bounds, hostile requests, slow clients, and that nothing is written down."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from depth import THOROUGH

from bot.errors import Refused
from bot.web.crowd import WINDOW, Crowd
from bot.web.forms import LARGEST
from bot.web.launch import run_web
from bot.web.patience import Patient
from bot.web.server import HEADERS, application
from tests.web.browser_walk import APP, TODAY
from tests.web.web_server import running

CANARY = "assistant_service_social"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Give the address of a server that runs."""
    with running() as (address, _):
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    """Give a browser without memory."""
    with httpx.Client(base_url=site) as one:
        yield one


def _state(page: httpx.Response) -> str:
    return re.findall(r'name="etat" value="([^"]+)"', page.text)[0]


def _walk(client: httpx.Client, flow: str = "partager", seed: int = 1) -> list[httpx.Response]:
    """Walk to a card as a browser does: the state that a page carries, and a button of it."""
    chance = random.Random(seed)
    pages = [client.get("/")]
    pages.append(client.post("/", data={"etat": _state(pages[0]), "parcours": flow}))
    while offered := re.findall(r'name="reponse" value="([^"]+)"', pages[-1].text):
        pages.append(client.post("/", data={"etat": _state(pages[-1]), "reponse": chance.choice(offered)}))
    return pages


@pytest.mark.parametrize("path", ["/", "/apropos", "/articles", "/danger", "/article/CP/226-13", "/rien", "/readyz"])
def test_every_answer_has_the_headers_that_keep_it_private(client: httpx.Client, path: str) -> None:
    """Not kept, not framed, nothing run, nothing told; and no cookie, no name of the program."""
    answer = client.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert not {"set-cookie", "server", "etag", "last-modified"} & set(answer.headers)


def test_a_walk_has_one_address_and_no_cookie(client: httpx.Client) -> None:
    """From the first page to each part of the answer: posts to the root, whose answers are never kept."""
    pages = _walk(client)
    for view in ("tout", "pourquoi", "essais", "reponses", "note", "danger", "retour"):
        pages.append(client.post("/", data={"etat": _state(pages[-1]), "aller": view}))

    assert {page.url.path for page in pages} == {"/"}
    assert {str(page.url.query) for page in pages} == {"b''"}
    assert all(page.status_code == 200 and page.headers["cache-control"] == "no-store" for page in pages)
    assert not client.cookies
    assert all(len(page.content) < 60_000 for page in pages)
    assert not re.search(r"<script|javascript:|\son\w+=|https?://(?!www\.legifrance\.gouv\.fr)", pages[-1].text)


def test_the_style_is_kept_under_its_own_name(client: httpx.Client) -> None:
    """One small file, whose name is of what it says; an older name gives today's, not to be kept."""
    path = re.findall(r'href="(/style-[^"]+)"', client.get("/").text)[0]
    style, older = client.get(path), client.get("/style-000000000000.css")

    assert "immutable" in style.headers["cache-control"]
    assert style.headers["content-type"].startswith("text/css")
    assert older.content == style.content
    assert older.headers["cache-control"] == "no-store"
    assert len(style.content) < 8_000
    assert "url(" not in style.text


def test_the_note_is_given_as_a_pdf(client: httpx.Client) -> None:
    """Made at once, kept nowhere."""
    card = _walk(client)[-1]
    note = client.post("/", data={"etat": _state(card), "aller": "pdf"})

    assert note.content.startswith(b"%PDF-")
    assert note.headers["cache-control"] == "no-store"
    assert note.headers["content-disposition"] == 'attachment; filename="note-motus.pdf"'


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"data": {"mot": "x" * LARGEST}}, 413),
        ({"json": {"etat": ""}}, 415),
        ({"content": b"etat=%FF", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"&".join([b"a=1"] * 50), "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
        ({"files": {"etat": b"x"}}, 415),
        ({"data": {"etat": "x" * 3000}}, 200),
    ],
)
def test_a_body_that_no_page_sends_is_refused(client: httpx.Client, given: dict[str, object], status: int) -> None:
    """Too long, of another kind, or of too many fields: a plain page, with its headers."""
    answer = client.post("/", **given)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    assert "<h1" in answer.text


def test_a_body_without_end_is_cut_at_once(client: httpx.Client) -> None:
    """Whatever it says of its length."""

    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b"mot=" + b"x" * 1024

    try:
        answer = client.post("/", content=endless(), headers={"content-type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 413
    except httpx.TransportError:  # it stopped reading while we still wrote
        pass


def test_hostile_requests_are_never_a_defect(client: httpx.Client) -> None:
    """Requests drawn at random, by any method, at any address: none breaks anything."""
    chance = random.Random(7)
    states = [_state(client.get("/")), _state(_walk(client)[-1]), "", "A" * 64, "é", "%00", "-" * 300]
    words = [
        "",
        "danger",
        "tout",
        "pdf",
        "retour",
        "changer",
        "0",
        "-1",
        "9" * 50,
        "²",
        "\x00",
        "../..",
        "<b>",
        "é" * 40,
    ]
    paths = [
        "/",
        "/",
        "/",
        "/article/CP/226-13",
        "/article/%2e%2e/%00",
        "/article//",
        "/x" * 100,
        "/style-.css",
        "//",
        "/%ff",
    ]
    names = ["etat", "aller", "parcours", "reponse", "mot", "changer", "jour", "le", "autre"]
    statuses = set()
    for _ in range(20_000 if THOROUGH else 400):
        data = {chance.choice(names): chance.choice(words) for _ in range(chance.randrange(5))}
        data["etat"] = chance.choice(states)
        method = chance.choice(["POST", "POST", "POST", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
        query = f"?le={chance.choice(['', '2009-11-02', '%00', 'x' * 3000])}" if chance.random() < 0.3 else ""
        answer = client.request(method, chance.choice(paths) + query, data=data if method == "POST" else None)
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (method, data)

    assert {200, 404, 405} <= statuses


def test_nothing_of_a_walk_is_written_down() -> None:
    """After a walk, a search, a forged page and an article, the log says where to look, and no more."""
    with running() as (address, program):
        with httpx.Client(base_url=address) as client:
            menu = client.get("/")
            asked = client.post("/", data={"etat": _state(menu), "parcours": "partager"})
            client.post("/", data={"etat": _state(asked), "reponse": CANARY})
            client.post("/", data={"etat": _state(asked), "mot": "Dupont"})
            client.post("/", data={"etat": "forge"})
            client.get("/article/CP/226-13?le=Dupont")
            opened = [fd.readlink() for fd in Path(f"/proc/{program.pid}/fd").iterdir()]
        program.terminate()
        said = program.communicate(timeout=10)[0]

    assert [path for path in opened if path.is_file()] == []
    assert re.fullmatch(r"Ouvrez \S+ dans un navigateur\. Pour arrêter\s: Ctrl-C\.\n", said)


def test_whoever_sends_or_waits_too_slowly_is_cut() -> None:
    """A head that never ends, a body that never comes, a connection that says nothing: each is closed."""
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n"
    with running(seconds=0.5) as (address, _):
        port = int(address.rsplit(":", 1)[1])
        for begun in (b"", head, head + b"\r\n" + b"etat="):
            with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as slow:
                slow.sendall(begun)
                started = time.monotonic()
                with suppress(ConnectionResetError):
                    assert slow.recv(1000) == b""
                assert time.monotonic() - started < 3
        assert httpx.get(address).status_code == 200


def test_what_ships_is_patient_enough_for_a_bad_network() -> None:
    """Seconds, not minutes."""
    assert 10 <= Patient.seconds <= 30


def test_an_address_that_asks_too_much_waits_and_is_forgotten() -> None:
    """The others are not held; after the window, neither the count nor the key is left."""
    now = [0.0]
    crowd = Crowd(lambda: now[0], most=3)
    assert [crowd.lets("192.0.2.1") for _ in range(5)] == [True, True, True, False, False]
    assert crowd.lets("192.0.2.2")
    assert b"192" not in repr(crowd).encode()
    key = crowd._key
    now[0] += WINDOW
    assert crowd.lets("192.0.2.1")
    assert crowd._key != key


def test_too_many_requests_are_told_to_wait_and_whom_to_call() -> None:
    """A page with its headers, and the number to call."""
    served = application((b"k" * 32,), lambda: TODAY, APP, Crowd(most=2))

    async def ask() -> list[httpx.Response]:
        async with served.router.lifespan_context(served):
            transport = httpx.ASGITransport(app=served)
            async with httpx.AsyncClient(transport=transport, base_url="http://motus") as client:
                return [await client.get("/") for _ in range(3)]

    answers = asyncio.run(ask())
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "112" in answers[-1].text
    assert answers[-1].headers["retry-after"] == str(int(WINDOW))
    assert answers[-1].headers["cache-control"] == "no-store"


def test_what_is_missing_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key, with a port that is taken, or that is none."""
    monkeypatch.delenv("MOTUS_KEYS", raising=False)
    with pytest.raises(Refused, match="MOTUS_KEYS"):
        run_web(demo=False)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        monkeypatch.setenv("MOTUS_PORT", str(taken.getsockname()[1]))
        with pytest.raises(Refused, match=r"MOTUS_PORT"):
            run_web(demo=True)
    monkeypatch.setenv("MOTUS_PORT", "beaucoup")
    with pytest.raises(Refused, match="MOTUS_PORT"):
        run_web(demo=True)
