"""Runs calls on this machine: one zygote per set of imports, one forked process per call."""

import asyncio
import codecs
import contextlib
import functools
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from codeact_lsp.engine.executors.chain import LocalChain
from codeact_lsp.engine.executors.pipes import Pipe, pipes
from codeact_lsp.engine.executors.protocol import MOST_STORED, Began, Call, Output
from codeact_lsp.engine.executors.request import request
from codeact_lsp.engine.executors.zygote import Patience, Running, Zygote, ZygoteError
from codeact_lsp.engine.failures.hosts import with_refusal
from codeact_lsp.engine.failures.missing import with_way_out
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.outcomes.overrun import with_limit
from codeact_lsp.engine.outcomes.reading import MOST_OUTCOME_BYTES, read_outcome
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.confinement import Confinement, confine
from codeact_lsp.sandbox.filters import NoFilterError
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.marks import Marks, marks
from codeact_lsp.sandbox.mechanisms import Mechanisms, WithholdError, mechanisms

_MOST_OUTPUT_BYTES = 1_000_000
# How long a node that was asked to stop has to say where it was.
_GRACE_SECONDS = 0.05
# In a library's own loop nothing of Python's runs: there, its fault handler still tells the line.
_ABORT_SECONDS = 0.02

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

    def use(self, identity: str) -> None:
        """Have zygotes started anew if the interpreter's identity is another than it was.

        They have packages imported, and those may have been upgraded.
        """
        self._identity = identity

    def start(self, call: Call) -> "LocalExecution":
        """Start a call."""
        return LocalExecution(self, call)

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
        for key in list(self._zygotes)[: -self._most_zygotes]:
            if not self._zygotes[key].users:
                self._close(key)
        try:
            yield zygote
        finally:
            zygote.users -= 1

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

    def _close(self, wanted: _Wanted) -> None:
        zygote = self._zygotes.pop(wanted)
        zygote.close()
        self._leaving = [other for other in self._leaving if not other.is_gone] + [zygote]


class LocalExecution:
    """One call in one process."""

    def __init__(self, executor: LocalExecutor, call: Call) -> None:
        self._executor = executor
        self._call = call
        self._queue: asyncio.Queue[Began | Output | Outcome] = asyncio.Queue()
        self._stopped = asyncio.Event()
        self._stopping: asyncio.Task[None] | None = None
        self._at: tuple[Zygote, int] | None = None
        self._report = bytearray()
        self._task = asyncio.create_task(self._run())

    async def __aiter__(self) -> AsyncIterator[Began | Output | Outcome]:
        """That it began, outputs as they come, and last the outcome."""
        while True:
            item = await self._queue.get()
            yield item
            if isinstance(item, Outcome):
                return

    def stop(self) -> None:
        """Ask the node to end, and kill its process tree shortly after."""
        self._stopped.set()
        if self._at and not self._stopping:
            self._stopping = asyncio.create_task(self._stop(*self._at))

    async def _run(self) -> None:
        outcome = Outcome(error=RawError("", "The worker was lost.", "crash"))
        try:
            outcome = await self._outcome()
        except (ZygoteError, OSError) as error:
            outcome = Outcome(error=RawError("", f"The worker cannot run: {error}", "crash"))
        finally:
            # Whatever went wrong: who waits for a call waits for its one outcome.
            self._queue.put_nowait(outcome)

    async def _outcome(self) -> Outcome:
        async with self._executor.zygote(self._call.preload, self._call.policy) as zygote:
            if not zygote.is_ready:
                await self._wait_for(zygote)
            if self._stopped.is_set():
                return Outcome(error=RawError("", "", "stopped"))
            return await self._called(zygote)

    async def _wait_for(self, zygote: Zygote) -> None:
        seconds = zygote.patience.start
        try:
            async with asyncio.timeout(seconds):
                await _either(zygote.ready(), self._stopped.wait())
        except TimeoutError as error:
            message = f"its imports took longer than {seconds:g} s"
            raise ZygoteError(message) from error

    async def _called(self, zygote: Zygote) -> Outcome:
        with pipes(self._output("stdout"), self._output("stderr"), self._reported) as made:
            running = self._hand_over(zygote, made)
            self._at = zygote, running.call
            self._queue.put_nowait(Began())
            end = await running.future
            # Whoever could write to them is dead: what there is of it is there now.
            for pipe in made:
                pipe.drain()
        outcome = read_outcome(bytes(self._report), end.status, end.usage, str(self._call.file))
        limits = self._call.policy.limits
        outcome = with_limit(outcome, end.status, end.killed, limits)
        outcome = with_refusal(outcome, zygote.proxy)
        return with_way_out(outcome, self._executor.interpreter.path)

    def _hand_over(self, zygote: Zygote, made: list[Pipe]) -> Running:
        """Give the node its ends of everything; once it has them, ours of the same are closed."""
        if (count := len(self._call.stored)) > MOST_STORED:
            raise ZygoteError(f"it takes {count} values of other nodes, more than {MOST_STORED}")
        with request(self._call) as asked:
            ends = [asked, *(pipe.write for pipe in made), self._call.blob]
            debugger = [self._call.debugger.connection] if self._call.debugger else []
            running = zygote.run([*ends, *self._call.stored.values(), *debugger])
        for pipe in made:
            pipe.close_write()
        return running

    async def _stop(self, zygote: Zygote, call: int) -> None:
        with contextlib.suppress(ZygoteError):  # Then there is nothing left to stop.
            zygote.stop(call, "ask")
            await asyncio.sleep(_GRACE_SECONDS)
            zygote.stop(call, "abort")
            await asyncio.sleep(_ABORT_SECONDS)
            zygote.stop(call, "kill")

    def _reported(self, data: bytes) -> None:
        if len(self._report) <= MOST_OUTCOME_BYTES:
            self._report += data

    def _output(self, stream: str) -> Callable[[bytes], None]:
        left = _MOST_OUTPUT_BYTES
        decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def received(data: bytes) -> None:
            nonlocal left
            if left >= 0:
                text = decoder.decode(data[:left])
                left -= len(data)
                note = "" if left >= 0 else "\n… output truncated\n"
                self._queue.put_nowait(Output(stream, text + note))

        return received


def _confinement(policy: Policy, interpreter: Path, marked: Marks) -> Confinement:
    """As `confine` finds it: it looks at hundreds of files, and may start a process."""
    found = mechanisms() if policy.confined else Mechanisms()
    return confine(policy, interpreter, found, marked)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do something whole, though whoever waits is cancelled: nothing is left half made."""
    doing = asyncio.ensure_future(work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.gather(doing, return_exceptions=True)
        raise


async def _either(*waits: Coroutine[Any, Any, Any]) -> None:
    """Wait for the first of several; raises what it raises."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
