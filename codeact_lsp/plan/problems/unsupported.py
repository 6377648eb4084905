"""A function that cannot be called as a node."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Severity


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """Generators, and parameters such as `*args` that name no dependency."""
    for definition in plan.definitions:
        if definition.node.is_generator:
            yield _generator(definition)
        for parameter in definition.node.parameters:
            if parameter.variadic:
                message = f"'{parameter.name}' stays empty: each input of a node has its own name."
                span = definition.span(parameter.span)
                yield Problem("variadic-input", message, span, Severity.WARNING)


def _generator(definition: Definition) -> Problem:
    node = definition.node
    message = (
        f"Node '{node.name}' is a generator, and a generator cannot leave its process. "
        "Return a list, or make the function private."
    )
    return Problem("generator-node", message, definition.span(node.name_span))
