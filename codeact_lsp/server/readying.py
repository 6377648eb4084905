"""Have a worker wait for the first run of a plan: to load packages takes the most of that.

It reads nothing of a plan but the names of what is imported, and runs none of it. Still it is for
whoever has said that the workspace is trusted: else nothing is started before somebody asks, and
only the files of the machine are looked at that nodes may read.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

from codeact_lsp.engine.choosing import PlanError, runnable
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.server.debounce import Idle
from codeact_lsp.server.preparing import prepare

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
# Whoever has just opened a plan, or types, goes first.
_QUIET_SECONDS = 0.5


class Readying:
    """Looks, once nothing stirs, at the plan that was opened or edited last."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._uri = ""
        self._idle = Idle(_QUIET_SECONDS, self._begin)
        self._task: asyncio.Task[None] | None = None
        # The plan that a worker waits for, and what it has imported.
        self._known: tuple[str, tuple[str, ...]] | None = None

    def stir(self, uri: str) -> None:
        """A plan was opened or edited."""
        self._uri = uri
        self._idle.stir()

    def close(self) -> None:
        """Have no more workers wait."""
        self._idle.cancel()
        if self._task:
            self._task.cancel()

    def _begin(self) -> None:
        if self._task is not None or self._server.runs.any_under_way():
            self._idle.stir()
            return
        opened = self._server.session.plans.get(self._uri)
        if opened and self._known != (opened.uri, opened.draft.modules):
            self._task = asyncio.create_task(self.ready(opened))
            self._task.add_done_callback(self._done)

    async def ready(self, opened: "OpenPlan") -> None:
        """Have one wait for a plan, unless it cannot be run: a run says why."""
        session = self._server.session
        try:
            engine, job = prepare(session, opened, runnable(opened.plan, opened.inputs))
        except (PlanError, InputError, OSError):
            return
        self._known = opened.uri, job.plan.modules
        await (engine.make_ready(job) if session.vouched else engine.look_ahead(job))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (error := task.exception()):
            _log.error("no worker could be made ready: %s", error, exc_info=error)
