"""The shell around the state of a run: executes its instructions and tells what happens.

Each node that runs takes a task of its own that feeds stimuli into one queue; the queue is worked
off in one place, so the state is never touched from two sides.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.executors.protocol import Began, Executor, Output
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.history.history import History
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.permissions.refusal import Refusal
from codeact_lsp.engine.run.alarms import Alarms
from codeact_lsp.engine.run.bench import Bench
from codeact_lsp.engine.run.messages import (
    Begin,
    Cancel,
    Ended,
    Finish,
    Instruction,
    NodeState,
    Probe,
    Probed,
    Settled,
    Start,
    Stimulus,
    Stop,
    Task,
    Wake,
)
from codeact_lsp.engine.run.modes import Choice, choose_for
from codeact_lsp.engine.run.narration import Narration
from codeact_lsp.engine.run.resources import excessive
from codeact_lsp.engine.run.state import RunState
from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

_log = logging.getLogger(__name__)
# How many seconds of the event loop a run takes at once, and about how many events they make.
_LONGEST_TURN = 0.005
_MOST_TOLD_AT_ONCE = 250

Admit = Callable[[], Awaitable[Refusal | None]]
"""Says why no node may run on this machine; None if all may."""


class Run:
    """One run of a job. Iterate over it for its events; it ends with `RunFinished`."""

    def __init__(  # noqa: PLR0913 - what a run is made of.
        self,
        job: Job,
        executor: Executor,
        store: Store,
        interpreter: str,
        history: History | None = None,
        *,
        admit: Admit | None = None,
    ) -> None:
        """Prepare a run; nothing starts before the first event is asked for.

        Args:
            job: What to run.
            executor: Where to run it.
            store: Where values are kept.
            interpreter: The identity of the interpreter, which is part of every call's key.
            history: What nodes took before, and where to remember what they take now.
            admit: Says why no node may run here, if that is so; it is asked first.
        """
        self._job = job
        self._admit = admit
        self._history = history
        self._bench = Bench(job, executor, store, interpreter)
        self._told = Narration(job, self._bench)
        self._state = RunState((), 1)
        self._stimuli: asyncio.Queue[Stimulus] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._alarms = Alarms(job, self._told.now, self._spawn, self._feed)

    @property
    def id(self) -> str:
        """What names it in its events and in the history."""
        return self._told.id

    @property
    def job(self) -> Job:
        """What is run."""
        return self._job

    @property
    def plan(self) -> Plan:
        """The snapshot that runs; the spans of its errors belong to it."""
        return self._job.plan

    @property
    def results(self) -> dict[str, Result]:
        """The results so far, by node."""
        return self._bench.results

    @property
    def errors(self) -> dict[str, CodeError]:
        """The errors of the nodes that failed."""
        return self._told.errors

    def cancel(self) -> None:
        """End the run: what runs is stopped, what waits is skipped."""
        self._feed(Cancel(self._told.now()))

    async def __aiter__(self) -> AsyncGenerator[events.Event, None]:
        """The events, as they happen."""
        self._spawn(self._loop())
        try:
            while True:
                for event in await self._told.take():
                    yield event
                    if isinstance(event, events.RunFinished):
                        return
        finally:
            await self._abandon()

    async def _loop(self) -> None:
        if self._admit and (refused := await self._admit()):
            self._told.refused(refused.text)
            return
        await self._begin()
        paused = time.monotonic()
        while True:
            stimulus = await self._stimuli.get()
            if time.monotonic() - paused > _LONGEST_TURN:
                await asyncio.sleep(0)  # Whatever else the event loop has to do.
                paused = time.monotonic()
            instructions = self._state.handle(stimulus)
            if probes := [each.node for each in instructions if isinstance(each, Probe)]:
                self._probe(probes)
            for instruction in instructions:
                if isinstance(instruction, Finish):
                    self._told.finished(instruction)
                    return
                self._execute(instruction)

    async def _begin(self) -> None:
        """Look ahead, and decide how to run what has to be run."""
        await self._bench.begin()
        hits = self._bench.reuse()
        choice, tasks = await asyncio.to_thread(self._chosen, hits.keys())
        notes = excessive(((task.name, task.resources) for task in tasks), self._job.capacities)
        self._state = RunState(tasks, choice.workers, self._job.capacities)
        self._bench.ahead.fuse(choice.chains)
        self._told.begun(choice, (*self._job.notes, *notes))
        await self._reuse(hits)
        self._feed(Begin(self._told.now()))
        self._alarms.begun(choice)

    async def _reuse(self, hits: dict[str, Hit]) -> None:
        """Tell of what is there already: to the state of the run it is no part of it."""
        told = iter(hits.items())
        while some := tuple(islice(told, _MOST_TOLD_AT_ONCE)):
            self._told.reused(some)
            await asyncio.sleep(0)

    def _chosen(self, reused: AbstractSet[str]) -> tuple[Choice, list[Task]]:
        estimates = Estimates()
        if self._history and len(reused) < len(self._job.nodes):
            keys = self._job.plan.code_keys
            estimates = Estimates(self._history.of_plan(self._job.file, keys))
        return choose_for(self._job, estimates, reused)

    async def _abandon(self) -> None:
        """Leave nothing behind, even if whoever iterated has gone before the end."""
        self._bench.stop_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._bench.close()
        if self._history:
            await asyncio.to_thread(self._told.chronicle.write, self._history)

    def _execute(self, instruction: Instruction) -> None:
        match instruction:
            case Probe():
                pass  # All of them were sent together.
            case Start(node, attempt):
                self._told.started(node, attempt)
                self._spawn(self._attempt(node))
            case Stop(node):
                self._bench.stop(node)
            case Wake():
                self._alarms.wake(instruction)
            case Settled():
                self._told.settled(instruction)
            case _:
                raise AssertionError(f"unknown instruction {instruction}")

    def _probe(self, nodes: Sequence[str]) -> None:
        """Ask for values; what is known already takes neither a task nor a thread."""
        answers = self._bench.take_foreseen(nodes)
        if answers is None:
            self._spawn(self._look_up(nodes))
        else:
            self._answer(answers)

    async def _look_up(self, nodes: Sequence[str]) -> None:
        self._answer(await self._bench.look_up_many(nodes))

    def _answer(self, answers: dict[str, Hit | Miss]) -> None:
        self._told.answered(answers)
        hits = {node: isinstance(found, Hit) for node, found in answers.items()}
        self._feed(Probed(self._told.now(), hits))

    async def _attempt(self, node: str) -> None:
        made = await self._bench.attempt(node, lambda told: self._heard(node, told))
        self._alarms.ended(node)
        if isinstance(made, Result):
            self.errors.pop(node, None)  # Of an attempt that this one made good.
        elif not self._state.cancelled:
            if self._state.state(node) is NodeState.STOPPING:
                made = self._alarms.late(node, made, overdue=self._state.overdue)
            self._told.failed(node, made)
            await self._bench.note_failure(node)
        self._feed(Ended(self._told.now(), node, isinstance(made, Result)))

    def _heard(self, node: str, told: Began | Output) -> None:
        if isinstance(told, Output):
            self._told.wrote(node, told.stream, told.text)
        else:
            self._alarms.began(node)

    def _feed(self, stimulus: Stimulus) -> None:
        self._stimuli.put_nowait(stimulus)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(self._check)
        return task

    def _check(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()):
            _log.error("a run broke: %s", error, exc_info=error)
            self._told.broke(error)
