"""How the Bot API says no."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - the Bot API's own word is "error_code", a refusal is what it means
    """One refusal: an HTTP status, Telegram's own words after "Bad Request: ", and perhaps parameters."""

    code: int
    description: str
    parameters: dict[str, int] = field(default_factory=dict)

    def body(self) -> dict[str, object]:
        """Return the JSON body of the answer."""
        said: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            said["parameters"] = self.parameters
        return said


def bad(words: str) -> Refusal:
    """Return a 400 in Telegram's form."""
    return Refusal(400, f"Bad Request: {words}")


def flood(seconds: int) -> Refusal:
    """Return a 429 that says how long to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
TWO_POLLS = Refusal(409, "Conflict: terminated by other getUpdates request; make sure only one bot instance is running")
HOOKED = Refusal(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
