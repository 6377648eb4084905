"""What a function answers where there is nothing to go through, by its own return statements."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene

NOTHINGS = {
    "int": "0", "float": "0.0", "str": '""', "list": "[]", "dict": "{}", "set": "set()",
    "tuple": "()", "bytes": 'b""', "bool": "False",
}  # fmt: skip
"""The empty value of a type, as it is written."""
_OF_FUNCTIONS = {
    **dict.fromkeys(("len", "int", "round", "ord", "range", "enumerate"), "int"), "sorted": "list",
    **dict.fromkeys(("any", "all", "isinstance", "bool"), "bool"),
    **{name: name for name in ("list", "dict", "set", "tuple", "str", "float")},
}  # fmt: skip
_OF_METHODS = {
    **dict.fromkeys(("index", "find", "rfind", "count"), "int"),
    **dict.fromkeys(("join", "strip", "lower", "upper", "replace", "format", "title"), "str"),
    **dict.fromkeys(("split", "splitlines", "append", "extend", "insert"), "list"),
    **dict.fromkeys(("startswith", "endswith", "isdigit", "isalpha"), "bool"), "add": "set",
}  # fmt: skip
_WRITTEN: dict[type[ast.expr], str] = {
    ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict", ast.Set: "set",
    ast.SetComp: "set", ast.JoinedStr: "str", ast.Compare: "bool",
}  # fmt: skip
_INNER = (*FUNCTIONS, ast.Lambda, ast.ClassDef)
# A yes or no that is said early is mostly another matter than what the function makes in the end.
_LAST = frozenset({"bool"})


def answer_for_nothing(scene: Scene, function: Function, empty: str) -> str | None:
    """What a function gives for nothing, as it is written.

    Args:
        scene: A scene within it.
        function: The function.
        empty: What of it is empty.

    Returns:
        An empty text if it never gives anything; None if nothing tells.
    """
    nodes = list(own_parts(function))
    returned = [node.value for node in nodes if isinstance(node, ast.Return)]
    values = [value for value in returned if value is not None]
    if not values or any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes):
        return ""
    declared = ast.unparse(function.returns).partition("[")[0] if function.returns else ""
    last = _last_answer(function)
    if last or any(ast.unparse(value) == empty for value in values):
        return last or empty
    kinds = Kinds(scene, function)
    found = [kind for value in values if (kind := kinds.of(value))]
    ranked = sorted(found, key=lambda kind: kind in _LAST)
    return NOTHINGS.get(declared) or next((NOTHINGS[kind] for kind in ranked), None)


def own_parts(function: Function) -> Iterator[ast.AST]:
    """The parts of a function without those of the functions in it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, _INNER):
            waiting[:0] = ast.iter_child_nodes(node)


def _last_answer(function: Function) -> str:
    """What it gives in the end, if that was not found which it goes through things for."""
    match function.body[-1]:
        case ast.Return(value=ast.Constant() | ast.UnaryOp(operand=ast.Constant()) as value):
            return ast.unparse(value)
        case _:
            return ""


class Kinds:
    """The types of what a function makes, as far as its text and the values tell."""

    def __init__(self, scene: Scene, function: Function) -> None:
        self._scene = scene
        self._function = function
        self._asked = set[str]()

    def of(self, value: ast.expr) -> str | None:
        """The name of a type; None if nothing tells."""
        if isinstance(value, ast.Name):
            return self._of_variable(value)
        if isinstance(value, ast.Constant):
            kind = type(value.value).__name__
            return kind if kind in NOTHINGS else None
        return _WRITTEN.get(type(value)) or self._of_parts(value)

    def _of_parts(self, value: ast.expr) -> str | None:
        match value:
            case ast.Call(func=ast.Name(id=name)):
                return _OF_FUNCTIONS.get(name)
            case ast.Call(func=ast.Attribute(attr=name)):
                return _OF_METHODS.get(name)
            case ast.BinOp(op=ast.Div()):
                return "float"
            case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
                return self.of(one) or self.of(other)
            case ast.UnaryOp(operand=one) | ast.Subscript(value=one, slice=ast.Slice()):
                return "bool" if ast.unparse(value).startswith("not ") else self.of(one)
            case _:
                return None

    def _of_variable(self, variable: ast.Name) -> str | None:
        if variable.id in self._asked:
            return None
        self._asked.add(variable.id)
        found = next(filter(None, self._of_name(variable.id)), self._scene.kind(variable))
        return found if found in NOTHINGS else None

    def _of_name(self, name: str) -> Iterator[str | None]:
        """What the function sets it to, and does with it."""
        for node in own_parts(self._function):
            match node:
                case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                    yield self.of(value)
                case ast.AugAssign(target=ast.Name(id=made), value=value) if made == name:
                    yield self.of(value)
                case ast.For(target=target, iter=ast.Call(func=ast.Name("range" | "enumerate"))):
                    first = target.elts[0] if isinstance(target, ast.Tuple) else target
                    yield "int" if ast.unparse(first) == name else None
                case ast.Attribute(value=ast.Name(id=made), attr="append" | "add" as method):
                    yield _OF_METHODS[method] if made == name else None
                case _:
                    pass
