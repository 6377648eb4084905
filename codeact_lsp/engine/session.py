"""What one workspace keeps between runs: its interpreter, executor and store."""

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path

from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.protocol import Executor
from codeact_lsp.engine.executors.zygote import ZygoteError
from codeact_lsp.engine.history.forecast import Forecast, forecast
from codeact_lsp.engine.history.history import History
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.permissions.refusal import Refusal, looked, refused
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.store import open_store
from codeact_lsp.engine.workspace.interpreter import Interpreter, find_interpreter
from codeact_lsp.sandbox import launch
from codeact_lsp.sandbox.marks import LinkError
from codeact_lsp.sandbox.mechanisms import WithholdError


class Engine:
    """Starts runs. Close it, or use it as a context manager, to end its worker processes."""

    def __init__(
        self, workspace: Path, interpreter: str | None = None, executor: Executor | None = None
    ) -> None:
        """Open the engine of a workspace; worker processes start with the first run.

        Args:
            workspace: The workspace's folder.
            interpreter: The user's choice of a Python; None chooses as `find_interpreter` does.
            executor: Where nodes run; None runs them on this machine.

        Raises:
            NoInterpreterError: The user's choice does not exist.
            OSError: The store cannot be opened.
        """
        self.interpreter: Interpreter = find_interpreter(workspace, interpreter)
        self.store = open_store()
        self.history = History(self.store.folder)
        local = LocalExecutor(self.interpreter)
        self._local = None if executor else local
        self._executor: Executor = executor or local

    def run(self, job: Job) -> Run:
        """A run of `job`; it starts when its events are asked for."""
        identity = self._recognise()
        admit = partial(self.refusal, job) if job.minimum_tier else None
        # How long people look at a node is no measure of it.
        history = None if job.debugger else self.history
        return Run(job, self._executor, self.store, identity, history, admit=admit)

    async def look_ahead(self, job: Job) -> None:
        """Find out what a run of `job` would ask of this machine's files; nothing is started."""
        if self._local and job.minimum_tier:
            with suppress(WithholdError):  # A run says so.
                await asyncio.to_thread(looked, self.interpreter, job.allowances)

    async def make_ready(self, job: Job) -> None:
        """Have a worker wait for a run of `job`, which has imported what the plan imports.

        It knows nothing else of the plan. Where nodes may do different things, it is for most of
        them. None is started where nodes are not confined, or do not run: a run says why.
        """
        policy = job.usual_policy
        if not self._local or not policy.confined or await self.refusal(job):
            return
        self._recognise()
        with suppress(ZygoteError, LinkError):
            async with self._local.zygote(job.preload, policy):
                pass  # It stays, though nobody uses it yet.

    def _recognise(self) -> str:
        """The interpreter as it is now; no worker stays that knows another one."""
        identity = self.interpreter.identity
        # A worker process keeps the variables that it started with, and results rest on them.
        variables = hash(frozenset(launch.environment().items()))
        self._executor.use(f"{identity} {variables}")
        return identity

    async def refusal(self, job: Job) -> Refusal | None:
        """Why nodes of a job must not run on this machine; None if they may.

        After a start of the machine it takes some seconds to find out, and no time after that.
        """
        if not self._local:
            return None
        return await refused(self.interpreter, job.minimum_tier, job.allowances)

    def forecast(self, job: Job) -> Forecast:
        """What a run of `job` would do now; it may be asked for in any thread."""
        return forecast(job, self.store, self.history, self.interpreter.identity)

    async def close(self) -> None:
        """End all worker processes and close the store."""
        await self._executor.close()
        self.history.close()
        self.store.close()
