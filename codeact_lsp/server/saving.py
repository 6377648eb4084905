"""Run, when a plan is saved, what edits affected; nothing else, and only if the user wants it."""

import asyncio
from typing import TYPE_CHECKING

from codeact_lsp.engine.choosing import runnable
from codeact_lsp.engine.reuse.validity import validity_keys
from codeact_lsp.plan.problems import Severity
from codeact_lsp.server.debounce import Debounce
from codeact_lsp.server.settings import Settings

if TYPE_CHECKING:
    from codeact_lsp.engine.job import Job
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

# Editors save several files at once, and a formatter may save again.
_QUIET_SECONDS = 0.2


class Saving:
    """Starts a run soon after a save."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._waiting: dict[str, Debounce] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def saved(self, opened: "OpenPlan") -> None:
        """A plan was saved."""
        if self._server.session.trusted:
            uri = opened.uri
            debounce = Debounce(_QUIET_SECONDS, lambda: self._begin(uri))
            self._waiting.setdefault(uri, debounce).schedule()

    def forget(self, uri: str) -> None:
        """A plan was closed: a save of it is not acted upon any more."""
        if debounce := self._waiting.pop(uri, None):
            debounce.cancel()

    @property
    def waits(self) -> bool:
        """Whether a save is still to be acted upon, or just being."""
        return bool(self._tasks) or any(debounce.waits for debounce in self._waiting.values())

    def close(self) -> None:
        """Start nothing more."""
        for debounce in self._waiting.values():
            debounce.cancel()

    def _begin(self, uri: str) -> None:
        task = asyncio.create_task(self._run(uri))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, uri: str) -> None:
        # Whoever changes the setting and then saves means the save to go by it.
        await self._server.configuration.settled()
        opened = self._server.session.plans.get(uri)
        if not opened or not self._is_wanted(opened):
            return
        if targets := self._targets(opened):
            # A run under way is superseded; its command hears of that, this one has none.
            await self._server.runs.run(opened, targets, None)

    def _is_wanted(self, opened: "OpenPlan") -> bool:
        wish = self._server.session.settings_for(opened.path).run_on_save
        return wish == "affected" and not opened.inputs_error and not self._has_errors(opened)

    def _has_errors(self, opened: "OpenPlan") -> bool:
        problems = self._server.session.review(opened).problems
        return any(problem.severity is Severity.ERROR for problem in problems)

    def _targets(self, opened: "OpenPlan") -> tuple[str, ...]:
        """What is to run; with it, what the run that it takes the place of was to lead to."""
        targets = stale(opened, self._server.session.settings_for(opened.path))
        active = self._server.runs.under_way(opened.uri)
        if not targets or not active:
            return targets
        if _covers(active, opened, targets):
            return ()
        return tuple(name for name in opened.plan.nodes if name in {*targets, *active.targets})


def stale(opened: "OpenPlan", settings: Settings) -> tuple[str, ...]:
    """The nodes that something affected since they last ran, and that can run."""
    affected = set(opened.board.stale(opened.plan, opened.inputs, settings))
    return tuple(name for name in runnable(opened.plan, opened.inputs) if name in affected)


def _covers(job: "Job", opened: "OpenPlan", targets: tuple[str, ...]) -> bool:
    """Whether a run makes all targets of the plan as it is now."""
    now = validity_keys(opened.plan, opened.inputs)
    then = validity_keys(job.plan, job.inputs)
    return all(name in job.nodes and now[name] == then.get(name) for name in targets)
