"""What a person finds in a browser: every screen, the ways back, and that no form sent twice does harm."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.forms import Posted, Signer, View, bound, read_form
from bot.web.screens import MOST, TABS
from bot.words.choices import groups_of
from flows import Session
from knowledge import INCONNU
from tests.web.browser_walk import APP, BASE, DESK, FLOWS, KEYS, SHELF, SIGNER, TODAY, Reader, at, parsed, text_of

FOUNDING = date(2009, 11, 2)
TEACHER = Session("partager", TODAY, (("profession", "assistant_service_social"),))
STALE = "Cette page ne se lit plus"
HEAVIEST = 60_000
KINDS = {"Danger immédiat", "Note", *TABS.values()}


def _walks(seed: int) -> list[Reader]:
    """Open the page of each step of a walk of each flow, by the answers that pages offer."""
    chance = random.Random(seed)
    met = []
    for flow in FLOWS.values():
        reader = Reader().presses(" ".join(flow.title.split()))
        while parsed(reader.html).find(".//form[@class='answers']") is not None:
            met.append(Reader(html=reader.html))
            offered = re.findall(r'name="reponse" value="([^"]+)"', reader.html)
            reader.sends(Posted(state=reader.state, answer=chance.choice(offered)))
        met.append(reader)
    return met


@pytest.mark.parametrize("seed", range(2))
def test_every_screen_is_a_page_that_a_browser_reads(seed: int) -> None:
    """Valid HTML, light, in French, one main heading, a way to danger; no answer in its address or its title."""
    for step in _walks(seed):
        pages = [step]
        if step.title.startswith("La réponse"):
            pages += [Reader(html=step.html).presses(label) for label in TABS.values() if label in step.labels]
        pages += [Reader(html=step.html).presses("Danger immédiat")]
        for page in pages:
            tree = parsed(page.html)

            assert tree.get("lang") == "fr"
            assert len(list(tree.iter("h1"))) == 1, page.html
            assert page.title.endswith("Motus")
            assert re.fullmatch(r"Question \d+ · Motus|Motus", page.title) or page.title.split(" · ")[0] in KINDS
            assert all(f.get("action") == "/" and f.get("method") == "post" for f in tree.iter("form"))
            assert not list(tree.iter("script"))
            assert "style=" not in page.html
            assert len(page.html.encode()) < HEAVIEST
            assert "Danger immédiat" in page.html


def test_what_is_typed_or_pressed_has_a_name_for_who_cannot_see() -> None:
    """Each field has a label and its hint, each group of answers a legend, no two elements one name."""
    for step in _walks(4):
        tree = parsed(step.html)
        ids = [e.get("id") for e in tree.iter() if e.get("id")]
        labels = {label.get("for") for label in tree.iter("label")}
        fields = [i for i in tree.iter("input") if i.get("type") != "hidden"]

        assert len(ids) == len(set(ids))
        assert all(i.get("id") in labels and i.get("aria-describedby") in ids for i in fields)
        assert all(f.find("legend") is not None and text_of(f.find("legend")) for f in tree.iter("fieldset"))
        assert all(text_of(b) for b in tree.iter("button"))


def test_a_long_list_shows_at_most_eight_of_each_group() -> None:
    """The most frequent are seen, the others one touch below; a word finds any of them."""
    reader = at(TEACHER)
    groups = list(parsed(reader.html).iter("fieldset"))

    assert len(reader.answers) == len(BASE.facts["recipient"].values) > 80
    assert all(len(list(f.find("ul"))) <= MOST for f in groups)
    assert "Question 3" in reader.types("mot", "mairie").title


def test_a_word_is_understood_as_on_the_command_line() -> None:
    """One meaning goes on and is said; several are offered first; none is said, and never repeated."""
    begun = Session("partager", TODAY)
    one = at(begun).types("mot", "AS")
    several = at(TEACHER).types("mot", "juge")
    none = at(begun).types("mot", "Dupont")
    blank = at(begun).types("mot", "  ")

    assert SIGNER.read(one.state).answers == (("profession", "assistant_service_social"),)
    assert "Compris" in one.html
    assert SIGNER.read(several.state) == TEACHER
    assert SIGNER.read(none.state) == begun
    assert "Ce qui peut aller" in several.html
    assert "Aucune réponse ne porte ce mot" in none.html
    assert "Dupont" not in none.html
    assert blank.title == none.title
    assert at(begun).types("mot", "2").html == none.html


def test_from_everywhere_danger_and_back_to_where_one_was() -> None:
    """One touch to whom to call, one touch back, whatever the screen."""
    for step in _walks(5):
        here = Reader(html=step.html)
        there = here.presses("Danger immédiat")
        assert "15" in there.text
        assert "Le secret n'empêche jamais d'appeler les secours" in there.text
        assert '<a href="tel:15">' in there.html
        assert '<a href="sms:114">' in there.html
        assert there.presses("Retour").html == step.html


def test_back_drops_the_last_answer_and_begins_again_before_the_first() -> None:
    """From the card to the menu, one answer at a time."""
    reader = _walks(6)[-1]
    given = len(SIGNER.read(reader.state).answers)
    for left in range(given - 1, -1, -1):
        assert len(SIGNER.read(reader.presses("Retour").state).answers) == left
    assert reader.presses("Retour").title == "Motus"


def test_an_answer_is_changed_from_the_summary_and_the_others_stay() -> None:
    """As on the command line: later answers stay where they are still asked."""
    reader = _card("partager", recipient="voisin")
    before = dict(SIGNER.read(reader.state).answers)
    label = " ".join(BASE.facts["recipient"].label.split())
    after = reader.presses("Mes réponses").presses(f"Changer : {label}").presses("Le maire")

    assert dict(SIGNER.read(after.state).answers)["profession"] == before["profession"]
    assert dict(SIGNER.read(after.state).answers)["recipient"] == "maire"


def test_the_same_form_sent_again_has_the_same_answer() -> None:
    """Sent twice, or after going back, in two windows, or a week later: nothing was kept, so nothing can differ."""
    reader = _walks(7)[-1]
    walk = list(reader.posted)
    first = [DESK.handle(form, TODAY) for form in walk]

    assert [DESK.handle(form, TODAY) for form in reversed(walk)] == first[::-1]
    assert [DESK.handle(form, date(2026, 11, 30)) for form in walk[1:]] == first[1:]


def test_what_would_change_the_answer_can_be_tried() -> None:
    """Each try leads to its own card, and back."""
    neighbour = _card("partager", recipient="voisin")
    tried = Reader(html=neighbour.html).presses("Et si… ?")
    label = next(words for words in tried.labels if words.startswith("Si "))
    card = tried.presses(label)

    assert card.title == neighbour.title
    assert card.text != neighbour.text


def test_another_recipient_is_one_touch_away() -> None:
    """« À qui d'autre ? » opens the question of the recipient, with the one that was given marked."""
    asked = _card("partager", recipient="voisin").presses("À qui d'autre ?")

    assert asked.title == "Changer une réponse · Motus"
    assert re.search(r'value="voisin" aria-current="true"', asked.html)
    assert ("recipient", "maire") in SIGNER.read(asked.presses("Le maire").state).answers


