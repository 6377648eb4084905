"""A server in this process, and a client or bare messages at the other end of a socket pair."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidRequest
from pygls.io_ import run_async

from codeact_lsp.server.server import PlanServer, create_server
from codeact_lsp.server.transport import serve
from tests.server.editor import MODERN, PATIENCE_SECONDS, Editor


@asynccontextmanager
async def connected(
    folder: Path,
    capabilities: lsp.ClientCapabilities = MODERN,
    options: Any = None,
    server: PlanServer | None = None,
) -> AsyncIterator[Editor]:
    """An editor that has begun a session in `folder`."""
    editor = Editor()
    async with _joined(server or create_server()) as (reader, writer):
        editor.protocol.set_writer(writer)
        listening = asyncio.create_task(
            run_async(threading.Event(), reader, editor.protocol, None, editor.report_server_error)
        )
        try:
            await editor.begin(folder, capabilities, options)
            yield editor
            # Some tests have done so already. Afterwards the server sends nothing more.
            with suppress(JsonRpcInvalidRequest):
                await editor.shutdown_async(None)
        finally:
            writer.close()
            await listening


class Wire:
    """The client's end as bare messages, for what no client library would send."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.begun: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        self._asked = 100
        self._reader = reader
        self._writer = writer

    def send(self, **message: Any) -> None:
        self.send_body(json.dumps(message).encode())

    def send_body(self, body: bytes) -> None:
        """Send what may be no message at all."""
        self._writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def receive(self, patience: float | None = PATIENCE_SECONDS) -> dict[str, Any]:
        async with asyncio.timeout(patience):
            header = await self._reader.readuntil(b"\r\n\r\n")
            length = int(header.split(b"\r\n")[0].removeprefix(b"Content-Length: "))
            message: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return message

    async def answer(self, method: str, params: Any = None, number: int = 1) -> dict[str, Any]:
        """Send a request, and take the next message for its answer."""
        self.send(jsonrpc="2.0", id=number, method=method, params=params)
        return await self.receive()

    async def ask(self, method: str, params: Any = None) -> Any:
        """The result of a request; what comes before it is kept in `told`."""
        self._asked += 1
        number = self._asked
        self.tell(method, params, id=number)
        while (message := await self.receive()).get("id") != number:
            self.told.append(message)
        assert "error" not in message, message
        return message["result"]

    def tell(self, method: str, params: Any = None, **more: Any) -> None:
        """Send a notification."""
        self.send(jsonrpc="2.0", method=method, params=params, **more)

    async def asked(self, method: str) -> dict[str, Any]:
        """The next message of a method that the server sends, if it has not come already."""
        while True:
            for message in self.told:
                if message.get("method") == method:
                    self.told.remove(message)
                    return message
            self.told.append(await self.receive())

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a document."""
        item = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def close(self, uri: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def change(self, uri: str, text: str, version: int) -> None:
        """Replace the whole text of a document."""
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", params)


@asynccontextmanager
async def bare(server: PlanServer | None = None) -> AsyncIterator[Wire]:
    """A wire to a server that nothing has been said to."""
    async with _joined(server or create_server()) as ends:
        try:
            yield Wire(*ends)
        finally:
            ends[1].close()


@asynccontextmanager
async def wired(
    server: PlanServer | None = None,
    capabilities: dict[str, Any] | None = None,
    folder: Path | None = None,
    options: Any = None,
) -> AsyncIterator[Wire]:
    """A wire to a server that has been initialized, as a rule by a client that can do nothing."""
    initialize = {
        "capabilities": capabilities or {},
        "processId": None,
        "rootUri": folder.as_uri() if folder else None,
        "initializationOptions": options,
    }
    async with bare(server) as wire:
        wire.begun = await wire.ask("initialize", initialize)
        wire.tell("initialized", {})
        yield wire


@asynccontextmanager
async def _joined(
    server: PlanServer,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """The client's end of a connection; the server serves until that end is closed."""
    theirs, ours = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=theirs)
    serving = asyncio.create_task(serve(server, reader, writer))
    try:
        yield await asyncio.open_connection(sock=ours)
    finally:
        await serving
