"""What to run: a snapshot of a plan, the nodes that are wanted, the inputs, the limits."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from codeact_lsp.engine.debugging.debugger import Debugger
from codeact_lsp.engine.reuse.call_parts import CallParts, call_of, name_of
from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.resources import merged
from codeact_lsp.engine.values import Result
from codeact_lsp.engine.workspace.inputs import spelt_out
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.sandbox.levels import UNCONFINED, Policy
from codeact_lsp.sandbox.tiers import Tier

# A call is the same only for the same way of running it and of storing its value.
_FORM = "3"
# Characters of what a worker is told to import: the system takes 128 KiB of one argument.
_MOST_PRELOADED = 100_000
DEFAULT_TIMEOUT = 60.0
"""Seconds for a node that sets no limit of its own, where nobody says otherwise."""

Mode = Literal["sequential", "parallel", "adaptive"]


@dataclass(frozen=True)
class Job:
    """One run.

    Attributes:
        file: The plan's path; relative paths in the plan are relative to its folder.
        nodes: All nodes to run or reuse, in an order in which they could.
        inputs: Values from outside the plan, by name.
        timeout: Seconds for each node that sets no limit of its own; None sets none.
        workers: How many nodes may run at once.
        mode: Whether that many do; see `modes`.
        capacities: Units of the counted resources that nodes claim.
        reuse: Whether results of earlier runs may be used.
        given: Results to take as they are: what a trial is to be tried on.
        origin: What the results are made for: see `Result.origin`.
        lines: Whether to record which lines of the plan run.
        policies: What each node may do; one that is missing may do all that the user may.
        minimum_tier: What the machine has to enforce at least for any node to run.
        notes: What people should know beforehand, in sentences.
        imports: Which modules the plan may import.
        run_time: Seconds that the whole run may take; None sets no limit.
        debugger: What debugs one of its nodes; None if nothing does.
    """

    plan: Plan
    file: Path
    nodes: tuple[str, ...]
    targets: tuple[str, ...]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None
    workers: int = 2
    capacities: Mapping[str, int] = field(default_factory=dict)
    reuse: bool = True
    given: Mapping[str, Result] = field(default_factory=dict)
    origin: str = "run"
    mode: Mode = "adaptive"
    lines: bool = False
    policies: Mapping[str, Policy] = field(default_factory=dict)
    minimum_tier: Tier = Tier.NONE
    notes: tuple[str, ...] = ()
    imports: ImportRules = NO_RULES
    run_time: float | None = None
    debugger: Debugger | None = None

    def debugger_of(self, node: str) -> Debugger | None:
        """What debugs a node; None if nothing does."""
        return self.debugger if self.debugger and self.debugger.node == node else None

    def policy(self, node: str) -> Policy:
        """What a node may do."""
        return self.policies.get(node, UNCONFINED)

    def is_guarded(self, node: str) -> bool:
        """Whether a node that its values come from, however far up, may do less than it."""
        if not self._is_mixed:
            return False
        own = self.policy(node)
        return any(not own.within(self.policy(other)) for other in self.plan.graph.upstream([node]))

    @cached_property
    def _is_mixed(self) -> bool:
        """Whether some nodes may do more than others: rare, and to look at each is slow."""
        return len(set(self.rights.values())) > 1

    @cached_property
    def preload(self) -> tuple[str, ...]:
        """What workers import ahead: what the plan imports, and what runs its async nodes."""
        modules = [name for name in self.plan.modules if not self._is_beside(name)]
        is_async = any(node.is_async for node in self.plan.table.nodes.values())
        return _as_many_as_fit(sorted({*modules, "asyncio"}) if is_async else modules)

    def _is_beside(self, module: str) -> bool:
        """Whether a module may lie beside the plan: that one is meant, and is found by the node."""
        place = self.file.parent / module.partition(".")[0]
        return place.is_dir() or place.with_suffix(".py").exists()

    @cached_property
    def allowances(self) -> Collection[Policy]:
        """What its nodes may do. Most of them share one policy, which takes a while to hash."""
        return {id(policy): policy for policy in map(self.policy, self.nodes)}.values()

    @property
    def usual_policy(self) -> Policy:
        """What most of its nodes may do."""
        counted = Counter(id(self.policy(node)) for node in self.nodes)
        return max(self.allowances, key=lambda policy: counted[id(policy)], default=UNCONFINED)

    @cached_property
    def rights(self) -> Mapping[str, str]:
        """What each node may do, as text."""
        rights = {id(policy): policy.rights for policy in self.allowances}
        return {node: rights[id(self.policy(node))] for node in self.nodes}

    @cached_property
    def _file_name(self) -> str:
        return name_of(self.file)

    def tasks(
        self, seconds: Mapping[str, float] | None = None, besides: Collection[str] = ()
    ) -> list[Task]:
        """What the state of the run must know.

        Args:
            seconds: How long each node is expected to run; without it, all take as long.
            besides: Nodes that will not run, with all that they depend on: their values are there.
        """
        nodes = [name for name in self.nodes if name not in besides]
        lengths = self._lengths(nodes, seconds or dict.fromkeys(nodes, 1.0))
        return [self._task(name, lengths[name]) for name in nodes]

    def _task(self, name: str, length: float) -> Task:
        directives = self.plan.table.nodes[name].directives
        moments = [wait.until.timestamp() for wait in directives.waits if wait.until]
        return Task(
            name=name,
            dependencies=tuple(self.plan.graph.dependencies(name)),
            length=length,
            resources=merged((use.name, use.amount) for use in directives.uses),
            delays=tuple(
                (wait.after.name, wait.seconds) for wait in directives.waits if wait.after
            ),
            earliest=max(moments, default=0.0),
            retries=0 if self.debugger_of(name) else directives.retries,
        )

    def _lengths(self, nodes: Sequence[str], seconds: Mapping[str, float]) -> dict[str, float]:
        """How long the longest path takes that starts at each node."""
        lengths: dict[str, float] = {}
        behind: dict[str, float] = {}
        for name in reversed(nodes):
            lengths[name] = seconds[name] + behind.get(name, 0.0)
            for before in self.plan.graph.dependencies(name):
                behind[before] = max(behind.get(before, 0.0), lengths[name])
        return lengths

    def call_parts(
        self, name: str, digests: Mapping[str, str], carried: Collection[str], interpreter: str
    ) -> CallParts:
        """What the call of `name` on values with these digests depends on.

        Args:
            name: The node.
            digests: The digest of each value that the node takes from another node.
            carried: Names of the plan's classes and functions that these values are made of.
            interpreter: The identity of the interpreter.
        """
        return call_of(
            self._file_name,
            name,
            self.plan.code_keys[name],
            self.plan.names_key(carried) if carried else "",
            tuple(digests.items()),
            tuple(self._given(name)),
            interpreter,
            _FORM,
            self.rights[name],
        )

    def _given(self, name: str) -> list[tuple[str, str]]:
        """The values that a node gets from outside of the plan, as JSON, by parameter."""
        nodes, inputs = self.plan.table.nodes, self.inputs
        given: list[tuple[str, str]] = []
        for parameter in nodes[name].parameters:
            if parameter.name in inputs:
                given.append((parameter.name, json.dumps(inputs[parameter.name], sort_keys=True)))
            # An input that is given the very value of its default makes the same call.
            elif parameter.name not in nodes and (text := spelt_out(parameter)) is not None:
                given.append((parameter.name, text))
        return given

    def call_on(self, name: str, results: Mapping[str, Result], interpreter: str) -> CallParts:
        """The parts of the call of `name` on the results of other nodes."""
        digests: dict[str, str] = {}
        carried: set[str] = set()
        for other in self.plan.table.nodes[name].links.data:
            if other in results:
                digests[other] = results[other].blob.digest
                carried.update(results[other].carries)
        return self.call_parts(name, digests, carried, interpreter)


def _as_many_as_fit(modules: Sequence[str]) -> tuple[str, ...]:
    """Of the modules those that a worker can be told of; nodes import the rest themselves."""
    ends = accumulate(len(json.dumps(name)) + len(", ") for name in modules)
    return tuple(name for name, end in zip(modules, ends, strict=True) if end < _MOST_PRELOADED)
