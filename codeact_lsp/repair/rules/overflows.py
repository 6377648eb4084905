"""A number that is too large, or endless, for what is done with it.

Answers OverflowError, and ValueError of moments that are given in thousandths.

    math.factorial(n) / 2                   ->  math.factorial(n) // 2
    math.sqrt(n), of a very large n         ->  math.isqrt(n)
    best = int(float("inf"))                ->  best = float("inf")
    math.exp(x)                             ->  math.exp(min(x, 700))
    math.pow(base, n)                       ->  base ** n
    datetime.fromtimestamp(stamp)           ->  datetime.fromtimestamp(stamp / 1000)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import call_of, instead, operand

_TOO_LARGE = r"too large (?:for a|to convert to) float"
_MOMENT = r"year -?\d+ is out of range|timestamp out of range|out of range for platform|too large"
_MOMENTS = frozenset({"fromtimestamp", "utcfromtimestamp", "localtime", "gmtime"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The same without a number of a limited size, or with a smaller one."""
    if scene.said(_TOO_LARGE):
        yield from _whole(scene)
    for call in scene.calls():
        name, only = called(call), call.args[0] if len(call.args) == 1 else None
        if name in _MOMENTS and call.args and scene.said(_MOMENT):
            yield _in_seconds(scene, call)
        elif name == "int" and only is not None and scene.said("infinity"):
            yield instead(scene, call, scene.text(only), POSSIBLE if _is_read(only) else SURE)
        elif name == "exp" and only is not None and scene.said("math range error"):
            text = f"min({scene.text(only)}, 700)"
            yield instead(scene, only, text, POSSIBLE)
        elif name == "pow" and scene.said("math range error"):
            yield from _power(scene, call)


def _whole(scene: Scene) -> Iterator[Candidate]:
    match scene.failed:
        case ast.BinOp(op=ast.Div(), left=left, right=right) as share:
            text = f"{operand(scene, left)} // {operand(scene, right)}"
            yield instead(scene, share, text, LIKELY)
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=0.5)) as root:
            yield instead(scene, root, f"math.isqrt({scene.text(left)})", LIKELY)
        case ast.Call(func=ast.Attribute(value=owner, attr="sqrt"), args=[number]) as root:
            text = f"{scene.text(owner)}.isqrt({scene.text(number)})"
            yield instead(scene, root, text, LIKELY)
        case _:
            return


def _in_seconds(scene: Scene, call: ast.Call) -> Candidate:
    first, *others = call.args
    given = [f"{operand(scene, first)} / 1000", *map(scene.text, others)]
    return instead(scene, call, call_of(scene, call, given), SURE)


def _is_read(node: ast.expr) -> bool:
    """Whether the endless number comes from elsewhere; else it was meant to be endless."""
    return not isinstance(node, ast.Call | ast.UnaryOp | ast.Attribute)


def _power(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    match call.args:
        case [base, exponent]:
            text = f"{operand(scene, base)} ** {operand(scene, exponent)}"
            yield instead(scene, call, text, LIKELY)
        case _:
            return


RULE = rule("overflows", "OverflowError ValueError", candidates)
