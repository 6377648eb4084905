"""Loops that gather items of what they go through, each as it is: as a comprehension would."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PUTTING = frozenset({"add", "append"})
_EMPTY = frozenset({"dict", "list", "set"})


@dataclass(frozen=True, slots=True)
class Gathering:
    """A list, set or dictionary, and the loop that alone fills it.

    Attributes:
        name: The variable.
        alike: A comprehension that gathers the same.
        parts: What the loop is made of. To be mentioned there changes nothing of a value.
    """

    name: str
    alike: ast.ListComp | ast.DictComp
    parts: frozenset[ast.AST]


def gatherings(function: ast.AST) -> Iterator[Gathering]:
    """The loops of a function that put items aside and do nothing else with them."""
    for loop in ast.walk(function):
        items = _items(loop.target) if isinstance(loop, ast.For) else []
        if not isinstance(loop, ast.For) or not items:
            continue
        puts = list(_puts(loop.body, items))
        names = {name for name, _ in puts}
        name = names.pop() if len(names) == 1 else ""
        if name and _is_left_alone(function, loop, [name, *items], len(puts)):
            parts = frozenset({loop.target, loop.iter, *(put for _, put in puts)})
            yield Gathering(name, _alike(loop, items), parts)


def _items(target: ast.expr) -> list[str]:
    """The variable of a loop, or its two: a key and a value."""
    match target:
        case ast.Name(id=item):
            return [item]
        case ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]):
            return [key, value]
        case _:
            return []


def _alike(loop: ast.For, items: Sequence[str]) -> ast.ListComp | ast.DictComp:
    generator = ast.comprehension(target=loop.target, iter=loop.iter, ifs=[], is_async=0)
    first, *others = (ast.Name(item, ast.Load()) for item in items)
    if others:
        return ast.DictComp(key=first, value=others[0], generators=[generator])
    return ast.ListComp(elt=first, generators=[generator])


def _puts(body: list[ast.stmt], items: Sequence[str]) -> Iterator[tuple[str, ast.stmt]]:
    """The statements that put an item into something, and the name of that."""
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _puts([*statement.body, *statement.orelse], items)
        elif name := _filled(statement, items):
            yield name, statement


def _filled(statement: ast.stmt, items: Sequence[str]) -> str:
    """The name of what a statement puts just the item into; empty if it does something else."""
    match statement:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=method),
                args=[ast.Name(id=put)],
                keywords=[],
            )
        ):
            return name if method in _PUTTING and [put] == items else ""
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Name(id=key))],
            value=ast.Name(id=put),
        ):
            return name if [key, put] == items else ""
        case _:
            return ""


def _is_left_alone(function: ast.AST, loop: ast.For, names: Sequence[str], puts: int) -> bool:
    """Whether all else that is done with the items is to ask of them, and the list is returned."""
    name, *items = names
    if not is_only_filled(function, name, puts):
        return False
    return all(_mentions(function, item) == 1 + puts + _count(loop, item, ast.If) for item in items)


def is_only_filled(function: ast.AST, name: str, puts: int) -> bool:
    """Whether all that is done with a variable is to begin it empty, to fill and to return it.

    Args:
        function: The function.
        name: The variable.
        puts: How often something is put into it.
    """
    begun = sum(_is_begun(part, name) for part in ast.walk(function))
    returned = _count(function, name, ast.Return)
    return begun == 1 and _mentions(function, name) == begun + puts + returned


def _is_begun(part: ast.AST, name: str) -> bool:
    """Whether a statement gives the list its name, with nothing in it."""
    match part:
        case (
            ast.Assign(targets=[ast.Name(id=given)], value=value)
            | ast.AnnAssign(target=ast.Name(id=given), value=value)
        ):
            return given == name and _is_empty(value)
        case _:
            return False


def _is_empty(value: ast.expr | None) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]):
            return name in _EMPTY
        case _:
            return False


def _count(tree: ast.AST, name: str, kind: type[ast.If] | type[ast.Return]) -> int:
    """How often a name is mentioned where something is asked, or returned."""
    found = (part for part in ast.walk(tree) if isinstance(part, kind))
    parts = (part.test if isinstance(part, ast.If) else part for part in found)
    return sum(_mentions(part, name) for part in parts)


def _mentions(tree: ast.AST, name: str) -> int:
    return sum(isinstance(part, ast.Name) and part.id == name for part in ast.walk(tree))
