"""A parameter that neither a node, nor an input, nor a default provides."""

from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.problems.scope import Scope
from codeact_lsp.plan.spelling import did_you_mean


def problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem for each input without a value; the node can be read but not run."""
    for parameter in node.parameters:
        if parameter.variadic or parameter.default is not None or scope.node(parameter.name):
            continue
        if not scope.is_given(parameter.name) and not scope.is_broken(parameter.name):
            yield _problem(node, parameter, scope)


def _problem(node: Node, parameter: Parameter, scope: Scope) -> Problem:
    taken = {node.name, *(other.name for other in node.parameters)}
    if near := scope.closest(parameter.name, taken):
        message = f"There is no node or input '{parameter.name}'.{did_you_mean(near)}"
        data = {"replacement": near, "node": node.name}
        return Problem("unknown-input", message, parameter.span, Severity.WARNING, data=data)
    message = (
        f"Input '{parameter.name}' has no value. Give it a default, pass --input "
        f"{parameter.name}=VALUE, or set it in the plan's .toml file."
    )
    return Problem("missing-input", message, parameter.span, Severity.INFORMATION)
