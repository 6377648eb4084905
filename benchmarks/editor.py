"""A document open in a server: what an editor sends while somebody types."""

from collections.abc import Mapping
from typing import Any

from benchmarks.client import Client, Reply, Sent
from benchmarks.edits import Edit

Position = Mapping[str, int]


class Editor:
    """One server's view of one text; versions count up with each change.

    Attributes:
        capabilities: What the server says that it offers.
        uri: The document that is open.
    """

    def __init__(self, client: Client, limit: float) -> None:
        self.capabilities: Mapping[str, Any] = {}
        self._client = client
        self._limit = limit
        self.uri = ""
        self._text = ""
        self._version = 0

    def open(self, uri: str, text: str) -> float:
        """Open a document; give when, in seconds of `perf_counter`."""
        self.uri, self._text, self._version = uri, text, 1
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        return self._client.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, edit: Edit) -> float:
        """Make an edit; give when, in seconds of `perf_counter`."""
        self._version += 1
        change = {
            "range": {
                "start": position(self._text, edit.start),
                "end": position(self._text, edit.end),
            },
            "text": edit.new,
        }
        self._text = edit.apply(self._text)
        document = {"uri": self.uri, "version": self._version}
        params = {"textDocument": document, "contentChanges": [change]}
        return self._client.notify("textDocument/didChange", params)

    def diagnostics(self, since: float) -> Reply:
        """The diagnostics of the text as it is now, which was sent at `since`.

        Raises:
            NoAnswerError: The server did not send them in time.
        """
        return self._client.diagnostics(self.uri, self._version, since, self._limit)

    def ask(self, method: str, at: Position | None = None) -> Sent:
        """Send a request about the document, or about a position in it."""
        place = {} if at is None else {"position": at}
        return self._client.request(method, {"textDocument": {"uri": self.uri}, **place})

    def answer(self, sent: Sent) -> Reply:
        """The answer to a request.

        Raises:
            NoAnswerError: It did not come in time, or is an error.
        """
        return self._client.answer(sent.number, self._limit)

    def offers(self, capability: str) -> bool:
        """Whether the server says that it has the capability of that name."""
        return bool(self.capabilities.get(capability))


def position(text: str, offset: int) -> Position:
    """An offset as a position of the protocol; for ASCII text with newlines as line ends."""
    return {
        "line": text.count("\n", 0, offset),
        "character": offset - (text.rfind("\n", 0, offset) + 1),
    }
