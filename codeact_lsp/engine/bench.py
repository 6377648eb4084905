"""Where a run's nodes are made: looks their values up, calls them, keeps what they return."""

import asyncio
import os
from collections.abc import Callable

from codeact_lsp.engine.blame import blame
from codeact_lsp.engine.errors import CodeError, code_error
from codeact_lsp.engine.executors.protocol import Began, Call, Execution, Executor, Output
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.outcome import Outcome, RawError
from codeact_lsp.engine.store import Draft, Hit, Miss, Store
from codeact_lsp.engine.values import Preview, Result

_Tell = Callable[[Began | Output], None]


class Bench:
    """The values of one run, and the means to make them."""

    def __init__(self, job: Job, executor: Executor, store: Store, interpreter: str) -> None:
        self.results: dict[str, Result] = {}
        self._job = job
        self._executor = executor
        self._store = store
        self._interpreter = interpreter
        self._executions: dict[str, Execution] = {}
        self._stopped: set[str] = set()

    async def look_up(self, node: str) -> Hit | Miss:
        """Take the node's value from the store, if it holds one; its dependencies are done."""
        if node in self._job.given:
            self.results[node] = self._job.given[node]
            return Hit(self._job.given[node])
        if not self._job.plan.nodes[node].node.directives.cache:
            return Miss("its docstring says Cache: off")
        if not self._job.reuse:
            return Miss("results are not to be reused")
        found = await asyncio.to_thread(self._store.look_up, self._key(node))
        if isinstance(found, Hit):
            self.results[node] = found.result
        return found

    async def attempt(self, node: str, tell: _Tell) -> Result | CodeError:
        """Call the node once.

        Args:
            node: The node; its dependencies are done.
            tell: Told when the node begins, and what it writes while it runs.
        """
        try:
            outcome, result = await self._called(node, tell)
        except OSError as error:
            outcome, result = Outcome(error=_unstored(error)), None
        self._stopped.discard(node)
        if result:
            self.results[node] = result
            return result
        failure = code_error(self._job.plan, node, outcome.error or RawError("", "", "crash"))
        return failure.with_blame(blame(self._job.plan, failure, self.results))

    def stop(self, node: str) -> None:
        """End the node's process; one that is about to start ends as soon as it does."""
        if execution := self._executions.get(node):
            execution.stop()
        else:
            self._stopped.add(node)

    def stop_all(self) -> None:
        """End the processes of all nodes."""
        for execution in self._executions.values():
            execution.stop()

    async def _called(self, node: str, tell: _Tell) -> tuple[Outcome, Result | None]:
        draft = self._store.draft()
        stored: dict[str, int] = {}
        try:
            for name in self._parameters(node):
                if name in self.results:
                    stored[name] = self._store.open_blob(self.results[name].blob)
            call = self._call(node, stored, draft.descriptor)
            outcome = await self._executed(node, call, tell)
            if not outcome.error and not os.fstat(draft.descriptor).st_size:
                outcome = Outcome(error=RawError("", "The worker left no value.", "crash"))
            return outcome, None if outcome.error else await self._kept(node, outcome, draft)
        finally:
            draft.discard()
            for descriptor in stored.values():
                os.close(descriptor)

    async def _executed(self, node: str, call: Call, tell: _Tell) -> Outcome:
        execution = self._executor.start(call)
        self._executions[node] = execution
        if node in self._stopped:
            self._stopped.discard(node)
            execution.stop()
        try:
            async for item in execution:
                if isinstance(item, Outcome):
                    return item
                tell(item)
        finally:
            self._executions.pop(node, None)
        message = "an execution ended without an outcome"
        raise AssertionError(message)

    def _call(self, node: str, stored: dict[str, int], blob: int) -> Call:
        inputs = self._job.inputs
        return Call(
            node=node,
            text=self._job.plan.program(node, self._carried(node)),
            file=self._job.file,
            blob=blob,
            literals={n: inputs[n] for n in self._parameters(node) if n in inputs.keys() - stored},
            stored=stored,
            memory=self._job.plan.nodes[node].node.directives.memory,
            preload=self._job.plan.imports,
        )

    async def _kept(self, node: str, outcome: Outcome, draft: Draft) -> Result:
        result = Result(
            blob=await asyncio.to_thread(self._store.keep, draft),
            preview=outcome.preview or Preview(),
            usage=outcome.usage,
            returned=outcome.returned,
            breach=outcome.breach,
            carries=outcome.carries,
            origin=self._job.origin,
        )
        if self._job.plan.nodes[node].node.directives.cache:
            await self._save(node, result, outcome)
        return result

    async def _save(self, node: str, result: Result, outcome: Outcome) -> None:
        """Remember the result, unless nobody could tell later whether it still holds."""
        if outcome.reads is not None:
            await asyncio.to_thread(self._store.save, self._key(node), result, outcome.reads)

    def _key(self, node: str) -> str:
        digests = {
            name: self.results[name].blob.digest
            for name in self._parameters(node)
            if name in self.results
        }
        return self._job.call_key(node, digests, self._carried(node), self._interpreter)

    def _carried(self, node: str) -> set[str]:
        """Names of the plan's classes and functions that the node's inputs are made of."""
        values = (self.results.get(name) for name in self._parameters(node))
        return {name for value in values if value for name in value.carries}

    def _parameters(self, node: str) -> list[str]:
        parameters = self._job.plan.nodes[node].node.parameters
        return [parameter.name for parameter in parameters if not parameter.variadic]


def _unstored(error: OSError) -> RawError:
    return RawError(type(error).__name__, f"A value cannot be stored or read: {error}", "crash")
