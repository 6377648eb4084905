"""Where a class of the plan puts something into an object that a node makes.

What an object holds was put there by its methods. So a part of it is followed to the one expression
that fills its field, and from a parameter of a method on to the one call that gives it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.engine.failures.classes import fields, takes
from codeact_lsp.engine.failures.fillings import fillings, is_begun_empty, only_filling
from codeact_lsp.engine.failures.returned_values import returned_values
from codeact_lsp.engine.failures.steps import Variables
from codeact_lsp.plan import Piece, Plan, Span

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Method = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Made:
    """A call that makes an object, in the piece of a node.

    Attributes:
        start: Where the piece begins.
        variables: Those of the node.
    """

    node: str
    call: ast.Call
    piece: Piece
    start: int
    variables: Variables

    def given(self, plan: Plan, kind: str, field: str) -> Span | None:
        """Where that stands which it gives for a field of a class that declares its fields."""
        names = [*fields(plan).get(kind, ())]
        given = _argument(self.call, names.index(field), field) if field in names else None
        made = self.variables.source(given) if given is not None else None
        is_here = made is not None and not is_begun_empty(made)
        return self.piece.span(made).shifted(self.start) if made is not None and is_here else None

    def taken(self, plan: Plan, kind: str, field: str) -> str | None:
        """The parameter of the node that it takes from what it puts into a field."""
        names = [*fields(plan).get(kind, ())] or takes(plan, kind)
        given = _argument(self.call, names.index(field), field) if field in names else None
        found = self.variables.taken(given) if given is not None else None
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a field.

    Attributes:
        function: The method that it stands in.
        span: Where it stands in the plan.
    """

    function: str
    span: Span


def filled(plan: Plan, kind: str, field: str, call: Made | None = None) -> Filled | None:
    """What fills a field of the objects of a class; None if that is not one thing.

    Args:
        plan: The plan.
        kind: The name of the class.
        field: The field.
        call: The call that made the object, which gives what the class only keeps.
    """
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        for top in piece.tree.body:
            if isinstance(top, ast.ClassDef) and top.name == kind:
                return _in_class(top, field, piece, start) or _in_call(top, field, call)
    return None


def filled_by_node(plan: Plan, node: str, returned: int | None, field: str) -> Span | None:
    """The one expression that a node puts into such a field, of whatever object.

    Args:
        plan: The plan that ran.
        node: The node.
        returned: Which of its `return` statements ran.
        field: The field.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for function, _ in returned_values(plan, node, returned):
        parts = (part for part in ast.walk(function) if isinstance(part, ast.Attribute))
        owners = {ast.unparse(part) for part in parts if part.attr == field}
        found = [each for owner in owners for each in fillings(function, owner)]
        if len(found) == 1:
            return definition.span(piece.span(Variables.of(function).source(found[0])))
    return None


def made_objects(plan: Plan, node: str, returned: int | None) -> Iterator[tuple[str, Made]]:
    """The classes of what a node makes, or of its items, each with the call that made it."""
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for function, value in returned_values(plan, node, returned):
        variables = Variables.of(function)
        call = _made(function, variables, value)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            start = definition.span(Span(0, 0)).start
            yield call.func.id, Made(node, call, piece, start, variables)


def _made(function: ast.stmt, variables: Variables, value: ast.expr) -> ast.expr:
    """The expression that makes an object that is returned, or each of several."""
    match variables.followed(value):
        case ast.ListComp(elt=inner) | ast.SetComp(elt=inner) | ast.DictComp(value=inner):
            return _made(function, variables, inner)
        case ast.List(elts=[inner]) | ast.Tuple(elts=[inner]):
            return _made(function, variables, inner)
        case _ if isinstance(value, ast.Name) and (put := only_filling(function, value.id)):
            return variables.followed(put)
        case other:
            return other


def _in_class(kind: ast.ClassDef, field: str, piece: Piece, start: int) -> Filled | None:
    methods = [each for each in kind.body if isinstance(each, _FUNCTIONS)]
    found = [(each, value) for each in methods for value in fillings(each, f"self.{field}")]
    if len({(method.name, ast.unparse(value)) for method, value in found}) != 1:
        return None
    method, value = found[0]
    if method.name == "__init__" and isinstance(value, ast.Name):
        return None
    given = _given(kind, method, value)
    if given is not None:
        method, value = given
    return Filled(method.name, piece.span(value).shifted(start))


def _in_call(kind: ast.ClassDef, field: str, made: Made | None) -> Filled | None:
    """What a call gives for a field that the class keeps as it is given."""
    for method in kind.body if made else ():
        if isinstance(method, _FUNCTIONS) and method.name == "__init__":
            kept = list(fillings(method, f"self.{field}"))
            names = [each.arg for each in method.args.args[1:]]
            match kept:
                case [ast.Name(id=name)] if name in names and made:
                    argument = _argument(made.call, names.index(name), name)
                    place = made.piece.span(argument).shifted(made.start) if argument else None
                    return Filled(made.node, place) if place else None
                case _:
                    pass
    return None


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    named = [each.value for each in call.keywords if each.arg == name]
    if any(isinstance(each, ast.Starred) for each in call.args):
        return None
    return next(iter([*call.args[position : position + 1], *named]), None)


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
