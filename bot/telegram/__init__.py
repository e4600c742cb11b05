"""The Telegram channel: a pure function of the button pressed, the law and the day. It stores nothing."""

import os

# python-telegram-bot reads this when it is imported: without it, a 429 warns where it should only wait
os.environ.setdefault("PTB_TIMEDELTA", "true")
