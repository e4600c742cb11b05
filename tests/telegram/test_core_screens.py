"""Screens beyond the questions: back, summary, change, notes, long texts, and nothing that breaks the HTML."""

from __future__ import annotations

import html
import random
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.core import desk
from bot.telegram.html import renderer
from bot.telegram.split import LIMIT, length, pages
from bot.telegram.values import Attach, Show, Tap
from bot.words import note
from tests.telegram.core_walk import APP, KEYS, TODAY, Reader, flat


class _Tags(HTMLParser):
    """Reads Telegram's HTML: only its tags, closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag that Telegram knows."""
        assert tag in {"b", "i", "a", "blockquote"}, tag
        assert dict(attrs).keys() <= {"href", "expandable"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last tag opened."""
        assert self.open.pop() == tag


def _well_formed(text: str) -> None:
    reader = _Tags()
    reader.feed(text)
    assert reader.open == []
    assert 0 < length(text) <= LIMIT


def _mayor() -> Reader:
    reader = Reader().sends("start").taps("Puis-je le dire").taps("Travail social").taps("Assistante sociale")
    return reader.taps("Mairie et préfecture").taps("Le maire")


def _bound() -> Reader:
    return Reader().sends("start").taps("Suis-je tenu").taps("Travail social").taps("Assistante sociale")


def test_back_goes_one_screen_back_to_the_menu() -> None:
    """From a group to the question, from a question to the one before, from the first to the menu."""
    reader = Reader().sends("start").taps("Puis-je le dire").taps("Santé").taps("Psychologue").taps("Logement")
    assert "question 2" in reader.text
    assert "famille de la réponse" in reader.taps("Retour").text
    assert "question 1" in reader.taps("Retour").text
    assert "Que voulez-vous savoir ?" in reader.taps("Retour").text


def test_any_earlier_answer_changes_and_the_later_ones_stay() -> None:
    """From the summary, in two taps; coming back unchanged changes nothing."""
    reader = _mayor()
    before = reader.taps("Mes réponses").text
    assert "1. Métier : Assistante ou assistant de service social" in before
    assert reader.taps("Changer : Métier").taps("Retour").text == before
    changed = reader.taps("Changer : Métier").taps("Santé").taps("Psychologue").taps("Mes réponses").text
    assert changed == before.replace("Assistante ou assistant de service social", "Psychologue")


def test_a_long_question_is_changed_group_by_group_too() -> None:
    """With its help, and back to the summary."""
    reader = _mayor().taps("Mes réponses").taps("Changer : Destinataire")
    assert "famille de la réponse" in reader.text
    assert "Retour" in reader.taps("Aide").labels
    reader.taps("Retour").taps("Justice et police")
    assert "Destinataire : Le maire" in reader.taps("Retour").taps("Retour").text


def test_a_card_answers_in_a_sentence_with_its_article_and_four_rows_at_most() -> None:
    """The outcome does not depend on a colour or a sign; the rest is one tap away."""
    reader = _bound()
    assert reader.screen is not None

    assert "Oui : vous êtes tenu au secret professionnel." in reader.text
    assert re.search(r"article [LR]?\d", reader.text)
    assert len(reader.screen.rows) <= 4
    assert reader.labels[-4:] == ["Note (PDF)", "Mes réponses", "Retour", "Danger immédiat"]


def test_the_whole_answer_links_and_quotes_its_article() -> None:
    """Each text has its address; the excerpt opens at a touch."""
    reader = _bound().taps("Tout voir")
    assert reader.screen is not None

    assert re.search(r'<a href="https://www\.legifrance\.gouv\.fr/[^"]+">[^<]*article [LR]?\d', reader.screen.text)
    assert "<blockquote expandable>" in reader.screen.text
    assert {"Pourquoi", "Note en texte", "Retour", "Recommencer"} <= set(reader.labels)
    assert reader.taps("Retour").text == _bound().text


def test_a_change_is_tried_in_one_tap_and_computed_again() -> None:
    """« Et si… » keeps the other answers; « À qui d'autre » asks the recipient alone."""
    reader = Reader().sends("start").taps("La police ou la justice").taps("Au téléphone")
    reader.taps("Justice et police").taps("Autres réponses…").taps("La police").taps("Situation").taps("L'adresse")
    reader.taps("Travail social").taps("Assistante sociale")
    while "Retour" in reader.labels and "Note (PDF)" not in reader.labels:
        reader.taps(next(a for a in ("Aucun danger", "Un adulte", "Je ne sais pas") if a in reader.labels))
    assert "Non : ne donnez pas l'adresse de la personne à la police." in reader.text
    changed = reader.taps("Et si… ?").taps("Si Une réquisition écrite")

    assert "Non : ne donnez" not in changed.text
    assert "Oui, c'est obligatoire : donnez l'adresse de la personne à la police." in changed.text


def _worried() -> Reader:
    """Say, as an educator of a home who has seen an abused child, what, who, her trade and her service."""
    reader = Reader().sends("start").taps("Je suis inquiet").taps("Maltraitance").taps("Un enfant")
    return reader.taps("Travail social").taps("Éducatrice").taps("Enfance et justice").taps("MECS")


def test_who_must_be_told_is_shown_before_it_is_asked() -> None:
    """CASF L221-6: without delay. Those whom the plan names are one tap away, and each has its own answer."""
    reader = _worried()

    assert "Vous devez alerter sans délai la CRIP ou l'aide sociale à l'enfance (CASF L221-6)." in reader.text
    assert reader.labels[0] == "La CRIP"
    assert "Oui, c'est obligatoire : alertez la CRIP." in reader.taps("La CRIP").text


def test_the_plan_leads_to_everybody_else_too() -> None:
    """Her chief is not in the plan; the card says first that telling him does not replace it."""
    reader = _worried().taps("À quelqu'un d'autre").taps("Mon service").taps("Mon chef de service")
    while "Note (PDF)" not in reader.labels:
        reader.taps("Je ne sais pas")

    assert "Vous devez alerter sans délai la CRIP (CASF L221-6)." in reader.text
    assert "Cela ne suffit pas d'en parler à votre chef de service." in reader.text


def test_the_notes_hold_the_answer_and_blanks_but_no_button_to_lose() -> None:
    """The screen stays where it is; the paper has the answer, the article, the boxes and lines for every name."""
    reader = _bound()
    shown = reader.taps("Tout voir").screen
    (attached,) = reader.taps("Note en texte").papers
    said = note.text(attached.paper)

    assert reader.screen is shown
    assert not attached.pdf
    assert [b.text for row in attached.rows for b in row] == ["Retour", "Danger immédiat", "Recommencer"]
    assert "Oui — " in said
    assert "Code pénal, article 226-13" in said
    assert re.search(r"Personne concernée\s: _{20,}", said)
    assert re.search(r"motus ask --token [\w-]{16,64}\n$", said)


def test_a_button_under_a_note_opens_a_new_message() -> None:
    """The note stays: only a text can change in place."""
    reader = _bound()
    (attached,) = reader.taps("Tout voir").taps("Note en texte").papers
    reader.does(Tap(reader.chat, None, "q", attached.rows[0][0].data))

    assert reader.screen is not None
    assert reader.screen.message is None
    assert "Oui : vous êtes tenu" in reader.text


def test_the_printed_note_is_a_tagged_pdf() -> None:
    """Made without the network, and small enough for a phone."""
    reader = _bound()
    (attached,) = reader.taps("Note (PDF)").papers
    made = note.pdf(attached.paper)

    assert attached.pdf
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert len(made) < 200_000


def test_every_article_fits_in_well_formed_messages() -> None:
    """The longest texts of the collection are cut between their paragraphs, and none is lost."""
    for article in APP.base.articles.values():
        reader = Reader().sends("article", f"{article.collection} {article.id.split('/', 1)[1]}")
        shown = [c for c in reader.calls if isinstance(c, Show)]
        for each in shown:
            _well_formed(each.text)
        assert all(each.rows == () for each in shown[:-1])
        version = article.at(TODAY)
        if version is not None and version.text is not None:
            whole = " ".join(flat(each.text) for each in shown)
            assert flat(html.escape(version.text)).replace(" ", "") in whole.replace(" ", "").replace("\u202f", "")


@given(st.text(alphabet="ab <>&\"'é😀.\n", max_size=60))
def test_nothing_that_a_text_holds_becomes_a_tag(text: str) -> None:
    """Every filter escapes: the law could quote « <b> » and be shown as it is."""
    render = renderer()
    shown = render("lookup", lines=[text, "."])

    _well_formed(shown)
    assert html.unescape(shown).split() == [*text.replace("\u202f", " ").split(), "."] or flat(shown)


@given(
    parts=st.lists(st.text(alphabet="mot. é😀&;", min_size=1, max_size=40), max_size=40),
    limit=st.integers(8, 90),
)
def test_a_text_is_cut_within_the_limit_with_nothing_lost(parts: list[str], limit: int) -> None:
    """Whatever its length; tags stay balanced on each page."""
    text = "".join(f"<b>{html.escape(p)}</b>{gap}" for p, gap in zip(parts, ["\n\n", "\n", " "] * 20, strict=False))
    cut = pages(text, limit)

    assert all(length(page) <= limit for page in cut)
    for page in cut:
        _well_formed(page)
    whole = html.unescape(re.sub(r"<[^>]+>|\s", "", text))
    assert html.unescape(re.sub(r"<[^>]+>|\s", "", "".join(cut))) == whole


def test_a_text_is_cut_between_its_sections() -> None:
    """Not in the middle of one that fits."""
    section = "<b>TITRE</b>\n" + "phrase. " * 120
    for page in pages("\n\n".join([section.strip()] * 9)):
        assert page.startswith("<b>TITRE</b>")
        assert page.endswith("phrase.")


def test_a_defect_is_said_without_a_detail_and_with_a_way_on() -> None:
    """What the person reads when the tool breaks."""
    calls = desk(APP, KEYS, "motus_bot").apologise(Tap(7, 5, "q", "x"), TODAY)

    assert isinstance(calls[0], Show)
    assert "ne concluez rien" in flat(calls[0].text)
    assert any(b.text == "Danger immédiat" for row in calls[0].rows for b in row)


@pytest.mark.parametrize("seed", range(3))
def test_every_page_of_a_conversation_is_well_formed(seed: int) -> None:
    """All that was shown while walking and reading everything aside."""
    chance = random.Random(seed)
    reader = Reader().sends("start")
    for _ in range(40):
        assert reader.screen is not None
        _well_formed(reader.screen.text)
        reader.taps(chance.choice(reader.labels))
        assert all(isinstance(c, Attach) or type(c).__name__ in {"Show", "Acknowledge"} for c in reader.calls)
