"""Two nodes of one name: Python keeps the last, so the earlier one silently never runs."""

from collections.abc import Iterator

from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Related


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each definition but the first, related to the first."""
    if not plan.table.repeated:
        return
    first: dict[str, Definition] = {}
    for definition in plan.definitions:
        name = definition.node.name
        earlier = first.setdefault(name, definition)
        if earlier is definition:
            continue
        if _is_overload(plan, earlier):
            first[name] = definition
            continue
        related = Related("First defined here.", earlier.span(earlier.node.name_span))
        message = f"Node '{name}' is defined twice; only the last definition would run."
        span = definition.span(definition.node.name_span)
        yield Problem("duplicate-node", message, span, related=(related,))


def _is_overload(plan: Plan, definition: Definition) -> bool:
    """Whether it only tells type checkers of one way to call what is defined below it."""
    decorators = (
        decorator
        for statement in plan.document.pieces[definition.piece].tree.body
        for decorator in getattr(statement, "decorator_list", ())
    )
    names = {getattr(part, "attr", getattr(part, "id", "")) for part in decorators}
    return "overload" in names
