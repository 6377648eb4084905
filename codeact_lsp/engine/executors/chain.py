"""Runs calls of plain code one after the other in one process."""

import asyncio
import contextlib
import itertools
import json
from asyncio import FIRST_COMPLETED
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager

from codeact_lsp.engine.executors.accounts import End
from codeact_lsp.engine.executors.pipes import Pipe, pipes
from codeact_lsp.engine.executors.protocol import MOST_CHAIN_SECONDS, MOST_STORED, Call
from codeact_lsp.engine.executors.request import chain_request, nowhere
from codeact_lsp.engine.executors.zygote import Zygote, ZygoteError
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.engine.outcomes.reading import MOST_OUTCOME_BYTES, read_outcome
from codeact_lsp.engine.outcomes.strict import structure
from codeact_lsp.engine.values import Usage

_USAGE = tuple[float, float, int]


class LocalChain:
    """Calls in one process."""

    def __init__(
        self, zygote: Callable[[], AbstractAsyncContextManager[Zygote]], calls: Sequence[Call]
    ) -> None:
        """Prepare; nothing starts before `outcomes` is asked for.

        Args:
            zygote: What makes the process.
            calls: The calls.
        """
        self._zygote = zygote
        self._calls = calls
        self._report = bytearray()
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Kill the process."""
        self._stopped.set()

    async def outcomes(self) -> list[Outcome]:
        """Those of the calls that did nothing but return, up to the first that did not."""
        try:
            async with self._zygote() as zygote:
                with pipes(self._reported) as (pipe,):
                    await self._unless_stopped(zygote.ready(), zygote.patience.start)
                    end = await self._made(zygote, pipe)
                    pipe.drain()
        except (ZygoteError, OSError, TimeoutError):
            return []  # Whoever makes the calls by themselves says what is wrong.
        return self._read(end.usage)  # What was made before a stop counts.

    async def _made(self, zygote: Zygote, pipe: Pipe) -> End:
        values = list(dict.fromkeys(_descriptors(self._calls)))
        if len(values) > MOST_STORED:
            raise ZygoteError("more values than can be passed on at once")
        with chain_request(self._calls, values) as asked, nowhere() as output:
            first = self._calls[0].blob
            running = zygote.run([asked, output, output, pipe.write, first, *values])
        pipe.close_write()
        with contextlib.suppress(TimeoutError):
            try:
                await self._unless_stopped(asyncio.shield(running.future), MOST_CHAIN_SECONDS)
            finally:
                with contextlib.suppress(ZygoteError):  # Then it is gone, and its calls with it.
                    zygote.stop(running.call, "kill")
        return await running.future

    async def _unless_stopped(self, wait: Awaitable[object], seconds: float) -> None:
        """Wait for something.

        Raises:
            TimeoutError: It takes longer than that, or the chain was stopped.
        """
        waiting = asyncio.ensure_future(wait)
        stopping = asyncio.ensure_future(self._stopped.wait())
        try:
            await asyncio.wait((waiting, stopping), timeout=seconds, return_when=FIRST_COMPLETED)
            if not waiting.done():
                raise TimeoutError
            waiting.result()
        finally:
            waiting.cancel()
            stopping.cancel()

    def _read(self, whole: Usage) -> list[Outcome]:
        """The process is gone, so this is all that there will be."""
        told = read_outcomes(bytes(self._report), whole, str(self._calls[0].file))
        return list(itertools.islice(told, len(self._calls)))

    def _reported(self, data: bytes) -> None:
        if len(self._report) <= MOST_OUTCOME_BYTES:
            self._report += data


def read_outcomes(data: bytes, whole: Usage, file: str) -> Iterator[Outcome]:
    """What a process told of its calls, up to the first that is not as it should be.

    Args:
        data: What came from it: a claim a line, of each call that did nothing but return.
        whole: What the process took, in the kernel's words.
        file: The plan's path, as the worker knows it.
    """
    *lines, _ = data.split(b"\n")  # Behind the last end of a line is what was not told to its end.
    for line in lines:
        outcome = read_outcome(line, 0, _usage(line, whole), file)
        if outcome.error or outcome.reads or outcome.effects:
            return
        yield outcome


def _descriptors(calls: Sequence[Call]) -> Iterator[int]:
    for call in calls:
        yield from call.stored.values()
        yield call.blob


def _usage(line: bytes, whole: Usage) -> Usage:
    """What a call says that it took; never more than its process did."""
    try:
        usage: tuple[float, float, int] = structure(json.loads(line)["usage"], _USAGE)
    except Exception:  # noqa: BLE001 - cattrs wraps whatever hostile data makes it raise.
        return Usage()
    wall, cpu, memory = usage
    if not (wall >= 0 and cpu >= 0 and memory >= 0):  # No number is not, either.
        return Usage()
    return Usage(min(wall, whole.wall), min(cpu, whole.cpu), min(memory, whole.memory))
