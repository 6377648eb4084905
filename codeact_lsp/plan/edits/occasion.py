"""Where an expression stands, and whether it is evaluated exactly once whenever its node runs."""

import ast
from dataclasses import dataclass

from codeact_lsp.plan.edits.flow import own_parts
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.source import Span

# The parts that are evaluated once whenever the whole is; of a list of parts, all, or the first.
_CERTAIN: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Assign: ("value",),
    ast.AnnAssign: ("value",),
    ast.AugAssign: ("value",),
    ast.Return: ("value",),
    ast.Expr: ("value",),
    ast.If: ("test",),
    ast.For: ("iter",),
    ast.AsyncFor: ("iter",),
    ast.Match: ("subject",),
    ast.Raise: ("exc",),
    ast.Call: ("func", "args", "keywords"),
    ast.keyword: ("value",),
    ast.Attribute: ("value",),
    ast.Subscript: ("value", "slice"),
    ast.Slice: ("lower", "upper", "step"),
    ast.BinOp: ("left", "right"),
    ast.UnaryOp: ("operand",),
    ast.IfExp: ("test",),
    ast.Dict: ("keys", "values"),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
    ast.Set: ("elts",),
    ast.Starred: ("value",),
    ast.Await: ("value",),
    ast.NamedExpr: ("value",),
}
_FIRST_IS_CERTAIN: dict[type[ast.AST], str] = {
    ast.BoolOp: "values",
    ast.With: "items",
    ast.AsyncWith: "items",
    ast.ListComp: "generators",
    ast.SetComp: "generators",
    ast.DictComp: "generators",
    ast.GeneratorExp: "generators",
}
_SOLE: dict[type[ast.AST], str] = {ast.withitem: "context_expr", ast.comprehension: "iter"}
_LEAVING = (ast.Return, ast.Raise, ast.Assert)


@dataclass(frozen=True)
class Occasion:
    """An expression of a function, and the way down to it.

    Attributes:
        index: Which statement of the function's body it is a part of.
        path: From that statement down to the expression, both included.
    """

    function: Function
    index: int
    path: tuple[ast.AST, ...]

    @property
    def expression(self) -> ast.expr:
        """The expression itself."""
        found = self.path[-1]
        assert isinstance(found, ast.expr)  # noqa: S101 - `occasion_of` yields no other.
        return found

    @property
    def before(self) -> list[ast.stmt]:
        """The statements that run before the one that holds it."""
        return self.function.body[: self.index]

    @property
    def calls(self) -> list[ast.Call]:
        """The calls in its statement, any of which may run before it."""
        return [part for part in ast.walk(self.path[0]) if isinstance(part, ast.Call)]

    def check_certain(self) -> None:
        """Refuse an expression that is not evaluated exactly once.

        Raises:
            UnsoundError: It may be skipped, or evaluated more often.
        """
        for whole, part in zip(self.path, self.path[1:], strict=False):
            if not _is_certain(whole, part):
                raise UnsoundError(
                    "The expression is not evaluated exactly once each time the node runs."
                )
        check_reached(self.before)


def check_reached(before: list[ast.stmt]) -> None:
    """Refuse what `before` may leave the function in front of.

    Raises:
        UnsoundError: There is a `return`, `raise` or `assert` in `before`.
    """
    if any(isinstance(part, _LEAVING) for part in own_parts(before)):
        raise UnsoundError("A 'return', 'raise' or 'assert' above may leave the function before.")


def occasion_of(function: Function, span: Span) -> Occasion | None:
    """The outermost expression of the function's body that stands exactly at `span`."""
    for index, statement in enumerate(function.body):
        if _holds(function, statement, span):
            path = _path(function, statement, span)
            return Occasion(function, index, path) if path else None
    return None


def _path(function: Function, statement: ast.stmt, span: Span) -> tuple[ast.AST, ...]:
    path: list[ast.AST] = [statement]
    while True:
        part = path[-1]
        if isinstance(part, ast.expr) and function.span(part) == span:
            return tuple(path)
        # Inside an f-string Python 3.11 does not know the places of expressions.
        children = [] if isinstance(part, ast.JoinedStr) else list(ast.iter_child_nodes(part))
        inner = next((child for child in children if _holds(function, child, span)), None)
        if inner is None:
            return ()
        path.append(inner)


def _holds(function: Function, part: ast.AST, span: Span) -> bool:
    if isinstance(part, ast.stmt | ast.expr | ast.keyword):
        place = function.span(part)
        return place.start <= span.start and span.end <= place.end
    return any(_holds(function, child, span) for child in ast.iter_child_nodes(part))


def _is_certain(whole: ast.AST, part: ast.AST) -> bool:
    kind = type(whole)
    if isinstance(whole, ast.Compare):
        return part in (whole.left, whole.comparators[0])
    if first := _FIRST_IS_CERTAIN.get(kind):
        return bool(getattr(whole, first)[0] is part)
    if sole := _SOLE.get(kind):
        return getattr(whole, sole) is part
    values = [getattr(whole, name) for name in _CERTAIN.get(kind, ())]
    return any(part is value or (isinstance(value, list) and part in value) for value in values)
