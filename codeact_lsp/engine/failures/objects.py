"""Where a class of the plan puts something into an object that a node makes.

What an object holds was put there by its methods. So a part of it is followed to the one expression
that fills its field, and from a parameter of a method on to the one call that gives it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.engine.failures.fillings import fillings
from codeact_lsp.plan import Piece, Plan, Span

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Method = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a field.

    Attributes:
        function: The method that it stands in.
        span: Where it stands in the plan.
    """

    function: str
    span: Span


def filled(plan: Plan, kind: str, field: str) -> Filled | None:
    """What fills a field of the objects of a class; None if that is not one thing.

    Args:
        plan: The plan.
        kind: The name of the class.
        field: The field.
    """
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        for top in piece.tree.body:
            if isinstance(top, ast.ClassDef) and top.name == kind:
                return _in_class(top, field, piece, start)
    return None


def _in_class(kind: ast.ClassDef, field: str, piece: Piece, start: int) -> Filled | None:
    methods = [each for each in kind.body if isinstance(each, _FUNCTIONS)]
    found = [(each, value) for each in methods for value in fillings(each, f"self.{field}")]
    if len({(method.name, ast.unparse(value)) for method, value in found}) != 1:
        return None
    method, value = found[0]
    given = _given(kind, method, value)
    if given is not None:
        method, value = given
    return Filled(method.name, piece.span(value).shifted(start))


def _given(kind: ast.ClassDef, method: Method, value: ast.expr) -> tuple[Method, ast.expr] | None:
    """The argument of the one call in the class, if a parameter is filled in that is called else.

    What is given for a parameter under the name of another one was taken for it.
    """
    names = [each.arg for each in method.args.args[1:]]
    if not isinstance(value, ast.Name) or value.id not in names:
        return None
    methods = [each for each in kind.body if isinstance(each, _FUNCTIONS)]
    calls = [(each, call) for each in methods for call in _calls(each, method.name)]
    if len(calls) != 1:
        return None
    caller, call = calls[0]
    at = names.index(value.id)
    if at >= len(call.args):
        return None
    argument = call.args[at]
    others = {*names} - {value.id}
    is_swapped = isinstance(argument, ast.Name) and argument.id in others
    return (caller, argument) if is_swapped else None


def _calls(tree: ast.AST, method: str) -> Iterator[ast.Call]:
    for part in ast.walk(tree):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                if name == method:
                    yield part
            case _:
                pass
