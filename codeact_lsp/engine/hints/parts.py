"""Which parts of a parameter a function uses, as its text tells: `orders["amount"]`, `orders.day`.

What may use the whole value counts as using all of it: a method call, handing it on, a comparison.
"""

import ast
from collections.abc import Iterator


def parts_used(function: ast.AST, name: str) -> list[str]:
    """The parts of `name` that are used, each once; none if it is unused or may be used as a whole.

    Args:
        function: The definition of the function.
        name: One of its parameters.
    """
    uses = list(_uses(function, name))
    if None in uses:
        return []
    return list(dict.fromkeys(use for use in uses if use is not None))


def _uses(tree: ast.AST, name: str) -> Iterator[str | None]:
    """What each mention of `name` uses of it; None for all."""
    pending: list[tuple[ast.AST, ast.AST | None, ast.AST | None]] = [(tree, None, None)]
    while pending:
        part, parent, grandparent = pending.pop()
        if isinstance(part, ast.Name) and part.id == name:
            yield _part(part, parent, grandparent)
        children = reversed(list(ast.iter_child_nodes(part)))
        pending += ((child, part, parent) for child in children)


def _part(name: ast.Name, parent: ast.AST | None, grandparent: ast.AST | None) -> str | None:
    match parent:
        case ast.Attribute(ctx=ast.Load(), attr=attribute):
            called = isinstance(grandparent, ast.Call) and grandparent.func is parent
            return None if called else f".{attribute}"
        case ast.Subscript(ctx=ast.Load(), slice=ast.Constant(value=key)) if parent.value is name:
            return f"[{key!r}]"
        case ast.Call(func=ast.Name(id="len")):
            return "its length"
        case _:
            return None
