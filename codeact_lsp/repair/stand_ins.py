"""What stands for a value that is not there, by what is done with it and by what its like are.

A docstring that names such a value has the first word.

It changes nothing where it is counted or joined with others. That it is right, nobody knows.
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.declared_types import declared_by_owner, declared_by_taker
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.told import told_stand_in

_NOTHINGS = {
    "int": "0", "float": "0.0", "str": '""', "list": "[]", "dict": "{}", "set": "set()",
    "tuple": "()", "bytes": 'b""', "bool": "False",
}  # fmt: skip
_BY_FUNCTION = {
    "int": "int", "float": "float", "round": "float", "abs": "int", "Decimal": "int", "str": "str",
    **dict.fromkeys(("len", "sum", "max", "min", "any", "all", "sorted", "enumerate"), "list"),
    **dict.fromkeys(("list", "set", "tuple", "join", "extend"), "list"),
}  # fmt: skip
_BY_METHOD = {
    "append": "list", "extend": "list", "sort": "list", "add": "set", "union": "set",
    **dict.fromkeys(("items", "keys", "values", "get"), "dict"),
}  # fmt: skip
_NUMBER_FORMAT = re.compile(r"[dfeg%]'$")


def stand_in(scene: Scene, value: ast.expr) -> str:
    """What can be taken in the place of a value, as it is written; `None` if nothing tells.

    Args:
        scene: Where it is missing.
        value: The part that should have it, such as what is under a key.
    """
    uses = [value, *_later(scene, value)]
    kinds = (kind for kind in _kinds(scene, value, uses) if kind is not None)
    kind = next(kinds, "")
    if any(_is_factor(scene, use) for use in uses):
        return "1.0" if kind == "float" else "1"
    return told_stand_in(scene, kind) or _NOTHINGS.get(kind, "None")


def _kinds(scene: Scene, value: ast.expr, uses: list[ast.expr]) -> Iterator[str | None]:
    """The names of its type: what is said of it, then what others are like, then what is done."""
    for use in uses:
        yield declared_by_taker(scene, use)
    if isinstance(value, ast.Subscript):
        yield declared_by_owner(scene, value)
        yield _of_others(scene, value)
        yield _written_elsewhere(scene, value)
    for use in uses:
        yield _by_use(scene, use)


def _later(scene: Scene, value: ast.expr) -> Iterator[ast.expr]:
    """Where the variable is read that the value is kept in."""
    match scene.parents.get(value):
        case ast.Assign(targets=[ast.Name(id=name)]):
            for node in scene.nearby(ast.Name):
                is_read = node.id == name and isinstance(node.ctx, ast.Load)
                if is_read and node.lineno > value.lineno:
                    yield node
        case _:
            return


def _is_factor(scene: Scene, use: ast.expr) -> bool:
    """Whether something is multiplied with it, or divided by it."""
    match scene.parents.get(use):
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            other = left if right is use else right
            return (_kind(other) or scene.kind(other)) not in {"str", "list", "tuple"}
        case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=right):
            return right is use
        case ast.AugAssign(op=ast.Mult() | ast.Div(), value=value):
            return value is use
        case _:
            return False


def _of_others(scene: Scene, item: ast.Subscript) -> str | None:
    """The type of all that is under the other keys, where those are no names of fields."""
    if isinstance(item.slice, ast.Constant):
        return None
    owner = scene.literal(item.value)
    kinds = {type(each).__name__ for each in owner.values()} if isinstance(owner, dict) else set()
    return kinds.pop() if len(kinds) == 1 else None


def _written_elsewhere(scene: Scene, item: ast.Subscript) -> str | None:
    """The type of what the plan writes under that key, or takes where it is not there."""
    if not isinstance(item.slice, ast.Constant):
        return None
    wanted = ast.unparse(item.slice)
    for _, made in scene.everywhere(ast.Dict):
        for key, value in zip(made.keys, made.values, strict=True):
            if key and ast.unparse(key) == wanted and (kind := _kind(value)):
                return kind
    for _, call in scene.everywhere(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="get"), args=[key, default]):
                if ast.unparse(key) == wanted:
                    return _kind(default)
            case _:
                pass
    return None


def _by_use(scene: Scene, use: ast.expr) -> str | None:
    """What is taken for granted of it where it is used."""
    match scene.parents.get(use):
        case ast.BinOp() | ast.AugAssign() | ast.Compare() as around:
            return _beside(scene, around, use)
        case ast.Attribute(attr=name):
            is_text = hasattr(str, name) and not hasattr(dict, name)
            return _BY_METHOD.get(name, "str" if is_text else None)
        case ast.For(iter=iterable) | ast.comprehension(iter=iterable) if iterable is use:
            return "list"
        case ast.Call() as call if use in call.args:
            return _BY_FUNCTION.get(called(call))
        case ast.FormattedValue(format_spec=form):
            return "float" if form and _NUMBER_FORMAT.search(ast.unparse(form)) else "str"
        case _:
            return None


def _beside(scene: Scene, around: ast.AST, use: ast.expr) -> str | None:
    """The type of what it is counted with or compared to."""
    default: str | None = None
    match around:
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[held]):
            return "list" if held is use else None
        case ast.BinOp(left=one, right=other) | ast.AugAssign(target=one, value=other):
            default = "int"
        case ast.Compare(left=one, comparators=[other]):
            pass
        case _:
            return None
    beside = one if other is use else other
    return _kind(beside) or scene.kind(beside) or default


def _kind(value: ast.expr) -> str | None:
    """The type of what is written out."""
    match value:
        case ast.Constant(value=constant) if constant is not None:
            return type(constant).__name__
        case ast.List() | ast.ListComp():
            return "list"
        case ast.Dict() | ast.DictComp():
            return "dict"
        case ast.JoinedStr():
            return "str"
        case ast.Call(func=ast.Name(id=name)) if name in _NOTHINGS:
            return name
        case _:
            return None
