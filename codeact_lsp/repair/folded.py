"""What a function of two values, as `reduce` takes one, does with the first of them."""

import ast
from dataclasses import dataclass

from codeact_lsp.repair.scene import Scene, last_name

COMMON = "&"
"""What two sets have in common: no start leaves that as it is."""
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Mult: "*", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: COMMON,
}  # fmt: skip
_NAMED = {
    "add": "+", "iadd": "+", "concat": "+", "iconcat": "+", "mul": "*", "imul": "*", "or_": "|",
    "ior": "|", "xor": "^", "and_": COMMON, "iand": COMMON, "union": "|", "intersection": COMMON,
    "symmetric_difference": "^",
}  # fmt: skip
_OF_SETS = frozenset({"union", "intersection", "symmetric_difference"})
# The types of numbers that a function of `math` is for, and how it begins.
_OF_NUMBERS = {"gcd": "+", "lcm": "*"}
_PAIR = 2


@dataclass(frozen=True)
class Fold:
    """An operation that puts one more value to those before.

    Attributes:
        operator: Its sign.
        kind: The type of what it is done to, where the operation itself says that.
        added: What is put to those before, where that is made of the next value; None if it is
            that value.
    """

    operator: str
    kind: str | None = None
    added: ast.expr | None = None


def fold_of(scene: Scene, function: ast.expr) -> Fold | None:
    """The operation of a function that is given to a reduction; None if it is another one."""
    match function:
        case ast.Lambda(args=ast.arguments(args=[first, second]), body=body):
            return _of_body(first.arg, second.arg, body)
        case ast.Name(id=name) if defined := _defined(scene, name):
            return _of_body(*defined)
        case ast.Name() | ast.Attribute():
            return _of_name(scene, function)
        case _:
            return None


def _of_name(scene: Scene, function: ast.Name | ast.Attribute) -> Fold | None:
    head, _, rest = ast.unparse(function).partition(".")
    full = f"{scene.imported.get(head, head)}.{rest}".rstrip(".")
    home, name = full.rpartition(".")[0], last_name(function)
    name = full.rpartition(".")[2] if isinstance(function, ast.Name) else name
    if home == "operator" and name in _NAMED and name not in _OF_SETS:
        return Fold(_NAMED[name])
    if home in {"set", "frozenset"} and name in _OF_SETS:
        return Fold(_NAMED[name], home)
    return Fold(_OF_NUMBERS[name], "int") if home == "math" and name in _OF_NUMBERS else None


def _defined(scene: Scene, name: str) -> tuple[str, str, ast.expr] | None:
    """The parameters of a function of the plan, and what it gives, if that is all that it does."""
    for _, node in scene.everywhere(ast.FunctionDef):
        last = node.body[-1]
        is_short = len(node.body) <= _PAIR
        is_doc = len(node.body) == 1 or isinstance(node.body[0], ast.Expr)
        if node.name == name and is_short and is_doc and len(node.args.args) == _PAIR:
            first, second = (each.arg for each in node.args.args)
            if isinstance(last, ast.Return) and last.value is not None:
                return first, second, last.value
    return None


def _of_body(first: str, second: str, body: ast.expr) -> Fold | None:
    match body:
        case ast.BinOp(left=ast.Name(id=name), op=op, right=other) if name == first:
            sign = _OPERATORS.get(type(op))
        case ast.BinOp(left=other, op=op, right=ast.Name(id=name)) if name == first:
            sign = _OPERATORS.get(type(op))
        case ast.Dict(keys=[None, *_], values=[ast.Name(id=name), *_]) if name == first:
            return Fold("|", "dict")
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[other]):
            sign = _NAMED[method] if method in _OF_SETS and name == first else None
            return Fold(sign, "set") if sign else None
        case _:
            return None
    if sign is None or first in {n.id for n in ast.walk(other) if isinstance(n, ast.Name)}:
        return None
    is_plain = isinstance(other, ast.Name) and other.id == second
    return Fold(sign, added=None if is_plain else other)
