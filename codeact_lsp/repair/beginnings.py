"""What a variable may begin with, by what is done with it later."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.scene import Function, Scene, last_name

_OF_METHODS = {
    "append": ("[]",), "extend": ("[]",), "insert": ("[]",), "add": ("set()",),
    "update": ("{}", "set()"),
}  # fmt: skip
_OF_LISTS = frozenset(["heappush", "heapify", "heappop", "insort", "insort_left", "insort_right"])


def beginnings(scene: Scene, function: Function, name: str) -> Iterator[str]:
    """The first values that a variable may have, by what the function does with it.

    Args:
        scene: The scene.
        function: The function.
        name: The variable.
    """
    for node in ast.walk(function):
        if not (isinstance(node, ast.Name) and node.id == name):
            continue
        match scene.parents[node]:
            case ast.Attribute(attr=method):
                yield from _OF_METHODS.get(method, ())
            case ast.Call(func=asked, args=[first, *_]) if first is node:
                yield from ["[]"] if last_name(asked) in _OF_LISTS else []
            case ast.AugAssign(op=ast.Add() | ast.Sub(), target=ast.Name()) as added:
                yield from _sums(added.value)
            case ast.AugAssign(op=ast.Mult(), target=ast.Name()):
                yield "1"
            case (
                ast.BinOp(op=ast.Add(), left=ast.Name(id=part), right=more)
                | ast.BinOp(op=ast.Add(), left=more, right=ast.Name(id=part))
            ) as added if part == name and _is_set_to(scene, added, name):
                yield from _sums(more)
            case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(None)]):
                yield "None"
            case ast.Subscript(value=table) as item if table is node:
                is_set = isinstance(item.ctx, ast.Store)
                yield from _tables(scene, item) if is_set else _of_items(scene, item)
            case _:
                pass


def begun_as(scene: Scene, name: str) -> str:
    """The type of the collection that a variable begins as; nothing if it is another thing.

    Args:
        scene: A scene in its function, or in one within that.
        name: The variable.
    """
    for node in ast.walk(scene.piece.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                return _collection(value)
            case _:
                pass
    return ""


def _collection(value: ast.expr) -> str:
    match value:
        case ast.Call(func=made) if last_name(made) in {"set", "list", "deque"}:
            return last_name(made)
        case ast.List():
            return "list"
        case _:
            return ""


def _is_set_to(scene: Scene, value: ast.expr, name: str) -> bool:
    around = scene.parents.get(value)
    return isinstance(around, ast.Assign) and list(map(ast.unparse, around.targets)) == [name]


def _sums(value: ast.expr) -> tuple[str, ...]:
    match value:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return ('""',)
        case ast.List() | ast.ListComp():
            return ("[]",)
        case (
            ast.BinOp(op=ast.Div()) | ast.Constant(value=float()) | ast.Call(func=ast.Name("float"))
        ):
            return ("0.0",)
        case _:
            return ("0", '""', "[]", 'b""', "()")


def _tables(scene: Scene, item: ast.Subscript) -> Iterator[str]:
    match scene.parents[item]:
        case ast.AugAssign(value=value) if "defaultdict" in scene.plan.names:
            yield f"defaultdict({'float' if '0.0' in _sums(value) else 'int'})"
        case ast.AugAssign():
            yield "Counter()"
        case _:
            yield "{}"


def _of_items(scene: Scene, item: ast.Subscript) -> Iterator[str]:
    """What has something under each key before that was put there."""
    match scene.parents[item]:
        case ast.Attribute(attr="append" | "extend"):
            yield "defaultdict(list)"
        case ast.Attribute(attr="add"):
            yield "defaultdict(set)"
        case _:
            return


def home_of(value: str) -> str:
    """The statement that imports what a first value is made by; nothing if Python has it.

    Args:
        value: One of the values that a variable may begin with.
    """
    made = value.partition("(")[0]
    return f"from collections import {made}" if made in {"Counter", "defaultdict"} else ""
