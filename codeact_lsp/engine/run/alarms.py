"""What a run is told when its time has come: limits, waits, and expectations that were wrong."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.messages import Expired, Overdue, Stimulus, Wake, Widened, Woken
from codeact_lsp.engine.run.modes import Choice

# Expectations are rough; only a run that takes much longer shows that they were wrong.
_LATE_FACTOR = 1.5
_LATE_SECONDS = 1.0


class Alarms:
    """The alarms of one run. Each waits in a task of its own and then feeds its stimulus."""

    def __init__(
        self,
        job: Job,
        now: Callable[[], float],
        spawn: Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"],
        feed: Callable[[Stimulus], None],
    ) -> None:
        """Set nothing yet.

        Args:
            job: What is run.
            now: Seconds since the run began.
            spawn: Starts a task that ends with the run at the latest.
            feed: Takes a stimulus whose time has come.
        """
        self._job = job
        self._now = now
        self._spawn = spawn
        self._feed = feed
        self._expiries: dict[str, asyncio.Task[None]] = {}

    def begun(self, choice: Choice) -> None:
        """The run has begun: set its time limit, and when all workers help if it takes too long."""
        if limit := self._job.run_time:
            self._set(limit, Overdue(self._now() + limit))
        if choice.seconds is not None and choice.workers < choice.most:
            late = choice.seconds * _LATE_FACTOR + _LATE_SECONDS
            self._set(late, Widened(self._now() + late, choice.most))

    def wake(self, wake: Wake) -> None:
        """Set when a node's wait is over."""
        self._set(wake.at - self._now(), Woken(wake.at, wake.node))

    def began(self, node: str) -> None:
        """An attempt of the node has begun: set its time limit."""
        if limit := self._limit(node):
            self._expiries[node] = self._set(limit, Expired(self._now() + limit, node))

    def ended(self, node: str) -> None:
        """The node's attempt has ended: its time limit is none any more."""
        if expiry := self._expiries.pop(node, None):
            expiry.cancel()

    def late(self, node: str, error: CodeError, *, overdue: bool) -> CodeError:
        """How a node failed that was stopped: for its own time limit, or for that of the run."""
        if overdue:
            return error.as_overdue(self._job.run_time)
        return error.as_timeout(self._limit(node))

    def _limit(self, node: str) -> float | None:
        if self._job.debugger_of(node):
            return None  # Somebody is looking at it.
        return self._job.plan.nodes[node].node.directives.timeout or self._job.timeout

    def _set(self, seconds: float, stimulus: Stimulus) -> "asyncio.Task[None]":
        return self._spawn(self._later(seconds, stimulus))

    async def _later(self, seconds: float, stimulus: Stimulus) -> None:
        await asyncio.sleep(max(seconds, 0))
        self._feed(stimulus)
