"""The annotation that a person would write for an expression whose type is plain to see."""

import ast
import re
from collections.abc import Collection, Container, Iterable

# Builtin functions whose result is always of this type. Containers are bare: what they hold is
# not plain to see.
_CALLS = {
    **{kind: kind for kind in ("str", "int", "float", "bool", "bytes", "complex", "bytearray")},
    **{kind: kind for kind in ("list", "dict", "set", "frozenset", "tuple", "range")},
    **dict.fromkeys(("repr", "ascii", "chr", "hex", "oct", "bin", "format"), "str"),
    **dict.fromkeys(("len", "ord", "id", "hash"), "int"),
    **dict.fromkeys(("isinstance", "issubclass", "callable", "hasattr", "all", "any"), "bool"),
    **dict.fromkeys(("sorted", "dir"), "list"),
}
_TEXT_METHODS = {
    **dict.fromkeys(("join", "format", "strip", "lower", "upper", "replace", "title"), "str"),
    **dict.fromkeys(("split", "splitlines"), "list[str]"),
    **dict.fromkeys(("startswith", "endswith", "isdigit"), "bool"),
    **dict.fromkeys(("find", "index", "count"), "int"),
    "encode": "bytes",
}
# From narrow to wide: arithmetic, and a display of several of them, is of the widest.
_NUMBERS = ("int", "float", "complex")
_PLAIN = frozenset({*_NUMBERS, "bool", "str", "bytes"})
_TEXTS = frozenset({"str", "bytes"})
_ALWAYS_BOOL = (ast.Is, ast.IsNot, ast.In, ast.NotIn)
_NUMERIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
# Levels. What is deeper is not plain to see.
_DEEPEST = 12


def literal_type(expression: ast.expr, bound: Container[str] = ()) -> str | None:
    """The annotation for the value of `expression`; None when it is not plain to see.

    Args:
        expression: Any expression.
        bound: Names that are not builtin where the expression stands, because something else
            bears them there.
    """
    return _TypeOf(bound).visit(expression)


class _TypeOf(ast.NodeVisitor):
    """Finds the types of expressions where the names `bound` are not the builtin ones."""

    def __init__(self, bound: Container[str]) -> None:
        self._bound = bound
        self._depth = 0

    def visit(self, node: ast.AST) -> str | None:
        """The type of `node`, if it is plain to see."""
        if self._depth > _DEEPEST:
            return None
        self._depth += 1
        try:
            found: str | None = super().visit(node)
        finally:
            self._depth -= 1
        # Where a class of the plan bears this name, the annotation would mean that one.
        return None if found and self._is_hidden(found) else found

    def _is_hidden(self, annotation: str) -> bool:
        return any(name in self._bound for name in re.findall(r"\w+", annotation))

    def generic_visit(self, _node: ast.AST) -> None:
        """Of any other expression, the type is not plain to see."""

    def visit_Constant(self, node: ast.Constant) -> str | None:
        kind = type(node.value).__name__
        return "None" if node.value is None else kind if kind in _PLAIN else None

    def visit_JoinedStr(self, _node: ast.JoinedStr) -> str:
        return "str"

    def visit_NamedExpr(self, node: ast.NamedExpr) -> str | None:
        return self.visit(node.value)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str | None:
        return "bool" if isinstance(node.op, ast.Not) else _number(self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> str | None:
        return _arithmetic(node.op, self.visit(node.left), self.visit(node.right))

    def visit_BoolOp(self, node: ast.BoolOp) -> str | None:
        return self._joined(node.values)

    def visit_IfExp(self, node: ast.IfExp) -> str | None:
        return self._joined((node.body, node.orelse))

    def visit_Compare(self, node: ast.Compare) -> str | None:
        if all(isinstance(operator, _ALWAYS_BOOL) for operator in node.ops):
            return "bool"
        # A library's objects may answer with a table of booleans, or anything else.
        compared = {self.visit(operand) for operand in (node.left, *node.comparators)}
        return "bool" if compared <= _PLAIN else None

    def visit_Call(self, node: ast.Call) -> str | None:
        match node.func:
            case ast.Name(id=name) if name not in self._bound:
                return _CALLS.get(name)
            case ast.Attribute(value=owner, attr=method) if self.visit(owner) == "str":
                return _TEXT_METHODS.get(method)
            case _:
                return None

    def visit_List(self, node: ast.List) -> str | None:
        return _holding("list", self._joined(node.elts)) if node.elts else "list"

    def visit_Set(self, node: ast.Set) -> str | None:
        return _holding("set", self._joined(node.elts))

    def visit_Tuple(self, node: ast.Tuple) -> str | None:
        return _holding("tuple", *map(self.visit, node.elts)) if node.elts else "tuple[()]"

    def visit_Dict(self, node: ast.Dict) -> str | None:
        keys = [key for key in node.keys if key]
        if len(keys) < len(node.keys):
            return None
        return _holding("dict", self._joined(keys), self._joined(node.values)) if keys else "dict"

    def visit_ListComp(self, node: ast.ListComp) -> str:
        return _holding("list", self.visit(node.elt)) or "list"

    def visit_SetComp(self, node: ast.SetComp) -> str:
        return _holding("set", self.visit(node.elt)) or "set"

    def visit_DictComp(self, node: ast.DictComp) -> str:
        return _holding("dict", self.visit(node.key), self.visit(node.value)) or "dict"

    def _joined(self, parts: Iterable[ast.expr]) -> str | None:
        """The type of one of `parts`: a common type, a number, or either and None."""
        different = list(dict.fromkeys(map(self.visit, parts)))
        given = [kind for kind in different if kind != "None"]
        one = given[0] if len(given) == 1 else _widest(given) if given else "None"
        is_optional = len(given) < len(different)
        return f"{one} | None" if one and is_optional and not one.endswith("None") else one


def _number(kind: str | None) -> str | None:
    return "int" if kind == "bool" else kind if kind in _NUMBERS else None


def _arithmetic(operator: ast.operator, left: str | None, right: str | None) -> str | None:
    if left in _TEXTS and (isinstance(operator, ast.Mod) or _adds(operator, left, right)):
        return left
    numbers = (_number(left), _number(right))
    if isinstance(operator, _NUMERIC):
        return _widest(numbers)
    return _widest((*numbers, "float")) if isinstance(operator, ast.Div) else None


def _adds(operator: ast.operator, left: str | None, right: str | None) -> bool:
    return isinstance(operator, ast.Add) and left == right


def _widest(kinds: Collection[str | None]) -> str | None:
    """The number that is wide enough for all `kinds`, if these are numbers."""
    if not all(kind in _NUMBERS for kind in kinds):
        return None
    return next(number for number in reversed(_NUMBERS) if number in kinds)


def _holding(container: str, *kinds: str | None) -> str | None:
    """`container` with what it holds; None if that is not plain to see."""
    known = [kind for kind in kinds if kind]
    return f"{container}[{', '.join(known)}]" if len(known) == len(kinds) else None
