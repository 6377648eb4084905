"""A docstring section that says nothing the plan understands."""

from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.problems.scope import Scope


def problems(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem for each malformed section, with the forms that are accepted."""
    for malformed in node.directives.malformed:
        data = {"replacement": malformed.replacement} if malformed.replacement else {}
        yield Problem("bad-section", malformed.message, malformed.span, data=data)
