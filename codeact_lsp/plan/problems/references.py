"""A docstring section that names a node which does not exist."""

from collections.abc import Iterator

from codeact_lsp.plan.docstrings.directives import Directives, Reference
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.problems.scope import Scope
from codeact_lsp.plan.spelling import did_you_mean


def problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem for each unknown name in an `After:` or `Wait:` section."""
    for reference in _references(node.directives):
        if not scope.node(reference.name) and not scope.is_broken(reference.name):
            near = scope.closest(reference.name)
            message = f"There is no node '{reference.name}'.{did_you_mean(near)}"
            data = {"replacement": near} if near and reference.exact else {}
            yield Problem("unknown-node", message, reference.span, data=data)


def _references(directives: Directives) -> Iterator[Reference]:
    yield from directives.after
    yield from (wait.after for wait in directives.waits if wait.after)
