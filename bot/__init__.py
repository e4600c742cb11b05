"""The channels: everything that touches the world."""

import time

STARTED = time.time()
"""When this program began to load its code, in seconds since 1970."""
