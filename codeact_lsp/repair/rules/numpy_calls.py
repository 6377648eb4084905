"""A function of NumPy that is called as its namesake of Python is, or takes its values otherwise.

Answers TypeError, ValueError, IndexError and AxisError.

    np.max(a, b)                       ->  np.maximum(a, b)
    np.random.rand((2, 3))             ->  np.random.rand(2, 3)
    np.append(table, row, axis=0)      ->  np.append(table, [row], axis=0)
    np.dot(features, weights.T)        ->  np.dot(features, weights)
    out[label], of a text              ->  out[int(label)]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_BETWEEN = {"max": "maximum", "min": "minimum", "amax": "maximum", "amin": "minimum"}
_NO_AXIS = (
    r"converted to a scalar index|cannot be interpreted as an integer|axis \d+ is out of bounds"
)
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What NumPy calls it, and how it takes it."""
    for call in scene.calls():
        given = arguments(scene, call)
        if called(call) in _BETWEEN and len(given) == _PAIR and scene.said(_NO_AXIS):
            head = scene.text(call.func).removesuffix(called(call))
            text = f"{head}{_BETWEEN[called(call)]}({', '.join(given)})"
            yield instead(scene, call, text, SURE)
        elif scene.said("'(?:tuple|list)' object cannot be interpreted as an integer"):
            yield from _apart(scene, call)
        elif called(call) == "append" and len(given) == _PAIR and scene.said("dimension"):
            words = map(scene.text, call.keywords)
            yield instead(
                scene, call, call_of(scene, call, [given[0], f"[{given[1]}]"], words), SURE
            )
    if scene.said(r"shapes .*not aligned|matmul: Input operand"):
        yield from _not_turned(scene)
    match scene.failed:
        case ast.Subscript(slice=ast.Name() | ast.Subscript() | ast.Attribute() as place):
            if scene.said("only integers, slices") and scene.kind(place) == "str":
                yield instead(scene, place, f"int({scene.text(place)})", SURE)
        case _:
            return


def _apart(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The sizes one by one."""
    match call.args:
        case [ast.Tuple(elts=[_, *_]) as sizes]:
            text = scene.text(sizes).strip("()").rstrip(", ")
            yield instead(scene, call, call_of(scene, call, [text]), SURE)
        case [ast.Name() | ast.Attribute() as sizes] if called(call) in {"rand", "randn"}:
            yield instead(scene, call, call_of(scene, call, [f"*{scene.text(sizes)}"]), LIKELY)
        case _:
            return


def _not_turned(scene: Scene) -> Iterator[Candidate]:
    for node in scene.inside(ast.Attribute):
        if node.attr == "T":
            yield instead(scene, node, scene.text(node.value), LIKELY)


RULE = rule("numpy-calls", "TypeError ValueError IndexError AxisError", candidates)
