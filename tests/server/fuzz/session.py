"""A random session: what is sent, what has to come back, and the texts that it ends with."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.server.commands import COMMANDS
from codeact_lsp.server.routes import ROUTES
from tests.server import text as texts
from tests.server.fuzz.messages import ODD, TEXTS, Maker
from tests.server.pair import Wire

REQUESTS = sorted(
    route.method
    for route in ROUTES
    if lsp.METHOD_TO_TYPES[route.method][1] and route.method not in {lsp.INITIALIZE, lsp.SHUTDOWN}
)
NOTIFICATIONS = [
    lsp.WORKSPACE_DID_CHANGE_CONFIGURATION,
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
    lsp.WORKSPACE_DID_RENAME_FILES,
    lsp.TEXT_DOCUMENT_DID_SAVE,
    lsp.WINDOW_WORK_DONE_PROGRESS_CANCEL,
    lsp.SET_TRACE,
]
# All but those that run nodes: they take seconds, and their tests are elsewhere.
COMMANDS_SENT = [each.name for each in COMMANDS if ".run" not in each.name] + ["codeact.nothing"]
INTERNAL_ERROR = -32603


@dataclass
class Document:
    """A document as the client has it."""

    text: str
    version: int


@dataclass
class Session:
    """The client's side."""

    wire: Wire
    chance: random.Random
    folder: Path
    units: str = "utf-16"
    documents: dict[str, Document] = field(default_factory=dict)
    sent: Counter[int | str] = field(default_factory=Counter)
    answered: Counter[int | str] = field(default_factory=Counter)
    asked: dict[int | str, tuple[str, Any]] = field(default_factory=dict)
    broken: list[Any] = field(default_factory=list)
    results: dict[int | str, Any] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        names = ["a.plan.py", "b%20c.plan.py", "d/e.plan.py"]
        self.uris = [f"{self.folder.as_uri()}/{name}" for name in names]
        self.uris += ["untitled:Untitled-1", "git:/a.plan.py?ref=HEAD", "file://["]
        self.maker = Maker(self.chance, self.uris, COMMANDS_SENT)

    async def listen(self) -> None:
        """Take what the server sends, until the connection ends."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                self._take(await self.wire.receive(patience=None))

    def _take(self, message: Mapping[str, Any]) -> None:
        if "method" in message:
            if "id" in message:
                self._reply(message["id"])
            return
        number = message["id"]
        if number is None:  # What bore no id of its own is answered so.
            assert message["error"]["code"] in {-32600, -32602, -32700}
            return
        self.answered[number] += 1
        self.results[number] = message.get("result", message.get("error"))
        if message.get("error", {}).get("code") == INTERNAL_ERROR and number in self.asked:
            self.broken.append((self.asked[number], message["error"]))
        self._news.set()

    def _reply(self, number: Any) -> None:
        """Answer what the server asks: well, badly, with an error, twice, or never."""
        reply = self.chance.choice(["null", "odd", "error", "twice", "never"])
        if reply == "error":
            error = {"code": -32601, "message": "no"}
            self.wire.send(jsonrpc="2.0", id=number, error=error)
        elif reply != "never":
            result = self.chance.choice(ODD) if reply == "odd" else None
            for _ in range(2 if reply == "twice" else 1):
                self.wire.send(jsonrpc="2.0", id=number, result=result)

    async def answers(self) -> None:
        """Wait until every request has been answered."""
        async with asyncio.timeout(60):
            while any(self.answered[number] < count for number, count in self.sent.items()):
                self._news.clear()
                await self._news.wait()

    def ask(self, method: str, params: Any, *, valid: bool = True) -> int:
        """Send a request."""
        number = len(self.sent) + 1
        self.sent[number] += 1
        if valid:
            self.asked[number] = method, params
        self.wire.send(jsonrpc="2.0", id=number, method=method, params=params)
        return number

    async def answer(self, method: str, params: Any) -> Any:
        """The answer to a request."""
        number = self.ask(method, params)
        await self.answers()
        return self.results[number]

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.wire.send(jsonrpc="2.0", method=method, params=params)

    def step(self) -> None:
        """Send something."""
        steps: list[tuple[int, Callable[[], object]]] = [
            (4, self._open),
            (12, self._change),
            (2, self._close),
            (20, self._request),
            (5, self._bad_request),
            (3, self._notify),
            (2, self._bad_notification),
            (3, self._cancel),
            (3, self._junk),
        ]
        weights = [weight for weight, _ in steps]
        self.chance.choices([act for _, act in steps], weights)[0]()

    def _open(self) -> None:
        uri = self.chance.choice(self.uris)
        self.documents[uri] = Document(self._text(), self.chance.choice([0, 1, 5]))
        self.tell("textDocument/didOpen", {"textDocument": self.item(uri)})

    def item(self, uri: str) -> dict[str, Any]:
        """A document as it is opened."""
        document = self.documents[uri]
        return {
            "uri": uri,
            "languageId": "python",
            "version": document.version,
            "text": document.text,
        }

    def _change(self) -> None:
        uri = self.chance.choice(self.uris)
        document = self.documents.get(uri)
        version = (document.version if document else 1) + self.chance.choice([1, 1, 1, 2, 0, -1])
        after, changes = document.text if document else "", []
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            after, change = self._changed(after)
            changes.append(change)
        identifier = {"uri": uri, "version": version}
        params = {"textDocument": identifier, "contentChanges": changes}
        self.tell("textDocument/didChange", params)
        if document and version > document.version:
            self.documents[uri] = Document(after, version)

    def _changed(self, text: str) -> tuple[str, dict[str, Any]]:
        new = self.chance.choice([*TEXTS, "a", "b", "(", ")", " "])
        if self.chance.random() < 0.15:
            return new, {"text": new}
        place = self._place(text)
        change = {"range": _json(place), "text": new}
        return texts.replaced(text, place, new, self.units), change

    def _place(self, text: str) -> lsp.Range:
        """A range of the text, or one that is out of it, or the wrong way round."""
        if self.chance.random() < 0.2:
            start, end = (self.maker.params("textDocument/hover")["position"] for _ in range(2))
            return lsp.Range(start=lsp.Position(**start), end=lsp.Position(**end))
        first = self.chance.randint(0, len(text))
        last = min(len(text), first + self.chance.choice([0, 0, 1, 3, 10, 1000]))
        return lsp.Range(
            start=texts.position(text, first, self.units),
            end=texts.position(text, last, self.units),
        )

    def _close(self) -> None:
        uri = self.chance.choice(self.uris)
        self.documents.pop(uri, None)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def _request(self) -> None:
        method = self.chance.choice([*REQUESTS, lsp.WORKSPACE_EXECUTE_COMMAND])
        params = self.maker.params(method)
        if method == lsp.WORKSPACE_EXECUTE_COMMAND:
            params["arguments"] = [{"uri": self.chance.choice(self.uris), "node": "a"}]
        self.ask(method, params)

    def _bad_request(self) -> None:
        method = self.chance.choice([*REQUESTS, "codeact/nothing", "$/nothing", "initialize"])
        self.ask(method, self.maker.spoilt(self.maker.params(method)), valid=False)

    def _notify(self) -> None:
        method = self.chance.choice(NOTIFICATIONS)
        self.tell(method, self.maker.params(method))

    def _bad_notification(self) -> None:
        method = self.chance.choice([*NOTIFICATIONS, "textDocument/didOpen", "$/nothing", "x/y"])
        self.tell(method, self.maker.spoilt(self.maker.params(method)))

    def _cancel(self) -> None:
        number = self.chance.choice([len(self.sent), len(self.sent) - 1, "no such id", 10**9])
        self.tell("$/cancelRequest", {"id": number})

    def _junk(self) -> None:
        """What is no message, or one that says too little."""
        number = self.chance.choice([*self.sent, 0])
        junk: list[Any] = [
            [],
            [{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}],
            "text",
            5,
            None,
            {},
            {"jsonrpc": "2.0"},
            {"jsonrpc": "2.0", "id": number},
            {"jsonrpc": "2.0", "id": number, "result": {}},
            {"jsonrpc": "2.0", "id": number, "error": 5},
            {"jsonrpc": "2.0", "method": 5},
            {"jsonrpc": "2.0", "id": [], "method": "textDocument/hover"},
            {"jsonrpc": "2.0", "id": {}, "result": None},
            {"id": None, "method": "textDocument/hover"},
        ]
        self.wire.send_body(json.dumps(self.chance.choice(junk)).encode())

    def _text(self) -> str:
        return "".join(self.chance.choices(TEXTS, k=self.chance.choice([0, 1, 3, 6])))


def _json(place: lsp.Range) -> dict[str, Any]:
    return {
        name: {"line": getattr(place, name).line, "character": getattr(place, name).character}
        for name in ("start", "end")
    }
