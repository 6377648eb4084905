"""One call in a process of its own: hands it over, hears of it, and ends it when it is told to."""

import asyncio
import codecs
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from codeact_lsp.engine.executors.accounts import End
from codeact_lsp.engine.executors.pipes import Pipe, pipes
from codeact_lsp.engine.executors.protocol import MOST_STORED, Began, Call, Output
from codeact_lsp.engine.executors.request import request
from codeact_lsp.engine.executors.zygote import Running, Zygote, ZygoteError
from codeact_lsp.engine.failures.hosts import with_refusal
from codeact_lsp.engine.failures.missing import with_way_out
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.outcomes.overrun import with_limit
from codeact_lsp.engine.outcomes.reading import MOST_OUTCOME_BYTES, read_outcome
from codeact_lsp.engine.permissions.demands import unmet
from codeact_lsp.engine.values import Usage
from codeact_lsp.sandbox.mechanisms import mechanisms
from codeact_lsp.sandbox.tiers import Tier, attainable

_MOST_OUTPUT_BYTES = 1_000_000
# How long a node that was asked to stop has to say where it was.
_GRACE_SECONDS = 0.05
# In a library's own loop nothing of Python's runs: there, its fault handler still tells the line.
_ABORT_SECONDS = 0.02
_ENDED_ALONG = (
    "It was ended along with its worker, which could not end another node. "
    "Nothing is known to be wrong with this one: run it again."
)
# A worker that another node keeps busy may be the lot of whoever comes next, too.
_MOST_CALLS = 3


class _BystanderError(Exception):
    """The call was ended for what another call of its worker did."""


class LocalExecution:
    """One call in one process."""

    def __init__(
        self,
        zygote: Callable[[], AbstractAsyncContextManager[Zygote]],
        interpreter: Path,
        call: Call,
    ) -> None:
        """Start it.

        Args:
            zygote: What makes the process.
            interpreter: The Python that it runs in.
            call: The call.
        """
        self._zygote = zygote
        self._interpreter = interpreter
        self._call = call
        self._queue: asyncio.Queue[Began | Output | Outcome] = asyncio.Queue()
        self._stopped = asyncio.Event()
        self._stopping: asyncio.Task[None] | None = None
        self._at: tuple[Zygote, int] | None = None
        self._report = bytearray()
        self._told = 0.0
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
        except _BystanderError:
            outcome = Outcome(error=RawError("", _ENDED_ALONG, "crash"))
        except (ZygoteError, OSError) as error:
            outcome = Outcome(error=RawError("", f"The worker cannot run: {error}", "crash"))
        finally:
            # Whatever went wrong: who waits for a call waits for its one outcome.
            self._queue.put_nowait(outcome)

    async def _outcome(self) -> Outcome:
        """That of the call, which is made again if it cannot be told from one that never was.

        Raises:
            _BystanderError: It was ended along with another, and may have done something.
        """
        made = 0
        while True:
            try:
                return await self._attempted()
            except _BystanderError:
                made += 1
                if made == _MOST_CALLS or not _leaves_nothing(self._call):
                    raise
            self._report.clear()
            os.ftruncate(self._call.blob, 0)
            os.lseek(self._call.blob, 0, os.SEEK_SET)

    async def _attempted(self) -> Outcome:
        async with self._zygote() as zygote:
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
            both = f"{self._interpreter} and the plan's imports"
            message = f"{both} took longer than {seconds:g} s to start"
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
        if end.bystander and not self._stopped.is_set():
            raise _BystanderError
        usage = replace(end.usage, wall=self._until_told(running, end))
        if self._call.debugger:
            usage = Usage()  # How long somebody looks at a node is no measure of it.
        outcome = read_outcome(bytes(self._report), end.status, usage, str(self._call.file))
        limits = self._call.policy.limits
        outcome = with_limit(outcome, end.status, end.killed, limits)
        outcome = with_refusal(outcome, zygote.proxy)
        return with_way_out(outcome, self._interpreter)

    def _until_told(self, running: Running, end: End) -> float:
        """Seconds of the call: the system takes a process down after it, which is not its time."""
        told_all = self._told and end.status == 0
        return self._told - running.began if told_all else end.usage.wall

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
            self._told = asyncio.get_running_loop().time()

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


def _leaves_nothing(call: Call) -> bool:
    """Whether a node can change nothing but what is gone when it ends, and nobody steps through it.

    Its rights are not enough to tell: a user may be content with a machine that holds it to none.
    """
    policy = call.policy
    if call.debugger or not policy.confined or policy.write or policy.hosts:
        return False
    enforced = attainable(mechanisms())
    return enforced is not Tier.NONE and unmet((policy,), enforced) is None


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
