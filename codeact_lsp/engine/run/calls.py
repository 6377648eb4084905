"""What the nodes of a run are called with: their inputs by descriptor, their rights, their code."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

from codeact_lsp.engine.executors.protocol import Call
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.store import Store
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.sandbox.levels import Policy, grant


class Calls:
    """The calls of one run, made of its job and of the values that there are so far."""

    def __init__(
        self, job: Job, store: Store, interpreter: str, results: Mapping[str, Result]
    ) -> None:
        self._job = job
        self._store = store
        self._interpreter = interpreter
        self._results = results

    @asynccontextmanager
    async def inputs(self, nodes: Sequence[str]) -> AsyncIterator[dict[str, int]]:
        """A descriptor of each value that the nodes take and that is there, open meanwhile."""
        stored: dict[str, int] = {}
        try:
            for name in dict.fromkeys(name for node in nodes for name in self._parameters(node)):
                if result := self._results.get(name):
                    stored[name] = await self._opened(result.blob)
            yield stored
        finally:
            for descriptor in stored.values():
                os.close(descriptor)

    def call(self, node: str, stored: Mapping[str, int], blob: int, carried: Iterable[str]) -> Call:
        """The call of a node.

        Args:
            node: The node.
            stored: Descriptors of values, by name; those that the node does not take are left out.
            blob: The descriptor that its own value is written to.
            carried: Names of the plan's classes and functions that its inputs are made of.
        """
        names = self._parameters(node)
        given = {name: value for name, value in self._job.inputs.items() if name not in stored}
        return Call(
            node=node,
            text=self._job.plan.program(node, carried),
            file=self._job.file,
            blob=blob,
            literals={name: given[name] for name in names if name in given},
            stored={name: stored[name] for name in names if name in stored},
            memory=self._job.plan.nodes[node].node.directives.memory,
            preload=self._job.preload,
            lines=self._job.lines,
            policy=self._policy(node),
            guarded=self._job.is_guarded(node),
            debugger=self._job.debugger_of(node),
        )

    def carried(self, node: str) -> set[str]:
        """Names of the plan's classes and functions that the node's inputs are made of."""
        values = (self._results.get(name) for name in self._parameters(node))
        return {name for value in values if value for name in value.carries}

    def parts(self, node: str) -> CallParts:
        """What names the call of a node in the store."""
        return self._job.call_on(node, self._results, self._interpreter)

    async def _opened(self, blob: Blob) -> int:
        if self._store.opens_at_once(blob):
            return self._store.open_blob(blob)
        return await asyncio.to_thread(self._store.open_blob, blob)

    def _policy(self, node: str) -> Policy:
        """What its process may do: to read a debugger's code gives it no data that it lacked."""
        policy, debugger = self._job.policy(node), self._job.debugger_of(node)
        return grant(policy, read=[debugger.library]) if debugger and debugger.library else policy

    def _parameters(self, node: str) -> list[str]:
        parameters = self._job.plan.nodes[node].node.parameters
        return [parameter.name for parameter in parameters if not parameter.variadic]