def test_the_note_is_a_page_to_print_and_a_file() -> None:
    """The same note as on Telegram, without any token: paper is read by others."""
    reader = _card("partager", recipient="voisin").presses("Note à imprimer")
    assert "Signature" in reader.html
    assert reader.state not in text_of(parsed(reader.html))
    reader.presses("Note en PDF")
    assert reader.note is not None
    assert "token" not in " ".join(reader.note.foot)


def test_the_law_of_another_day() -> None:
    """A day is taken from the menu, kept along the walk, and left in one touch."""
    reader = Reader().types("jour", "02/11/2009")
    assert "Droit du 2 novembre 2009" in reader.text
    asked = Reader(html=reader.html).presses(" ".join(FLOWS["partager"].title.split()))
    assert "Droit du 2 novembre 2009" in asked.text
    assert "Droit du 23 novembre 2026" in reader.presses("Revenir au droit").text
    assert "Ce jour ne se lit pas" in Reader().types("jour", "31/02/2009").html
    assert Reader().types("jour", "2009-11-02").html == Reader().types("jour", "2/11/2009").html


def test_the_plan_says_who_must_be_told_before_asking_to_whom() -> None:
    """Those whom it names are the first answers."""
    session = Session("alerter", TODAY)
    while not (plan := APP.conversation.plan(session)):
        fact = APP.conversation.asked(session)
        assert fact is not None
        session = replace(session, answers=(*session.answers, (fact.id, _alerting(fact.id, fact.values[0].id))))
    reader = at(session)
    first = next(f for f in parsed(reader.html).iter("fieldset") if text_of(f.find("legend")) == "D'abord")
    named = [b.get("value") for b in first.iter("button")]

    assert named == [p.recipient for p in plan][:4]


