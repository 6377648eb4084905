"""Have a linter read each plan soon after it was edited, and show what it finds."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from codeact_lsp.plan import Plan, Problem
from codeact_lsp.safety import NoAdviceError, advice
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.server.advice import Advice
from codeact_lsp.server.uris import ByUri

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

Look = Callable[[Plan, Level], tuple[Problem, ...]]
"""Reads a plan for a level; raises `NoAdviceError` where it cannot."""

_log = logging.getLogger(__name__)
# Nobody reads advice between two keystrokes.
_QUIET_SECONDS = 0.25


class Advisor:
    """Reads a plan once nobody has typed in it for a moment; what it read of older text is dropped.

    All happens beside the loop, one plan at a time: no request waits for it.
    """

    def __init__(self, server: "PlanServer", look: Look = advice) -> None:
        self._server = server
        self._look = look
        self._thread = ThreadPoolExecutor(1, "codeact-advice")
        self._reading: ByUri[asyncio.Task[None]] = ByUri()
        self._told = False

    def edited(self, uri: str) -> None:
        """A plan was opened, edited or closed, or what holds for it changed."""
        self._stop(uri)
        if opened := self._server.session.plans.get(uri):
            task = asyncio.create_task(self._read(opened))
            self._reading[uri] = task
            task.add_done_callback(lambda done: self._done(uri, done))

    def all_changed(self) -> None:
        """What holds for all plans changed."""
        for opened in list(self._server.session.plans.values()):
            self.edited(opened.uri)

    def close(self) -> None:
        """Read nothing more."""
        for uri in list(self._reading):
            self._stop(uri)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _read(self, opened: "OpenPlan") -> None:
        await asyncio.sleep(_QUIET_SECONDS)
        found = await self._found(opened)
        before = self._shown(opened)
        opened.advice = found
        if before != self._shown(opened):
            self._server.publisher.changed(opened.uri)

    def _shown(self, opened: "OpenPlan") -> tuple[list[Problem], ...]:
        snapshot = self._server.session.snapshot_of(opened)
        return snapshot.problems, snapshot.advised

    async def _found(self, opened: "OpenPlan") -> Advice | None:
        """What the linter says of the plan as it is now; None if it is not to be asked, or mute."""
        session, plan = self._server.session, opened.plan
        if not session.settings_for(opened.path).advice:
            return None
        look = partial(self._look, plan, opened.level)
        try:
            return Advice(
                plan, await asyncio.get_running_loop().run_in_executor(self._thread, look)
            )
        except NoAdviceError as error:
            self._complain(str(error))
            return None

    def _complain(self, message: str) -> None:
        if not self._told:
            self._told = True
            self._server.warn(message)

    def _stop(self, uri: str) -> None:
        if task := self._reading.pop(uri, None):
            task.cancel()

    def _done(self, uri: str, task: asyncio.Task[None]) -> None:
        if self._reading.get(uri) is task:
            del self._reading[uri]
        if not task.cancelled() and (error := task.exception()):
            _log.error("advice went wrong: %s", error, exc_info=error)
