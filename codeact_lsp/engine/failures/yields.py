"""The helper that a node goes through: what it takes from there, that function has made."""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.failures.helpers import Inner, defined
from codeact_lsp.plan import Plan, Span


def gone_through(plan: Plan, node: str, place: Span) -> Inner | None:
    """The helper whose items a place of a node takes, and where it gives them.

    Args:
        plan: The plan that ran.
        node: The node.
        place: Where something is made of what a loop has.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    mentioned = set[str]()
    for part in ast.walk(piece.tree):
        if isinstance(part, ast.Name):
            span = definition.span(piece.span(part))
            if place.start <= span.start < place.end:
                mentioned.add(part.id)
    for name, targets in _loops(piece.tree):
        if name not in plan.nodes and targets & mentioned and (found := _given(plan, name)):
            return found
    return None


def _loops(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """What is called to be gone through, and the variables of that loop."""
    for part in ast.walk(tree):
        match part:
            case (
                ast.For(target=target, iter=ast.Call(func=ast.Name(id=name)))
                | ast.comprehension(target=target, iter=ast.Call(func=ast.Name(id=name)))
            ):
                yield name, {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
            case _:
                pass


def _given(plan: Plan, name: str) -> Inner | None:
    """The one `yield` of a helper."""
    found = [
        Inner(name, piece.span(part).shifted(start), is_certain=False)
        for piece, start, function in defined(plan, name)
        for part in ast.walk(function)
        if isinstance(part, ast.Yield)
    ]
    return found[0] if len(found) == 1 else None
