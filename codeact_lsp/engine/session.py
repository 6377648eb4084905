"""What one workspace keeps between runs: its interpreter, executor and store."""

import os
from pathlib import Path

import platformdirs

from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.interpreter import Interpreter, find_interpreter
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.runner import Run
from codeact_lsp.engine.store import Store


class Engine:
    """Starts runs. Close it, or use it as a context manager, to end its worker processes."""

    def __init__(self, workspace: Path, interpreter: str | None = None) -> None:
        """Open the engine of a workspace; worker processes start with the first run.

        Args:
            workspace: The workspace's folder.
            interpreter: The user's choice of a Python; None chooses as `find_interpreter` does.

        Raises:
            NoInterpreterError: The user's choice does not exist.
            OSError: The store cannot be opened.
        """
        self.interpreter: Interpreter = find_interpreter(workspace, interpreter)
        self.store = Store(store_folder())
        self._executor = LocalExecutor(self.interpreter)

    def run(self, job: Job) -> Run:
        """A run of `job`; it starts when its events are asked for."""
        identity = self.interpreter.identity
        self._executor.use(identity)
        return Run(job, self._executor, self.store, identity)

    async def close(self) -> None:
        """End all worker processes and close the store."""
        await self._executor.close()
        self.store.close()


def store_folder() -> Path:
    """The user's own folder of results: `CODEACT_CACHE_DIR`, or the platform's place for caches."""
    if chosen := os.environ.get("CODEACT_CACHE_DIR"):
        return Path(chosen).expanduser()
    return platformdirs.user_cache_path("codeact-lsp")
