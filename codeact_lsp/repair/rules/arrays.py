"""Arrays whose shapes, axes or types do not fit.

Answers ValueError, AxisError, IndexError, OverflowError and UFuncTypeError of NumPy.

    grid.reshape(3, 3), of 6 items   ->  grid.reshape(3, -1)
    prices * weights                 ->  prices * weights[:, None]
    left @ right                     ->  left @ right.T
    table.sum(axis=2)                ->  table.sum(axis=1), of a table with two
    counts *= 0.5                    ->  counts = counts * 0.5, of whole numbers
    texts * 1.5                      ->  texts.astype(float) * 1.5
    rows[len(rows) / 2]              ->  rows[len(rows) // 2]
    rows[: len(rows) / 2]            ->  rows[: len(rows) // 2]
    mid = (low + high) / 2; rows[mid]   ->  mid = (low + high) // 2
    half = n / 2; rows[:half]        ->  half = n // 2
    most = n * 0.8; rows[:most]      ->  most = int(n * 0.8)
    rows[places]                     ->  rows[places.astype(int)]
    rows[[0, 2]], of a list          ->  np.array(rows)[[0, 2]]
    np.log(texts)                    ->  np.log(np.array(texts, dtype=float))
"""

import ast
from collections.abc import Iterator
from math import prod

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, together

_RESHAPED = r"cannot reshape array of size (\d+) into shape"
_BROADCAST = r"operands could not be broadcast together with shapes \(([\d,]*)\) \(([\d,]*)\)"
_AXIS = r"axis (\d+) is out of bounds for array of dimension (\d+)"
_CAST = r"Cannot cast ufunc '\w+' output from dtype\('float"
_TEXTS = r"did not contain a loop with signature matching types.*dtype\('<U"
_FRACTION = (
    r"only integers, slices|(?:list|tuple|string) indices must be integers(?: or slices)?, not "
    r"'?float|slice indices must be integers"
)
_PLACES = r"arrays used as indices must be of integer"
_BY_LIST = r"list indices must be integers or slices, not (?:list|numpy\.ndarray|ndarray|tuple)"
_NO_INPUT = r"ufunc '\w+' not supported for the input types"
_TOO_LARGE = r"Python integer -?\d+ out of bounds for"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The shape, axis or type that fits."""
    if said := scene.said(_RESHAPED):
        yield from _reshaped(scene, int(said[1]))
    elif said := scene.said(_BROADCAST):
        yield from _broadcast(scene, _shape(said[1]), _shape(said[2]))
    elif scene.said("mismatch in its core dimension|not aligned"):
        yield from _turned(scene)
    elif said := scene.said(_AXIS):
        yield from _on_axis(scene, int(said[1]), int(said[2]))
    else:
        yield from _of_types(scene)
        yield from _as_arrays(scene)


def _shape(said: str) -> tuple[int, ...]:
    return tuple(int(each) for each in said.split(",") if each)


def _reshaped(scene: Scene, size: int) -> Iterator[Candidate]:
    """One of the lengths as it follows from the others."""
    for call in scene.calls():
        lengths = [each for arg in call.args for each in getattr(arg, "elts", [arg])]
        known = [getattr(each, "value", None) for each in lengths]
        fitting = [
            place
            for place, length in enumerate(lengths)
            if isinstance(length, ast.expr) and _divides(size, known[:place] + known[place + 1 :])
        ]
        for place in reversed(fitting):
            yield instead(scene, lengths[place], "-1", POSSIBLE + 0.05 * place)


def _divides(size: int, others: list[object]) -> bool:
    lengths = [each for each in others if isinstance(each, int)]
    return len(lengths) == len(others) and bool(prod(lengths)) and size % prod(lengths) == 0


def _broadcast(scene: Scene, one: tuple[int, ...], other: tuple[int, ...]) -> Iterator[Candidate]:
    """A value for each row, where there was one for each column; or the other way round."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            sides = ((left, one, other), (right, other, one))
        case _:
            return
    for node, own, met in sides:
        if len(own) == 1 and len(met) > 1 and own[0] == met[0]:
            yield instead(scene, node, f"{operand(scene, node)}[:, None]", LIKELY)
        if len(own) > 1 and own[::-1] == met:
            yield instead(scene, node, f"{operand(scene, node)}.T", POSSIBLE)


def _turned(scene: Scene) -> Iterator[Candidate]:
    match scene.failed:
        case ast.BinOp(op=ast.MatMult(), left=left, right=right):
            sides = [right, left]
        case ast.Call(args=[left, right]):
            sides = [right, left]
        case ast.Call(func=ast.Attribute(value=left), args=[right]):
            sides = [right, left]
        case _:
            sides = []
    for likely, node in zip((0.7, POSSIBLE), sides, strict=False):
        yield instead(scene, node, f"{operand(scene, node)}.T", likely)