@pytest.mark.parametrize(
    "form",
    [
        Posted(state="AAAA"),
        Posted(state="é"),
        Posted(state="x" * 4000),
        Posted(state=SIGNER.sign(TEACHER)[:-1] + "A"),
        Posted(state=Signer(BASE, FLOWS, bound((b"another key, that nobody gave us",))).sign(TEACHER)),
        Posted(state=Signer(BASE, FLOWS, KEYS).sign(TEACHER)),
        Posted(state=SIGNER.sign(TEACHER), view="ailleurs"),
        Posted(state=SIGNER.sign(TEACHER), answer="nul"),
        Posted(state=SIGNER.sign(TEACHER), change="9"),
        Posted(state=SIGNER.sign(TEACHER), change="1", answer="nul"),
        Posted(flow="ailleurs"),
        Posted(state=SIGNER.sign(Session("partager", TODAY, (("recipient", "voisin"),)))),
        Posted(state=SIGNER.sign(Session("partager", TODAY, (("recipient", "voisin"),))), change="1"),
        Posted(state=SIGNER.sign(Session("partager", TODAY, (("recipient", "voisin"),))), view="reponses"),
    ],
)
def test_what_no_page_would_send_begins_again(form: Posted) -> None:
    """Forged, cut, of another key, or of an order that is not asked: kindly back to the menu."""
    reader = Reader().sends(form)

    assert STALE in reader.html
    assert reader.title == "Motus"


def test_a_key_that_was_replaced_still_reads() -> None:
    """The first key signs, every key is accepted; without it, the page begins again."""
    old = Signer(BASE, FLOWS, bound(KEYS[1:])).sign(TEACHER)

    assert Reader().sends(Posted(state=old)).title == "Question 2 · Motus"


@given(st.builds(Posted, *[st.text(max_size=80)] * 7))
def test_nothing_that_is_posted_breaks_the_core(form: Posted) -> None:
    """Any words in any field: a page."""
    assert Reader().sends(form).html


@given(
    st.builds(
        Posted,
        state=st.sampled_from([SIGNER.sign(TEACHER), SIGNER.sign(Session("acces", FOUNDING)), ""]),
        view=st.sampled_from(View),
        flow=st.sampled_from(["", *FLOWS, "x"]),
        answer=st.sampled_from(["", INCONNU, "ase", "x"]),
        word=st.text(max_size=20),
        change=st.sampled_from(["", "0", "1", "2", "x"]),
        day=st.sampled_from(["", "02/11/2009", "x"]),
    )
)
def test_no_mix_of_fields_breaks_the_core(form: Posted) -> None:
    """Fields that no page sends together: a page all the same."""
    assert parsed(Reader().sends(form).html) is not None


def test_a_form_is_read_or_refused() -> None:
    """Unknown fields are nothing; what is not a form is an error."""
    assert read_form(b"etat=A&aller=danger&autre=1") == Posted(state="A", view="danger")
    for body in (b"\xff", b"mot=%FF", b"&".join([b"a=1"] * 40)):
        with pytest.raises(ValueError, match=r".+"):
            read_form(body)


def test_an_article_is_found_or_the_way_to_it() -> None:
    """By any name of its code; where its number is written otherwise, a link; else nothing of what was typed."""
    assert "226-13" in SHELF.article("C. pén.", "226-13", "", TODAY).html
    other = SHELF.article("CP", "L226-13", "", TODAY)
    assert other.status == 404
    assert '<a href="/article/CP/226-13">' in other.html
    strange = SHELF.article("CP", "mon nom est 3 Dupont et ainsi de suite", "", TODAY)
    assert strange.status == 404
    assert "Dupont" not in strange.html
    assert "Ce jour ne se lit pas" in SHELF.article("CP", "226-13", "hier", TODAY).html


def test_every_article_has_its_page_and_the_list_leads_to_it() -> None:
    """At both ends of the law: valid, light, with a link that is found."""
    listed = parsed(SHELF.articles().html)
    links = [a.get("href") for a in listed.iter("a") if a.get("href").startswith("/article/")]
    assert len(links) == len(BASE.articles)
    for link in links[::7]:
        _, _, code, number = link.split("/", 3)
        for on in ("02/11/2009", ""):
            page = SHELF.article(code, number, on, TODAY)
            assert page.status == 200, link
            assert len(page.html.encode()) < HEAVIEST
            parsed(page.html)


def test_what_is_kept_is_said_with_the_days_of_the_texts() -> None:
    """Nothing; and for each code, to what day its texts were read."""
    said = text_of(parsed(SHELF.about().html))
    assert "Ce qui est gardé : rien" in said
    named = {a.collection for a in BASE.articles.values()}
    assert all(" ".join(c.name.split()) in said for c in BASE.collections.values() if c.id in named)


def _card(flow: str, **chosen: str) -> Reader:
    """Walk to a card, by the first answer of each question where none is chosen."""
    session = Session(flow, TODAY)
    while (fact := APP.conversation.asked(session)) is not None:
        value = chosen.get(fact.id, groups_of(fact)[0].choices[0].id)
        session = replace(session, answers=(*session.answers, (fact.id, value)))
    return at(session)


def _alerting(fact: str, first: str) -> str:
    return {"profession": "assistant_service_social", "danger": "maltraitance"}.get(fact, first)
