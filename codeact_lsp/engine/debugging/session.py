"""One debugging of one node: a port for an editor, and behind it the way to the node's process."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable

from codeact_lsp.engine.debugging import messages
from codeact_lsp.engine.debugging.messages import Message, NoMessageError
from codeact_lsp.sandbox.peers import is_ours

_log = logging.getLogger(__name__)
_PARTING_SECONDS = 1.0
_Send = Callable[[Message], Awaitable[None]]


class DebugSession:
    """Lets one client attach, once, and hands messages to and fro.

    Attributes:
        host: Where it listens: the loopback.
        port: At which port.
        attached: Set once a client is there.
        left: Set once it has gone, or has asked for the end.
    """

    host = "127.0.0.1"

    def __init__(self, greeting: str) -> None:
        """Prepare; nobody can attach before it is opened."""
        self.port = 0
        self.attached = asyncio.Event()
        self.left = asyncio.Event()
        self._greeting = greeting
        self._ours, self._theirs = socket.socketpair()
        self._server: asyncio.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, greeting: str) -> "DebugSession":
        """Listen on the loopback.

        Args:
            greeting: What the client is told once it has attached.

        Raises:
            OSError: There is no port.
        """
        session = cls(greeting)
        session._server = await asyncio.start_server(session._met, cls.host, 0, backlog=1)
        session.port = session._server.sockets[0].getsockname()[1]
        return session

    @property
    def connection(self) -> int:
        """The descriptor that the node's process is to get."""
        return self._theirs.fileno()

    async def close(self) -> None:
        """The node has ended: tell the client, and go."""
        self._theirs.close()  # What the node has sent is still read, up to its end.
        if self._server:
            self._server.close()
        if self._serving:
            await asyncio.wait([self._serving], timeout=_PARTING_SECONDS)
            self._serving.cancel()
            await asyncio.wait([self._serving])
        self._ours.close()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = (writer.get_extra_info(name) for name in ("sockname", "peername"))
        is_late = self._serving is not None or self._theirs.fileno() < 0
        if is_late or not is_ours(*ends):
            writer.close()
            return
        if self._server:
            self._server.close()
        self._serving = asyncio.current_task()
        self.attached.set()
        try:
            await self._serve(reader, writer)
        except (NoMessageError, ConnectionError) as error:
            _log.warning("a debugging ends: %s", error)
        finally:
            self.left.set()
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_node, to_node = await asyncio.open_connection(sock=self._ours)
        client, node = _sender(writer), _sender(to_node)
        try:
            async with asyncio.TaskGroup() as both:
                asking = both.create_task(self._from_client(reader, client, node))
                await self._from_node(from_node, client)
                asking.cancel()
        except* (NoMessageError, ConnectionError) as errors:
            raise errors.exceptions[0] from None
        finally:
            to_node.close()

    async def _from_client(self, reader: asyncio.StreamReader, client: _Send, node: _Send) -> None:
        """Hand requests on, up to the one that asks for the end, or to the client's own."""
        while (message := await messages.read(reader)) is not None:
            if messages.is_parting(message):
                await client(messages.done(message))
                break
            await node(message)
        self.left.set()

    async def _from_node(self, reader: asyncio.StreamReader, client: _Send) -> None:
        """Hand on what may pass, and say when there is no more to come."""
        while (message := await messages.read(reader)) is not None:
            if not messages.may_pass(message):
                _log.info("not for the editor: %.100r", message)
                continue
            await client(messages.shown(message))
            if messages.is_event(message, "initialized"):
                await client(messages.event("output", category="console", output=self._greeting))
        await client(messages.event("terminated"))


def _sender(writer: asyncio.StreamWriter) -> _Send:
    async def send(message: Message) -> None:
        writer.write(messages.framed(message))
        await writer.drain()

    return send
