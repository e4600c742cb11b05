"""How a person is asked: flows as state machines over the facts of the law. Pure after loading."""

from flows.conversation import UNKNOWN_LABEL, Conversation
from flows.errors import FlowError, UnknownAnswerError, UnreadableTokenError
from flows.load import default_root, load, load_from, read_flows, sources
from flows.model import (
    Answer,
    Back,
    Change,
    Event,
    Flow,
    Restart,
    Screen,
    Session,
    State,
    SummaryLine,
)
from flows.token import decode, encode

__all__ = [
    "UNKNOWN_LABEL",
    "Answer",
    "Back",
    "Change",
    "Conversation",
    "Event",
    "Flow",
    "FlowError",
    "Restart",
    "Screen",
    "Session",
    "State",
    "SummaryLine",
    "UnknownAnswerError",
    "UnreadableTokenError",
    "decode",
    "default_root",
    "encode",
    "load",
    "load_from",
    "read_flows",
    "sources",
]
