"""One server at one size: started, given the plan, edited and asked."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measures
from benchmarks.client import Client, Reply
from benchmarks.editor import Editor, Position, position
from benchmarks.edits import Edit
from benchmarks.measures import Latency
from benchmarks.processes import memory_mb
from benchmarks.servers import Installed

REQUESTS = {
    measures.SYMBOLS: ("textDocument/documentSymbol", "documentSymbolProvider"),
    measures.HOVER: ("textDocument/hover", "hoverProvider"),
    measures.COMPLETION: ("textDocument/completion", "completionProvider"),
}
# A parameter that is named like a node, which takes its value: where to hover, and to complete.
_DEPENDENCY = re.compile(r"(?<=[( ])[a-z]+_[a-z]+_\d{4}(?=: )")
_LETTERS_TYPED = 6


@dataclass(frozen=True)
class Step:
    """What is done in one round: an edit, and requests at a place of the text before it."""

    edit: Edit
    place: Position
    requests: Sequence[str]


def places(text: str) -> list[Position]:
    """Where to ask: a few letters into the name of a dependency."""
    return [position(text, match.start() + _LETTERS_TYPED) for match in _DEPENDENCY.finditer(text)]


class Visit:
    """A server process with the plan open.

    Every method but `close` raises `NoAnswerError` when the server does not answer in time.
    """

    def __init__(self, installed: Installed, folder: Path, latency: Latency, limit: float) -> None:
        self._publishes = installed.server.publishes
        self._latency = latency
        self._limit = limit
        self._begin = time.perf_counter()
        self._client = Client(installed.command, folder)
        self._editor = Editor(self._client, limit)

    def start(self) -> None:
        """Wait for the server's response to `initialize`."""
        reply = self._client.initialize(self._limit)
        self._time(measures.START, self._begin, reply)
        self._latency.memory_start_mb = memory_mb(self._client.process.pid)
        self._editor.capabilities = reply.message["result"]["capabilities"]

    def open(self, path: Path, text: str, *, symbols_first: bool) -> None:
        """Open the plan, and wait for the first that the server says of it."""
        path.write_text(text, encoding="utf-8")
        begin = self._editor.open(path.as_uri(), text)
        ask = self._offers(measures.SYMBOLS) and (symbols_first or not self._publishes)
        if ask:
            self._time(measures.OPEN_SYMBOLS, begin, self._symbols())
        if self._publishes:
            reply = self._editor.diagnostics(begin)
            if not ask:
                self._time(measures.OPEN_DIAGNOSTICS, begin, reply)

    def round(self, step: Step) -> None:
        """Make an edit and wait for diagnostics; take it back and wait for symbols; ask."""
        begin = self._editor.change(step.edit)
        if self._publishes:
            self._time(measures.EDIT_DIAGNOSTICS, begin, self._editor.diagnostics(begin))
        begin = self._editor.change(step.edit.undone)
        if self._offers(measures.SYMBOLS):
            self._time(measures.EDIT_SYMBOLS, begin, self._symbols())
        if self._publishes:
            self._editor.diagnostics(begin)
        for request in filter(self._offers, step.requests):
            self._ask(request, None if request == measures.SYMBOLS else step.place)
        self._latency.memory_mb = memory_mb(self._client.process.pid)

    def close(self) -> None:
        """End the server."""
        self._client.close()

    def _symbols(self) -> Reply:
        return self._editor.answer(self._editor.ask(REQUESTS[measures.SYMBOLS][0]))

    def _ask(self, request: str, place: Position | None) -> None:
        sent = self._editor.ask(REQUESTS[request][0], place)
        self._time(request, sent.at, self._editor.answer(sent))

    def _time(self, measure: str, begin: float, reply: Reply) -> None:
        self._latency.add(measure, reply.at - begin, reply.message)

    def _offers(self, request: str) -> bool:
        return self._editor.offers(REQUESTS[request][1])
