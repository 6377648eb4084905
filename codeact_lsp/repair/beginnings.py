"""What a variable may begin with, by what is done with it later."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.scene import Function, Scene

_OF_METHODS = {
    "append": ("[]",), "extend": ("[]",), "insert": ("[]",), "add": ("set()",),
    "update": ("{}", "set()"),
}  # fmt: skip


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
            case ast.Subscript(ctx=ast.Store()) as item:
                yield from _tables(scene, item)
            case _:
                pass


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
        case ast.AugAssign() if "Counter" in scene.plan.names:
            yield "Counter()"
        case _:
            yield "{}"
