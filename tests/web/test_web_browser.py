"""A real browser, without JavaScript, on a phone and on a desk: the founding case at both dates, by what is seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.app import TOKEN_KEY
from bot.cli.terminal import renderer
from bot.words.advise import answer
from bot.words.card import card_text
from flows import Session
from flows.exploring.case_file import read_cases
from tests.web.browser_walk import APP, FLOWS
from tests.web.test_web_words import words
from tests.web.web_server import running

TERMINAL = renderer(plain=True)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CASES = Path(__file__).parents[1] / "cases"
FOUNDING = {
    case.flow: case.facts
    for name in ("fondateur.yaml", "dossier.yaml")
    for case in read_cases(APP.base, FLOWS, name, (CASES / name).read_text(encoding="utf-8")).cases
    if name == "fondateur.yaml" or case.id == "formulaire-appreciation-2009"
}
"""For each flow that it takes, one situation of the founding case: what went out, and what the form had one write."""
AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST = 320
"""A page of 1280 px seen at 400 %: nothing may go past its edge."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Give the address of a server that runs."""
    with running() as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium; without it, this fails and says what to install."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found is not None, "no Chromium here: apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield opened
        opened.close()


def _window(browser: Browser, width: int, *, scripts: bool = False) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 640}, java_script_enabled=scripts)


def _session(flow: str, on: date) -> Session:
    """Answer from the founding case, and by the first answer what it did not need to say on another day."""
    session = APP.conversation.fill(Session(flow, on), FOUNDING[flow])
    while (fact := APP.conversation.asked(session)) is not None:
        session = replace(session, answers=(*session.answers, (fact.id, fact.values[0].id)))
    return session


def _walk(page: Page, address: str, session: Session) -> None:
    """Walk by what is seen: the day, the flow, then a button a question."""
    page.goto(address)
    page.get_by_label("Le droit d'un autre jour").fill(f"{session.on:%d/%m/%Y}")
    page.get_by_role("button", name="Prendre ce jour").click()
    page.locator(f"button[name=parcours][value={session.flow}]").click()
    for step, (_, value) in enumerate(session.answers, 1):
        page.locator("h1").wait_for()
        button = page.locator(f"button[name=reponse][value={value}]").last
        if not button.is_visible():
            page.locator("details", has=button).locator("summary").click()
        button.click()
        assert page.url == address + "/", step


@pytest.mark.parametrize("flow", FOUNDING)
@pytest.mark.parametrize("on", [date(2009, 11, 2), date(2026, 11, 23)], ids=str)
def test_the_founding_case_is_walked_without_javascript(browser: Browser, site: str, flow: str, on: date) -> None:
    """On a phone: the card has the words of the terminal, the address never changes, and nothing else is asked for."""
    session = _session(flow, on)
    with _window(browser, 360) as window:
        page = window.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        _walk(page, site, session)
        said = card_text(APP, answer(APP, session, TOKEN_KEY, why=False, changing=False), TERMINAL)

        assert words(page.locator(".said").inner_text()) == words(said)
        assert {url.removeprefix(site).split("-")[0] for url in asked} <= {"/", "/style", "/favicon.ico"}
        assert window.cookies() == []

        page.get_by_role("button", name="Danger immédiat").click()
        assert page.get_by_role("link", name="112").get_attribute("href") == "tel:112"
        page.get_by_role("button", name="Retour").click()
        assert words(page.locator(".said").inner_text()) == words(said)
        page.get_by_role("button", name="Mes réponses").click()
        page.locator("button[name=changer]").first.click()
        assert page.title() == "Changer une réponse · Motus"
        page.reload()
        assert page.title() == "Changer une réponse · Motus"


def test_every_kind_of_page_is_read_by_all_and_holds_in_a_small_screen(browser: Browser, site: str) -> None:
    """At 320 px, which is 1280 px at 400 %: no violation found by axe, no edge passed, no policy broken."""
    with _window(browser, SMALLEST, scripts=True) as window:
        page = window.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in ("/apropos", "/articles", "/article/CASF/L226-2-2", "/"):
            page.goto(site + path)
            _sound(page, path)
        page.locator("button[name=parcours]").first.click()
        page.get_by_label("Chercher une réponse par un mot").fill("zzz")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_role("status").wait_for()
        _sound(page, "question, with a notice")
        _walk(page, site, _session("partager", date(2026, 11, 23)))
        for view in ("tout", "note", "", "reponses"):
            page.locator(f'button[name=aller][value="{view}"]').first.click()
            page.locator("h1").wait_for()
            _sound(page, view)
        page.locator("button[name=changer]").first.click()
        page.locator("fieldset").first.wait_for()
        _sound(page, "changer")

        assert [c for c in complaints if "favicon" not in c] == []


def test_a_keyboard_is_enough(browser: Browser, site: str) -> None:
    """Tab to the content, to the danger button, to an answer; Enter in the search field answers nothing."""
    with _window(browser, 1280) as window:
        page = window.new_page()
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Aller au contenu"
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Danger immédiat"
        page.keyboard.press("Tab")
        first = next(iter(FLOWS))
        assert page.locator(":focus").get_attribute("value") == first
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("searchbox").or_(page.get_by_label("Chercher une réponse par un mot")).first.fill("zzz")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.title() == "Question 1 · Motus"
        assert "Aucune réponse ne porte ce mot" in page.get_by_role("status").inner_text()


def _sound(page: Page, name: str) -> None:
    """Hold a page against the rules of axe (WCAG 2.2 AA and good practice), and its width against the window's."""
    found = AXE.run(page, options={"runOnly": RULES}).response["violations"]
    past = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], name
    assert past == 0, name
