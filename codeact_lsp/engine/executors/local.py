"""Runs calls on this machine: one zygote per set of imports, one forked process per call."""

import asyncio
import contextlib
import functools
import os
from collections.abc import AsyncIterator, Coroutine, Sequence
from pathlib import Path
from typing import Any

from codeact_lsp.engine.executors.bytecode import compile_package
from codeact_lsp.engine.executors.chain import LocalChain
from codeact_lsp.engine.executors.execution import LocalExecution
from codeact_lsp.engine.executors.protocol import Call
from codeact_lsp.engine.executors.zygote import WORKER, Patience, Zygote, ZygoteError
from codeact_lsp.engine.workspace.folders import private_folders
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.confinement import Confinement, confine
from codeact_lsp.sandbox.filters import NoFilterError
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.marks import Marks, marks
from codeact_lsp.sandbox.mechanisms import Mechanisms, WithholdError, mechanisms

_Wanted = tuple[str, tuple[str, ...], Policy, Marks]


class LocalExecutor:
    """The executor of a workspace; zygotes start when first needed and stay."""

    def __init__(
        self,
        interpreter: Interpreter,
        most_zygotes: int = 2,
        how: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Prepare; no process starts before the first call.

        Args:
            interpreter: The Python that runs the nodes.
            most_zygotes: How many stay when they are not in use.
            how: Whether to `fork` or to `spawn` the nodes' processes. None asks the environment
                (`CODEACT_START_METHOD`), and else forks.
            patience: How long zygotes are waited for.
        """
        self._how = how or os.environ.get("CODEACT_START_METHOD", "fork")
        self.interpreter = interpreter
        self._patience = patience or Patience()
        self._most_zygotes = most_zygotes
        self._identity = ""
        self._zygotes: dict[_Wanted, Zygote] = {}
        self._leaving: list[Zygote] = []
        self._starting = asyncio.Lock()
        self._compiling: asyncio.Task[None] | None = None

    def use(self, identity: str) -> None:
        """Have zygotes started anew if the interpreter's identity is another than it was.

        They have packages imported, and those may have been upgraded.
        """
        self._identity = identity

    def start(self, call: Call) -> LocalExecution:
        """Start a call."""
        zygote = functools.partial(self.zygote, call.preload, call.policy)
        return LocalExecution(zygote, self.interpreter.path, call)

    def start_chain(self, calls: Sequence[Call]) -> LocalChain:
        """Start calls of plain code, in one process."""
        first = calls[0]
        return LocalChain(functools.partial(self.zygote, first.preload, first.policy), calls)

    async def close(self) -> None:
        """End all zygotes, and with them all calls."""
        async with self._starting:
            for wanted in list(self._zygotes):
                self._close(wanted)
        await asyncio.gather(*(zygote.ended() for zygote in self._leaving))
        self._leaving.clear()
        if self._compiling:
            await self._compiling

    @contextlib.asynccontextmanager
    async def zygote(self, preload: tuple[str, ...], policy: Policy) -> AsyncIterator[Zygote]:
        """A zygote that will have `preload` imported once it is ready; it stays while it is used.

        Raises:
            ZygoteError: It cannot be started.
            LinkError: A path that was granted leads through a link by now.
        """
        # A folder that was made anew under the same name is not the one that a zygote shows.
        wanted = (self._identity, preload, policy, marks(policy))
        # Calls that come together share one, and so wait for whoever starts it.
        async with self._starting:
            if not self._is_open(wanted):
                await _to_its_end(self._start(wanted))
            # Last in the order: used most recently.
            self._zygotes[wanted] = zygote = self._zygotes.pop(wanted)
            zygote.users += 1
        for key in self._in_order_of_use()[: -self._most_zygotes]:
            if not self._zygotes[key].users:
                self._close(key)
        try:
            yield zygote
        finally:
            zygote.users -= 1

    def _in_order_of_use(self) -> list[_Wanted]:
        """What is needed least first: copies are of no use to whoever comes later."""
        return sorted(self._zygotes, key=lambda wanted: not wanted[2].doubles)

    def _is_open(self, wanted: _Wanted) -> bool:
        if wanted in self._zygotes and self._zygotes[wanted].closed:
            self._close(wanted)
        return wanted in self._zygotes

    async def _start(self, wanted: _Wanted) -> None:
        _, preload, policy, marked = wanted
        path = self.interpreter.path
        try:
            confinement = await asyncio.to_thread(_confinement, policy, path, marked)
        except (NoFilterError, WithholdError) as error:
            raise ZygoteError(str(error)) from error
        # Here and not in the thread: a container dies with the thread that started it.
        zygote = Zygote(path, preload, self._how, self._patience, confinement)
        self._zygotes[wanted] = zygote
        if self._compiling is None:  # For the next one: this one has begun to read the modules.
            self._compiling = asyncio.create_task(asyncio.to_thread(compile_package, WORKER))

    def _close(self, wanted: _Wanted) -> None:
        zygote = self._zygotes.pop(wanted)
        zygote.close()
        self._leaving = [other for other in self._leaving if not other.is_gone] + [zygote]


def _confinement(policy: Policy, interpreter: Path, marked: Marks) -> Confinement:
    """As `confine` finds it: it looks at hundreds of files, and may start a process."""
    found = mechanisms() if policy.confined else Mechanisms()
    return confine(policy, interpreter, found, marked, private_folders())


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do something whole, though whoever waits is cancelled: nothing is left half made."""
    doing = asyncio.ensure_future(work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.gather(doing, return_exceptions=True)
        raise
