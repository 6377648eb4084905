"""A function that cannot be called as a node."""

from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.problems.scope import Scope


def problems(node: Node, _scope: Scope) -> Iterator[Problem]:
    """Generators, and parameters such as `*args` that name no dependency."""
    if node.is_generator:
        message = (
            f"Node '{node.name}' is a generator, and a generator cannot leave its process. "
            "Return a list, or make the function private."
        )
        yield Problem("generator-node", message, node.name_span)
    for parameter in node.parameters:
        if parameter.variadic:
            message = f"'{parameter.name}' stays empty: each input of a node has its own name."
            yield Problem("variadic-input", message, parameter.span, Severity.WARNING)
