"""Our end of the side process: started when it is first needed, kept, and killed if it hangs."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

# Longer than any line that the process sends.
_LONGEST_LINE = 1 << 20
# How long a cancelled request may take to give its connection up.
_PATIENCE_SECONDS = 2.0
_ARGUMENTS = ("-P", "-m", "codeact_lsp.model.side")

Event = dict[str, Any]
KeySource = Callable[[], Awaitable[str | None]]
"""Asks whoever keeps the user's key for it; None leaves it to the environment."""


class Asked:
    """One request that is under way; its events come in `events`."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.ended = asyncio.Event()

    def tell(self, event: Event) -> None:
        """Pass on an event; the last one ends the request."""
        if event["event"] in {"done", "failed", "cancelled", "lost"}:
            self.ended.set()
        self.events.put_nowait(event)


class SideProcess:
    """The process, with the requests that are under way in it. Bound to one event loop.

    Args:
        key: Asked for the key when the process starts, and after one was refused; what it returns
            is passed on, and not kept.
    """

    def __init__(self, key: KeySource | None = None) -> None:
        self._key = key
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._asked: dict[int, Asked] = {}
        self._count = 0
        self._starting = asyncio.Lock()
        self._lacks_key = True
        self._cancelling: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        """The number of the process while it lives."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def ask(self, request: Event) -> Asked:
        """Send a request.

        Raises:
            OSError: The process cannot be started.
        """
        async with self._starting:
            if self.pid is None:
                await self._start()
            if self._lacks_key:
                await self._give_key()
        self._count += 1
        asked = self._asked[self._count] = Asked(self._count)
        self._send({**request, "id": asked.number})
        return asked

    def forget_key(self) -> None:
        """Ask for the key anew before the next request."""
        self._lacks_key = True

    def finish(self, asked: Asked) -> None:
        """Nobody wants more of a request: cancel it, unless it has ended."""
        if asked.ended.is_set():
            self._asked.pop(asked.number, None)
            return
        task = asyncio.create_task(self._cancel(asked))
        self._cancelling.add(task)
        task.add_done_callback(self._cancelling.discard)

    async def close(self) -> None:
        """End the process, and every request in it."""
        process, reading = self._process, self._reading
        self._process = self._reading = None
        if process and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process:
            await process.wait()
        if reading:
            await asyncio.wait([reading])
        if self._cancelling:
            await asyncio.wait(self._cancelling)

    async def _start(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *_ARGUMENTS,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Away from the workspace, and from the terminal's signals: its parent ends it.
            cwd="/",
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        self._process = process
        self._reading = asyncio.create_task(self._read(process))
        self._lacks_key = True

    async def _give_key(self) -> None:
        self._lacks_key = False
        if self._key:
            self._send({"do": "key", "key": await self._key()})

    def _send(self, request: Event) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        """Hand each event to who asked; when the process ends, tell all who still wait."""
        if process.stdout is None:
            raise AssertionError("its standard output is a pipe")
        asked = self._asked
        try:
            async for line in process.stdout:
                event = json.loads(line)
                if waiting := asked.get(event["id"]):
                    waiting.tell(event)
        finally:
            if self._process is process:
                self._process = None
            self._asked = {}
            for waiting in asked.values():
                waiting.tell({"event": "lost"})

    async def _cancel(self, asked: Asked) -> None:
        """Have the connection closed; if that takes too long, by the end of the process."""
        self._send({"do": "cancel", "id": asked.number})
        process = self._process
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await asked.ended.wait()
        except TimeoutError:
            if process and process.returncode is None:
                process.kill()
        finally:
            self._asked.pop(asked.number, None)
