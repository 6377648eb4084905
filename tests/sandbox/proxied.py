"""A proxy on a loopback, hosts beside it that say what they are told to, and a node that asks."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from codeact_lsp.sandbox.hosts import Address, AllowList
from codeact_lsp.sandbox.proxy import Patience, Proxy
from codeact_lsp.worker.confine import loopback

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter
Streams = tuple[Reader, Writer]

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@dataclass
class Host:
    """A server: what it was sent, and where it is."""

    port: int = 0
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def at(self) -> str:
        """What a grant of it is."""
        return f"127.0.0.1:{self.port}"


Serve = Callable[[Host, Reader, Writer], Awaitable[None]]


def answering(answer: bytes = HELLO) -> Serve:
    """Read one request and give a fixed answer."""

    async def serve(host: Host, reader: Reader, writer: Writer) -> None:
        host.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer)

    return serve


async def echo(_host: Host, reader: Reader, writer: Writer) -> None:
    """Send everything back, and then what says that nothing more has come."""
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.write(b"<end>")


@asynccontextmanager
async def hosting(
    serve: Serve | None = None,
    address: str = "127.0.0.1",
    security: ssl.SSLContext | None = None,
) -> AsyncIterator[Host]:
    """A server that serves each connection once."""
    host = Host()
    serving: set[asyncio.Task[None]] = set()

    async def connected(reader: Reader, writer: Writer) -> None:
        host.connections += 1
        if task := asyncio.current_task():
            serving.add(task)
        with suppress(OSError, asyncio.IncompleteReadError):
            await (serve or answering())(host, reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(connected, address, ssl=security)
    host.port = server.sockets[0].getsockname()[1]
    async with server:
        try:
            yield host
        finally:
            for task in serving:
                task.cancel()
            await asyncio.gather(*serving, return_exceptions=True)


@dataclass
class AddressBook:
    """Stands for the name servers of the world."""

    names: Mapping[str, list[str]]
    looked_up: list[str] = field(default_factory=list)

    async def look_up(self, name: str) -> list[Address]:
        """The addresses of a name."""
        self.looked_up.append(name)
        if name not in self.names:
            raise OSError(-2, "Name or service not known")
        return [ip_address(text) for text in self.names[name]]


@dataclass
class Proxied:
    """A proxy, and how nodes connect to it."""

    proxy: Proxy
    port: int
    looked_up: list[str]

    async def connect(self) -> Streams:
        """A connection of a node."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def say(self, request: str | bytes) -> str:
        """What comes back until the end of the connection."""
        reader, writer = await self.connect()
        writer.write(request.encode() if isinstance(request, str) else request)
        answer = (await reader.read()).decode("latin-1")
        writer.close()
        await writer.wait_closed()
        return answer

    async def get(self, address: str, *headers: str) -> str:
        """What a GET of an address is answered with, head and body."""
        lines = (f"GET {address} HTTP/1.1", "Host: whatever.example", *headers)
        return await self.say("".join(f"{line}\r\n" for line in lines) + "\r\n")

    async def tunnel(self, authority: str) -> tuple[str, Reader, Writer]:
        """The head that a CONNECT is answered with, and the tunnel."""
        reader, writer = await self.connect()
        writer.write(f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        return head.decode(), reader, writer


@asynccontextmanager
async def proxying(
    *grants: str, names: Mapping[str, list[str]] | None = None, patience: Patience | None = None
) -> AsyncIterator[Proxied]:
    """A proxy that knows the addresses of some names and of no others; it has to find all it meets
    to be something that can happen.
    """
    book = AddressBook(names or {})
    listener = loopback.listener()
    proxy = Proxy(listener, AllowList(grants), patience, book.look_up)
    proxy.start()
    with surprises() as surprised:
        try:
            yield Proxied(proxy, listener.getsockname()[1], book.looked_up)
        finally:
            await proxy.close()
    assert surprised.found == []


class Surprises(logging.Handler):
    """Keeps what is logged, and what it came of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self.first = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))
        self.first.set()


@contextmanager
def surprises() -> Iterator[Surprises]:
    """What a proxy did not expect."""
    handler = Surprises()
    log = logging.getLogger(Proxy.__module__)
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
