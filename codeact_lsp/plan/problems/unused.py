"""A parameter that its function never uses."""

from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.problems.scope import Scope


def problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem for each parameter without a use; `_` before a name says it is meant so.

    A decorator may ask for inputs that the function itself has no use for, but not for nodes.
    """
    for parameter in node.parameters:
        name = parameter.name
        if name not in node.unused or name.startswith("_"):
            continue
        is_dependency = scope.node(name) is not None
        if is_dependency or not node.is_decorated:
            yield Problem(
                "unused-input",
                _message(node.name, name, is_dependency=is_dependency),
                parameter.span,
                Severity.HINT,
                data={"node": node.name, "input": name, "dependency": is_dependency},
                unnecessary=True,
            )


def _message(node: str, name: str, *, is_dependency: bool) -> str:
    if is_dependency:
        return (
            f"Nothing in '{node}' uses the value of '{name}'. To only run after it, write "
            f"'After: {name}' in the docstring."
        )
    return f"Nothing in '{node}' uses the input '{name}'."
