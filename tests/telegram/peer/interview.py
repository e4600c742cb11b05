"""Answer the bot's questions by its buttons, with the flows beside to know which answer is which."""

from __future__ import annotations

from collections.abc import Mapping

from bot.telegram.keyboard import MORE, SOMEONE
from flows import UNKNOWN_LABEL, Answer, Conversation, Screen, Session
from knowledge import INCONNU, Fact
from knowledge.model.typography import french
from tests.telegram.peer.person import Person

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def plain(text: str) -> str:
    """Return a text in the typography of the bot, with plain spaces."""
    return french(text).translate(_SPACES)


async def answers(person: Person, conversation: Conversation, session: Session, given: Mapping[str, str]) -> Screen:
    """
    Tap the given answers from the question on screen to the verdict.

    Args:
        person: she sees the first question of `session`.
        conversation: the flows, to know what each question is and when the verdict comes.
        session: where she is.
        given: value ids by fact id; what it does not say is answered *Je ne sais pas*, else by the first answer.

    Returns:
        The screen of the verdict, as the flows see it.

    Raises:
        AssertionError: she does not see the question, or a button for the answer.

    """
    screen = conversation.screen(session)
    while screen.question is not None:
        fact = screen.question
        assert plain(fact.question) in person.sees(), f"« {fact.question} » is not in {person.sees()!r}"
        value = given.get(fact.id) or (INCONNU if fact.find_out is not None else fact.values[0].id)
        await choose(person, fact, value)
        session, screen = conversation.step(session, Answer(value))
    return screen


async def choose(person: Person, fact: Fact, value_id: str) -> None:
    """Tap one answer; where the answers are in groups, tap the group first, and go on to its next screens."""
    value = fact.value(value_id)
    label = plain((value.short or value.label) if value is not None else UNKNOWN_LABEL)
    if label not in person.buttons() and SOMEONE in person.buttons():
        await person.taps(SOMEONE)
    if label not in person.buttons() and value is not None and value.group:
        await person.taps(plain(value.group))
    while label not in person.buttons() and MORE in person.buttons():
        await person.taps(MORE)
    await person.taps(label)
