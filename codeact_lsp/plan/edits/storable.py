"""Values that cannot be a node's, since they cannot leave the process that made them."""

import ast
from collections.abc import Iterable, Iterator

from codeact_lsp.plan.edits.refactoring import UnsoundError


def check_storable(value: ast.expr) -> None:
    """Refuse an expression that makes what cannot be the value of a node.

    Raises:
        UnsoundError: It makes a function, a generator, an open file or a view of a dictionary.
    """
    if kind := _kind_of(value):
        raise UnsoundError(f"It makes {kind}, which cannot be the value of a node.")


def check_bound_storable(name: str, parts: Iterable[ast.AST]) -> None:
    """Refuse a name that is bound to what cannot be the value of a node.

    Args:
        name: The name.
        parts: All that the statements which bind it consist of.

    Raises:
        UnsoundError: It is, or may be, a function, a class, an import, or one of the above.
    """
    if kind := dict(kind for part in parts for kind in _bindings(part)).get(name):
        raise UnsoundError(f"'{name}' is {kind}, which cannot be the value of a node.")


def _bindings(part: ast.AST) -> Iterator[tuple[str, str]]:
    """What `part` binds that cannot leave its process, and what it is."""
    match part:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name, "a function"
        case ast.ClassDef(name=name):
            yield name, "a class"
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield alias.asname or alias.name.split(".")[0], "an import"
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            | ast.withitem(context_expr=value, optional_vars=ast.Name(id=name))
        ):
            if kind := _kind_of(value):
                yield name, kind
        case _:
            pass


def _kind_of(value: ast.expr) -> str:
    """What an expression makes, if it is one of those; what a call makes is mostly not known."""
    match value:
        case ast.Lambda():
            return "a function"
        case ast.GeneratorExp():
            return "a generator"
        case ast.Call(func=ast.Name(id="open")):
            return "an open file"
        case ast.Call(func=ast.Attribute(attr="keys" | "values" | "items"), args=[], keywords=[]):
            return "a view of a dictionary"
        case _:
            return ""
