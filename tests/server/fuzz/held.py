"""An executor that evaluates calls in this process, each only once the test lets it end."""

import asyncio
import json
import os
import traceback
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

from codeact_lsp.engine.executors.protocol import Began, Call, Output
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError, RawFact, RawFrame
from codeact_lsp.engine.values import Preview, Usage


class HeldExecutor:
    """Holds every call back; they end in whatever order the test chooses."""

    def __init__(self) -> None:
        self.held: list[HeldExecution] = []

    def use(self, identity: str) -> None:
        """Nothing is prepared."""

    def start(self, call: Call) -> "HeldExecution":
        execution = HeldExecution(call)
        self.held.append(execution)
        return execution

    def start_chain(self, calls: Sequence[Call]) -> "UnmadeChain":
        return UnmadeChain()

    async def close(self) -> None:
        for execution in self.held:
            execution.end()


class UnmadeChain:
    """Makes nothing ahead: the calls come one by one, so that all of them can be held."""

    async def outcomes(self) -> list[Outcome]:
        return []

    def stop(self) -> None:
        """There is nothing to stop."""


class HeldExecution:
    """A call that waits for its end."""

    def __init__(self, call: Call) -> None:
        self.stopped = False
        # Like a process, it has descriptors of its own: the run may be over before it ends.
        stored = {name: os.dup(descriptor) for name, descriptor in call.stored.items()}
        self._call = replace(call, blob=os.dup(call.blob), stored=stored)
        self._queue: asyncio.Queue[Began | Output | Outcome] = asyncio.Queue()
        self._queue.put_nowait(Began())

    async def __aiter__(self) -> AsyncIterator[Began | Output | Outcome]:
        while True:
            item = await self._queue.get()
            yield item
            if isinstance(item, Outcome):
                return

    def stop(self) -> None:
        """The node is asked to end; it does when the test says so."""
        self.stopped = True

    def end(self, *, heeds_stop: bool = True) -> None:
        """The node ends: stopped if it was asked to and heeds that, else with what it makes."""
        if self.stopped and heeds_stop:
            self._queue.put_nowait(Outcome(error=RawError("", "", "stopped")))
        else:
            self._queue.put_nowait(_outcome(self._call))
        for descriptor in (self._call.blob, *self._call.stored.values()):
            os.close(descriptor)


def _outcome(call: Call) -> Outcome:
    arguments = dict(call.literals)
    for name, descriptor in call.stored.items():
        arguments[name] = json.loads(os.pread(descriptor, 10_000, 0))
    try:
        plan: dict[str, Any] = {}
        exec(compile(call.text, str(call.file), "exec"), plan)
        value = plan[call.node](**arguments)
    except Exception as error:  # noqa: BLE001 - whatever the node raises is its outcome.
        return Outcome(error=_raw(error, call))
    os.pwrite(call.blob, json.dumps(value).encode(), 0)
    preview = Preview(type(value).__name__, "", repr(value))
    return Outcome(preview=preview, returned=0, usage=Usage(wall=0.001))


def _raw(error: Exception, call: Call) -> RawError:
    """What a worker would say of an error."""
    frames = [
        RawFrame(frame.name, (frame.lineno, frame.colno, frame.end_lineno, frame.end_colno))
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(call.file)
        and frame.lineno
        and frame.end_lineno
        and frame.colno is not None
        and frame.end_colno is not None
    ]
    fact = RawFact("name", str(error.name), ["missing"]) if isinstance(error, NameError) else None
    return RawError(type(error).__name__, str(error), "user", frames, facts=fact)
