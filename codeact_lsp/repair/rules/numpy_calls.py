"""A function of NumPy that is called as its namesake of Python is, or takes its values otherwise.

Answers TypeError, ValueError, IndexError, AxisError and AttributeError.

    np.max(a, b)                       ->  np.maximum(a, b)
    np.random.rand((2, 3))             ->  np.random.rand(2, 3)
    np.append(table, row, axis=0)      ->  np.append(table, [row], axis=0)
    np.dot(features, weights.T)        ->  np.dot(features, weights)
    values, n = np.unique(rows)        ->  values, n = np.unique(rows, return_counts=True)
    np.argsort(rows, reverse=True)     ->  np.argsort(rows)[::-1]
    out[label], of a text              ->  out[int(label)]
    range(0, 1, 0.25)                  ->  np.arange(0, 1, 0.25), where NumPy is imported
    values.append(3), of an array      ->  values = np.append(values, 3)
"""

import ast
from collections.abc import Callable, Iterator

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
        yield from _of_call(scene, call, arguments(scene, call))
    if scene.said(r"'numpy\.ndarray' object has no attribute 'append'"):
        yield from _appended(scene)
    if said := scene.said(r"index (\d+) is out of bounds for axis (\d) with size (\d+)"):
        yield from _within(scene, *map(int, said.groups()))
    for pattern, propose in _BY_MESSAGE:
        if scene.said(pattern):
            yield from propose(scene)


def _of_call(scene: Scene, call: ast.Call, given: list[str]) -> Iterator[Candidate]:
    name = called(call)
    if name in {"sort", "argsort"} and scene.said("keyword argument 'reverse'"):
        kept = [scene.text(word) for word in call.keywords if word.arg != "reverse"]
        yield instead(scene, call, f"{call_of(scene, call, given, kept)}[::-1]", SURE)
    elif name in _BETWEEN and len(given) == _PAIR and scene.said(_NO_AXIS):
        head = scene.text(call.func).removesuffix(name)
        yield instead(scene, call, f"{head}{_BETWEEN[name]}({', '.join(given)})", SURE)
    elif name == "range" and scene.said("'float' object cannot be interpreted"):
        if numpy := _numpy(scene):
            yield instead(scene, call, f"{numpy}.arange({', '.join(given)})", LIKELY)
    elif scene.said("'(?:tuple|list)' object cannot be interpreted as an integer"):
        yield from _apart(scene, call)
    elif name == "append" and len(given) == _PAIR and scene.said("dimension"):
        words = map(scene.text, call.keywords)
        text = call_of(scene, call, [given[0], f"[{given[1]}]"], words)
        yield instead(scene, call, text, SURE)


def _numpy(scene: Scene) -> str | None:
    """What the plan calls NumPy."""
    return next((name for name, home in scene.imported.items() if home == "numpy"), None)


def _appended(scene: Scene) -> Iterator[Candidate]:
    """A longer one: arrays do not grow."""
    method = scene.failed
    call = scene.parents.get(method) if method else None
    numpy = _numpy(scene)
    match call:
        case ast.Call(func=ast.Attribute(value=array), args=[item]) if numpy:
            text = f"{numpy}.append({scene.text(array)}, {scene.text(item)})"
            is_alone = isinstance(scene.parents.get(call), ast.Expr)
            text = f"{scene.text(array)} = {text}" if is_alone else text
            yield instead(scene, call, text, LIKELY)
        case _:
            return


def _as_place(scene: Scene) -> Iterator[Candidate]:
    match scene.failed:
        case ast.Subscript(slice=ast.Name() | ast.Subscript() | ast.Attribute() as place):
            if scene.kind(place) == "str":
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


def _within(scene: Scene, index: int, axis: int, size: int) -> Iterator[Candidate]:
    """The last place along an axis, of which the next one was asked for."""
    for item in scene.inside(ast.Subscript):
        keys = item.slice.elts if isinstance(item.slice, ast.Tuple) else [item.slice]
        for key in keys[axis : axis + 1]:
            if isinstance(key, ast.Constant) and key.value == index == size:
                yield instead(scene, key, str(index - 1), LIKELY)


def _negative(scene: Scene) -> Iterator[Candidate]:
    names = [name for name, home in scene.imported.items() if home == "numpy"]
    for node in scene.inside(ast.UnaryOp):
        for name in names[:1]:
            text = f"{name}.array({scene.text(node.operand)})"
            yield instead(scene, node.operand, text, SURE)


def _with_counts(scene: Scene) -> Iterator[Candidate]:
    """How often each value is there, where that is given a name."""
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=[_, _])], value=ast.Call(keywords=[]) as call
            ) if called(call) == "unique":
                words = ["return_counts=True"]
                text = call_of(scene, call, arguments(scene, call), words)
                yield instead(scene, call, text, SURE)
            case _:
                pass


def _not_turned(scene: Scene) -> Iterator[Candidate]:
    for node in scene.inside(ast.Attribute):
        if node.attr == "T":
            yield instead(scene, node, scene.text(node.value), LIKELY)


_BY_MESSAGE: tuple[tuple[str, Callable[[Scene], Iterator[Candidate]]], ...] = (
    ("only integers, slices", _as_place),
    ("bad operand type for unary -: 'list'", _negative),
    ("not enough values to unpack|too many values to unpack", _with_counts),
    (r"shapes .*not aligned|matmul: Input operand", _not_turned),
)
RULE = rule("numpy-calls", "TypeError ValueError IndexError AxisError AttributeError", candidates)
