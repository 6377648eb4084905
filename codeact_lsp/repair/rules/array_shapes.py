"""Arrays that are put together, filled or solved in a way that their shape or type does not allow.

Answers ValueError, TypeError and LinAlgError of NumPy.

    np.array(rows).sum(), of rows of two lengths  ->  np.hstack(rows).sum()
    a.reshape(n, 3), of another count             ->  a.reshape(n, -1)
    a[1:] - a                                     ->  a[1:] - a[:-1]
    np.log(a), of objects                         ->  np.log(a.astype(float))
    a[a < 0] = np.nan, of integers                ->  a = a.astype(float) before it
    np.linalg.solve(a, b), of more rows           ->  np.linalg.lstsq(a, b)[0]
    np.linalg.inv(a), of no square                ->  np.linalg.pinv(a)
    np.hstack((ones, a)), of a column             ->  np.column_stack((ones, a))
    np.concatenate([a, row]), of a table          ->  np.vstack([a, row])
    np.transpose(a, (0, 2, 1)), of two axes       ->  np.transpose(a)
"""

import ast
from collections.abc import Callable, Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    instead,
    line_before,
    operand,
    replaced,
)

_REDUCED = frozenset({"sum", "mean", "max", "min", "std", "var", "prod"})
_SOLVED = {"solve": "lstsq", "inv": "pinv"}
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The way that fits them."""
    for said, propose in _BY_MESSAGE:
        if scene.said(said):
            yield from propose(scene)


def _uneven(scene: Scene) -> Iterator[Candidate]:
    """All of the rows one after another, if they are only reckoned with; else as objects."""
    for call in scene.calls():
        if called(call) not in {"array", "asarray"} or len(call.args) != 1:
            continue
        module = scene.text(call.func).rpartition(".")[0]
        around = scene.parents.get(call)
        given = scene.text(call.args[0])
        if module and isinstance(around, ast.Attribute) and around.attr in _REDUCED:
            yield instead(scene, call, f"{module}.hstack({given})", LIKELY)
        if not any(word.arg == "dtype" for word in call.keywords):
            words = [*map(scene.text, call.keywords), "dtype=object"]
            yield instead(scene, call, call_of(scene, call, [given], words), POSSIBLE)


def _reshaped(scene: Scene) -> Iterator[Candidate]:
    """As many in one direction as there are; in which one, nothing tells."""
    for call in scene.calls():
        if called(call) != "reshape":
            continue
        shape = call.args[-1] if call.args else None
        sizes = shape.elts if isinstance(shape, ast.Tuple) else call.args
        if len(sizes) == _PAIR and all(isinstance(each, ast.expr) for each in sizes):
            for rank, size in enumerate((sizes[1], sizes[0])):
                if ast.unparse(size) != "-1":
                    yield instead(scene, size, "-1", POSSIBLE - rank * 0.06)


def _neighbours(scene: Scene) -> Iterator[Candidate]:
    """Each with the one before it: of both sides the same number."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            sides = ((left, right), (right, left))
        case _:
            return
    for part, whole in sides:
        match part:
            case ast.Subscript(value=owner, slice=ast.Slice(lower=lower, upper=upper, step=None)):
                owned = ast.unparse(owner) == ast.unparse(whole)
            case _:
                continue
        if owned and lower is not None and upper is None:
            text = f"{operand(scene, whole)}[:-{operand(scene, lower)}]"
            yield instead(scene, whole, text, SURE)
        elif owned and isinstance(upper, ast.UnaryOp) and lower is None:
            text = f"{operand(scene, whole)}[{operand(scene, upper.operand)}:]"
            yield instead(scene, whole, text, SURE)


def _of_objects(scene: Scene) -> Iterator[Candidate]:
    for call in scene.calls():
        if len(call.args) == 1 and isinstance(call.args[0], ast.Name | ast.Subscript):
            text = f"{operand(scene, call.args[0])}.astype(float)"
            yield instead(scene, call.args[0], text, SURE)


def _with_room(scene: Scene) -> Iterator[Candidate]:
    """The array in a type that has a value for what is missing."""
    match scene.statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name) as owner)]) as statement if (
            scene.kind(owner) == "ndarray"
        ):
            line = f"{name} = {name}.astype(float)"
            yield Candidate(f"Write '{line}' first", line_before(scene, statement, line), LIKELY)
        case _:
            return


def _solved(scene: Scene) -> Iterator[Candidate]:
    """The closest solution; of an exact one there is none."""
    for call in scene.calls():
        name = called(call)
        if name in _SOLVED and isinstance(call.func, ast.Attribute):
            module = scene.text(call.func).rpartition(".")[0]
            text = f"{module}.{_SOLVED[name]}({', '.join(arguments(scene, call))})"
            yield instead(scene, call, f"{text}[0]" if name == "solve" else text, POSSIBLE)


def _stacked(scene: Scene) -> Iterator[Candidate]:
    """Columns beside one another, of which one is no table."""
    for call in scene.calls():
        if called(call) == "hstack" and isinstance(call.func, ast.Attribute):
            module = scene.text(call.func.value)
            given = arguments(scene, call)
            whole = given[0] if len(given) == 1 else f"({', '.join(given)})"
            text = f"{module}.column_stack({whole})"
            yield instead(scene, call, text, SURE)
        elif called(call) == "concatenate" and isinstance(call.func, ast.Attribute):
            yield from _joined(scene, call, scene.text(call.func.value))


def _joined(scene: Scene, call: ast.Call, module: str) -> Iterator[Candidate]:
    """A row below a table, or a column beside it, as the axis says; without one, a row first."""
    axes = [ast.unparse(word.value) for word in call.keywords if word.arg == "axis"]
    is_beside = axes in (["1"], ["-1"])
    ways = ("column_stack", "vstack") if is_beside else ("vstack", "column_stack")
    for rank, way in enumerate(ways if call.args else ()):
        text = f"{module}.{way}({scene.text(call.args[0])})"
        yield instead(scene, call, text, LIKELY - rank * 0.1)


def _turned(scene: Scene) -> Iterator[Candidate]:
    """All axes the other way round."""
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(attr="transpose"), args=[array, _]):
                yield instead(scene, call, call_of(scene, call, [scene.text(array)], []), LIKELY)
            case ast.Call(func=ast.Attribute(attr="transpose", value=owner), args=[_]):
                edit = replaced(scene, call, f"{operand(scene, owner)}.T")
                yield Candidate(f"Write '{operand(scene, owner)}.T'", edit, LIKELY)
            case _:
                pass


_BY_MESSAGE: tuple[tuple[str, Callable[[Scene], Iterator[Candidate]]], ...] = (
    ("inhomogeneous shape", _uneven),
    ("cannot reshape array of size", _reshaped),
    ("could not be broadcast together", _neighbours),
    ("loop of ufunc does not support argument 0", _of_objects),
    (r"must be a .* not 'NoneType'|cannot convert float NaN to integer", _with_room),
    ("must be square|Singular matrix", _solved),
    (r"hstack\(\) takes|same number of dimensions", _stacked),
    ("axes don't match array", _turned),
)
RULE = rule("array-shapes", "ValueError TypeError LinAlgError", candidates)
