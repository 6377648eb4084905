"""What a list, set, dictionary or object is filled with, by the statements of one function.

Where one statement alone puts something into it, all parts of it come from there, in whatever depth
they were asked for.
"""

import ast
from collections.abc import Iterator

_PUTTING = frozenset(
    ["add", "append", "appendleft", "extend", "insert", "setdefault", "update"]
)  # fmt: skip
_EMPTY = frozenset({"Counter", "OrderedDict", "defaultdict", "deque", "dict", "list", "set"})


def only_filling(function: ast.AST, owner: str) -> ast.expr | None:
    """The one expression that is ever put into a variable; None if there are several, or none.

    Args:
        function: The function.
        owner: The variable.
    """
    found = list(fillings(function, owner))
    return found[0] if len(found) == 1 else None


def fillings(tree: ast.AST, owner: str) -> Iterator[ast.expr]:
    """What is put into something, and what it is begun with if that is not empty.

    Args:
        tree: Where to look.
        owner: A variable; or as `self.near` an attribute of one.
    """
    for part in ast.walk(tree):
        match part:
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=inner, attr=method), args=[*_, item])
            ) if method in _PUTTING and _root(inner, owner):
                yield item
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.AugAssign(target=target, value=value)
            ) if _root(target, owner) and not is_begun_empty(value):
                yield value
            case _:
                pass


def entries(function: ast.AST, returned: ast.expr) -> Iterator[ast.expr]:
    """What stands under the names of a dictionary that a function returns.

    Args:
        function: The function.
        returned: What it returns.
    """
    match returned:
        case ast.DictComp(value=value):
            yield value
        case ast.Call(func=ast.Name("dict"), args=[inner], keywords=[]):
            yield from entries(function, inner)
        case ast.Name(id=owner):
            put = [part for part in ast.walk(function) if isinstance(part, ast.Assign)]
            found = [part.value for part in put if _is_entry(part.targets, owner)]
            every = list(fillings(function, owner))
            comprehended = [each for each in every if isinstance(each, ast.DictComp)]
            if every == comprehended:
                yield from (each.value for each in comprehended)
            elif len(found) == len(every):
                yield from found
        case _:
            pass


def _is_entry(targets: list[ast.expr], owner: str) -> bool:
    match targets:
        case [ast.Subscript(value=ast.Name(id=name))]:
            return name == owner
        case _:
            return False


def is_begun_empty(value: ast.expr) -> bool:
    """Whether an expression makes something with nothing in it."""
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.DictComp(value=inner) | ast.ListComp(elt=inner):
            return is_begun_empty(inner)
        case ast.Call(func=ast.Name(id=name), args=args):
            return name in _EMPTY and (not args or name == "defaultdict")
        case _:
            return False


def _root(node: ast.expr, owner: str) -> bool:
    """Whether an expression is something, or a part of it that is asked for."""
    while ast.unparse(node) != owner:
        match node:
            case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return False
    return True
