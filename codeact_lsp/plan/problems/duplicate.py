"""Two nodes of one name: Python keeps the last, so the earlier one silently never runs."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Related


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """One problem for each definition but the first, related to the first."""
    first: dict[str, Definition] = {}
    for definition in plan.definitions:
        name = definition.node.name
        earlier = first.setdefault(name, definition)
        if earlier is not definition:
            related = Related("First defined here.", earlier.span(earlier.node.name_span))
            message = f"Node '{name}' is defined twice; only the last definition would run."
            span = definition.span(definition.node.name_span)
            yield Problem("duplicate-node", message, span, related=(related,))
