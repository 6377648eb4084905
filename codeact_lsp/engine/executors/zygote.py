"""The server's side of a zygote: starts it, sends it calls, learns how they ended."""

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import codeact_lsp
from codeact_lsp.engine.values import Usage
from codeact_lsp.sandbox.launch import end, launch

_START = Path(codeact_lsp.__file__).parent / "worker" / "start.py"
_HEADER = struct.Struct("!I")
_KILLED = -9
_END_SECONDS = 1.0
_SEND_SECONDS = 5.0


class ZygoteError(Exception):
    """The zygote cannot be started, or is gone."""


@dataclass(frozen=True, slots=True)
class End:
    """How a call's process ended, in the kernel's words."""

    status: int
    usage: Usage


@dataclass(slots=True)
class Running:
    """A call that was handed to the zygote."""

    call: int
    began: float
    future: asyncio.Future[End] = field(repr=False)


class Zygote:
    """A worker process that forks one child for each call; `users` counts who needs it open."""

    def __init__(self, interpreter: Path, preload: tuple[str, ...]) -> None:
        """Start it.

        Raises:
            ZygoteError: The interpreter cannot be started.
        """
        self._loop = asyncio.get_running_loop()
        self._ready = self._loop.create_future()
        self._running: dict[int, Running] = {}
        self._calls = 0
        self._received = b""
        ours, theirs = socket.socketpair()
        self._socket = ours
        ours.settimeout(0)
        try:
            arguments = [str(theirs.fileno()), json.dumps(preload)]
            self._process = launch(interpreter, _START, arguments, theirs.fileno())
        except OSError as error:
            ours.close()
            message = f"{interpreter} does not start: {error}"
            raise ZygoteError(message) from error
        finally:
            theirs.close()
        self.closed = False
        self.users = 0
        self._loop.add_reader(ours, self._receive)

    async def ready(self) -> None:
        """Wait until it takes calls.

        Raises:
            ZygoteError: It ended instead.
        """
        await asyncio.shield(self._ready)

    def run(self, descriptors: list[int]) -> Running:
        """Hand over a call; the descriptors may be closed once this returns.

        Raises:
            ZygoteError: The zygote is gone.
        """
        self._calls += 1
        running = Running(self._calls, self._loop.time(), self._loop.create_future())
        self._send({"op": "run", "id": running.call}, descriptors)
        self._running[running.call] = running
        return running

    def stop(self, call: int, how: str) -> None:
        """End a call: `how` is "ask", "abort" or "kill"."""
        if call in self._running:
            self._send({"op": how, "id": call}, [])

    def close(self) -> None:
        """End the zygote; it takes its children along."""
        if not self.closed:
            self.closed = True
            self._loop.remove_reader(self._socket)
            self._socket.close()
            # It notices the closed socket and takes all that it started along.
            end(self._process, _END_SECONDS)
            self._gone()

    def _send(self, message: dict[str, Any], descriptors: list[int]) -> None:
        data = json.dumps(message).encode()
        try:
            # Messages are a hundred bytes and the zygote does nothing but read them, so a full
            # socket means that it hangs.
            self._socket.settimeout(_SEND_SECONDS)
            socket.send_fds(self._socket, [_HEADER.pack(len(data))], descriptors)
            self._socket.sendall(data)
            self._socket.settimeout(0)
        except OSError as error:
            self.close()
            message_text = f"the worker process is gone: {error}"
            raise ZygoteError(message_text) from error

    def _receive(self) -> None:
        try:
            data = self._socket.recv(65_536)
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            self._told(json.loads(line))

    def _told(self, message: dict[str, Any]) -> None:
        if message["event"] == "ready" and not self._ready.done():
            self._ready.set_result(None)
        elif message["event"] == "ended":
            running = self._running.pop(message["id"])
            wall = self._loop.time() - running.began
            usage = Usage(wall, message["cpu"], message["memory"])
            if not running.future.done():
                running.future.set_result(End(message["status"], usage))

    def _gone(self) -> None:
        if not self._ready.done():
            status = self._process.returncode
            self._ready.set_exception(ZygoteError(f"the worker ended with status {status}"))
            self._ready.exception()  # Nobody may be waiting for it any more.
        for running in self._running.values():
            if not running.future.done():
                running.future.set_result(End(_KILLED, Usage()))
        self._running.clear()
