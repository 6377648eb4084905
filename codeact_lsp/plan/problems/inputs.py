"""A parameter that neither a node, nor an input, nor a default provides."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.problems.scope import Scope
from codeact_lsp.plan.spelling import did_you_mean


def problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem for each input without a value; the node can be read but not run."""
    missing = [parameter for parameter in node.parameters if _is_missing(parameter, scope)]
    taken = {node.name, *(other.name for other in node.parameters)} if missing else set()
    for parameter in missing:
        yield _problem(node, parameter, scope, taken)


def _is_missing(parameter: Parameter, scope: Scope) -> bool:
    name = parameter.name
    if parameter.variadic or parameter.default is not None or scope.node(name):
        return False
    return not scope.is_given(name) and not scope.is_broken(name)


def _problem(node: Node, parameter: Parameter, scope: Scope, taken: Collection[str]) -> Problem:
    if near := scope.closest(parameter.name, taken):
        message = f"There is no node or input '{parameter.name}'.{did_you_mean(near)}"
        data = {"replacement": near, "node": node.name}
        return Problem("unknown-input", message, parameter.span, Severity.WARNING, data=data)
    message = (
        f"Input '{parameter.name}' has no value. Give it a default, pass --input "
        f"{parameter.name}=VALUE, or set it in the plan's .toml file."
    )
    return Problem("missing-input", message, parameter.span, Severity.INFORMATION)
