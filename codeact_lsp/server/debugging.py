"""`codeact.debugNode`: runs one node in a process that waits for a debugger.

The debugger speaks through a descriptor that the process is given, so it needs no right that the
node lacks. Only where debugpy lies in a folder that nodes may not read is the user asked.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.debugging.debugger import Debugger, has_debugpy, library_at
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan.visible import unlinked
from codeact_lsp.server.preparing import prepare

if TYPE_CHECKING:
    from codeact_lsp.engine.debugging.session import DebugSession
    from codeact_lsp.engine.job import Job
    from codeact_lsp.engine.session import Engine
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_PATIENCE_SECONDS = 60.0
_ALLOW = "Allow"


class Debugging:
    """Starts debuggings; each ends with its client or with its run, whichever goes first.

    Attributes:
        patience: How many seconds a node that is ready waits for a debugger.
    """

    def __init__(self, server: "PlanServer") -> None:
        self.patience = _PATIENCE_SECONDS
        self._server = server
        self._tasks: set[asyncio.Task[Any]] = set()

    async def debug(self, opened: "OpenPlan", node: str, offered: str | None) -> dict[str, Any]:
        """Run what the node needs, then have its process wait for a debugger.

        Args:
            opened: The plan.
            node: A node of it.
            offered: A folder that holds debugpy, for where the interpreter has none.

        Returns:
            `host` and `port`, once the process waits there; else how the run ended before.
        """
        # Only who asks for it waits until that is loaded.
        from codeact_lsp.engine.debugging.session import DebugSession  # noqa: PLC0415 - as said.

        runs = self._server.runs
        try:
            engine, job = prepare(self._server.session, opened, (node,))
            library = await self._library(engine, job, node, offered)
            level = job.policy(node).level
            session = await DebugSession.open(f"'{node}' runs at sandbox level '{level}'.\n")
        except (PlanError, InputError, OSError) as error:
            return runs.refuse(error)
        debugger = Debugger(node, session.connection, library)
        job = replace(job, debugger=debugger, run_time=None, lines=False)
        one = _One(self._server, opened, session, self.patience)
        ended = await self._until_ready(one, self._started(one.run(engine, job, node)))
        place = {"host": session.host, "port": session.port}
        return ended or {"event": "Debugging", "node": node, "level": level, **place}

    async def close(self) -> None:
        """End all, and wait for it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _until_ready(
        self, one: "_One", running: "asyncio.Task[dict[str, Any]]"
    ) -> dict[str, Any] | None:
        """Wait for the node's process; if the run ends before, return how."""
        ready = self._started(one.ready.wait())
        try:
            await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            running.cancel()
            raise
        finally:
            ready.cancel()
        return running.result() if running.done() else None

    def _started(self, work: "Coroutine[Any, Any, Any]") -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _library(
        self, engine: "Engine", job: "Job", node: str, offered: str | None
    ) -> Path | None:
        """Where debugpy is, if not where the interpreter looks.

        Raises:
            InputError: It is nowhere, or the node may not read it.
        """
        python, policy = engine.interpreter.path, job.policy(node)
        if has_debugpy(python):
            return None
        install = f"Install it: {python} -m pip install debugpy"
        folder = library_at(Path(offered)) if offered else None
        if folder is None:
            raise InputError(f"To debug takes debugpy, which {python} does not have. {install}")
        if policy.confined and not await self._is_allowed(node, folder, policy.level):
            raise InputError(f"'{node}' may not read {folder}, where debugpy is. {install}")
        return folder

    async def _is_allowed(self, node: str, folder: Path, level: str) -> bool:
        """Ask the user, since it is more than the level gives."""
        question = lsp.ShowMessageRequestParams(
            type=lsp.MessageType.Warning,
            message=f"To debug '{node}', its process has to read {unlinked(str(folder))}, where "
            f"debugpy is. Level '{level}' does not allow that. Allow it, this once and for this "
            "node?",
            actions=[lsp.MessageActionItem(title=title) for title in (_ALLOW, "Cancel")],
        )
        answer = await self._server.window_show_message_request_async(question)
        return answer is not None and answer.title == _ALLOW


class _One:
    """One debugging.

    Attributes:
        ready: Set once the node's process is asked for.
    """

    def __init__(
        self, server: "PlanServer", opened: "OpenPlan", session: "DebugSession", patience: float
    ) -> None:
        self.ready = asyncio.Event()
        self._runs = server.runs
        self._opened = opened
        self._session = session
        self._patience = patience

    async def run(self, engine: "Engine", job: "Job", node: str) -> dict[str, Any]:
        """Run the job, to its end or until nobody debugs it any more."""

        def heard(event: events.Event) -> None:
            if isinstance(event, events.NodeStarted) and event.node == node:
                self.ready.set()

        watching = asyncio.create_task(self._watch())
        try:
            return await self._runs.carry_out(self._opened, engine, job, heard=heard)
        finally:
            watching.cancel()
            await self._session.close()

    async def _watch(self) -> None:
        """Cancel the run once the debugger has left, or if none comes."""
        await self.ready.wait()
        try:
            await asyncio.wait_for(self._session.attached.wait(), self._patience)
            await self._session.left.wait()
        except TimeoutError:
            why = f"No debugger has attached within {self._patience:g} s."
            self._runs.refuse(InputError(why))
        self._runs.cancel(self._opened.uri)
