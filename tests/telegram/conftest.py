"""What the tests of the Telegram channel share."""

from __future__ import annotations

collect_ignore = ["aiogram_schema.py"]
"""It runs in another environment, where aiogram is."""
