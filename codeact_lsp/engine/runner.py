"""The shell around the state of a run: executes its instructions and tells what happens.

Each node takes a task of its own that feeds stimuli into one queue; the queue is worked off in one
place, so the state is never touched from two sides.
"""

import asyncio
import logging
import time
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.bench import Bench
from codeact_lsp.engine.errors import CodeError
from codeact_lsp.engine.executors.protocol import Began, Executor, Output
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.messages import (
    Begin,
    Cancel,
    Ended,
    Expired,
    Finish,
    Instruction,
    NodeState,
    Probe,
    Probed,
    Settled,
    Start,
    Stimulus,
    Stop,
    Wake,
    Woken,
)
from codeact_lsp.engine.state import RunState
from codeact_lsp.engine.store import Hit, Store
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

_log = logging.getLogger(__name__)
_CACHED_BECAUSE = {
    "run": "its code, its inputs and the files it read are unchanged",
    "trial": "it ran while a fix was tried",
}


class Run:
    """One run of a job. Iterate over it for its events; it ends with `RunFinished`."""

    def __init__(self, job: Job, executor: Executor, store: Store, interpreter: str) -> None:
        """Prepare a run; nothing starts before the first event is asked for.

        Args:
            job: What to run.
            executor: Where to run it.
            store: Where values are kept.
            interpreter: The identity of the interpreter, which is part of every call's key.
        """
        self.id = uuid.uuid4().hex[:12]
        self.errors: dict[str, CodeError] = {}
        self._job = job
        self._bench = Bench(job, executor, store, interpreter)
        self._state = RunState(job.tasks(), job.workers, dict(job.capacities))
        self._stimuli: asyncio.Queue[Stimulus] = asyncio.Queue()
        self._events: asyncio.Queue[events.Event] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._expiries: dict[str, asyncio.Task[None]] = {}
        self._reasons: dict[str, str] = {}
        self._hits: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._sequence = 0
        # Times go on evenly from the start of the run, whatever happens to the system's clock.
        self._epoch = time.time() - time.monotonic()
        self._began = self._now()

    @property
    def plan(self) -> Plan:
        """The snapshot that runs; the spans of its errors belong to it."""
        return self._job.plan

    @property
    def results(self) -> dict[str, Result]:
        """The results so far, by node."""
        return self._bench.results

    def cancel(self) -> None:
        """End the run: what runs is stopped, what waits is skipped."""
        self._stimuli.put_nowait(Cancel(self._now()))

    async def __aiter__(self) -> AsyncGenerator[events.Event, None]:
        """The events, as they happen."""
        self._spawn(self._loop())
        try:
            while True:
                event = await self._events.get()
                yield event
                if isinstance(event, events.RunFinished):
                    return
        finally:
            await self._abandon()

    async def _loop(self) -> None:
        self._emit(events.RunStarted, nodes=self._job.nodes, targets=self._job.targets)
        self._stimuli.put_nowait(Begin(self._now()))
        while True:
            for instruction in self._state.handle(await self._stimuli.get()):
                if isinstance(instruction, Finish):
                    self._finish(instruction)
                    return
                self._execute(instruction)

    async def _abandon(self) -> None:
        """Leave nothing behind, even if whoever iterated has gone before the end."""
        self._bench.stop_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _execute(self, instruction: Instruction) -> None:
        match instruction:
            case Probe(node):
                self._spawn(self._probe(node))
            case Start(node, attempt):
                why = self._reasons.get(node, "")
                self._emit(events.NodeStarted, node=node, attempt=attempt, why=why)
                self._spawn(self._attempt(node))
            case Stop(node):
                self._bench.stop(node)
            case Wake(node, at):
                self._spawn(self._later(at - self._now(), Woken(at, node)))
            case Settled():
                self._settle(instruction)
            case _:
                raise AssertionError(f"unknown instruction {instruction}")

    def _settle(self, settled: Settled) -> None:
        node = settled.node
        if settled.state is NodeState.DONE:
            self._announce(node)
        elif settled.state is NodeState.FAILED:
            self._counts["failed"] += 1
            self._emit(events.NodeFailed, node=node, error=self.errors[node])
        elif settled.state is NodeState.SKIPPED and settled.by:
            self._counts["blocked"] += 1
            self._emit(events.NodeBlocked, node=node, by=settled.by)
        elif settled.state is NodeState.SKIPPED:
            self._counts["cancelled"] += 1
            self._emit(events.NodeCancelled, node=node)

    def _announce(self, node: str) -> None:
        """Tell of a value; only now does the run's state count on it."""
        result = self.results[node]
        if node in self._hits:
            self._counts["cached"] += 1
            why = _CACHED_BECAUSE.get(result.origin, "")
            self._emit(events.NodeCached, node=node, result=result, why=why)
        else:
            self._counts["ran"] += 1
            self._emit(events.NodeSucceeded, node=node, result=result)

    def _finish(self, finish: Finish) -> None:
        failed = self._counts["failed"] > 0
        status = "cancelled" if finish.cancelled else "failed" if failed else "done"
        seconds = self._now() - self._began
        self._emit(events.RunFinished, status=status, counts=dict(self._counts), seconds=seconds)

    async def _probe(self, node: str) -> None:
        found = await self._bench.look_up(node)
        if isinstance(found, Hit):
            self._hits.add(node)
        else:
            self._reasons[node] = found.why
        self._feed(Probed(self._now(), node, isinstance(found, Hit)))

    async def _attempt(self, node: str) -> None:
        made = await self._bench.attempt(node, lambda told: self._told(node, told))
        if expiry := self._expiries.pop(node, None):
            expiry.cancel()
        if isinstance(made, Result):
            self.errors.pop(node, None)  # Of an attempt that this one made good.
        elif not self._state.cancelled:
            if self._state.state(node) is NodeState.STOPPING:
                made = made.as_timeout(self._limit(node))
            self.errors[node] = made
            self._reasons[node] = f"it failed before: {made.headline}"
        self._feed(Ended(self._now(), node, isinstance(made, Result)))

    def _told(self, node: str, told: Began | Output) -> None:
        if isinstance(told, Output):
            self._emit(events.NodeOutput, node=node, stream=told.stream, text=told.text)
        elif limit := self._limit(node):
            expiry = self._later(limit, Expired(self._now() + limit, node))
            self._expiries[node] = self._spawn(expiry)

    def _limit(self, node: str) -> float | None:
        return self._job.plan.nodes[node].node.directives.timeout or self._job.timeout

    async def _later(self, seconds: float, stimulus: Stimulus) -> None:
        await asyncio.sleep(max(seconds, 0))
        self._feed(stimulus)

    def _feed(self, stimulus: Stimulus) -> None:
        self._stimuli.put_nowait(stimulus)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(self._check)
        return task

    def _check(self, task: "asyncio.Task[None]") -> None:
        """A defect of ours ends the run visibly: a run that waits for ever would hide it."""
        if not task.cancelled() and (error := task.exception()):
            _log.error("a run broke: %s", error, exc_info=error)
            self._events.put_nowait(self._made(events.RunFinished, status=f"broken: {error!r}"))

    def _emit(self, kind: type[events.Event], **fields: Any) -> None:
        self._events.put_nowait(self._made(kind, **fields))

    def _made(self, kind: type[events.Event], **fields: Any) -> events.Event:
        event = kind(run=self.id, sequence=self._sequence, time=self._now(), **fields)
        self._sequence += 1
        return event

    def _now(self) -> float:
        return self._epoch + time.monotonic()
