"""Nodes that wait for each other: none of them can ever start."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem, Related


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """One problem for each cycle, at its first node, related to all its members."""
    for members in plan.graph.cycles:
        places = [plan.nodes[name].span(plan.nodes[name].node.name_span) for name in members]
        message = _message(members)
        related = tuple(
            Related(f"'{name}' is part of the cycle.", place)
            for name, place in zip(members[1:], places[1:], strict=True)
        )
        yield Problem("cycle", message, places[0], related=related)


def _message(members: tuple[str, ...]) -> str:
    if len(members) == 1:
        return f"Node '{members[0]}' depends on itself."
    return f"These nodes depend on each other: {', '.join(members)}."
