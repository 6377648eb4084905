"""A client that speaks to the protocol object itself.

What it sends is handled before it goes on, so that thousands of sessions take little time, and each
can be played again.
"""

import json
from collections.abc import Callable
from typing import Any

from codeact_lsp.server.server import PlanServer

CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "hover": {"contentFormat": ["plaintext"]},
    }
}


class Client:
    """The client's end of a server in this process."""

    def __init__(self, server: PlanServer) -> None:
        self.published: Callable[[dict[str, Any]], None] = lambda _: None
        self._server = server
        self._answers: dict[int, Any] = {}
        self._asked = 0
        server.protocol.set_writer(self)  # type: ignore[arg-type]  # all that it needs of one

    def write(self, data: bytes) -> None:
        """Take what the server sends."""
        message = json.loads(data.partition(b"\r\n\r\n")[2])
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published(message["params"])
        elif "id" in message and "method" not in message:
            self._answers[message["id"]] = message.get("result", message.get("error"))

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._server.protocol.handle_message({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, **params: Any) -> int:
        """Send a request."""
        self._asked += 1
        message = {"jsonrpc": "2.0", "id": self._asked, "method": method, "params": params}
        self._server.protocol.handle_message(message)
        return self._asked

    def answer(self, number: int) -> Any:
        """The answer to a request, which must have come."""
        return self._answers.pop(number)

    def read(self, method: str, **params: Any) -> Any:
        """The answer to a request that is handled at once."""
        return self.answer(self.ask(method, **params))
