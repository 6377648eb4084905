"""Agents at work on open plans: one a plan; what one makes becomes one edit that can be undone."""

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.engine.choosing import runnable
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits import minimal
from codeact_lsp.server.edits import workspace_edit
from codeact_lsp.server.model_settings import model_settings

if TYPE_CHECKING:
    from codeact_lsp.server.agent_work import Made
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_NOT_CONFIGURED = (
    "No language model is configured: set codeact.model or CODEACT_MODEL, such as 'openai/gpt-5'."
)
_AT_WORK = "An agent is at work on this plan already. Cancel it first."
_EDITED = "The plan was edited meanwhile, so it was left as it is. What was made is in 'text'."


class Agents:
    """Starts agents, cancels them, and puts into the editor what they made."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._tasks: dict[str, asyncio.Task[Made]] = {}

    async def work(
        self, opened: "OpenPlan", task: str, token: lsp.ProgressToken | None, *, runs: bool
    ) -> dict[str, Any]:
        """Have a plan written or changed for a task, and if it `runs` run and repaired.

        Returns:
            How it ended: `status`, `message`, `stuck` (the place where nothing helps, or null),
            `applied` (whether the plan was changed), `text` (what was made) and `tape`.
        """
        if why_not := self._refusal(opened):
            return self._refused(why_not)
        # Only who asks for it waits until that is loaded.
        from codeact_lsp.server.agent_work import carry_out  # noqa: PLC0415 - as said.

        before = opened.plan
        working = asyncio.create_task(carry_out(self._server, opened, task, token, runs=runs))
        self._tasks[opened.uri] = working
        try:
            await asyncio.wait([working])
        finally:
            working.cancel()  # Of no effect once it has ended.
            del self._tasks[opened.uri]
        if working.cancelled():
            return {"event": "Ended", "status": "stopped", "message": "It was stopped."}
        try:
            made = working.result()
        except (InputError, OSError) as error:
            return self._refused(str(error))
        applied = await self._apply(opened, before, made.text)
        if runs and applied:
            self._run(opened)
        lost = not applied and made.text not in {None, before.source.text}
        if message := _EDITED if lost else made.ended["message"]:
            self._server.warn(message)
        return {
            **made.ended,
            "message": message,
            "applied": applied,
            "text": made.text,
            "tape": made.tape,
        }

    def cancel(self, uri: str) -> bool:
        """Stop what is at work on a plan; False if nothing is."""
        if task := self._tasks.get(uri):
            task.cancel()
        return uri in self._tasks

    async def close(self) -> None:
        """Stop everything and wait for it."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _refusal(self, opened: "OpenPlan") -> str:
        """Why nothing can be done for a plan; empty if something can."""
        session = self._server.session
        if opened.uri in self._tasks:
            return _AT_WORK
        if opened.path is None:
            return "Save the plan first: its folder is where its nodes run."
        if not session.trusted:
            return "The workspace is not trusted: nothing of it is run. Trust it first."
        settings = model_settings(session.settings_for(opened.path))
        return "" if settings.is_configured else _NOT_CONFIGURED

    async def _apply(self, opened: "OpenPlan", before: Plan, text: str | None) -> bool:
        """Have the client change the plan, all at once; False if it does not, or need not."""
        snapshot = self._server.session.snapshot(opened.uri)
        old = before.source.text
        if text is None or text == old or snapshot is None or snapshot.plan is not before:
            return False
        edit = workspace_edit(snapshot, [minimal(old, text)])
        params = lsp.ApplyWorkspaceEditParams(edit=edit, label="What the agent made")
        return (await self._server.workspace_apply_edit_async(params)).applied

    def _run(self, opened: "OpenPlan") -> None:
        """Show what came of the plan: its results are there already."""
        targets = runnable(opened.plan, opened.inputs)
        task = asyncio.create_task(self._server.runs.run(opened, targets, None))
        self._showing = task  # Held, or it may be collected.

    def _refused(self, message: str) -> dict[str, Any]:
        self._server.warn(message)
        return {"event": "Ended", "status": "refused", "message": message}
