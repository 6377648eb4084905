"""A parameter that neither a node, nor an input, nor a default provides."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.nodes import Parameter
from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Severity, closest


def problems(plan: Plan, given: Collection[str]) -> Iterator[Problem]:
    """One problem for each input without a value; the node can be read but not run."""
    for definition in plan.nodes.values():
        for parameter in plan.inputs(definition.node.name):
            known = parameter.name in given or parameter.name in plan.broken
            if parameter.default is None and not known:
                yield _problem(plan, definition, parameter)


def _problem(plan: Plan, definition: Definition, parameter: Parameter) -> Problem:
    taken = {definition.node.name, *(other.name for other in definition.node.parameters)}
    near = closest(parameter.name, (name for name in plan.nodes if name not in taken))
    span = definition.span(parameter.span)
    if near:
        message = f"There is no node or input '{parameter.name}'. Did you mean '{near}'?"
        data = {"replacement": near, "node": definition.node.name}
        return Problem("unknown-input", message, span, Severity.WARNING, data=data)
    message = (
        f"Input '{parameter.name}' has no value. Give it a default, pass --input "
        f"{parameter.name}=VALUE, or set it in the plan's .toml file."
    )
    return Problem("missing-input", message, span, Severity.INFORMATION)
