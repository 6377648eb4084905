"""Where a run's nodes are made: looks their values up, calls them, keeps what they return."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from codeact_lsp.engine.executors.protocol import (
    Began,
    Call,
    ChainExecution,
    Execution,
    Executor,
    Output,
)
from codeact_lsp.engine.failures.denials import explained
from codeact_lsp.engine.failures.errors import Blame, CodeError, code_error
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.permissions.outputs import make_outputs
from codeact_lsp.engine.reuse.foresight import foresee
from codeact_lsp.engine.reuse.native_clock import native_clock
from codeact_lsp.engine.reuse.reuse import look_up
from codeact_lsp.engine.run.ahead import Ahead
from codeact_lsp.engine.run.calls import Calls
from codeact_lsp.engine.run.chains import Chain
from codeact_lsp.engine.store import Draft, Hit, Lease, Miss, Store, shortage
from codeact_lsp.engine.values import Blob, Preview, Result, Usage
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.marks import LinkError

_Tell = Callable[[Began | Output], None]
# Files may have to be read to know whether they changed, and a run should begin.
_MOST_FORESIGHT_SECONDS = 0.5


class Bench:
    """The values of one run, and the means to make them."""

    def __init__(self, job: Job, executor: Executor, store: Store, interpreter: str) -> None:
        self.results: dict[str, Result] = {}
        self.lines: dict[str, tuple[int, ...]] = {}
        self.usages: dict[str, Usage] = {}
        self._job = job
        self._executor = executor
        self._store = store
        self._interpreter = interpreter
        self._calls = Calls(job, store, interpreter, self.results)
        self.ahead = Ahead(store.draft, self._chain)
        self._executions: dict[str, Execution] = {}
        self._stopped: set[str] = set()
        self._preparing: asyncio.Future[tuple[Lease, dict[str, Hit | Miss]]] | None = None
        self._foreseen: dict[str, Hit | Miss] = {}

    async def begin(self) -> None:
        """Have the store keep what the run needs, and look ahead at what it holds."""
        self._preparing = asyncio.ensure_future(asyncio.to_thread(self._prepared))
        # Whatever becomes of who waits: `close` releases the lease once there is one.
        _, self._foreseen = await asyncio.shield(self._preparing)

    async def close(self) -> None:
        """Let the store remove what the run needed, if it has grown too large."""
        self.ahead.close()
        if self._preparing:
            lease, _ = await self._preparing
            lease.release()
            await asyncio.to_thread(self._store.tidy)

    def reuse(self) -> dict[str, Hit]:
        """Take the values of all nodes for which, when the run began, the store had answered."""
        hits = {node: hit for node, hit in self._foreseen.items() if isinstance(hit, Hit)}
        self.results.update((node, hit.result) for node, hit in hits.items())
        return hits

    def take_foreseen(self, nodes: Sequence[str]) -> dict[str, Hit | Miss] | None:
        """As `look_up_many`, at once; None if the store has to be asked."""
        if not all(node in self._foreseen for node in nodes):
            return None
        return self._taken({node: self._foreseen[node] for node in nodes})

    async def look_up_many(self, nodes: Sequence[str]) -> dict[str, Hit | Miss]:
        """Take values from the store, as far as it holds them; all dependencies are done."""
        found = {node: self._foreseen[node] for node in nodes if node in self._foreseen}
        if others := [node for node in nodes if node not in found]:
            found |= await asyncio.to_thread(
                look_up, self._job, self._store, self._interpreter, others, self.results
            )
        return self._taken(found)

    def _taken(self, found: dict[str, Hit | Miss]) -> dict[str, Hit | Miss]:
        hits = ((node, each) for node, each in found.items() if isinstance(each, Hit))
        self.results.update((node, hit.result) for node, hit in hits)
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
        self.usages[node] = outcome.usage
        last = len(self._job.plan.source.line_starts)
        self.lines[node] = tuple(line - 1 for line in outcome.lines if line <= last)
        if result:
            self.results[node] = result
            return result
        failure = code_error(self._job.plan, node, outcome.error or RawError("", "", "crash"))
        policy = self._job.policy(node)
        failure = explained(failure, self._job.plan, self._job.file, policy, outcome)
        if failure.category == "crash" and os.strerror(errno.ENOSPC) in failure.message:
            way_out = await asyncio.to_thread(shortage, self._store.folder)
            failure = replace(failure, notes=(*failure.notes, way_out))
        return failure.with_blame(_blame(self._job.plan, failure, self.results))

    async def note_failure(self, node: str) -> None:
        """Have the store say from now on that the node failed; what is only tried says nothing."""
        if self._job.origin == "run" and not self._job.debugger_of(node):
            await asyncio.to_thread(self._store.note_failure, self._calls.parts(node))

    def stop(self, node: str) -> None:
        """End the node's process; one that is about to start ends as soon as it does."""
        if execution := self._executions.get(node):
            execution.stop()
        else:
            self._stopped.add(node)
            self.ahead.stop(node)

    def stop_all(self) -> None:
        """End the processes of all nodes."""
        self.ahead.close()
        for execution in self._executions.values():
            execution.stop()

    def _prepared(self) -> tuple[Lease, dict[str, Hit | Miss]]:
        lease = self._store.lease()
        try:
            known = foresee(self._job, self._store, self._interpreter, _MOST_FORESIGHT_SECONDS)
        except BaseException:
            lease.release()  # Or nothing could be removed from the store until this process ends.
            raise
        return lease, known

    async def _called(self, node: str, tell: _Tell) -> tuple[Outcome, Result | None]:
        made = await self.ahead.take(node)
        draft = made.draft if made else self._store.draft()
        try:
            outcome = made.outcome if made else await self._made(node, draft, tell)
            if not outcome.error and not os.fstat(draft.descriptor).st_size:
                error = RawError("", "The worker left no value.", "crash")
                outcome = Outcome(error=error, usage=outcome.usage)
            return outcome, None if outcome.error else await self._kept(node, outcome, draft)
        finally:
            draft.discard()

    async def _made(self, node: str, draft: Draft, tell: _Tell) -> Outcome:
        async with self._calls.inputs([node]) as stored:
            call = self._calls.call(node, stored, draft.descriptor, self._calls.carried(node))
            make_outputs(self._job.plan, self._job.file, node, call.policy)
            return await self._executed(node, call, tell)

    @asynccontextmanager
    async def _chain(self, chain: Chain, drafts: Sequence[Draft]) -> AsyncIterator[ChainExecution]:
        own = {node: draft.descriptor for node, draft in zip(chain, drafts, strict=True)}
        async with self._calls.inputs(chain) as stored:
            # Plain data carries no code of the plan; a value that does ends the chain.
            calls = [self._calls.call(node, stored | own, own[node], ()) for node in chain]
            execution = self._executor.start_chain(calls)
            if chain[0] in self._stopped:
                execution.stop()
            yield execution

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

    async def _kept(self, node: str, outcome: Outcome, draft: Draft) -> Result:
        def made(blob: Blob) -> Result:
            return Result(
                blob=blob,
                preview=outcome.preview or Preview(),
                usage=outcome.usage,
                returned=outcome.returned,
                breach=outcome.breach,
                broke=outcome.broke,
                came_with=outcome.came_with,
                carries=outcome.carries,
                origin=self._job.origin,
                effects=(*outcome.effects, *native_clock(self._job.plan, node)),
            )

        unkept = self._job.plan.nodes[node].node.directives.cache is False
        if unkept or self._job.debugger_of(node):
            return made(await asyncio.to_thread(self._store.keep, draft))
        return await asyncio.to_thread(
            self._store.keep_result, draft, self._calls.parts(node), made, outcome.reads
        )


def _blame(plan: Plan, failure: CodeError, results: Mapping[str, Result]) -> Blame | None:
    # Most runs need none of its rules, and the first one would wait for them.
    from codeact_lsp.engine.failures.blame import blame  # noqa: PLC0415 - as said.

    return blame(plan, failure, results)


def _unstored(error: OSError) -> RawError:
    if isinstance(error, LinkError):
        return RawError("", f"The worker cannot run: {error}", "crash")
    return RawError(type(error).__name__, f"A value cannot be stored or read: {error}", "crash")
