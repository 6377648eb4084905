"""The proxy through which nodes with the right `network` reach the hosts that were granted.

Such nodes live in a network of their own, in which there is nothing but a loopback. On it a socket
listens, made inside and handed out to the server: what connects to it in there arrives here. There
is nothing else to connect to; who may be reached, and at which address, is decided here.

The proxy looks names up itself, checks the addresses and connects to what it has checked. It takes
`CONNECT host:port` (HTTPS, and whatever else is spoken through a tunnel) and `GET http://host/`.
"""

import asyncio
import logging
import socket
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from codeact_lsp.sandbox.hosts import AllowList
from codeact_lsp.sandbox.proxying.addresses import LookUp, look_up
from codeact_lsp.sandbox.proxying.attendant import Attendant, Refusal
from codeact_lsp.sandbox.proxying.stream import Traffic

__all__ = ["Patience", "Proxy", "Refusal", "Traffic"]

_log = logging.getLogger(__name__)
_BUFFER_BYTES = 256 * 1024
_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Patience:
    """How much a proxy puts up with.

    Attributes:
        request: Seconds until a connection has said what it wants.
        idle: Seconds in which nothing happens on a connection.
        connections: How many there are at once; the next ones wait until one ends.
    """

    request: float = 30.0
    idle: float = 300.0
    connections: int = 128


class Proxy:
    """Serves one listening socket in the running loop, from `start` to `close`."""

    def __init__(
        self,
        listener: socket.socket,
        allowed: AllowList,
        patience: Patience | None = None,
        look_up: LookUp = look_up,
    ) -> None:
        """Prepare.

        Args:
            listener: Where nodes connect to; `close` closes it.
            allowed: What was granted.
            patience: How much is put up with.
            look_up: What finds the addresses of a name.
        """
        patience = patience or Patience()
        self._listener = listener
        self._attendant = Attendant(allowed, look_up, patience.request, patience.idle)
        self._free = asyncio.Semaphore(patience.connections)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def refusals(self) -> Sequence[Refusal]:
        """Whom nodes were kept from: the latest thousand, in order."""
        return self._attendant.refusals

    def refusal_in(self, message: str) -> Refusal | None:
        """The latest refusal that the message of an error quotes, as those of clients do.

        The message is the node's word. But only what was refused here can be quoted, so the worst
        that comes of a lie is to say of a failure that it came of a refusal which there was.
        """
        return next((each for each in reversed(self.refusals) if each.gist in message), None)

    @property
    def traffic(self) -> Mapping[str, Traffic]:
        """What went through, by grant: below `*.example.com` there is no end of hosts."""
        return self._attendant.traffic

    def start(self) -> None:
        """Serve until it is closed."""
        self._listener.settimeout(0)
        self._keep(self._accept())

    async def close(self) -> None:
        """End all connections, and return once they have ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._listener.close()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            # Until there is room, connections wait with the kernel and cost no descriptor.
            await self._free.acquire()
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError as error:  # Too many open files, for instance.
                self._free.release()
                _log.warning("the proxy cannot take a connection: %s", error)
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                task = self._keep(self._serve(connection))
                task.add_done_callback(partial(self._release, connection))

    async def _serve(self, connection: socket.socket) -> None:
        streams = await asyncio.open_connection(sock=connection, limit=_BUFFER_BYTES)
        await self._attendant.attend(streams)

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _release(self, connection: socket.socket, served: asyncio.Task[None]) -> None:
        connection.close()
        self._free.release()
        if not served.cancelled() and (error := served.exception()):
            _log.error("the proxy failed to serve a connection", exc_info=error)
