"""The part of a failing statement that is certainly the culprit."""

import ast
from collections.abc import Iterator

from .expressions import Place


def head(tree: ast.AST, place: Place) -> Place | None:
    """The part of a compound statement that fails where Python marks all of it, its body too.

    Some versions do so. What fails in the body is marked by itself, so it is never the body.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler) and Place.of(node) == place:
            parts = list(_head(node))
            return Place.around(parts[0], parts[-1]) if parts else None
    return None


def _head(node: ast.stmt | ast.ExceptHandler) -> Iterator[ast.expr]:
    match node:
        case ast.For() | ast.AsyncFor():
            yield node.iter
        case ast.With() | ast.AsyncWith():
            yield from (item.context_expr for item in node.items)
        case ast.ExceptHandler(type=ast.expr() as kind):
            yield kind
        case _:
            return
