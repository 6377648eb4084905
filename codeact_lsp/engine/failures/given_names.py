"""Under which names a function puts things into the dictionary that it returns."""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.failures.steps import Variables


def names_given(function: ast.AST, returned: ast.expr, variables: Variables) -> Iterator[ast.expr]:
    """The expressions for the names; one that stands there several times, once.

    Args:
        function: The function.
        returned: What it returns.
        variables: Those of the function.
    """
    match variables.followed(returned):
        case ast.DictComp(key=key):
            yield key
        case ast.Call(func=ast.Name(id="dict"), args=[ast.Name() as inner]):
            yield from names_given(function, inner, variables)
        case _ if isinstance(returned, ast.Name):
            found = _put(function, returned.id)
            yield from {ast.unparse(each): each for each in found}.values()
        case _:
            pass


def _put(function: ast.AST, owner: str) -> Iterator[ast.expr]:
    """The names under which statements put something into a variable, or fill what stands there."""
    for part in ast.walk(function):
        match part:
            case (
                ast.Subscript(value=ast.Name(id=name), slice=key, ctx=ast.Store())
                | ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Subscript(value=ast.Name(id=name), slice=key))
                    )
                )
                | ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="setdefault"), args=[key, *_]
                )
            ) if name == owner:
                yield key
            case _:
                pass
