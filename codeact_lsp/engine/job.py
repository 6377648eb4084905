"""What to run: a snapshot of a plan, the nodes that are wanted, the inputs, the limits."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.inputs import InputError
from codeact_lsp.engine.messages import Task
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems import Problem, Severity, check
from codeact_lsp.plan.spelling import closest, did_you_mean

_FORMAT = "1"


class PlanError(Exception):
    """The plan has errors, so nothing of it is run."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class UnknownNodeError(Exception):
    """A node was asked for that the plan does not have."""


@dataclass(frozen=True)
class Job:
    """One run.

    Attributes:
        file: The plan's path; relative paths in the plan are relative to its folder.
        nodes: All nodes to run or reuse, in an order in which they could.
        inputs: Values from outside the plan, by name.
        timeout: Seconds for each node that sets no limit of its own; None sets none.
        workers: How many nodes may run at once.
        capacities: Units of the counted resources that nodes claim.
        reuse: Whether results of earlier runs may be used.
        given: Results to take as they are: what a trial is to be tried on.
        origin: What the results are made for: see `Result.origin`.
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

    def tasks(self) -> list[Task]:
        """What the state of the run must know."""
        lengths = self._lengths()
        return [self._task(name, lengths[name]) for name in self.nodes]

    def _task(self, name: str, length: int) -> Task:
        directives = self.plan.nodes[name].node.directives
        moments = [wait.until.timestamp() for wait in directives.waits if wait.until]
        return Task(
            name=name,
            dependencies=tuple(self.plan.graph.dependencies(name)),
            length=length,
            resources=tuple((use.name, use.amount) for use in directives.uses),
            delays=tuple(
                (wait.after.name, wait.seconds) for wait in directives.waits if wait.after
            ),
            earliest=max(moments, default=0.0),
            retries=directives.retries,
        )

    def _lengths(self) -> dict[str, int]:
        """The number of nodes on the longest path that starts at each node."""
        lengths: dict[str, int] = {}
        for name in reversed(self.nodes):
            after = [lengths[d] for d in self.plan.graph.dependents(name) if d in lengths]
            lengths[name] = 1 + max(after, default=0)
        return lengths

    def call_key(
        self, name: str, digests: Mapping[str, str], carried: Collection[str], interpreter: str
    ) -> str:
        """The key of the call of `name` on values with these digests.

        Args:
            name: The node.
            digests: The digest of each value that the node takes from another node.
            carried: Names of the plan's classes and functions that these values are made of.
            interpreter: The identity of the interpreter.
        """
        parameters = self.plan.nodes[name].node.parameters
        given = {p.name: self.inputs[p.name] for p in parameters if p.name in self.inputs}
        # A call is the same only for the same way of running it and of storing its value.
        codes = [
            _FORMAT,
            self.plan.code_keys[name],
            self.plan.names_key(carried) if carried else "",
        ]
        parts = [codes, dict(digests), given, interpreter, str(self.file)]
        text = json.dumps(parts, sort_keys=True)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def select(plan: Plan, wanted: Iterable[str] = (), *, downstream: bool = False) -> tuple[str, ...]:
    """The nodes to target: those named, or all.

    Raises:
        UnknownNodeError: The plan has no such node.
    """
    names = list(wanted) or list(plan.nodes)
    for name in names:
        if name not in plan.nodes:
            near = did_you_mean(closest(name, plan.nodes))
            raise UnknownNodeError(f"The plan has no node '{name}'.{near}")
    if downstream:
        names = [name for name in plan.nodes if name in plan.graph.downstream(names)]
    return tuple(names)


def make_job(plan: Plan, file: Path, targets: tuple[str, ...], **settings: Any) -> Job:
    """The job that leads to `targets`.

    Args:
        plan: The plan.
        file: Its path.
        targets: Nodes of the plan.
        settings: Fields of `Job`.

    Raises:
        PlanError: The plan has errors.
        InputError: An input that a node on the way needs has no value.
    """
    inputs = settings.get("inputs", {})
    problems = [p for p in check(plan, inputs) if p.severity is Severity.ERROR]
    if problems:
        raise PlanError(problems)
    needed = plan.graph.upstream(targets)
    nodes = tuple(name for name in plan.graph.order if name in needed)
    _require_inputs(plan, nodes, inputs)
    return Job(plan, file, nodes, targets, **settings)


def runnable(plan: Plan, inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """The nodes whose inputs, and those of all that leads to them, have values."""
    lacking = {name for name in plan.nodes if _missing(plan, name, inputs)}
    held = plan.graph.downstream(lacking)
    return tuple(name for name in plan.nodes if name not in held)


def _require_inputs(plan: Plan, nodes: Iterable[str], inputs: Mapping[str, Any]) -> None:
    for name in nodes:
        for missing in _missing(plan, name, inputs):
            near = closest(missing, [other for other in plan.nodes if other != name])
            hint = f" Did you mean the node '{near}'?" if near else ""
            message = (
                f"Node '{name}' needs the input '{missing}', which has no value.{hint} "
                f"Pass --input {missing}=VALUE, set it in the plan's .toml file, or give it "
                "a default."
            )
            raise InputError(message)


def _missing(plan: Plan, name: str, inputs: Mapping[str, Any]) -> list[str]:
    return [p.name for p in plan.inputs(name) if p.default is None and p.name not in inputs]
