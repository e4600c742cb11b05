"""
Two laws side by side: two bases as one, and which norm and which text make their answers differ.

What a change of file or of day does to the answers is worked out from here.
"""

from knowledge.comparing.causes import Causes, Turn, spans, turn
from knowledge.comparing.union import Edits, Merged, edits, merge, norm_edits, own, value_edits

__all__ = [
    "Causes",
    "Edits",
    "Merged",
    "Turn",
    "edits",
    "merge",
    "norm_edits",
    "own",
    "spans",
    "turn",
    "value_edits",
]
