"""A server in this process, and a client or bare messages at the other end of a socket pair.

`exit` is never sent here: it would end the process of the tests.
"""

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
        self._reader = reader
        self._writer = writer

    def send(self, **message: Any) -> None:
        body = json.dumps(message).encode()
        self._writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            header = await self._reader.readuntil(b"\r\n\r\n")
            length = int(header.split(b"\r\n")[0].removeprefix(b"Content-Length: "))
            message: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return message

    async def answer(self, method: str, params: Any = None, number: int = 1) -> dict[str, Any]:
        """Send a request, and take the next message for its answer."""
        self.send(jsonrpc="2.0", id=number, method=method, params=params)
        return await self.receive()


@asynccontextmanager
async def wired(server: PlanServer | None = None) -> AsyncIterator[Wire]:
    """A wire to a server that has been initialized by a client that can do nothing."""
    async with _joined(server or create_server()) as ends:
        wire = Wire(*ends)
        initialize: dict[str, Any] = {"capabilities": {}, "processId": None, "rootUri": None}
        try:
            wire.begun = (await wire.answer("initialize", initialize))["result"]
            wire.send(jsonrpc="2.0", method="initialized", params={})
            yield wire
        finally:
            ends[1].close()


@asynccontextmanager
async def _joined(
    server: PlanServer,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """The client's end of a connection; the server serves until that end is closed."""
    theirs, ours = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=theirs)
    server.protocol.set_writer(writer)
    serving = asyncio.create_task(
        run_async(threading.Event(), reader, server.protocol, None, server.report_server_error)
    )
    try:
        yield await asyncio.open_connection(sock=ours)
    finally:
        await serving
        writer.close()
        await server.runs.close()
        await server.session.close()
