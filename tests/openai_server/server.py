"""A model on this machine, as OpenAI's HTTP interface serves it, that does what a script says.

It listens on the loopback address alone, in a thread of its own, so that anything may ask it: tests
on any loop, and programs that they start. Nothing that is tested is replaced by it: litellm speaks
HTTP with it as with any provider.

    with serving(says("one"), fails(500), says("two")) as server:
        ...  # ModelSettings("openai/local", server.base_url)

Turns are taken in order, and the last one again and again.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from tests.openai_server.script import Turn, fails

MODEL = "openai/local"
_PATIENCE_SECONDS = 30.0


class OpenAIServer:
    """The server with its script, and all that it was sent.

    Attributes:
        bodies: What each request asked, as JSON data.
        received: Every byte that came over any connection.
        hung_up: Set once a client closed a connection before it had its answer.
    """

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.received = bytearray()
        self.hung_up = threading.Event()
        self.port = 0
        self._turns: list[Turn] = []

    @property
    def base_url(self) -> str:
        """Where it is found."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def prompts(self) -> list[str]:
        """The text of each request: all its messages."""
        return ["\n".join(each["content"] for each in body["messages"]) for body in self.bodies]

    def script(self, *turns: Turn) -> None:
        """From now on do this."""
        self._turns = list(turns)

    def wait_until_hung_up(self) -> bool:
        """Whether a client closes a connection before long."""
        return self.hung_up.wait(_PATIENCE_SECONDS)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take the next turn."""
        body = json.loads(await request.read())
        self.bodies.append(body)
        turn = self._turns.pop(0) if len(self._turns) > 1 else self._turns[0]
        if not request.path.endswith("/chat/completions"):
            turn = fails(404, f"There is no {request.path}.")
        try:
            return await turn(request, body)
        except (asyncio.CancelledError, ConnectionResetError):
            self.hung_up.set()
            raise


@contextmanager
def serving(*turns: Turn) -> Iterator[OpenAIServer]:
    """A server that follows a script."""
    server = OpenAIServer()
    server.script(*turns or [fails(500, "Nothing is scripted.")])
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = _on(loop, _start(loop, server))
    try:
        yield server
    finally:
        _on(loop, running())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(loop: asyncio.AbstractEventLoop, server: OpenAIServer) -> Callable[[], Any]:
    manager = web.Server(server.answer, handler_cancellation=True, loop=loop)

    class Recorded(RequestHandler):
        def data_received(self, data: bytes) -> None:
            server.received += data
            super().data_received(data)

    def connection() -> Recorded:
        return Recorded(manager, loop=loop)

    listening = await loop.create_server(connection, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]

    async def stop() -> None:
        listening.close()
        await manager.shutdown(1)

    return stop


def _on(loop: asyncio.AbstractEventLoop, work: Any) -> Any:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_PATIENCE_SECONDS)
