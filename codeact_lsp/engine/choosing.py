"""Choosing what to run: which nodes lead to what is wanted, and whether they can."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codeact_lsp.engine.executors.protocol import MOST_STORED
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems import Problem, Severity, check
from codeact_lsp.plan.problems.import_rules import NO_RULES
from codeact_lsp.plan.spelling import closest, did_you_mean


class PlanError(Exception):
    """The plan has errors, so nothing of it is run."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class UnknownNodeError(Exception):
    """A node was asked for that the plan does not have."""


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


def make_job(
    plan: Plan,
    file: Path,
    targets: tuple[str, ...],
    problems: Iterable[Problem] | None = None,
    named: Iterable[str] = (),
    **settings: Any,
) -> Job:
    """The job that leads to `targets`.

    Args:
        plan: The plan.
        file: Its path.
        targets: Nodes of the plan.
        problems: What is wrong with the plan, where that is known already.
        named: Inputs that somebody named for this plan, so that each has to be one of it.
        settings: Fields of `Job`.

    Raises:
        PlanError: The plan has errors.
        InputError: An input that a node on the way needs has no value, or it takes too many values,
            or the plan has no input of a name that was given.
    """
    inputs = settings.get("inputs", {})
    rules = settings.get("imports", NO_RULES)
    found = check(plan, inputs, rules) if problems is None else problems
    if errors := [problem for problem in found if problem.severity is Severity.ERROR]:
        raise PlanError(errors)
    # First: a misspelt name leaves the right one without a value.
    _require_known(plan, named)
    needed = plan.graph.upstream(targets)
    nodes = tuple(name for name in plan.graph.order if name in needed)
    _require_inputs(plan, nodes, inputs)
    _require_few_values(plan, nodes)
    return Job(plan, file, nodes, targets, **settings)


def _require_known(plan: Plan, named: Iterable[str]) -> None:
    """A value that nothing takes would be passed over without a word."""
    if not (named := tuple(named)):
        return
    inputs = {parameter.name for node in plan.nodes for parameter in plan.inputs(node)}
    for name in named:
        if name in plan.nodes:
            raise InputError(f"'{name}' is a node of the plan, which makes its own value.")
        if name not in inputs:
            hint = did_you_mean(closest(name, inputs))
            raise InputError(f"The plan has no input '{name}'.{hint}")


def runnable(plan: Plan, inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """The nodes whose inputs, and those of all that leads to them, have values."""
    lacking = {name for name in plan.nodes if _missing(plan, name, inputs)}
    held = plan.graph.downstream(lacking)
    return tuple(name for name in plan.nodes if name not in held)


def _require_inputs(plan: Plan, nodes: Iterable[str], inputs: Mapping[str, Any]) -> None:
    if plan.graph.inputs <= inputs.keys():
        return
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


def _require_few_values(plan: Plan, nodes: Iterable[str]) -> None:
    for name in nodes:
        data = plan.table.nodes[name].links.data
        if len(data) <= MOST_STORED:
            continue
        count = sum(other in plan.nodes for other in data)
        if count > MOST_STORED:
            raise InputError(
                f"Node '{name}' takes the values of {count} nodes, and {MOST_STORED} is the most. "
                "Gather some of them in a node in between."
            )


def _missing(plan: Plan, name: str, inputs: Mapping[str, Any]) -> list[str]:
    return [p.name for p in plan.inputs(name) if p.default is None and p.name not in inputs]
