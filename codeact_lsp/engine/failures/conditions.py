"""The one condition of a node that decides what is left out of what it makes."""

import ast

from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.plan import Plan, Span


def only_condition(plan: Plan, node: str) -> Span | None:
    """The test that a node has, if there is but one; None if nothing or more decides.

    Args:
        plan: The plan.
        node: The node.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    tests: list[ast.expr] = []
    for part in ast.walk(piece.tree):
        match part:
            case ast.If(test=test):
                tests.append(test)
            case ast.comprehension(ifs=several):
                tests += several
            case _:
                pass
    return definition.span(piece.span(tests[0])) if len(tests) == 1 else None


def deciding(plan: Plan, node: str, returned: int | None) -> Span:
    """What decides that something is not in what a node returned: its one condition.

    Args:
        plan: The plan.
        node: The node.
        returned: Which of its `return` statements ran.

    Returns:
        The `return` that ran where the condition stands in it, or where there is not just one.
    """
    place, test = return_place(plan, node, returned), only_condition(plan, node)
    return place if test is None or place.start <= test.start <= place.end else test
