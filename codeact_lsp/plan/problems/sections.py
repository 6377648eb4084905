"""A docstring section that says nothing the plan understands."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """One problem for each malformed section, with the forms that are accepted."""
    for definition in plan.definitions:
        for malformed in definition.node.directives.malformed:
            yield Problem("bad-section", malformed.message, definition.span(malformed.span))
