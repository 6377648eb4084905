"""A docstring that describes a parameter which the function does not have."""

from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.problems.scope import Scope
from codeact_lsp.plan.spelling import closest, did_you_mean


def problems(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem for each such entry; what `**kwargs` may hold is not known."""
    if not node.described or any(parameter.variadic for parameter in node.parameters):
        return
    names = {parameter.name for parameter in node.parameters}
    described = {entry.name for entry in node.described}
    for entry in node.described:
        if entry.name not in names:
            near = closest(entry.name, sorted(names - described))
            message = f"'{node.name}' has no parameter '{entry.name}'.{did_you_mean(near)}"
            data = {"replacement": near} if near and entry.exact else {}
            yield Problem("unknown-argument", message, entry.span, Severity.WARNING, data=data)
