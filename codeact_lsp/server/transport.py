"""A session over a pair of streams: from the first message until the client is gone.

pygls has loops of its own. They read standard input on the pool that handlers may fill, do not end
while a thread works, answer nothing to what is no JSON, and end a TCP session with a traceback.
"""

import asyncio
import logging
import os
import queue
import re
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from codeact_lsp.server import memory
from codeact_lsp.server.debounce import Idle

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
_LENGTH = re.compile(rb"content-length\s*:\s*(\d{1,10})\s*", re.IGNORECASE)
_CLOSING_SECONDS = 3.0
# Who has sent nothing for so long does not wait for an answer, and may not soon.
_IDLE_SECONDS = 30.0
_CHUNK = 1 << 16
_END = object()


class Writer(Protocol):
    """Where messages go to."""

    def write(self, data: bytes, /) -> None:
        """Send bytes, without waiting for the client to read them."""

    def close(self) -> None:
        """Send nothing more."""

    async def wait_closed(self) -> None:
        """Wait until all has been sent."""


async def serve(server: "PlanServer", reader: asyncio.StreamReader, writer: Writer) -> int:
    """Serve one client until it leaves; return the exit status."""
    server.protocol.set_writer(writer)
    reading = asyncio.create_task(_read(server, reader))
    reading.add_done_callback(lambda _: server.leave())
    await server.left.wait()
    reading.cancel()
    with suppress(TimeoutError):  # The workers notice by themselves that we are gone.
        async with asyncio.timeout(_CLOSING_SECONDS):
            await server.close()
    writer.close()
    with suppress(TimeoutError, OSError):  # The client may have stopped reading.
        async with asyncio.timeout(_CLOSING_SECONDS):
            await writer.wait_closed()
    return server.exit_status


async def _read(server: "PlanServer", reader: asyncio.StreamReader) -> None:
    """Take in all that has come before handling the next: a cancel of it may be there already."""
    waiting: asyncio.Queue[Any] = asyncio.Queue()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_handle(server, waiting))
        async for body in _bodies(reader):
            waiting.put_nowait(server.protocol.taken_in(body))
        waiting.put_nowait(_END)


async def _handle(server: "PlanServer", waiting: "asyncio.Queue[Any]") -> None:
    idle = Idle(_IDLE_SECONDS, memory.collect_all)
    while (message := await waiting.get()) is not _END:
        idle.stir()
        try:
            server.protocol.handle_message(message)
        except Exception:  # noqa: BLE001 - a defect, which is no reason to leave the client alone.
            _log.exception("a message could not be handled")
        # A task that the message began takes its first step before the next message comes.
        await asyncio.sleep(0)
    idle.cancel()
    await server.protocol.settled()


async def _bodies(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The bodies of all messages, until the client leaves, be it in the middle of one."""
    with suppress(asyncio.IncompleteReadError, OSError):
        while (length := await _length(reader)) is not None:
            yield await reader.readexactly(length)


async def _length(reader: asyncio.StreamReader) -> int | None:
    """The length of the next body; None at the end of the input. Other headers say nothing new."""
    length: int | None = None
    while line := await _line(reader):
        if header := _LENGTH.fullmatch(line):
            length = int(header[1])
        elif length is not None and not line.strip():
            return length
    return None


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:  # Longer than any header is.
        return b"no header"


def read_descriptor(descriptor: int) -> asyncio.StreamReader:
    """A stream of what can be read from a descriptor, by a thread of its own.

    Unlike asyncio's pipes this takes files and devices too.
    """
    reader, loop = asyncio.StreamReader(), asyncio.get_running_loop()
    os.set_blocking(descriptor, True)  # Some clients hand over their own end as they use it.

    def read() -> None:
        with suppress(OSError, RuntimeError):  # The loop may be closed by the time.
            while data := os.read(descriptor, _CHUNK):
                loop.call_soon_threadsafe(reader.feed_data, data)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(reader.feed_eof)

    threading.Thread(target=read, name="reader", daemon=True).start()
    return reader


class DescriptorWriter:
    """Writes to a descriptor in a thread of its own: a client that does not read stops nothing."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, True)  # As for reading.
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = asyncio.Event()
        threading.Thread(target=self._work, name="writer", daemon=True).start()

    def write(self, data: bytes) -> None:
        """Send bytes, some time after those sent before."""
        self._waiting.put(data)

    def close(self) -> None:
        """Send nothing more."""
        self._waiting.put(None)

    async def wait_closed(self) -> None:
        """Wait until all has been sent."""
        await self._closed.wait()

    def _work(self) -> None:
        with suppress(OSError):  # Nobody reads any more; the end of the input will tell.
            while data := self._waiting.get():
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._closed.set)


async def accept(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The streams of the first client that connects on loopback; any other one is sent away."""
    first: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if first.done():
            writer.close()
        else:
            first.set_result((reader, writer))

    listening = await asyncio.start_server(connected, "127.0.0.1", port)
    where = listening.sockets[0].getsockname()[1]
    print(f"codeact: serving on 127.0.0.1:{where}", file=sys.stderr, flush=True)  # noqa: T201 - for people.
    streams = await first
    listening.close()
    return streams
