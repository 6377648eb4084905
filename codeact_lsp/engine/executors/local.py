"""Runs calls on this machine: one zygote per set of imports, one forked process per call."""

import asyncio
import codecs
import json
import os
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from codeact_lsp.engine.executors.protocol import Began, Call, Output
from codeact_lsp.engine.executors.zygote import Running, Zygote, ZygoteError
from codeact_lsp.engine.interpreter import Interpreter
from codeact_lsp.engine.outcome import MOST_OUTCOME_BYTES, Outcome, RawError, read_outcome

_MOST_OUTPUT_BYTES = 1_000_000
# How long a node that was asked to stop has to say where it was.
_GRACE_SECONDS = 0.05
# In a library's own loop nothing of Python's runs: there, its fault handler still tells the line.
_ABORT_SECONDS = 0.02
# A process that a dead node left behind may hold a pipe open until it is killed too.
_DRAIN_SECONDS = 0.5
# A plan's imports are not its nodes' time, but they have to end as well.
_START_SECONDS = 60.0
# The kernel passes 253 descriptors at once; some of them are not a node's inputs.
_MOST_STORED = 240


class LocalExecutor:
    """The executor of a workspace; zygotes start when first needed and stay."""

    def __init__(self, interpreter: Interpreter, most_zygotes: int = 2) -> None:
        self._interpreter = interpreter
        self._most_zygotes = most_zygotes
        self._identity = ""
        self._zygotes: dict[tuple[str, ...], Zygote] = {}

    def use(self, identity: str) -> None:
        """Have zygotes started anew if the interpreter's identity is another than it was.

        They have packages imported, and those may have been upgraded.
        """
        self._identity = identity

    def start(self, call: Call) -> "LocalExecution":
        """Start a call."""
        return LocalExecution(self, call)

    async def close(self) -> None:
        """End all zygotes, and with them all calls."""
        for zygote in self._zygotes.values():
            zygote.close()
        self._zygotes.clear()

    @contextmanager
    def zygote(self, preload: tuple[str, ...]) -> Iterator[Zygote]:
        """A zygote that will have `preload` imported once it is ready; it stays while it is used.

        Raises:
            ZygoteError: It cannot be started.
        """
        wanted = (self._identity, *preload)
        zygote = self._zygotes.pop(wanted, None)
        if zygote is None or zygote.closed:
            zygote = Zygote(self._interpreter.path, preload)
        self._zygotes[wanted] = zygote  # Last in the order: used most recently.
        zygote.users += 1
        for key in list(self._zygotes)[: -self._most_zygotes]:
            if not self._zygotes[key].users:
                self._zygotes.pop(key).close()
        try:
            yield zygote
        finally:
            zygote.users -= 1


class LocalExecution:
    """One call in one process."""

    def __init__(self, executor: LocalExecutor, call: Call) -> None:
        self._executor = executor
        self._call = call
        self._queue: asyncio.Queue[Began | Output | Outcome] = asyncio.Queue()
        self._stopped = asyncio.Event()
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
        with self._executor.zygote(self._call.preload) as zygote:
            try:
                async with asyncio.timeout(_START_SECONDS):
                    await _either(zygote.ready(), self._stopped.wait())
            except TimeoutError as error:
                message = f"its imports took longer than {_START_SECONDS:g} s"
                raise ZygoteError(message) from error
            if self._stopped.is_set():
                return Outcome(error=RawError("", "", "stopped"))
            return await self._called(zygote)

    async def _called(self, zygote: Zygote) -> Outcome:
        with _pipes(3) as (stdout, stderr, report):
            running = self._hand_over(zygote, [stdout, stderr, report])
            self._queue.put_nowait(Began())
            stopping = asyncio.create_task(self._stop_when_asked(zygote, running.call))
            reading = asyncio.gather(
                self._forward(stdout, "stdout"), self._forward(stderr, "stderr"), report.read_all()
            )
            try:
                end = await running.future
                await asyncio.wait([reading], timeout=_DRAIN_SECONDS)
            finally:
                stopping.cancel()
                reading.cancel()
                await asyncio.gather(reading, stopping, return_exceptions=True)
        return read_outcome(bytes(report.data), end.status, end.usage, str(self._call.file))

    def _hand_over(self, zygote: Zygote, pipes: "list[_Pipe]") -> Running:
        """Give the node its ends of everything; once it has them, ours of the same are closed."""
        if (count := len(self._call.stored)) > _MOST_STORED:
            raise ZygoteError(f"it takes {count} values of other nodes, more than {_MOST_STORED}")
        with _request(self._call) as request:
            ends = [request, *(pipe.write for pipe in pipes), self._call.blob]
            running = zygote.run([*ends, *self._call.stored.values()])
        for pipe in pipes:
            pipe.close_write()
        return running

    async def _stop_when_asked(self, zygote: Zygote, call: int) -> None:
        await self._stopped.wait()
        zygote.stop(call, "ask")
        await asyncio.sleep(_GRACE_SECONDS)
        zygote.stop(call, "abort")
        await asyncio.sleep(_ABORT_SECONDS)
        zygote.stop(call, "kill")

    async def _forward(self, pipe: "_Pipe", stream: str) -> None:
        left = _MOST_OUTPUT_BYTES
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        async for data in pipe:
            if left >= 0:
                text = decoder.decode(data[:left])
                left -= len(data)
                note = "" if left >= 0 else "\n… output truncated\n"
                self._queue.put_nowait(Output(stream, text + note))


class _Pipe:
    """A pipe whose read end the event loop watches."""

    def __init__(self) -> None:
        self._read, self.write = os.pipe()
        os.set_blocking(self._read, False)
        self.data = bytearray()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await self._readable()
            data = os.read(self._read, 65_536)
            if not data:
                return
            yield data

    async def read_all(self) -> None:
        async for data in self:
            if len(self.data) <= MOST_OUTCOME_BYTES:
                self.data += data

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(self._read, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._read)

    def close_write(self) -> None:
        if self.write >= 0:
            os.close(self.write)
            self.write = -1

    def close(self) -> None:
        self.close_write()
        os.close(self._read)


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


@contextmanager
def _pipes(count: int) -> "Iterator[list[_Pipe]]":
    pipes = [_Pipe() for _ in range(count)]
    try:
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()


@contextmanager
def _request(call: Call) -> Iterator[int]:
    """A descriptor that holds the request. Only the node reads it, never the zygote."""
    arguments: dict[str, Any] = {name: {"value": value} for name, value in call.literals.items()}
    for number, name in enumerate(call.stored):
        arguments[name] = {"descriptor": number}
    request = {
        "node": call.node,
        "text": call.text,
        "file": str(call.file),
        "folder": str(call.file.parent),
        "arguments": arguments,
        "memory": call.memory,
    }
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps(request).encode())
        file.flush()
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        yield file.fileno()
