"""The operation that Python was executing: the one tree node that has exactly the place it tells.

What stands inside it was evaluated before, or not at all; what failed there would have been told
with its own place. So of all parts of a failing expression only the operation's own can be guilty.
"""

import ast
from collections.abc import Iterator

from .expressions import Place

_OPERATIONS = (
    ast.Attribute,
    ast.AugAssign,
    ast.Await,
    ast.BinOp,
    ast.Compare,
    ast.Starred,
    ast.Subscript,
    ast.UnaryOp,
)
Parents = dict[ast.AST, ast.AST]


def operation(tree: ast.AST, place: Place) -> ast.expr | ast.stmt | None:
    """The expression at `place`; else the statement; None if there is neither."""
    here = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt) and place in _places(node)
    ]
    # Python 3.11 gives the parts of an f-string the place of the whole.
    found = [node for node in here if isinstance(node, ast.expr)] or here
    return found[0] if found and not isinstance(found[0], ast.JoinedStr) else None


def attribute_place(node: ast.Attribute) -> Place:
    """Where the name of an attribute stands.

    Of one on a line of its own, and of a call of one, Python tells no more than from there on.
    """
    end = Place.of(node)
    start = end.end_column - len(node.attr.encode())
    return Place(end.end_line, start, end.end_line, end.end_column)


def parents(tree: ast.AST) -> Parents:
    """What each node stands in."""
    return {inner: node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}


def around(node: ast.AST, above: Parents) -> Iterator[ast.AST]:
    """What a node stands in, innermost first."""
    while node in above:
        node = above[node]
        yield node


def operands(node: ast.AST, above: Parents) -> tuple[ast.expr, ...]:
    """What an operation is done to, in the order in which it is evaluated."""
    match node:
        case ast.Call():
            return _of_call(node)
        case ast.Tuple(ctx=ast.Store()) | ast.List(ctx=ast.Store()):
            return _unpacked(node, above)
        case ast.Assert():
            return operands(node.test, above)
        case _ if isinstance(node, _OPERATIONS):
            return tuple(each for each in _inside(node) if isinstance(each, ast.expr))
        case _:
            return _put_together(node) if isinstance(node, ast.expr) else ()


def _places(node: ast.expr | ast.stmt) -> tuple[Place, ...]:
    own = Place.of(node)
    match node:
        case ast.Attribute():
            return own, attribute_place(node)
        case ast.Call(func=ast.Attribute() as method):
            name = attribute_place(method)
            return own, Place(name.line, name.column, own.end_line, own.end_column)
        case _:
            return (own,)


def _of_call(node: ast.Call) -> tuple[ast.expr, ...]:
    """The object whose method it is, and the arguments."""
    owner = (node.func.value,) if isinstance(node.func, ast.Attribute) else ()
    return (*owner, *node.args, *(word.value for word in node.keywords))


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of an operation; a text that takes several values has them in a tuple."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Tuple) and isinstance(getattr(node, "op", None), ast.Mod):
            yield from inner.elts
        else:
            yield inner


def _put_together(node: ast.expr) -> tuple[ast.expr, ...]:
    """What a display hashes or unpacks, and what an f-string formats by a specification."""
    match node:
        case ast.Dict(keys=keys, values=values):
            return tuple(key or value for key, value in zip(keys, values, strict=True))
        case ast.Set(elts=items):
            return tuple(items)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return tuple(item for item in items if isinstance(item, ast.Starred))
        case ast.JoinedStr(values=parts):
            formatted = [part for part in parts if isinstance(part, ast.FormattedValue)]
            return tuple(part.value for part in formatted if part.format_spec)
        case ast.FormattedValue(value=value):
            return (value,)
        case _:
            return (node,)


def _unpacked(node: ast.expr, above: Parents) -> tuple[ast.expr, ...]:
    """What is unpacked into a target or one around it, or goes through what is: as of a loop."""
    match above.get(node):
        case ast.Assign(value=value):
            return (value,)
        case ast.For(iter=value) | ast.AsyncFor(iter=value) | ast.comprehension(iter=value):
            return (value,)
        case ast.Tuple() | ast.List() as outer:
            return _unpacked(outer, above)
        case _:
            return ()
