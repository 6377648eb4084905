"""The expression that a node returned, in the function that it stands in."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Plan


def returned_values(
    plan: Plan, node: str, returned: int | None
) -> Iterator[tuple[ast.stmt, ast.expr]]:
    """The function, and the value of the `return` that ran; nothing if that is not known.

    Args:
        plan: The plan that ran.
        node: The node.
        returned: Which of its `return` statements ran.
    """
    definition = plan.nodes[node]
    lines = definition.node.return_lines
    piece = plan.document.pieces[definition.piece]
    if returned is None or not 0 <= returned < len(lines):
        return
    for function in piece.tree.body:
        returns = (part for part in ast.walk(function) if isinstance(part, ast.Return))
        for part in returns:
            if part.value and piece.span(part) == lines[returned]:
                yield function, part.value
