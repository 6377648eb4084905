"""Runs of open plans: at most one a plan; a new one takes the place of the one before."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.hints import Hint, hints
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.wire import wire
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.server import warm
from codeact_lsp.server.following import Following, Heard
from codeact_lsp.server.preparing import prepare
from codeact_lsp.server.progress import RunProgress
from codeact_lsp.server.recorder import Recorder
from codeact_lsp.server.repairs import Repairs, Untried
from codeact_lsp.server.slices import read_in_slices

if TYPE_CHECKING:
    from codeact_lsp.engine.run.runner import Run
    from codeact_lsp.engine.session import Engine
    from codeact_lsp.repair import Failure, Fix
    from codeact_lsp.repair.memory.lessons import Lessons
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class _Active:
    """A run that is under way, and the task that follows it to its end."""

    job: Job
    run: "Run"
    task: "asyncio.Task[events.RunFinished]"


class Runs:
    """Starts, supersedes and cancels runs, and puts on the board what is seen of them."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._active: dict[str, _Active] = {}
        self._repairs = Repairs(server, self._offered)
        self._has_failed = False

    async def run(
        self, opened: "OpenPlan", targets: tuple[str, ...], token: lsp.ProgressToken | None
    ) -> dict[str, Any]:
        """Run the plan as it is now, until it ends; a cancel of the request cancels the run.

        Returns:
            The last event of the run as JSON data; `status` is "refused", with a `message`, where
            the plan cannot be run.
        """
        await self._server.configuration.settled()
        try:
            engine, job = prepare(self._server.session, opened, targets)
        except (PlanError, InputError, OSError) as error:
            return self.refuse(error)
        return await self.carry_out(opened, engine, job, token)

    async def carry_out(
        self,
        opened: "OpenPlan",
        engine: "Engine",
        job: Job,
        token: lsp.ProgressToken | None = None,
        heard: Heard = lambda _: None,
    ) -> dict[str, Any]:
        """As `run`, for a job that was prepared; `heard` is told of all that happens."""
        async with opened.turn:  # In the order of the requests: the last one wins.
            # At a plan's first run its keys have to be made of all that is in it.
            await read_in_slices(job.plan.document.pieces, attrgetter("facts"))
            await self._supersede(opened.uri)
            run = engine.run(job)
            # A task of its own: whatever becomes of the request, the board hears the last word.
            task = asyncio.create_task(self._followed(opened, engine, run, heard, token))
            self._active[opened.uri] = _Active(job, run, task)
        try:
            finished = await asyncio.shield(task)
        except asyncio.CancelledError:
            run.cancel()
            raise
        return wire.event(finished, job.plan.source)

    def under_way(self, uri: str) -> Job | None:
        """What runs of a plan; None if nothing does."""
        active = self._active.get(uri)
        return active.job if active else None

    def any_under_way(self) -> bool:
        """Whether something runs of any plan."""
        return bool(self._active)

    def cancel(self, uri: str) -> bool:
        """Cancel the plan's run and repairs; False if there were none."""
        repaired, active = self._repairs.cancel(uri), self._active.get(uri)
        asked = self._server.reflecting.cancel(uri)
        if active:
            active.run.cancel()
        return repaired or asked or active is not None

    async def settled(self, uri: str) -> None:
        """Wait until no run of the plan is under way."""
        while active := self._active.get(uri):
            await asyncio.wait([active.task])

    async def mended(self, uri: str) -> None:
        """Wait until no fix of the plan is tried any more."""
        await self._repairs.settled(uri)

    def forget(self, uri: str) -> None:
        """The plan was closed."""
        self._repairs.forget(uri)
        self._server.reflecting.forget(uri)

    def failure(self, uri: str, node: str) -> Untried | None:
        """How a node of the plan failed last, if that is still so."""
        return self._repairs.latest(uri, node)

    async def close(self) -> None:
        """Cancel everything and wait for it."""
        tasks = [active.task for active in self._active.values()]
        for uri in list(self._active):
            self.cancel(uri)
        await asyncio.gather(*tasks, self._repairs.close(), return_exceptions=True)

    def refuse(self, error: Exception) -> dict[str, Any]:
        """Say why nothing is run, where nothing else says so."""
        message = str(error)
        if isinstance(error, PlanError):
            # Each problem stands in the text already; a popup would only repeat it.
            count = len(error.problems)
            message = f"The plan has {count} error{'s' if count > 1 else ''}. The first: {message}"
        else:
            self._server.warn(message)
        return {"event": "RunFinished", "status": "refused", "message": message}

    async def _supersede(self, uri: str) -> None:
        await self._repairs.pause(uri)
        await self._server.reflecting.pause(uri)
        while active := self._active.get(uri):
            active.run.cancel()
            await asyncio.wait([active.task])
            await self._repairs.pause(uri)

    async def _followed(
        self,
        opened: "OpenPlan",
        engine: "Engine",
        run: "Run",
        heard: Heard,
        token: lsp.ProgressToken | None,
    ) -> events.RunFinished:
        """Follow a run to its end, then look for fixes."""
        server, job = self._server, run.job
        recorder = Recorder(opened.board, job, server.session.settings_for(opened.path))
        progress = RunProgress(server, len(job.nodes))
        following = Following(server, opened, run, recorder, progress, heard, token)
        try:
            finished = await following.to_its_end()
            opened.hints = await asyncio.to_thread(_hints, engine, job, run)
        finally:
            del self._active[opened.uri]
            for trouble in engine.store.troubles.take():
                self._server.warn(trouble)
            self._server.refresh(opened.uri)
            self._server.flush(opened.uri)
        if run.errors:
            # Whoever types meanwhile does not wait for it.
            await asyncio.to_thread(warm.for_repairs)
        if job.debugger is None:  # Who debugs a node may change what it does.
            await self._take_to_heart(job, run)
        if finished.status != "cancelled" and opened.uri in self._server.session.plans:
            self._repairs.add(opened.uri, _untried(engine, job, run, recorder))
            self._repairs.resume(opened.uri)
        return finished

    async def _take_to_heart(self, job: Job, run: "Run") -> None:
        """Learn from a run; before something has failed, there is nothing to learn."""
        self._has_failed = self._has_failed or bool(run.errors)
        if self._has_failed:
            ended = (run.results, run.errors.values())
            await asyncio.to_thread(self._lessons.after, job.file, job.plan, *ended)

    def _offered(self, failure: "Failure", fixes: "Sequence[Fix]") -> None:
        """Have it heeded later whether what was offered is what was done."""
        self._lessons.offered(failure.job.file, failure.error.node, fixes)

    @cached_property
    def _lessons(self) -> "Lessons":
        """What is learnt from runs; no part of the start, which an editor waits for."""
        from codeact_lsp.repair.memory.database import Memory  # noqa: PLC0415 - as said.
        from codeact_lsp.repair.memory.lessons import Lessons  # noqa: PLC0415

        return Lessons(Memory(data_folder()))


def _untried(engine: "Engine", job: Job, run: "Run", recorder: Recorder) -> list[Untried]:
    """What failed in a run, and not under somebody's hands."""
    if not run.errors:
        return []
    from codeact_lsp.repair import failures  # noqa: PLC0415 - no part of the start.

    found = [each for each in failures(run) if not job.debugger_of(each.error.node)]
    return [Untried(engine, failure, recorder) for failure in found]


def _hints(engine: "Engine", job: Job, run: "Run") -> tuple[tuple[Plan, Hint], ...]:
    """How the plan could run faster, by what is remembered of its runs."""
    calls = engine.history.calls_of_plan(job.file)
    found = hints(job.plan, calls, run.results, job.workers, job.capacities)
    return tuple((job.plan, hint) for hint in found)
