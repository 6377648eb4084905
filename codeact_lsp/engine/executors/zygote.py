"""The server's side of a zygote: starts it, sends it calls, learns how they ended."""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import codeact_lsp
from codeact_lsp.engine.executors.accounts import End, NodeGroups
from codeact_lsp.engine.executors.line import Line
from codeact_lsp.engine.values import Usage
from codeact_lsp.engine.workspace.interpreter import fault_of
from codeact_lsp.sandbox.confinement import Confinement
from codeact_lsp.sandbox.lasting import lost
from codeact_lsp.sandbox.launch import end, launch, remove_scratch
from codeact_lsp.sandbox.proxying.listening import listener_of
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import look

if TYPE_CHECKING:
    from codeact_lsp.sandbox.proxy import Proxy

_log = logging.getLogger(__name__)
WORKER = Path(codeact_lsp.__file__).parent / "worker"
"""What worker processes are made of."""

_START = WORKER / "start.py"
_KILLED = -9
_RUN_AGAIN = "run the plan again to be told what helps"
_END_SECONDS = 1.0
_REMOVE_SECONDS = 60.0


class ZygoteError(Exception):
    """The zygote cannot be started, or is gone."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a zygote is waited for, in seconds.

    Attributes:
        start: Until it has a plan's imports. They are not its nodes' time, but have to end as well.
        kill: Until it has ended a call that it was to kill. The kernel needs some 10 ms a process
            for that, and a node that does nothing but fork has hundreds. If it takes longer, the
            zygote hangs, or a node has stopped it.
    """

    start: float = 60.0
    kill: float = 15.0


@dataclass(slots=True)
class Running:
    """A call that was handed to the zygote."""

    call: int
    began: float
    future: asyncio.Future[End] = field(repr=False)
    is_to_end: bool = False


