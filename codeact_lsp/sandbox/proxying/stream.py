"""A connection whose traffic is counted, and which speaks HTTP where that is wanted."""

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field

import h11

from codeact_lsp.sandbox.proxying.addresses import Streams

_CHUNK_BYTES = 256 * 1024
_LINGER_SECONDS = 5.0
_RESET = struct.pack("ii", 1, 0)  # struct linger: on, for no seconds.


@dataclass(slots=True)
class Traffic:
    """What went to hosts and came from them, in bytes, and by how many connections."""

    sent: int = 0
    received: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Idle:
    """A time limit that begins anew whenever something happens.

    Attributes:
        timeout: The limit.
        seconds: How long nothing may happen.
    """

    timeout: asyncio.Timeout
    seconds: float

    def over(self) -> None:
        """Something has happened, if not too late."""
        if not self.timeout.expired():
            self.timeout.reschedule(asyncio.get_running_loop().time() + self.seconds)


@dataclass(slots=True)
class Stream:
    """One end of a connection.

    Attributes:
        streams: What asyncio reads it with and writes it with.
        http: What HTTP messages are read and written with.
        idle: What is told when something happens.
        traffic: What is counted.
        method: How it was asked, once it was.
    """

    streams: Streams
    http: h11.Connection
    idle: Idle | None = None
    traffic: Traffic = field(default_factory=Traffic)
    method: bytes = b""

    def __post_init__(self) -> None:
        # To have written is to have handed all of it to the system: nothing is lost by a close.
        self.streams[1].transport.set_write_buffer_limits(high=0)

    async def read(self) -> bytes:
        """What there is, or nothing at the end."""
        data = await self.streams[0].read(_CHUNK_BYTES)
        self.traffic.received += len(data)
        self._moved()
        return data

    async def write(self, data: bytes) -> None:
        """Write, and wait until all of it is on its way."""
        self.streams[1].write(data)
        self.traffic.sent += len(data)
        await self.streams[1].drain()
        self._moved()

    def finish(self) -> None:
        """Nothing more will be written."""
        self.streams[1].write_eof()

    async def linger(self) -> None:
        """End what was written, and read on for a while.

        To close a connection on which something unread has come resets it, and whoever was still
        sending would see that instead of the answer.
        """
        self.finish()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while await self.read():
                    pass

    def break_off(self) -> None:
        """Let the other end see that what has come is not all of it."""
        one: socket.socket = self.streams[1].get_extra_info("socket")
        if one.fileno() >= 0:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def drop(self) -> None:
        """Close it at once."""
        self.streams[1].transport.abort()

    async def receive(self) -> h11.Event | None:
        """The next part of a message; None if there is to be no other on this connection.

        Raises:
            h11.RemoteProtocolError: It is none.
        """
        # What was read at once can hold tens of thousands of parts, and reading it waits for
        # nothing: all else that the server does would stand still meanwhile.
        await asyncio.sleep(0)
        while (event := self.http.next_event()) is h11.NEED_DATA:
            self.http.receive_data(await self.read())
        return event if isinstance(event, h11.Event) else None

    async def send(self, event: h11.Event) -> None:
        """Send a part of a message."""
        if data := self.http.send(event):
            await self.write(data)

    def _moved(self) -> None:
        if self.idle:
            self.idle.over()
