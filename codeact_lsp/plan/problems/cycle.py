"""Nodes that wait for each other: none of them can ever start."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Related
from codeact_lsp.plan.source import Span


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each cycle, where its first node asks for another of its members.

    It is related to the places where all others do: each of them is one at which to cut.
    """
    for members in plan.graph.cycles:
        (_, place), *others = [_tie(plan.nodes[name], members) for name in members]
        related = tuple(
            Related(f"'{name}' depends on '{other}' here.", tie)
            for name, (other, tie) in zip(members[1:], others, strict=True)
        )
        yield Problem("cycle", _message(members), place, related=related)


def _tie(definition: Definition, members: Collection[str]) -> tuple[str, Span]:
    """The first member that a node depends on, and the parameter or section that says so."""
    node = definition.node
    ties = [(other.name, other.span) for other in node.parameters if not other.variadic]
    ties += [(reference.name, reference.span) for reference in node.directives.after]
    ties += [(wait.after.name, wait.after.span) for wait in node.directives.waits if wait.after]
    return next((name, definition.span(span)) for name, span in ties if name in members)


def _message(members: tuple[str, ...]) -> str:
    if len(members) == 1:
        return f"Node '{members[0]}' depends on itself."
    return f"These nodes depend on each other: {', '.join(members)}."
