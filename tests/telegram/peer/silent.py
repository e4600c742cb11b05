"""A Bot API that remembers nothing, inside the process: it answers what the library needs to go on."""

from __future__ import annotations

import json

from telegram._utils.defaultvalue import DEFAULT_NONE  # noqa: TID251
from telegram._utils.types import ODVInput  # noqa: TID251
from telegram.request import BaseRequest, RequestData  # noqa: TID251

from tests.telegram.peer.updates import BOT

_MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "."}


class SilentRequest(BaseRequest):
    """The transport of the library, cut short: no network, no memory. `count` is how many calls were made."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def read_timeout(self) -> float | None:
        """No limit: nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0917 - as the library declares it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer as if all went well."""
        del method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        self.count += 1
        name = url.rsplit("/", 1)[1]
        result: object = BOT if name == "getMe" else [] if name == "getUpdates" else True
        if name.startswith(("send", "edit")):
            result = _MESSAGE
        return 200, json.dumps({"ok": True, "result": result}).encode()