def _on_axis(scene: Scene, axis: int, dimensions: int) -> Iterator[Candidate]:
    """The last axis that there is; or the one that is written elsewhere for it."""
    new = str(dimensions - 1)
    here = [node for call in scene.calls() for node in _axes(call, axis)]
    alike = [node for call in scene.nearby(ast.Call) for node in _axes(call, axis)]
    for nodes in (here[:1], alike if len(alike) > 1 else []):
        if nodes and dimensions > 0:
            edits = (replaced(scene, node, new) for node in nodes)
            title = f"Go along axis {new}{in_places(len(nodes))}"
            yield Candidate(title, together(scene, *edits), LIKELY - 0.02 * len(nodes))


def _axes(call: ast.Call, axis: int) -> Iterator[ast.Constant]:
    for node in (*(word.value for word in call.keywords if word.arg == "axis"), *call.args):
        if isinstance(node, ast.Constant) and node.value == axis:
            yield node


def _of_types(scene: Scene) -> Iterator[Candidate]:
    match scene.failed:
        case ast.AugAssign(target=target, op=op, value=value) if scene.said(_CAST):
            sign = ast.unparse(ast.BinOp(ast.Name("a"), op, ast.Name("b")))[2:-2]
            text = f"{scene.text(target)} = {scene.text(target)} {sign} {scene.text(value)}"
            yield instead(scene, scene.failed, text, SURE)
        case ast.BinOp(left=left, right=right) if scene.said(_TEXTS):
            for node in (left, right):
                if scene.kind(node) in {"ndarray", None}:
                    yield instead(scene, node, f"{operand(scene, node)}.astype(float)", LIKELY)
        case ast.Subscript(slice=index) if scene.said(_FRACTION):
            yield from _whole(scene, index)
        case ast.Subscript(slice=index) if scene.said(_PLACES):
            yield instead(scene, index, f"{operand(scene, index)}.astype(int)", LIKELY)
        case ast.Call() as call if scene.said(_TOO_LARGE):
            for word in call.keywords:
                if word.arg == "dtype":
                    yield instead(scene, word.value, "int", LIKELY)
        case _:
            return


def _as_arrays(scene: Scene) -> Iterator[Candidate]:
    """Lists, where only arrays can be looked up or counted with so."""
    for name in _numpy(scene):
        match scene.failed:
            case ast.Subscript(value=owner) if scene.said(_BY_LIST):
                yield instead(scene, owner, f"{name}.array({scene.text(owner)})", SURE)
            case ast.Call(args=[texts]) if scene.said(_NO_INPUT):
                text = f"{name}.array({scene.text(texts)}, dtype=float)"
                yield instead(scene, texts, text, LIKELY)
            case _:
                pass


def _numpy(scene: Scene) -> list[str]:
    """What the plan calls NumPy, if it imports that."""
    return [name for name, home in scene.imported.items() if home == "numpy"][:1]


def _whole(scene: Scene, index: ast.expr) -> Iterator[Candidate]:
    match index:
        case ast.Slice(lower=lower, upper=upper):
            for bound in filter(None, (lower, upper)):
                yield from _whole(scene, bound)
                names = (node for node in ast.walk(bound) if node is not bound)
                yield from (
                    each for node in names if isinstance(node, ast.Name)
                    for each in _halved(scene, node)
                )  # fmt: skip
        case ast.BinOp(op=ast.Div(), right=ast.Constant(value=1)):
            return  # Nobody divides by one: another operator was meant.
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            yield instead(scene, index, f"{scene.text(left)} // {scene.text(right)}", SURE)
        case ast.expr() if scene.kind(index) in {"float", "float64", None}:
            for node in ast.walk(index):
                if isinstance(node, ast.Name):
                    yield from _halved(scene, node)
            yield instead(scene, index, f"int({scene.text(index)})", LIKELY)


def _shares(scene: Scene, value: ast.BinOp) -> Iterator[Candidate]:
    for node in (value, value.left, value.right):
        match node:
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                text = f"{operand(scene, left)} // {operand(scene, right)}"
                yield instead(scene, node, text, SURE)
            case ast.BinOp(op=ast.Mult()) if node is value:
                yield instead(scene, node, f"int({scene.text(node)})", LIKELY + 0.05)
            case _:
                pass


def _halved(scene: Scene, index: ast.expr) -> Iterator[Candidate]:
    """Where a variable got the fraction."""
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() as value) if (
                name == ast.unparse(index)
            ):
                yield from _shares(scene, value)
            case _:
                pass


RULE = rule(
    "arrays",
    "ValueError AxisError IndexError TypeError OverflowError UFuncTypeError _UFuncNoLoopError "
    "UFuncNoLoopError _UFuncOutputCastingError UFuncOutputCastingError",
    candidates,
)
