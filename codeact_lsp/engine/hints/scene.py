"""What hints are made from: a plan, and what is known of its nodes as they are now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from codeact_lsp.engine.history.history import RAN, Record
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.schedule import makespan
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan


@dataclass(frozen=True)
class Scene:
    """A plan and its past.

    Attributes:
        calls: What is remembered of each node, newest first.
        results: The results that nodes have now, as far as they are known.
        workers: How many nodes may run at once.
        capacities: Units of the counted resources.
    """

    plan: Plan
    calls: Mapping[str, Sequence[Record]]
    results: Mapping[str, Result]
    workers: int
    capacities: Mapping[str, int]

    @cached_property
    def good(self) -> Mapping[str, Sequence[Record]]:
        """The calls that returned a value, of the nodes' code as it is now, newest first."""
        keys = self.plan.code_keys
        good = {
            node: [call for call in self.calls.get(node, ()) if _is_good(call, keys[node])]
            for node in self.plan.nodes
        }
        return {node: calls for node, calls in good.items() if calls}

    @cached_property
    def latest(self) -> Mapping[str, Record]:
        """The latest of them."""
        return {node: calls[0] for node, calls in self.good.items()}

    @cached_property
    def seconds(self) -> Mapping[str, float]:
        """How long each of the nodes takes that have run, whether well or not.

        A node that fails keeps a worker busy as long as one that does not.
        """
        keys = self.plan.code_keys
        own = {
            node: [call.wall for call in self.calls.get(node, ()) if call.key == keys[node]]
            for node in self.plan.nodes
        }
        return {node: walls[0] for node, walls in own.items() if walls}

    @property
    def is_whole(self) -> bool:
        """Whether it is known of all nodes how long they take."""
        return len(self.seconds) == len(self.plan.nodes)

    @cached_property
    def tasks(self) -> Sequence[Task]:
        """The nodes that have run, as a run of all of them would take them."""
        order = tuple(node for node in self.plan.graph.order if node in self.seconds)
        job = Job(self.plan, Path(), order, order)
        return job.tasks(self.seconds)

    @cached_property
    def total(self) -> float:
        """Seconds that a run of all nodes that have run would take, with nothing to reuse."""
        return self.duration(self.tasks)

    def duration(self, tasks: Sequence[Task]) -> float:
        """Seconds that a run of `tasks` would take."""
        return makespan(tasks, self.seconds, self.workers, self.capacities)


def _is_good(call: Record, key: str) -> bool:
    return call.outcome == RAN and call.key == key