class Zygote:
    """A worker process that starts one for each call; `users` counts who needs it open."""

    def __init__(
        self,
        interpreter: Path,
        preload: tuple[str, ...],
        how: str,
        patience: Patience,
        confinement: Confinement,
    ) -> None:
        """Start it.

        Args:
            interpreter: The Python that it runs in.
            preload: What it imports ahead of the calls.
            how: Whether it is to `fork` or to `spawn` their processes.
            patience: How long it is waited for.
            confinement: What it and its nodes are confined by.

        Raises:
            ZygoteError: The interpreter cannot be started.
        """
        self.patience = patience
        self._interpreter = interpreter
        self._scratch = confinement.scratch
        self._group = confinement.group
        self._groups = NodeGroups(confinement, self._send)
        self._container = confinement.container
        self._loop = asyncio.get_running_loop()
        self._ready = self._loop.create_future()
        self._running: dict[int, Running] = {}
        self._calls = 0
        self._ending: asyncio.Task[None] | None = None
        self._lost = False
        self._given_up = False
        self._hosts = confinement.hosts
        self._proxy: Proxy | None = None
        self._line = Line(self._told, self._hung_up)
        # Before it starts: it has to know of a group when it first forks.
        self._groups.provide(1)
        try:
            self._launch(preload, how, confinement)
        except OSError as error:
            self._discard()
            raise ZygoteError(f"{interpreter} does not start: {error}") from error
        finally:
            self._line.theirs.close()
        self.users = 0
        self._line.listen()

    @property
    def closed(self) -> bool:
        """Whether it takes no more calls."""
        return self._ending is not None

    @property
    def is_gone(self) -> bool:
        """Whether it has ended, and with it all its calls."""
        return self._ending is not None and self._ending.done()

    @property
    def proxy(self) -> "Proxy | None":
        """The way out of its nodes; None if they have none."""
        return self._proxy

    @property
    def is_ready(self) -> bool:
        """Whether it takes calls at once."""
        return self._ready.done() and not self.closed

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
        # This call, and the process that waits for the next one.
        self._groups.provide(len(self._running) + 2)
        running = Running(self._calls, self._loop.time(), self._loop.create_future())
        self._send({"op": "run", "id": running.call}, descriptors)
        self._running[running.call] = running
        return running

    def stop(self, call: int, how: str) -> None:
        """End a call: `how` is "ask", "abort" or "kill"."""
        if call in self._running:
            self._send({"op": how, "id": call})
            if how == "kill":
                self._running[call].is_to_end = True
                self._loop.call_later(self.patience.kill, self._give_up, call)

    def close(self) -> None:
        """Have the zygote end; it takes its children along. `ended` waits until it has."""
        if self._ending is None:
            self._line.close()
            self._ending = self._loop.create_task(self._end())

    def _give_up(self, call: int) -> None:
        """End the zygote if it has not ended a call that it was to kill."""
        if call in self._running:
            _log.warning("a worker does not answer and is ended")
            self._given_up = True
            self.close()

    async def ended(self) -> None:
        """Wait until a zygote that was closed has ended, and with it all its calls."""
        if self._ending:
            await asyncio.shield(self._ending)

    async def _end(self) -> None:
        await asyncio.to_thread(end, self._process, _END_SECONDS)
        if self._proxy:
            await self._proxy.close()
        if self._group:
            await asyncio.to_thread(self._group.remove)
        if self._scratch:
            await asyncio.to_thread(remove_scratch, self._scratch, _REMOVE_SECONDS)
        if not self._ready.done():
            self._fail(await self._why_lost())
        for running in self._running.values():
            bystander = self._given_up and not running.is_to_end
            _settle(running, End(_KILLED, Usage(), bystander=bystander))
        self._running.clear()

    async def _why_lost(self) -> str:
        ask = partial(fault_of, self._interpreter, self._container)
        if self._lost and self._container and (now := await asyncio.to_thread(lost)):
            lack, *_ = lacking(now, look())
            return f"{lack.mechanism} does not work any more ({lack.found}); {_RUN_AGAIN}"
        if self._lost and (why := await asyncio.to_thread(ask)):
            return f"{why}; the setting `interpreter` or --interpreter chooses another"
        return f"the worker ended with status {self._process.returncode}"

    def _launch(self, preload: tuple[str, ...], how: str, confinement: Confinement) -> None:
        end = self._line.theirs.fileno()
        arguments = [str(end), json.dumps(preload), how, json.dumps(confinement.told)]
        self._process = launch(self._interpreter, _START, arguments, end, confinement)

    def _discard(self) -> None:
        """Remove what was made for a process that has not started."""
        self._line.close()
        if self._group:
            self._group.remove()
        if self._scratch:
            self._scratch.rmdir()  # Nobody has put anything there.

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        try:
            self._line.send(message, descriptors)
        except OSError as error:
            self.close()
            raise ZygoteError(f"the worker process is gone: {error}") from error

    def _hung_up(self) -> None:
        self._lost = True
        self.close()

    def _told(self, message: dict[str, Any], handed: list[int]) -> None:
        match message["event"]:
            case "listening" if handed and self._hosts and not self._proxy:
                self._serve_proxy(handed.pop())
            case "ready" if not self._ready.done():
                self._ready.set_result(None)
            case "ended":
                running = self._running.pop(message["id"])
                wall = self._loop.time() - running.began
                _settle(running, End.told(message, wall))
            case "refused":
                running = self._running.pop(message["id"])
                if not running.future.done():
                    running.future.set_exception(ZygoteError(str(message["why"])))
            case "unsafe":
                _log.info(
                    "%s starts threads when it is imported, so each node imports it itself",
                    message["module"],
                )
            case event:
                raise ValueError(f"unknown event {event}")

    def _serve_proxy(self, descriptor: int) -> None:
        """Let the nodes reach the granted hosts, and no others."""
        # Few nodes need it, and what it is made of takes a while to import.
        from codeact_lsp.sandbox.hosts import AllowList  # noqa: PLC0415
        from codeact_lsp.sandbox.proxy import Proxy  # noqa: PLC0415

        self._proxy = Proxy(listener_of(descriptor), AllowList(self._hosts))
        self._proxy.start()

    def _fail(self, why: str) -> None:
        self._ready.set_exception(ZygoteError(why))
        self._ready.exception()  # Nobody may be waiting for it any more.


def _settle(running: Running, end: End) -> None:
    if not running.future.done():
        running.future.set_result(end)
